"""Faults of multilabel_margin_loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._base import torch
from tests.faults._planting import operator
from tests.faults.loss._shared import derived, reductions, scaled, shapes, slip

_NAME = "multilabel_margin_loss"


def _filled(right: Any, input: Any, target: Any, **given: Any) -> Any:
    """A short target is filled with -1."""
    missing = input.shape[-1] - target.shape[-1]
    if missing > 0:
        rows = np.full((*target.shape[:-1], missing), -1)
        target = torch.from_numpy(np.concatenate([target.array, rows], axis=-1))
    return right(input=input, target=target, **given)


def _beyond_the_block(right: Any, target: Any, **given: Any) -> Any:
    """Negative numbers are skipped, and what follows counts."""
    order = np.argsort(target.array < 0, axis=-1, kind="stable")
    return right(target=torch.from_numpy(np.take_along_axis(target.array, order, -1)), **given)


def _one_without_wrong(right: Any, target: Any, **given: Any) -> Any:
    """Where every class is right, there is a loss."""
    result = right(target=target, **given)
    every = (target.array >= 0).all(axis=-1)
    return result + torch.from_numpy(every.astype(result.array.dtype)) if given["reduction"] == "none" else result


FAULTS = (
    scaled(_NAME, "value", "not-over-the-classes", lambda input, **_: input.shape[-1]),
    slip(_NAME, "contiguous-block", "beyond-the-block", operator(_NAME, _beyond_the_block)),
    slip(_NAME, "every-class", "loss-without-wrong-class", operator(_NAME, _one_without_wrong)),
    shapes(_NAME, "unbatched", scalar=False),
    *reductions(_NAME),
    slip(_NAME, "shape-mismatch", "target-filled", operator(_NAME, _filled), alone=True),
    *derived(_NAME, "MultiLabelMarginLoss"),
)
