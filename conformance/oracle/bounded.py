"""Bounded numbers: a value in extended precision, a rigorous bound on the error of any admissible evaluation, a tape.

Each operation says what error it propagates and what it adds.
Every operation also says how a cotangent is pulled back through it, in the same arithmetic, so that a gradient is a
bounded number like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.oracle import kernels
from conformance.oracle.arithmetic import EXTENDED_ROUNDOFF, Arithmetic, quietly
from conformance.oracle.certainty import undecided, unless_exceptional
from conformance.oracle.decision import Decision

Pullback = Callable[["Bounded"], "Bounded"]

_DIVISION_ROUNDINGS = 5
"""A quotient may be a product with a reciprocal: 2.5 ulp in the OpenCL table."""


@dataclass(frozen=True)
class Terms:
    """What was summed in each element of a sum of products: how many, and the sum of their absolute values."""

    number: NDArray[Any]
    magnitude: NDArray[Any]

    def moved(self, movement: Callable[[NDArray[Any]], NDArray[Any]]) -> Terms:
        """Return the terms of the elements rearranged."""
        return Terms(movement(self.number), movement(self.magnitude))


class Bounded:
    """An array of real numbers that an admissible evaluation meets within ``error``, element by element.

    Args:
        value: The exact values, in the arithmetic's storage type.
        error: Bounds on |computed - value|, of the same shape, never negative or NaN. Infinite where anything may be
            computed, NaN included. An infinite or missing (NaN) value whose error is 0 is computed by every evaluation.
        arithmetic: The arithmetic that the bounds are for.
        parents: What the number was computed from, each with the pullback of a cotangent to it.
        terms: What was summed, if the number is a sum of products of exact numbers.
    """

    __slots__ = ("arithmetic", "error", "parents", "terms", "value")
    __array_ufunc__ = None

    def __init__(
        self,
        value: NDArray[Any],
        error: NDArray[Any],
        arithmetic: Arithmetic,
        parents: Sequence[tuple[Bounded, Pullback]] = (),
        terms: Terms | None = None,
    ) -> None:
        self.value = np.asarray(value, dtype=arithmetic.storage)
        self.error = np.asarray(error, dtype=arithmetic.storage)
        if self.value.shape != self.error.shape:
            raise ValueError(f"expected a bound for every element: value {value.shape}, error {error.shape}")
        self.arithmetic = arithmetic
        self.parents = tuple(parents)
        self.terms = terms

    @classmethod
    def input(cls, array: NDArray[Any], arithmetic: Arithmetic) -> Bounded:
        """Return an input: exactly representable, hence without error."""
        value = arithmetic.stored(array)
        return cls(value, np.zeros_like(value), arithmetic)

    @classmethod
    def constant(cls, number: float, arithmetic: Arithmetic) -> Bounded:
        """Return a constant of a formula, which the working type may have to round.

        It is exact if it is short, like 2, 0.5 and -1. A longer one is not even where the working type has it: the
        number written here may be rounded itself, as 0.1 is. One below the smallest normal number, as 1e-8 is in
        float16, may be flushed to zero or keep few of its digits.
        """
        value = arithmetic.stored(number)
        rounding = 0.0 if arithmetic.has(number) else arithmetic.roundoff
        if 0 < abs(number) < arithmetic.smallest_normal and not arithmetic.is_exact:
            rounding = 1.0
        return cls(value, abs(value) * rounding if rounding else np.zeros_like(value), arithmetic)

    def detached(self) -> Bounded:
        """Return the same number without what it was computed from."""
        return Bounded(self.value, self.error, self.arithmetic, (), self.terms)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array."""
        return self.value.shape

    @property
    def reach(self) -> NDArray[Any]:
        """How far from the value the number may be, the oracle's own roundoff in a difference of the two included."""
        if self.arithmetic.is_exact:
            return self.error
        own = 4 * EXTENDED_ROUNDOFF * (abs(self.value) + self.error)
        return np.where(np.isfinite(self.value), self.error + own, self.error)

    @property
    def size(self) -> int:
        """The number of elements."""
        return self.value.size

    def __repr__(self) -> str:
        return f"Bounded({self.arithmetic.name}, shape {self.shape})"

    @quietly
    def __add__(self, other: Bounded | float) -> Bounded:
        a, b = paired(self, other)
        return rounded(a.value + b.value, a.error + b.error, a.arithmetic, 1, ((a, lambda c: c), (b, lambda c: c)))

    @quietly
    def __sub__(self, other: Bounded | float) -> Bounded:
        a, b = paired(self, other)
        return rounded(a.value - b.value, a.error + b.error, a.arithmetic, 1, ((a, lambda c: c), (b, lambda c: -c)))

    def __neg__(self) -> Bounded:
        return Bounded(-self.value, self.error, self.arithmetic, ((self, lambda c: -c),), self.terms)

    @quietly
    def __mul__(self, other: Bounded | float) -> Bounded:
        a, b = paired(self, other)
        product = a.value * b.value
        parents = ((a, lambda c: c * b), (b, lambda c: c * a))
        if a.arithmetic.is_exact:
            return rounded(product, a.error, a.arithmetic, 1, parents)
        propagated = abs(a.value) * b.error + abs(b.value) * a.error + a.error * b.error
        return rounded(product, unless_exceptional(product, propagated, a, b), a.arithmetic, 1, parents)

    @quietly
    def __truediv__(self, other: Bounded | float) -> Bounded:
        a, b = paired(self, other)
        quotient = kernels.quotient(a.value, b.value)
        parents = ((a, lambda c: c / b), (b, lambda c: -(c * a) / (b * b)))
        if a.arithmetic.is_exact:
            return rounded(quotient, a.error, a.arithmetic, _DIVISION_ROUNDINGS, parents)
        room = abs(b.value) - b.reach
        propagated = np.where(room > 0, (a.error + abs(quotient) * b.error) / np.where(room > 0, room, 1), np.inf)
        moved = unless_exceptional(quotient, propagated, a, b)
        return rounded(quotient, moved, a.arithmetic, _DIVISION_ROUNDINGS, parents)

    def __lt__(self, other: Bounded | float) -> Decision:
        a, b = paired(self, other)
        return Decision(np.asarray(a.value < b.value), undecided(a, b))

    def __gt__(self, other: Bounded | float) -> Decision:
        a, b = paired(self, other)
        return Decision(np.asarray(a.value > b.value), undecided(a, b))

    def __le__(self, other: Bounded | float) -> Decision:
        a, b = paired(self, other)
        return Decision(np.asarray(a.value <= b.value), undecided(a, b))

    def __ge__(self, other: Bounded | float) -> Decision:
        a, b = paired(self, other)
        return Decision(np.asarray(a.value >= b.value), undecided(a, b))

    def __radd__(self, other: float) -> Bounded:
        return self + other

    def __rmul__(self, other: float) -> Bounded:
        return self * other

    def __rsub__(self, other: float) -> Bounded:
        return -self + other

    def __rtruediv__(self, other: float) -> Bounded:
        return Bounded.constant(other, self.arithmetic) / self

    @quietly
    def square(self) -> Bounded:
        """Return the product of each element with itself."""
        moved = self.error if self.arithmetic.is_exact else 2 * abs(self.value) * self.error + self.error * self.error
        propagated = np.where(self.error == 0, self.error, moved)
        return rounded(self.value * self.value, propagated, self.arithmetic, 1, ((self, lambda c: c * (self * 2.0)),))


def rounded(
    value: NDArray[Any],
    propagated: NDArray[Any],
    arithmetic: Arithmetic,
    roundings: float,
    parents: Sequence[tuple[Bounded, Pullback]] = (),
) -> Bounded:
    """Return R(k): ``value`` after ``roundings`` roundings on top of the ``propagated`` error.

    A zero to which no error was propagated is exact: it is a product with 0, a difference of equals, or f(0) = 0.
    """
    if arithmetic.is_exact:
        return Bounded(value, np.zeros(np.shape(value), dtype=object), arithmetic, parents)
    u = arithmetic.roundoff
    error = propagated + roundings * u * (abs(value) + propagated) + arithmetic.smallest_normal
    zero = value == 0
    if zero.any():
        error = np.where(zero & (propagated == 0), 0, error)
    return Bounded(value, arithmetic.settled(value, propagated, error), arithmetic, parents)


def paired(a: Bounded, b: Bounded | float) -> tuple[Bounded, Bounded]:
    """Return both operands as bounded arrays of one shape."""
    from conformance.oracle.movement import broadcast_to  # noqa: PLC0415 - movement builds on this module

    if not isinstance(b, Bounded):
        constant = Bounded.constant(b, a.arithmetic)
        shape = np.broadcast_shapes(a.shape, constant.shape)
        value, error = (np.full(shape, part[()]) for part in (constant.value, constant.error))
        return a if a.shape == shape else broadcast_to(a, shape), Bounded(value, error, a.arithmetic)
    if a.shape == b.shape:
        return a, b
    shape = np.broadcast_shapes(a.shape, b.shape)
    return broadcast_to(a, shape), broadcast_to(b, shape)
