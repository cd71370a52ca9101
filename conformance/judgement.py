"""Judging numbers: error against budget, element by element."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import ml_dtypes
import numpy as np
from numpy.typing import NDArray

from conformance.failure import Evidence
from conformance.oracle import Bounded
from conformance.oracle.arithmetic import EXTENDED_ROUNDOFF

_SECOND_ORDER = 0.95
"""How much less than its share a statistical bound may be, where bounds are multiplied."""

_ENOUGH_FOR_AN_AVERAGE = 32
"""Fewer errors than this can be large together by chance."""


@dataclass(frozen=True)
class Measurement:
    """What a numerical check measured.

    Args:
        ratio: The largest error over budget; above 1 is a failure. Infinite where no error was allowed.
        worst_index: Where.
        ulp: The largest error in units in the last place of the expected value.
        elements: How many numbers were judged.
        cases: In how many cases.
        imprecise: Whether an error passed the statistical bound, or the errors of a contraction as a whole did, though
            none passed the rigorous one.
        worst_call: The call with the largest ratio.
    """

    ratio: float = 0.0
    worst_index: tuple[int, ...] = ()
    ulp: float = 0.0
    elements: int = 0
    cases: int = 0
    imprecise: bool = False
    worst_call: str = ""

    def joined(self, other: Measurement) -> Measurement:
        """Return both measurements as one."""
        worse = other if self.cases == 0 or other.ratio > self.ratio else self
        return replace(
            worse,
            ulp=max(self.ulp, other.ulp),
            elements=self.elements + other.elements,
            cases=self.cases + other.cases,
            imprecise=self.imprecise or other.imprecise,
        )


@dataclass(frozen=True)
class Judgement:
    """A measurement, and the evidence where it is a failure."""

    measurement: Measurement
    evidence: Evidence | None = None


def judge(
    actual: NDArray[Any], expected: Bounded, statistical: Callable[[], Bounded], *, call: str, what: str
) -> Judgement:
    """Compare ``actual`` with ``expected``.

    Args:
        actual: What the backend returned.
        expected: What the definition gives, with its bounds.
        statistical: Gives the same with statistical bounds; called only where it can matter.
        call: The call as code.
        what: What is compared, such as ``"output"`` or ``"gradient of weight"``.
    """
    if actual.shape != expected.shape:
        evidence = Evidence(
            f"the {what} has another shape", call, None, f"shape {list(expected.shape)}", f"shape {list(actual.shape)}"
        )
        return Judgement(Measurement(np.inf, (), np.inf, 0, 1, worst_call=call), evidence)
    with np.errstate(all="ignore"):
        value = expected.value.astype(np.longdouble)
        seen = _extended(actual)
        ratio = error_ratio(seen, value, expected)
        measurement = _measure(ratio, seen, value, expected, call)
        if measurement.ratio > 1:
            return Judgement(measurement, _evidence(ratio, seen, value, expected, call, what))
        suspicious = measurement.ratio > _SECOND_ORDER * expected.arithmetic.least_statistical_share
        imprecise = aggregate_ratio(seen, value, expected) > 1 or (
            suspicious
            and expected.arithmetic.least_statistical_share < 1
            and bool(np.any(error_ratio(seen, value, statistical()) > 1))
        )
    return Judgement(replace(measurement, imprecise=imprecise))


def error_ratio(seen: NDArray[Any], value: NDArray[Any], expected: Bounded) -> NDArray[np.float64]:
    """Return |actual - expected| over what is allowed: 0 where anything is, infinite where only equality is."""
    allowed = expected.error.astype(np.longdouble) + EXTENDED_ROUNDOFF * abs(value)
    exceptional = np.isnan(value) | np.isinf(value)
    overflow = ~(abs(value) + expected.error.astype(np.longdouble) <= expected.arithmetic.largest)
    unconstrained = np.isinf(expected.error) | (~exceptional & overflow)
    same = (seen == value) | (np.isnan(seen) & np.isnan(value))
    difference = abs(seen - value)
    ratio = np.where(allowed > 0, difference / np.where(allowed > 0, allowed, 1), np.inf)
    ratio = np.where(exceptional | np.isnan(ratio), np.inf, ratio)
    return np.asarray(np.where(same | unconstrained, 0.0, ratio), dtype=np.float64)


def aggregate_ratio(seen: NDArray[Any], value: NDArray[Any], expected: Bounded) -> float:
    """Return the root mean square, over the elements of a contraction, of the error over that of independent roundings.

    That is u sqrt(n) times the sum of the n products' absolute values: more than roundings in random directions add up
    to in any order. A sum that rounds one way, or products of factors cut short, are above it long before any one
    element passes its own bound. 0 for what is no contraction of exact numbers, or too small to say.
    """
    terms, arithmetic = expected.terms, expected.arithmetic
    if terms is None:
        return 0.0
    own = arithmetic.accumulator_roundoff * np.sqrt(terms.number) * terms.magnitude
    stored = arithmetic.roundoff * abs(value) if arithmetic.keeps_sums_wider else 0
    likely = own + stored + terms.number * arithmetic.smallest_normal
    judged = (terms.magnitude > 0) & np.isfinite(expected.error) & np.isfinite(value) & np.isfinite(seen)
    if np.count_nonzero(judged) < _ENOUGH_FOR_AN_AVERAGE:
        return 0.0
    return float(np.sqrt(np.mean((abs(seen - value)[judged] / likely[judged]) ** 2)))


def _measure(
    ratio: NDArray[np.float64], seen: NDArray[Any], value: NDArray[Any], expected: Bounded, call: str
) -> Measurement:
    if ratio.size == 0:
        return Measurement(cases=1, worst_call=call)
    unit = 2 * expected.arithmetic.roundoff
    smallest = expected.arithmetic.smallest_normal
    scale = np.exp2(np.floor(np.log2(np.maximum(abs(value), smallest)))) * unit
    ulp = np.where(ratio > 0, abs(seen - value) / scale, 0)
    finite = ulp[np.isfinite(ulp)]
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(ratio)), ratio.shape))
    return Measurement(
        ratio=float(ratio[index]),
        worst_index=index,
        ulp=float(finite.max()) if finite.size else 0.0,
        elements=int(ratio.size),
        cases=1,
        worst_call=call,
    )


def _evidence(
    ratio: NDArray[np.float64], seen: NDArray[Any], value: NDArray[Any], expected: Bounded, call: str, what: str
) -> Evidence:
    wrong = ratio > 1
    index = tuple(int(i) for i in np.argwhere(wrong)[0]) if ratio.ndim else ()
    allowed = float(expected.error[index])
    difference = abs(seen[index] - value[index])
    # Numbers that differ must look different.
    digits = 10 if number(value[index]) != number(seen[index]) else 17
    times = f", {float(ratio[index]):.3g} times what is allowed" if allowed and np.isfinite(ratio[index]) else ""
    return Evidence(
        summary=f"the {what} is wrong in {int(wrong.sum())} of {ratio.size} elements",
        call=call,
        index=index,
        expected=number(value[index], digits),
        actual=number(seen[index], digits),
        error=f"{float(difference):.3g}{times}",
        allowed=f"{allowed:.3g}" if allowed else "none: the result is exact",
        surroundings=_surroundings(index, seen, value, wrong, digits),
    )


def _surroundings(
    index: tuple[int, ...], seen: NDArray[Any], value: NDArray[Any], wrong: NDArray[np.bool_], digits: int
) -> str | None:
    """Return neighbours along the last axis as aligned rows of at most 90 columns, and where they begin."""
    if not index:
        return None
    count, cell_width = (5, 14) if digits == 10 else (3, 24)
    start = max(0, min(index[-1] - count // 2, value.shape[-1] - count))
    window: tuple[Any, ...] = (*index[:-1], slice(start, start + count))
    columns = list(zip(value[window], seen[window], wrong[window], strict=True))
    rows = {
        "expected": [number(v, digits) for v, _, _ in columns],
        "actual": [number(s, digits) for _, s, _ in columns],
        "": ["^ wrong" if w else "" for _, _, w in columns],
    }
    body = {label: " ".join(f"{cell:>{cell_width}}" for cell in cells) for label, cells in rows.items() if any(cells)}
    return "\n".join([f"from {[*index[:-1], start]}", *(f"{label:<10}{cells}" for label, cells in body.items())])


def number(x: Any, digits: int = 10) -> str:
    """Return a number as text: ten digits tell float32 values apart, seventeen those of float64."""
    return f"{float(x):.{digits}g}"


def _extended(actual: NDArray[Any]) -> NDArray[Any]:
    if actual.dtype == np.dtype(ml_dtypes.bfloat16):
        actual = actual.astype(np.float32)
    return actual.astype(np.longdouble)
