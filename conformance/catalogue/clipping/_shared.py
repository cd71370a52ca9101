"""What the clipping of gradients shares: norms, factors, and cases."""

from __future__ import annotations

import math
from typing import Any

from conformance.card import Statement
from conformance.clause import documented
from conformance.clipping import Clipping
from conformance.data import Draw, Values
from conformance.oracle import Bounded, absolute, amax, power, reshape, sqrt, stack, total, where

SEVERAL = (Draw((3, 4)), Draw((5,)), Draw(()), Draw((2, 1, 3)))
"""Gradients of several shapes, which the norm sees as one vector."""

TINY = (Values((3e-6, 0.0)), Values(((-4e-6,),)))
"""Gradients whose norm, 5e-6, is no larger than what is added to it."""


def page(name: str) -> str:
    """Return where a function is documented."""
    return documented(f"generated/torch.nn.utils.{name}.html")


def clipping(behaviour: str, sentence: str, *cases: Clipping, **others: Any) -> Statement:
    """State what becomes of gradients, and what is returned."""
    return Statement(behaviour, sentence, "clipping", cases, **others)


def refused(behaviour: str, sentence: str, *cases: Clipping, **others: Any) -> Statement:
    """State that gradients are refused."""
    return Statement(behaviour, sentence, "clipping_refusal", cases, **others)


def norm_of(gradients: list[Bounded], norm_type: float | str = 2.0) -> Bounded:
    """Return the norm of the norms of all gradients: that of their elements as one vector."""
    order = float(norm_type)
    return _norm(stack([_norm(reshape(gradient, (-1,)), order) for gradient in gradients]), order)


def _norm(vector: Bounded, order: float) -> Bounded:
    if math.isinf(order):
        return amax(absolute(vector))
    if order == 1:
        return total(absolute(vector))
    if order == 2:
        return sqrt(total(vector.square()), nonnegative=True)
    return power(total(power(absolute(vector), order)), 1 / order)


def scaled(gradients: list[Bounded], max_norm: float, total_norm: Bounded) -> list[Bounded]:
    """Return the gradients times max_norm / (total_norm + 1e-6), or as they are where that is 1 or more."""
    factor = max_norm / (total_norm + Bounded.constant(1e-6, total_norm.arithmetic))
    return [where(factor < 1.0, gradient * factor, gradient) for gradient in gradients]


def norm_types(**options: Any) -> tuple[Clipping, ...]:
    """Return cases of every kind of norm."""
    return (
        Clipping("one", SEVERAL, {"norm_type": 1.0, **options}),
        Clipping("three", SEVERAL, {"norm_type": 3.0, **options}),
        Clipping("infinite", SEVERAL, {"norm_type": math.inf, **options}),
        Clipping("infinite-by-name", SEVERAL, {"norm_type": "inf", **options}),
    )


def nonfinite(**options: Any) -> tuple[Clipping, ...]:
    """Return cases whose norm is not finite."""
    return tuple(
        Clipping(name, (Draw((3,)), Values((1.0, number))), {"error_if_nonfinite": True, **options})
        for name, number in (("nan", math.nan), ("infinite", math.inf), ("minus-infinite", -math.inf))
    )
