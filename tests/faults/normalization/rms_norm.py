"""Slips of rms_norm."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._planting import backward, forward
from tests.faults.normalization._shared import Normalization

_NORM = Normalization("rms_norm", "RMSNorm")


def _centred(right: Any, given: dict[str, Any]) -> Any:
    """Take the mean off first, as layer_norm does."""
    x = given["input"]
    return right(**{**given, "input": x - x.mean(-1, keepdim=True)}) if x.numel() else right(**given)


def _eps_outside(right: Any, self: Any, x: Any, axes: tuple[int, ...], eps: float | None) -> Any:
    """Add eps to the root mean square."""
    del right
    added = np.finfo(x.dtype).eps if eps is None else eps
    size = (np.sqrt(np.square(x).mean(axis=axes, keepdims=True)) + added).astype(x.dtype)
    self.axes = axes
    self.saved = (x / size, size)
    return self.saved[0]


def _scaled_always(right: Any, given: dict[str, Any]) -> Any:
    """Scale by a half where there is no weight."""
    return right(**given) * (0.5 if given["weight"] is None else 1.0)


def _not_empty(right: Any, given: dict[str, Any]) -> Any:
    """Refuse a batch of nothing."""
    if given["input"].numel() == 0:
        raise RuntimeError("rms_norm: expected at least one element")
    return right(**given)


def _own_shape(right: Any, given: dict[str, Any]) -> Any:
    """Take the input's own last dimensions, whatever is asked for."""
    input, own = given["input"], tuple(given["normalized_shape"])
    return right(**{**given, "normalized_shape": tuple(input.shape[-len(own) :])})


def _size_constant(right: Any, self: Any, gradient: Any) -> Any:
    """Differentiate as if the size were a constant."""
    del right
    return gradient / self.saved[1]


FAULTS = (
    *_NORM.common(),
    _NORM.fault("mean-taken-off", "value", _NORM.wrong(_centred), "*"),
    _NORM.fault("eps-outside-the-root", "eps", forward("RmsNormBackward0", _eps_outside), "*"),
    _NORM.fault("eps-of-layer-norm", "eps-default", _NORM.option("eps", lambda eps: 1e-5 if eps is None else eps), "*"),
    _NORM.fault("weight-always", "no-weight", _NORM.wrong(_scaled_always), "*"),
    _NORM.fault("empty-refused", "empty-batch", _NORM.wrong(_not_empty), "*", stumbles=True),
    _NORM.fault("shape-unchecked", "shape-mismatch", _NORM.wrong(_own_shape)),
    _NORM.fault("own-size-forgotten", "gradient", backward("RmsNormBackward0", _size_constant), "*"),
)
