"""Comparisons and logic. Their results are booleans, which have no gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from adapters.reference.arithmetic._shared import Operand, operands, require_broadcast
from adapters.reference.tensor import Tensor, method, wrap

__all__ = [
    "allclose",
    "eq",
    "equal",
    "ge",
    "gt",
    "isclose",
    "isfinite",
    "isinf",
    "isnan",
    "le",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "lt",
    "ne",
]


def _compared(compare: Callable[[Any, Any], Any], first: Any, second: Any, what: str) -> Tensor:
    a, b = operands(first, second, what)
    require_broadcast(a, b)
    with np.errstate(all="ignore"):
        return wrap(np.asarray(compare(a.array, b.array)))


@method("eq")
def eq(input: Tensor, other: Operand) -> Tensor:
    """Return where the elements are equal."""
    return _compared(np.equal, input, other, "eq")


@method("ne")
def ne(input: Tensor, other: Operand) -> Tensor:
    """Return where the elements differ."""
    return _compared(np.not_equal, input, other, "ne")


@method("lt", "__lt__")
def lt(input: Tensor, other: Operand) -> Tensor:
    """Return where ``input < other``."""
    return _compared(np.less, input, other, "lt")


@method("le", "__le__")
def le(input: Tensor, other: Operand) -> Tensor:
    """Return where ``input <= other``."""
    return _compared(np.less_equal, input, other, "le")


@method("gt", "__gt__")
def gt(input: Tensor, other: Operand) -> Tensor:
    """Return where ``input > other``."""
    return _compared(np.greater, input, other, "gt")


@method("ge", "__ge__")
def ge(input: Tensor, other: Operand) -> Tensor:
    """Return where ``input >= other``."""
    return _compared(np.greater_equal, input, other, "ge")


@method("__eq__")
def equals(self: Tensor, other: Any) -> Any:
    """Return where the elements are equal; not comparable with what is neither tensor nor number."""
    return eq(self, other) if isinstance(other, (Tensor, bool, int, float, np.number)) else NotImplemented


@method("__ne__")
def differs(self: Tensor, other: Any) -> Any:
    """Return where the elements differ; not comparable with what is neither tensor nor number."""
    return ne(self, other) if isinstance(other, (Tensor, bool, int, float, np.number)) else NotImplemented


@method("logical_not")
def logical_not(input: Tensor) -> Tensor:
    """Return where the elements are zero."""
    return wrap(np.logical_not(input.array))


@method("logical_and", "__and__", "__rand__")
def logical_and(input: Tensor, other: Operand) -> Tensor:
    """Return where both are not zero."""
    return _compared(np.logical_and, input, other, "logical_and")


@method("logical_or", "__or__", "__ror__")
def logical_or(input: Tensor, other: Operand) -> Tensor:
    """Return where at least one is not zero."""
    return _compared(np.logical_or, input, other, "logical_or")


@method("logical_xor", "__xor__")
def logical_xor(input: Tensor, other: Operand) -> Tensor:
    """Return where exactly one is not zero."""
    return _compared(np.logical_xor, input, other, "logical_xor")


@method("__invert__")
def invert(self: Tensor) -> Tensor:
    """Return ``~tensor``: the bits, or the truth values, turned over."""
    return wrap(np.invert(self.array))


@method("isnan")
def isnan(input: Tensor) -> Tensor:
    """Return where the elements are NaN."""
    return wrap(np.isnan(input.array))


@method("isinf")
def isinf(input: Tensor) -> Tensor:
    """Return where the elements are infinite."""
    return wrap(np.isinf(input.array))


@method("isfinite")
def isfinite(input: Tensor) -> Tensor:
    """Return where the elements are finite."""
    return wrap(np.isfinite(input.array))


@method("equal")
def equal(input: Tensor, other: Tensor) -> bool:
    """Whether shapes and all elements are equal; NaN equals nothing."""
    return input.array.shape == other.array.shape and bool(np.array_equal(input.array, other.array))


@method("isclose")
def isclose(input: Tensor, other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Tensor:
    """Return where ``|input - other| <= atol + rtol |other|``."""
    if input.array.dtype != other.array.dtype:
        raise RuntimeError(f"isclose: expected two tensors of the same dtype, not {input.dtype} and {other.dtype}")
    with np.errstate(all="ignore"):
        return wrap(np.asarray(np.isclose(input.array, other.array, rtol=rtol, atol=atol, equal_nan=equal_nan)))


@method("allclose")
def allclose(input: Tensor, other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> bool:
    """Whether all elements are close: see :func:`isclose`."""
    return bool(isclose(input, other, rtol, atol, equal_nan).array.all())
