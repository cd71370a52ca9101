"""Faults of smooth_l1_loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._planting import method, operator
from tests.faults.loss._shared import (
    accepted,
    cut,
    derived,
    empty,
    ignored,
    mean_by,
    reductions,
    scaled,
    shapes,
    slip,
)

_NAME = "smooth_l1_loss"
_LOSSES = "operators.loss.smooth_l1_loss:SmoothL1LossBackward0.losses"


def _huber(right: Any, beta: float, **given: Any) -> Any:
    """The Huber loss, which is beta times as large."""
    return right(beta=beta, **given) * (beta if beta > 0 else 1.0)


def _nothing_at_zero(right: Any, beta: float, **given: Any) -> Any:
    return right(beta=beta, **given) * (1.0 if beta > 0 else 0.0)


def _square_up_to_twice_beta(right: Any, node: Any, x: Any, y: Any, beta: float) -> Any:
    """At beta itself the pieces do not meet."""
    distance = np.abs(x - y)
    return np.where(distance == beta, distance, right(node, x, y, beta))


FAULTS = (
    mean_by(_NAME, "value", "mean-over-the-batch", lambda input, **_: input.shape[0] if input.ndim else 1),
    scaled(_NAME, "value", "without-the-half", lambda **_: 2.0),
    ignored(_NAME, "beta", beta=1.0),
    slip(_NAME, "beta", "huber-instead", operator(_NAME, _huber)),
    slip(_NAME, "beta-zero", "nothing-at-zero", operator(_NAME, _nothing_at_zero)),
    slip(_NAME, "at-beta", "pieces-do-not-meet", method(_LOSSES, _square_up_to_twice_beta)),
    *reductions(_NAME),
    shapes(_NAME),
    empty(_NAME),
    accepted(_NAME, "beta-sign", "absolute-beta", beta=abs),
    *derived(_NAME, "SmoothL1Loss"),
    cut(_NAME),
)
