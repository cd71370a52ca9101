"""Faults of nll_loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._base import torch
from tests.faults._planting import operator
from tests.faults.loss._shared import derived, ignored, reductions, scaled, shapes, slip

_NAME = "nll_loss"


def _over_number(right: Any, weight: Any, reduction: str, target: Any, **given: Any) -> Any:
    """A weighted mean over the number of targets."""
    if weight is None or reduction != "mean":
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


FAULTS = (
    scaled(_NAME, "value", "sign-forgotten", lambda **_: -1.0),
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
    *derived(_NAME, "NLLLoss"),
)
