"""Slips of batch_norm."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._planting import backward, forward, method
from tests.faults.normalization._shared import Normalization, eps_outside, mean_forgotten, thousandth, unbiased

_NORM = Normalization("batch_norm", "BatchNorm2d")

_TRACK = "operators.normalization.batch_norm:_track"
_FORWARD = "operators.normalization.batch_norm:BatchNorm2d.forward"


def _own_always(right: Any, given: dict[str, Any]) -> Any:
    """Take the batch's statistics in evaluation too."""
    return right(**{**given, "training": given["input"].numel() > given["input"].shape[1]})


def _with_bias_only(right: Any, given: dict[str, Any]) -> Any:
    """Scale by the weight only where there is a bias."""
    return right(**{**given, "weight": None if given["bias"] is None else given["weight"]})


def _images_alone(right: Any, given: dict[str, Any]) -> Any:
    """Refuse what are no images."""
    if given["input"].ndim != 4:
        raise TypeError("batch_norm: expected images")
    return right(**given)


def _biased(right: Any, input: Any, mean: Any, variance: Any, axes: Any, momentum: float) -> None:
    """Let the biased variance into the running one."""
    before = None if variance is None else variance.array.copy()
    right(input, mean, variance, axes, momentum)
    if variance is not None:
        variance.array[...] = (1 - momentum) * before + momentum * input.array.var(axis=axes)


def _default_momentum(right: Any, self: Any, input: Any) -> Any:
    """Take momentum None for 0.1."""
    self.momentum = 0.1 if self.momentum is None else self.momentum
    return right(self, input)


def _two_for_one(right: Any, given: dict[str, Any]) -> Any:
    """Standardize a single value to nothing."""
    if given["training"] and given["input"].numel() == given["input"].shape[1]:
        return given["input"] * 0.0
    return right(**given)


FAULTS = (
    *_NORM.common(),
    *(
        Fault(
            "eps-of-a-thousandth",
            f"batch_norm.layer-batch-norm{number}d",
            method(f"operators.normalization.batch_norm:BatchNorm{number}d.__init__", thousandth),
        )
        for number in (1, 3)
    ),
    _NORM.standard("unbiased-variance", "value", forward("StandardizeBackward0", unbiased), "*"),
    _NORM.standard("eps-outside-the-root", "eps", forward("StandardizeBackward0", eps_outside), "*"),
    _NORM.standard("mean-forgotten", "gradient", backward("StandardizeBackward0", mean_forgotten), "*"),
    _NORM.fault("batch-statistics-always", "evaluation", _NORM.wrong(_own_always), "*"),
    _NORM.fault("weight-with-bias-only", "affine-parts", _NORM.wrong(_with_bias_only), "*"),
    _NORM.fault(
        "images-alone",
        "dimensions",
        _NORM.wrong(_images_alone),
        "layer-*",
        "value",
        "gradient",
        "single-value",
        stumbles=True,
    ),
    _NORM.fault("biased-running-variance", "running-statistics", method(_TRACK, _biased), "cumulative-average"),
    _NORM.fault("none-as-default", "cumulative-average", method(_FORWARD, _default_momentum)),
    _NORM.fault("single-value-accepted", "single-value", _NORM.wrong(_two_for_one)),
)
