"""Contractions: sums of products, whose derivatives are contractions too.

A contraction is a trilinear form T(a, b, c), a sum of products of one element of each. The product of ``a`` and ``b``
is its derivative in ``c``; the derivatives of *that* are the form's other two faces. So one set of subscripts defines
a matrix product or a convolution together with its derivatives of every order, each of them one sum in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.oracle.arithmetic import TENSOR_FLOAT32_ROUNDOFF, Arithmetic, quietly
from conformance.oracle.bounded import Bounded, Pullback, Terms
from conformance.oracle.movement import Positions, accumulate, summed, take


@dataclass(frozen=True, eq=False)
class Contraction:
    """A trilinear form.

    Args:
        subscripts: Index letters of the three operands, as for ``np.einsum``: ``("ni", "oi", "no")``.
        kind: ``"matmul"`` or ``"convolution"``: what a backend may declare reduced precision for.
        shapes: The shapes of the three operands, as their owners hold them.
        windows: For a convolution, the flat positions in the first operand that its subscripts range over.
    """

    subscripts: tuple[str, str, str]
    kind: str
    shapes: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
    windows: Positions | None = None

    def __call__(self, a: Bounded, b: Bounded, addend: Bounded | None = None) -> Bounded:
        """Return the sum of products of ``a`` and ``b``, plus ``addend`` taken into the same sum."""
        return self.derive(2, (a, b), addend)

    @quietly
    def derive(self, wanted: int, factors: tuple[Bounded, Bounded], addend: Bounded | None = None) -> Bounded:
        """Return the derivative of the form in its operand ``wanted``, at the other two, in their order."""
        first, second = factors
        arithmetic = first.arithmetic
        value = self._apply(wanted, first.value, second.value)
        if arithmetic.is_exact:
            value = value if addend is None else value + addend.value
            return Bounded(value, np.zeros_like(value), arithmetic, self._parents(wanted, first, second, addend))
        magnitude = self._apply(wanted, abs(first.value), abs(second.value))
        propagated = self._propagated(wanted, first, second)
        count = self._counts[wanted]
        if self.kind in arithmetic.tensor_float32:
            propagated = propagated + (2 * TENSOR_FLOAT32_ROUNDOFF + TENSOR_FLOAT32_ROUNDOFF**2) * (
                magnitude + propagated
            )
        if addend is not None:
            if arithmetic.keeps_sums_wider:  # what is added to an array of products finds it rounded
                own = arithmetic.accumulated(count) * (magnitude + propagated)
                propagated = propagated + arithmetic.roundoff * (abs(value) + propagated + own)
            value, magnitude = value + addend.value, magnitude + abs(addend.value)
            propagated, count = propagated + addend.error, count + 1
        error = self._error(wanted, arithmetic, value, propagated, magnitude, count, joined=addend is not None)
        exact = not np.any(propagated)
        terms = Terms(count, magnitude) if exact else None
        return Bounded(value, error, arithmetic, self._parents(wanted, first, second, addend), terms)

    def _error(
        self,
        wanted: int,
        arithmetic: Arithmetic,
        value: NDArray[Any],
        propagated: NDArray[Any],
        magnitude: NDArray[Any],
        count: NDArray[Any],
        *,
        joined: bool,
    ) -> NDArray[Any]:
        """Return the error of sums of ``count`` products, or of such sums that windows send to the same places."""
        summing, largest = arithmetic.scattering, magnitude + propagated
        if wanted != 0 or self.windows is None or summing is arithmetic:
            return summed(arithmetic, value, propagated, largest, count, flushes=count)
        # The sum of each window's products is kept in the type that they meet in, and then added to the others'.
        own = arithmetic.accumulated(count) * largest
        return summed(summing, value, propagated + own, largest + own, self._meeting + joined, flushes=count)

    @cached_property
    def _meeting(self) -> NDArray[Any]:
        """How many windows' sums meet in each place of the first operand."""
        assert self.windows is not None
        return accumulate(np.ones(self.windows.shape), self.windows, self.shapes[0])

    def _parents(
        self, wanted: int, first: Bounded, second: Bounded, addend: Bounded | None
    ) -> list[tuple[Bounded, Pullback]]:
        i, j = (operand for operand in range(3) if operand != wanted)

        def pull(target: int, other_index: int, other: Bounded) -> Pullback:
            def pullback(cotangent: Bounded) -> Bounded:
                pair = (cotangent, other) if wanted < other_index else (other, cotangent)
                return self.derive(target, pair)

            return pullback

        parents: list[tuple[Bounded, Pullback]] = [(first, pull(i, j, second)), (second, pull(j, i, first))]
        if addend is not None:
            parents.append((addend, lambda c: c))
        return parents

    def _propagated(self, wanted: int, first: Bounded, second: Bounded) -> NDArray[Any]:
        """Return |A| E_b + E_a |B| + E_a E_b, E being the errors of the factors."""
        parts = [self._zeros(wanted, first)]
        exact_first, exact_second = not np.any(first.error), not np.any(second.error)
        if not exact_first:
            parts.append(self._apply(wanted, first.error, abs(second.value)))
        if not exact_second:
            parts.append(self._apply(wanted, abs(first.value) + first.error, second.error))
        return np.asarray(sum(parts))

    def _zeros(self, wanted: int, like: Bounded) -> NDArray[Any]:
        return np.zeros(self.shapes[wanted], dtype=like.value.dtype)

    def _apply(self, wanted: int, first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
        """Evaluate one face of the form on plain arrays."""
        i, j = (operand for operand in range(3) if operand != wanted)
        if self.windows is not None and i == 0:
            first = take(first, self.windows, 0.0)
        letters = f"{self.subscripts[i]},{self.subscripts[j]}->{self.subscripts[wanted]}"
        if not first.size or not second.size:  # nothing to sum: np.einsum reads beyond empty operands of stride 0
            lengths = dict(zip(letters.replace(",", ""), (*first.shape, *second.shape), strict=False))
            result = np.zeros([lengths[letter] for letter in self.subscripts[wanted]], dtype=first.dtype)
        else:
            result = np.einsum(letters, first, second)
        if self.windows is not None and wanted == 0:
            return accumulate(result, self.windows, self.shapes[0])
        return np.asarray(result)

    @cached_property
    def _counts(self) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """How many products are summed in each element of each face."""
        ones = [np.ones(shape) for shape in self.shapes]
        return self._apply(0, ones[1], ones[2]), self._apply(1, ones[0], ones[2]), self._apply(2, ones[0], ones[1])
