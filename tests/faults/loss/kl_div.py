"""Faults of kl_div."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import operator
from tests.faults.loss._shared import derived, empty, ignored, mean_by, reductions, shapes, slip

_NAME = "kl_div"


def _swapped(right: Any, input: Any, target: Any, log_target: bool, **given: Any) -> Any:
    """The divergence of the input from the target."""
    if log_target:
        return right(input=target, target=input, log_target=log_target, **given)
    return right(input=target.log(), target=input.exp(), log_target=log_target, **given)


def _elements(right: Any, reduction: str, **given: Any) -> Any:
    return right(reduction="mean" if reduction == "batchmean" else reduction, **given)


FAULTS = (
    mean_by(_NAME, "value", "mean-over-the-batch", lambda input, **_: input.shape[0] if input.ndim else 1),
    slip(_NAME, "value", "arguments-swapped", operator(_NAME, _swapped)),
    ignored(_NAME, "log-target", log_target=False),
    slip(_NAME, "reduction-batchmean", "over-the-elements", operator(_NAME, _elements)),
    *reductions(_NAME),
    shapes(_NAME),
    empty(_NAME),
    *derived(_NAME, "KLDivLoss"),
)
