"""Slips of batch_norm."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import backward, edited, forward, method
from tests.faults.normalization._shared import Normalization, eps_outside, mean_forgotten, thousandth, unbiased

_NORM = Normalization("batch_norm", "BatchNorm2d", ("evaluation-cumulative", "untracked", "layer-gradient"))

_TRACK = "operators.normalization.batch_norm:_track"
_OWN = "operators.normalization.batch_norm:_BatchNorm.forward"
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


def _moved_in_evaluation(right: Any, self: Any, input: Any) -> Any:
    """Move the running statistics in evaluation too."""
    result = right(self, input)
    if not self.training and self.running_mean is not None:
        centre = input.array.mean(axis=(0, *range(2, input.ndim)))
        self.running_mean.array[...] = 0.9 * self.running_mean.array + 0.1 * centre
    return result


def _standard_instead(right: Any, self: Any, input: Any) -> Any:
    """Take a mean of 0 and a variance of 1 in evaluation where there are no running statistics."""
    if self.training or self.running_mean is not None:
        return right(self, input)
    shape = (1, self.num_features, *(1 for _ in input.shape[2:]))
    return input * self.weight.view(*shape) + self.bias.view(*shape)


def _constant_statistics(right: Any, self: Any, input: Any) -> Any:
    """Take the batch's statistics for constants in evaluation."""
    if self.training or self.running_mean is not None:
        return right(self, input)
    axes = (0, *range(2, input.ndim))
    seen = [torch.from_numpy(of(axis=axes)) for of in (input.array.mean, input.array.var)]
    return torch.nn.functional.batch_norm(input, *seen, self.weight, self.bias, eps=self.eps)


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
    _NORM.fault("moved-in-evaluation", "evaluation-state", method(_FORWARD, _moved_in_evaluation)),
    _NORM.fault(
        "none-as-always-of-the-batch",
        "evaluation-cumulative",
        edited(_OWN, ("or self.running_mean is None", "or self.running_mean is None or self.momentum is None")),
        "layer-gradient",
    ),
    _NORM.fault("standard-where-untracked", "untracked", method(_FORWARD, _standard_instead), "layer-gradient"),
    _NORM.fault("constant-where-untracked", "layer-gradient", method(_FORWARD, _constant_statistics)),
    _NORM.fault("single-value-accepted", "single-value", _NORM.wrong(_two_for_one)),
)
