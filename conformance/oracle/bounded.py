"""Bounded numbers: a value in extended precision, a rigorous bound on the error of any admissible evaluation, a tape.

Each operation says what error it propagates and what it adds.
Every operation also says how a cotangent is pulled back through it, in the same arithmetic, so that a gradient is a
bounded number like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.oracle.arithmetic import Arithmetic
from conformance.oracle.decision import Decision, within_error

Pullback = Callable[["Bounded"], "Bounded"]

_DIVISION_ROUNDINGS = 5
"""A quotient may be a product with a reciprocal: 2.5 ulp in the OpenCL table."""


class Bounded:
    """An array of real numbers that an admissible evaluation meets within ``error``, element by element.

    Args:
        value: The exact values, in the arithmetic's storage type.
        error: Bounds on |computed - value|, of the same shape, never negative.
        arithmetic: The arithmetic that the bounds are for.
        parents: What the number was computed from, each with the pullback of a cotangent to it.
    """

    __slots__ = ("arithmetic", "error", "parents", "value")
    __array_ufunc__ = None

    def __init__(
        self,
        value: NDArray[Any],
        error: NDArray[Any],
        arithmetic: Arithmetic,
        parents: Sequence[tuple[Bounded, Pullback]] = (),
    ) -> None:
        if value.shape != error.shape:
            raise ValueError(f"expected a bound for every element: value {value.shape}, error {error.shape}")
        self.value = value
        self.error = error
        self.arithmetic = arithmetic
        self.parents = tuple(parents)

    @classmethod
    def input(cls, array: NDArray[Any], arithmetic: Arithmetic) -> Bounded:
        """Return an input: exactly representable, hence without error."""
        value = arithmetic.stored(array)
        return cls(value, np.zeros_like(value), arithmetic)

    @classmethod
    def constant(cls, number: float, arithmetic: Arithmetic) -> Bounded:
        """Return a constant of a formula, rounded unless the working type has it exactly, as it has 2, 0.5 and -1."""
        value = arithmetic.stored(number)
        error = np.where(arithmetic.represents(number), np.zeros_like(value), abs(value) * arithmetic.roundoff)
        return cls(value, error, arithmetic)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array."""
        return self.value.shape

    @property
    def size(self) -> int:
        """The number of elements."""
        return self.value.size

    def __repr__(self) -> str:
        return f"Bounded({self.arithmetic.name}, shape {self.shape})"

    def __add__(self, other: Bounded | float) -> Bounded:
        a, b = paired(self, other)
        return rounded(a.value + b.value, a.error + b.error, a.arithmetic, 1, ((a, lambda c: c), (b, lambda c: c)))

    def __sub__(self, other: Bounded | float) -> Bounded:
        a, b = paired(self, other)
        return rounded(a.value - b.value, a.error + b.error, a.arithmetic, 1, ((a, lambda c: c), (b, lambda c: -c)))

    def __neg__(self) -> Bounded:
        return Bounded(-self.value, self.error, self.arithmetic, ((self, lambda c: -c),))

    def __mul__(self, other: Bounded | float) -> Bounded:
        a, b = paired(self, other)
        propagated = abs(a.value) * b.error + abs(b.value) * a.error + a.error * b.error
        return rounded(a.value * b.value, propagated, a.arithmetic, 1, ((a, lambda c: c * b), (b, lambda c: c * a)))

    def __truediv__(self, other: Bounded | float) -> Bounded:
        a, b = paired(self, other)
        quotient = a.value / b.value
        room = abs(b.value) - b.error
        propagated = np.where(room > 0, (a.error + abs(quotient) * b.error) / np.where(room > 0, room, 1), np.inf)
        parents: list[tuple[Bounded, Pullback]] = [(a, lambda c: c / b), (b, lambda c: -(c * a) / (b * b))]
        return rounded(quotient, propagated, a.arithmetic, _DIVISION_ROUNDINGS, parents)

    def __lt__(self, other: Bounded | float) -> Decision:
        a, b = paired(self, other)
        return Decision(np.asarray(a.value < b.value), within_error(a.value - b.value, a.error + b.error))

    def __gt__(self, other: Bounded | float) -> Decision:
        a, b = paired(self, other)
        return Decision(np.asarray(a.value > b.value), within_error(a.value - b.value, a.error + b.error))

    def __le__(self, other: Bounded | float) -> Decision:
        a, b = paired(self, other)
        return Decision(np.asarray(a.value <= b.value), within_error(a.value - b.value, a.error + b.error))

    def __ge__(self, other: Bounded | float) -> Decision:
        a, b = paired(self, other)
        return Decision(np.asarray(a.value >= b.value), within_error(a.value - b.value, a.error + b.error))

    def __radd__(self, other: float) -> Bounded:
        return self + other

    def __rmul__(self, other: float) -> Bounded:
        return self * other

    def __rsub__(self, other: float) -> Bounded:
        return -self + other

    def __rtruediv__(self, other: float) -> Bounded:
        return Bounded.constant(other, self.arithmetic) / self

    def square(self) -> Bounded:
        """Return the product of each element with itself."""
        propagated = 2 * abs(self.value) * self.error + self.error * self.error
        return rounded(self.value * self.value, propagated, self.arithmetic, 1, ((self, lambda c: c * (self * 2.0)),))


def rounded(
    value: NDArray[Any],
    propagated: NDArray[Any],
    arithmetic: Arithmetic,
    roundings: float,
    parents: Sequence[tuple[Bounded, Pullback]] = (),
) -> Bounded:
    """Return R(k): ``value`` after ``roundings`` roundings on top of the ``propagated`` error."""
    u = arithmetic.roundoff
    error = propagated + roundings * u * (abs(value) + propagated) + arithmetic.smallest_normal
    return Bounded(np.asarray(value), np.asarray(error), arithmetic, parents)


def paired(a: Bounded, b: Bounded | float) -> tuple[Bounded, Bounded]:
    """Return both operands as bounded arrays of one shape."""
    from conformance.oracle.movement import broadcast_to  # noqa: PLC0415 - movement builds on this module

    second = b if isinstance(b, Bounded) else Bounded.constant(b, a.arithmetic)
    shape = np.broadcast_shapes(a.shape, second.shape)
    return broadcast_to(a, shape), broadcast_to(second, shape)
