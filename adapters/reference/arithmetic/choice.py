"""One of two elements, by a condition."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.arithmetic._shared import operands, reduced_to
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor, method

__all__ = ["where"]


class WhereBackward0(Function):
    """``a`` where the condition holds, ``b`` elsewhere."""

    __slots__ = ("shapes",)

    def forward(self, condition: Array, a: Array, b: Array) -> Array:
        """The chosen elements."""
        self.saved = (condition,)
        self.shapes = (a.shape, b.shape)
        return np.where(condition, a, b)

    def backward(self, gradient: Array) -> tuple[Array | None, ...]:
        """``g`` for what was chosen, 0 for what was not."""
        (condition,) = self.saved
        zero = gradient.dtype.type(0)
        to_a = reduced_to(np.where(condition, gradient, zero), self.shapes[0]) if self.needs[1] else None
        return None, to_a, reduced_to(np.where(condition, zero, gradient), self.shapes[1]) if self.needs[2] else None


def where(condition: Tensor, input: Any, other: Any) -> Tensor:
    """Return the elements of ``input`` where ``condition`` holds and those of ``other`` elsewhere."""
    a, b = operands(input, other, "where")
    result: Tensor = WhereBackward0.apply((condition, a, b))
    return result


@method("where")
def where_of(self: Tensor, condition: Tensor, y: Any) -> Tensor:
    """Return the elements where ``condition`` holds and those of ``y`` elsewhere."""
    return where(condition, self, y)
