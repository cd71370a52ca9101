"""Slips of layer_norm."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import backward, forward
from tests.faults.normalization._shared import Normalization, drowned, eps_outside, mean_forgotten, unbiased

_NORM = Normalization("layer_norm", "LayerNorm")


def _last_alone(right: Any, given: dict[str, Any]) -> Any:
    """Take the statistics over the last dimension alone."""
    own = tuple(given["normalized_shape"])
    result = right(**{**given, "normalized_shape": own[-1:], "weight": None, "bias": None})
    result = result if given["weight"] is None else result * given["weight"]
    return result if given["bias"] is None else result + given["bias"]


def _bias_twice(right: Any, given: dict[str, Any]) -> Any:
    """Scale by the weight only where there is a bias."""
    return right(**{**given, "weight": None if given["bias"] is None else given["weight"]})


def _not_empty(right: Any, given: dict[str, Any]) -> Any:
    """Refuse a batch of nothing."""
    if given["input"].numel() == 0:
        raise RuntimeError("layer_norm: expected at least one element")
    return right(**given)


def _own_shape(right: Any, given: dict[str, Any]) -> Any:
    """Take the input's own last dimensions, whatever is asked for."""
    input, own = given["input"], tuple(given["normalized_shape"])
    return right(**{**given, "normalized_shape": tuple(input.shape[-len(own) :])})


FAULTS = (
    *_NORM.common(),
    _NORM.standard("unbiased-variance", "value", forward("StandardizeBackward0", unbiased), "*"),
    _NORM.standard("eps-outside-the-root", "eps", forward("StandardizeBackward0", eps_outside), "*"),
    _NORM.standard("variance-by-difference", "far-from-zero", forward("StandardizeBackward0", drowned), "*"),
    _NORM.standard("mean-forgotten", "gradient", backward("StandardizeBackward0", mean_forgotten), "*"),
    _NORM.fault(
        "last-dimension-alone",
        "normalized-shape",
        _NORM.wrong(_last_alone),
        "*",
    ),
    _NORM.fault("bias-as-factor", "affine-parts", _NORM.wrong(_bias_twice), "*"),
    _NORM.fault("empty-refused", "empty-batch", _NORM.wrong(_not_empty), "*", stumbles=True),
    _NORM.fault("shape-unchecked", "shape-mismatch", _NORM.wrong(_own_shape)),
)
