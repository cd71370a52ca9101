"""What the laws of operators that draw from a range share: where in its range each element of an output lies."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.expectation import bounded_inputs
from conformance.oracle import Arithmetic, Bounded

_OUTPUT_ROUNDINGS = 4
"""Of a sum or a product that gives the output, and of the factor in it."""


def ends(card: OperatorCard, case: Case, dtype: str, arithmetic: Arithmetic) -> tuple[Bounded, Bounded, Bounded]:
    """Return the input, and the two ends of the range of each element of the output."""
    assert card.spread is not None
    ((name, x),) = bounded_inputs(case, dtype, arithmetic).items()
    given = {name: x, **case.options}
    return x, card.spread.lowest(**given), card.spread.highest(**given)


def place(output: NDArray[Any], low: Bounded, high: Bounded) -> Bounded:
    """Return where each element lies, from 0 at the one end to 1 at the other; 0 where the ends are equal."""
    seen = output.astype(np.longdouble)
    length = high.value - low.value
    apart = length != 0
    safe = np.where(apart, length, 1)
    unsure = _OUTPUT_ROUNDINGS * low.arithmetic.roundoff * abs(seen) + low.error + high.error
    value = np.where(apart, (seen - low.value) / safe, 0)
    return Bounded(value, np.where(apart, unsure / abs(safe), 0), low.arithmetic)
