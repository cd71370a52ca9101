"""Faults of cross_entropy."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._base import torch
from tests.faults._planting import operator
from tests.faults.loss._shared import accepted, derived, ignored, reductions, scaled, shapes, slip

_NAME = "cross_entropy"


def _over_number(right: Any, weight: Any, reduction: str, target: Any, **given: Any) -> Any:
    """A weighted mean over the number of targets."""
    if weight is None or not _classes(target) or reduction != "mean":
        return right(weight=weight, reduction=reduction, target=target, **given)
    return right(weight=weight, reduction="sum", target=target, **given) / max(target.numel(), 1)


def _weight_filled(right: Any, input: Any, weight: Any, **given: Any) -> Any:
    classes = input.shape[0 if input.ndim == 1 else 1]
    if weight is not None and weight.shape[0] < classes:
        weight = torch.ones(classes, dtype=weight.dtype)
    return right(input=input, weight=weight, **given)


def _batch_cut(right: Any, input: Any, target: Any, **given: Any) -> Any:
    if target.ndim == 1 and input.ndim == 2 and target.shape[0] < input.shape[0]:
        input = input[: target.shape[0]]
    return right(input=input, target=target, **given)


def _all_counted(right: Any, input: Any, target: Any, ignore_index: int, **given: Any) -> Any:
    """Ignored targets count as the first class."""
    wrong = torch.from_numpy(np.where(target.array == ignore_index, 0, target.array)) if _classes(target) else target
    return right(input=input, target=wrong, ignore_index=-7, **given)


def _mean_over_all(right: Any, target: Any, reduction: str, ignore_index: int, weight: Any, **given: Any) -> Any:
    """The mean is over ignored targets too."""
    options = {"target": target, "ignore_index": ignore_index, "weight": weight}
    if reduction != "mean" or weight is not None or not _classes(target):
        return right(reduction=reduction, **options, **given)
    return right(reduction="sum", **options, **given) / max(target.numel(), 1)


def _zero_for_nan(right: Any, **given: Any) -> Any:
    result = right(**given)
    ignored_all = _classes(given["target"]) and bool((given["target"].array == given["ignore_index"]).all())
    return given["input"].sum() * 0 if ignored_all and given["reduction"] == "mean" else result


def _classes(target: Any) -> bool:
    return not target.is_floating_point()


def _first_place(right: Any, input: Any, target: Any, **given: Any) -> Any:
    """Further dimensions are refused."""
    if input.ndim > 2:
        raise RuntimeError("expected two dimensions")
    return right(input=input, target=target, **given)


def _weightless_smoothing(right: Any, weight: Any, label_smoothing: float, **given: Any) -> Any:
    """The uniform part has no weights."""
    if weight is None or not label_smoothing:
        return right(weight=weight, label_smoothing=label_smoothing, **given)
    sharp = right(weight=weight, label_smoothing=0.0, **given)
    uniform = right(weight=None, label_smoothing=1.0, **given)
    return sharp * (1 - label_smoothing) + uniform * label_smoothing


def _smoothed_ignored(right: Any, target: Any, label_smoothing: float, ignore_index: int, **given: Any) -> Any:
    """Ignored targets get their uniform part."""
    options = {"target": target, "ignore_index": ignore_index, "label_smoothing": label_smoothing}
    if not label_smoothing or not _classes(target) or not (target.array == ignore_index).any():
        return right(**options, **given)
    return _all_counted(right, **options, **given)


def _over_classes(right: Any, target: Any, reduction: str, **given: Any) -> Any:
    """Means of probabilities are over the classes too."""
    result = right(target=target, reduction=reduction, **given)
    return result / target.shape[-1] if reduction == "mean" and not _classes(target) else result


def _probabilities_over_weights(right: Any, target: Any, weight: Any, reduction: str, **given: Any) -> Any:
    result = right(target=target, weight=weight, reduction=reduction, **given)
    return result / weight.mean() if reduction == "mean" and weight is not None and not _classes(target) else result


def _sharp_probabilities(right: Any, target: Any, label_smoothing: float, **given: Any) -> Any:
    return right(target=target, label_smoothing=label_smoothing if _classes(target) else 0.0, **given)


def _no_shift(right: Any, input: Any, **given: Any) -> Any:
    """Exponentials without the largest score subtracted overflow."""
    large = bool((abs(input.array) > 500).any())
    return right(input=input, **given) * (float("nan") if large else 1.0)


def _truncated(right: Any, input: Any, target: Any, **given: Any) -> Any:
    same = target.shape == input.shape
    return right(input=input, target=target if _classes(target) or same else target.long(), **given)


FAULTS = (
    scaled(_NAME, "value", "half-of-it", lambda **_: 0.5),
    slip(_NAME, "large-scores", "largest-not-subtracted", operator(_NAME, _no_shift)),
    ignored(_NAME, "weight", weight=None),
    slip(_NAME, "weight", "mean-over-the-number", operator(_NAME, _over_number)),
    slip(_NAME, "ignore-index", "counted-as-first-class", operator(_NAME, _all_counted)),
    slip(_NAME, "ignore-index", "mean-over-all", operator(_NAME, _mean_over_all)),
    slip(_NAME, "all-ignored", "zero-for-nan", operator(_NAME, _zero_for_nan)),
    slip(_NAME, "higher-dimensional", "matrices-only", operator(_NAME, _first_place), stumbles=True),
    shapes(_NAME, "unbatched", scalar=False),
    *reductions(_NAME),
    slip(_NAME, "weight-size", "ones-instead", operator(_NAME, _weight_filled), alone=True),
    slip(_NAME, "batch-mismatch", "batch-cut", operator(_NAME, _batch_cut), alone=True),
    ignored(_NAME, "label-smoothing", label_smoothing=0.0),
    slip(_NAME, "label-smoothing-weight", "uniform-part-without-weights", operator(_NAME, _weightless_smoothing)),
    slip(_NAME, "label-smoothing-ignored", "ignored-are-smoothed", operator(_NAME, _smoothed_ignored)),
    accepted(_NAME, "label-smoothing-range", "cut-to-one", label_smoothing=lambda s: min(s, 1.0)),
    slip(_NAME, "probabilities", "mean-over-classes-too", operator(_NAME, _over_classes)),
    slip(_NAME, "probabilities-weight", "mean-over-weights", operator(_NAME, _probabilities_over_weights)),
    slip(_NAME, "probabilities-smoothed", "not-smoothed", operator(_NAME, _sharp_probabilities)),
    slip(_NAME, "target-type", "truncated", operator(_NAME, _truncated), alone=True),
    *derived(_NAME, "CrossEntropyLoss"),
)
