"""Definitions evaluated three ways: in extended precision with bounds, in 400 bits, and by differences in 400 bits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import mpmath
import numpy as np
from numpy.typing import NDArray

from conformance.card import FormulaCard
from conformance.case import Case
from conformance.expectation import bounded_inputs, cotangent, differentiable, flattened
from conformance.oracle import Arithmetic, Bounded, vector_jacobian_product

CONTEXT = mpmath.MPContext()
CONTEXT.prec = 400

EXACT = Arithmetic.exact(CONTEXT.convert)
"""Arithmetic of 400 bits: exact for all that is compared here."""

DOUBLE = Arithmetic.of("float64")
"""The narrowest budgets that the oracle gives."""

_STEP = CONTEXT.ldexp(1, -100)
"""A central difference is off by its square times a third derivative, or by itself where the second one jumps."""

AGREEMENT = CONTEXT.ldexp(1, -90)
"""What derivatives may differ by from differences, relative to the sizes of the terms."""

KINK = CONTEXT.ldexp(1, -40)
"""One-sided differences of a smooth function agree far better than this; on either side of a kink they do not."""

Arrays = Mapping[str, Any]


def exactly(array: NDArray[Any]) -> NDArray[Any]:
    """Return ``array`` as numbers of 400 bits."""
    return EXACT.stored(array)


def within_oracle_precision(extended: Bounded, exact: NDArray[Any]) -> None:
    """Assert that the oracle's own roundoff is a small part of the narrowest budget."""
    exact = np.asarray(exact, dtype=object)
    assert extended.shape == exact.shape
    for index in np.ndindex(extended.shape):
        value, error, true = extended.value[index], extended.error[index], exact[index]
        if not np.isfinite(error):
            continue
        if not np.isfinite(value) or not CONTEXT.isfinite(true):
            assert (np.isnan(value) and CONTEXT.isnan(true)) or CONTEXT.convert(value) == true, (index, value, true)
            continue
        allowed = CONTEXT.convert(error) / 256 + CONTEXT.ldexp(abs(true), -62)
        assert abs(CONTEXT.convert(value) - true) <= allowed, (index, value, true, error)


def outputs(definition: Callable[..., Any], inputs: Arrays, options: Arrays) -> list[Bounded]:
    """Return the floating-point outputs of a definition."""
    return [output for output in flattened(definition(**inputs, **options)) if isinstance(output, Bounded)]


class Weighed:
    """A case's outputs summed with cotangents: a function of its differentiable inputs with one number as result."""

    def __init__(self, card: FormulaCard, case: Case, definition: Callable[..., Any]) -> None:
        self.definition = definition
        self.case = case
        self.names = differentiable(card, case, "float64")
        self.inputs = bounded_inputs(case, "float64", EXACT)
        shapes = [output.shape for output in outputs(definition, self.inputs, case.options)]
        self.cotangents = [exactly(cotangent(case, shape, "float64", str(i))) for i, shape in enumerate(shapes)]

    def at(self, moved: Mapping[str, NDArray[Any]]) -> Any:
        """Return the weighed sum with the differentiable inputs at ``moved``."""
        inputs = {**self.inputs, **{name: Bounded(a, np.zeros_like(a), EXACT) for name, a in moved.items()}}
        found = outputs(self.definition, inputs, self.case.options)
        pairs = zip(self.cotangents, found, strict=True)
        products = (c * f for w, o in pairs for c, f in zip(w.flat, o.value.flat, strict=True))
        return sum(products, start=CONTEXT.zero)

    def gradients(self, arithmetic: Arithmetic) -> list[Bounded]:
        """Return the gradient in each differentiable input by the reverse mode, in ``arithmetic``."""
        inputs = self.inputs if arithmetic is EXACT else bounded_inputs(self.case, "float64", arithmetic)
        found = outputs(self.definition, inputs, self.case.options)
        sums: list[list[Bounded]] = [
            vector_jacobian_product(
                f, Bounded.input(c.astype(np.float64), arithmetic), [inputs[name] for name in self.names]
            )
            for c, f in zip(self.cotangents, found, strict=True)
        ]
        return [sum(parts[1:], start=parts[0]) for parts in zip(*sums, strict=True)]


def assert_derivative(function: Callable[[Mapping[str, NDArray[Any]]], Any], point: Arrays, gradients: Arrays) -> bool:
    """Assert that gradients are those of central differences along random directions.

    Returns:
        Whether there was anything to compare: not so at a kink.
    """
    random = np.random.default_rng(len(point))
    middle = function(point)
    compared = False
    for _ in range(2):
        direction = {name: exactly(random.standard_normal(a.shape)) for name, a in point.items()}
        ahead = function({name: _moved(a, _STEP, direction[name]) for name, a in point.items()})
        behind = function({name: _moved(a, -_STEP, direction[name]) for name, a in point.items()})
        terms = [g * d for name in point for g, d in zip(gradients[name].flat, direction[name].flat, strict=True)]
        size = sum((abs(t) for t in terms), start=CONTEXT.zero)
        difference = (ahead - behind) / (2 * _STEP)
        bend = abs((ahead - middle) - (middle - behind)) / _STEP
        if not CONTEXT.isfinite(difference) or bend > KINK * (size + abs(difference)):
            continue
        scale = size + abs(difference) + abs(middle)
        assert abs(sum(terms, start=CONTEXT.zero) - difference) <= AGREEMENT * scale, (sum(terms), difference)
        compared = True
    return compared


def _moved(a: NDArray[Any], step: Any, direction: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(a + step * direction, dtype=object)


def smallest_first(cases: Sequence[Case], largest: int) -> list[Case]:
    """Return the cases with at most ``largest`` input elements, smallest first, empty ones last."""
    return sorted((case for case in cases if case.size <= largest), key=lambda case: (case.size == 0, case.size))
