"""Cheap arithmetic, put into the documented formulas themselves: which clauses notice it, and which cannot.

A definition is evaluated twice: as it is, which gives values and budgets, and with one operation of the oracle replaced
by a cheap one. A clause notices where a result of the second is outside the budgets of the first. No backend is asked,
so that this says what the cases can show, and nothing of any framework.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from conformance import expectation
from conformance.catalogue import cards
from conformance.expectation import expected_gradients, expected_outputs
from conformance.law import Check
from conformance.oracle import Arithmetic, Bounded, kernels, movement
from conformance.oracle.arithmetic import numpy_dtype
from conformance.oracle.contraction import Contraction
from conformance.plan import laws

Numbers = NDArray[Any]
Change = Callable[[Numbers], Numbers]

_HALF, _SINGLE = 11, 24
"""Bits of the significands of float16 (and of TF32), and of float32."""


def kept(bits: int) -> Change:
    """Return what rounds numbers to significands of so many bits."""

    def rounded(x: Numbers) -> Numbers:
        fraction, exponent = np.frexp(x)
        return np.ldexp(np.rint(fraction * 2.0**bits) / 2.0**bits, exponent)

    return rounded


def _flushed(x: Numbers) -> Numbers:
    return np.where(abs(x) < np.finfo(np.float32).tiny, np.copysign(0, x), x)


def _short(x: Numbers) -> Numbers:
    return x.astype(np.float32).astype(x.dtype)


def off(relative: float) -> Change:
    """Return what makes numbers larger by a relative error."""
    return lambda x: x * (1 + np.longdouble(relative))


@contextmanager
def _replaced(owner: Any, **names: Callable[[Any], Any]) -> Iterator[None]:
    """Replace names of ``owner``, each by what its function makes of what is there."""
    with ExitStack() as stack:
        for name, make in names.items():
            stack.enter_context(mock.patch.object(owner, name, make(getattr(owner, name))))
        yield


def _result(change: Change) -> Callable[[Any], Any]:
    """Return what changes the result of a kernel; ``change`` gets it."""
    return lambda right: lambda *given: change(right(*given))


def _of_argument(change: Callable[[Numbers, Numbers], Numbers]) -> Callable[[Any], Any]:
    """Return what changes the result of a kernel; ``change`` gets the argument too."""
    return lambda right: lambda x: change(x, right(x))


def _summed(change: Change) -> Callable[[Any], Any]:
    """Return what changes the values of sums, whatever gives them."""

    def make(right: Any) -> Any:
        def changed(*given: Any, **settings: Any) -> Bounded:
            found = right(*given, **settings)
            return Bounded(change(found.value), found.error, found.arithmetic, found.parents)

        return changed

    return make


def _factors(change: Change) -> Callable[[Any], Any]:
    return lambda right: lambda form, wanted, a, b: right(form, wanted, change(a), change(b))


def _all_numbers(change: Change) -> Callable[[Any], Any]:
    """Return what changes every number that is ever made."""

    def make(right: Any) -> Any:
        def made(own: Bounded, value: Any, error: Any, arithmetic: Arithmetic, *more: Any, **settings: Any) -> None:
            right(own, change(np.asarray(value, arithmetic.storage)), error, arithmetic, *more, **settings)

        return made

    return make


@contextmanager
def _sums(change: Change) -> Iterator[None]:
    changed = _summed(change)
    with _replaced(movement, _total=changed), _replaced(Contraction, derive=changed):
        yield


def _by_reciprocal(right: Any) -> Any:
    single = kept(_SINGLE)
    return lambda a, b: single(a * single(right(np.ones_like(b), b)))


def _fast_exp(x: Numbers, exact: Numbers) -> Numbers:
    units = 2 + np.floor(abs(1.173 * np.where(np.isfinite(x), x, 0)))
    return exact * (1 + units * np.longdouble(2.0) ** -23)


def _fast_log(x: Numbers, exact: Numbers) -> Numbers:
    return np.where((x >= 0.5) & (x <= 2), exact + np.longdouble(2.0) ** -21.41, exact * (1 + 3 * 2.0**-23))


@dataclass(frozen=True)
class Approximation:
    """A way to compute less exactly than the type says.

    Args:
        meaning: What is cheap about it, and where its error is documented.
        planted: Returns a context in which formulas are evaluated so.
        dtype: The type that it is tried in.
    """

    meaning: str
    planted: Callable[[], AbstractContextManager[None]]
    dtype: str = "float32"


APPROXIMATIONS = {
    "TF32": Approximation(
        "factors of sums of products have 11 bits", lambda: _replaced(Contraction, _apply=_factors(kept(_HALF)))
    ),
    "half-sums": Approximation("sums, and sums of products, end in 11 bits", lambda: _sums(kept(_HALF))),
    "flush": Approximation(
        "numbers below the smallest normal one are zero", lambda: _replaced(Bounded, __init__=_all_numbers(_flushed))
    ),
    "single": Approximation(
        "float32 is used for float64", lambda: _replaced(Bounded, __init__=_all_numbers(_short)), "float64"
    ),
    "reciprocal": Approximation(
        "a quotient is the product with a rounded reciprocal: admitted, 2.5 ulp in the OpenCL table",
        lambda: _replaced(kernels, quotient=_by_reciprocal),
    ),
    "rcp": Approximation(
        "quotients are off by 1.5 in 4096, as with x86's rcpps",
        lambda: _replaced(kernels, quotient=_result(off(1.5 / 4096))),
    ),
    "rsqrt": Approximation(
        "roots are off by 1.5 in 4096, as with x86's rsqrtps",
        lambda: _replaced(kernels, sqrt=_result(off(1.5 / 4096))),
    ),
    "exp": Approximation(
        "exp is off by 2 + 1.173 |x| ulp, as CUDA's __expf", lambda: _replaced(kernels, exp=_of_argument(_fast_exp))
    ),
    "log": Approximation(
        "log is off by 2^-21.41 near 1 and by 3 ulp elsewhere, as CUDA's __logf",
        lambda: _replaced(kernels, log=_of_argument(_fast_log)),
    ),
    "tanh": Approximation(
        "tanh is off by 1 in 2048, as PTX's tanh.approx", lambda: _replaced(kernels, tanh=_result(off(1 / 2048)))
    ),
}


@dataclass
class Notice:
    """Which clauses of values and gradients notice an approximation.

    Args:
        noticed: The clauses with a result outside its budget.
        unnoticed: Those whose results change, none of them by more than is allowed.
    """

    noticed: set[str] = field(default_factory=set)
    unnoticed: set[str] = field(default_factory=set)

    @staticmethod
    def cards(clauses: set[str]) -> set[str]:
        """Return the cards of clauses."""
        return {clause.partition(".")[0] for clause in clauses}


def notices(keyword: str = "") -> dict[str, Notice]:
    """Return, for each approximation, what notices it among the cards whose name has ``keyword`` in it."""
    found = {name: Notice() for name in APPROXIMATIONS}
    for law in laws():
        if law.name not in {"value", "gradient", "subnormal"}:
            continue
        for check in law.checks([card for card in cards() if keyword in card.name]):
            if check.case is None:
                continue
            for name, approximation in APPROXIMATIONS.items():
                if check.dtype == approximation.dtype and check.clause.id not in found[name].noticed:
                    _note(found[name], check, approximation)
    return found


def _note(notice: Notice, check: Check, approximation: Approximation) -> None:
    rough = _results(check, 0, approximation.planted)
    exact = [_results(check, number, None) for number in range(len(check.card.admissible(check.statement)))]
    if all(_is_outside(rough, one, check.dtype) for one in exact):
        notice.noticed.add(check.clause.id)
        notice.unnoticed.discard(check.clause.id)
    elif any(not np.array_equal(_cast(rough[key], check.dtype), _cast(exact[0][key], check.dtype)) for key in rough):
        notice.unnoticed.add(check.clause.id)


def _results(
    check: Check, formula: int, planted: Callable[[], AbstractContextManager[None]] | None
) -> dict[str, Bounded]:
    """Return what a permitted formula gives for the check's case, evaluated as it is or cheaply."""
    arithmetic = Arithmetic.of(check.dtype)
    given = (check.card, check.card.admissible(check.statement)[formula], check.case, check.dtype, arithmetic)
    with ExitStack() as stack:
        if planted is not None:
            stack.enter_context(planted())
            stack.enter_context(mock.patch.object(expectation, "_cache", {}))
        return dict(expected_gradients(*given) if check.law.name == "gradient" else expected_outputs(*given).arrays)


def _cast(x: Bounded, dtype: str) -> Numbers:
    with np.errstate(all="ignore"):
        return np.asarray(np.nan_to_num(x.value.astype(numpy_dtype(dtype)), nan=0.5))


def _is_outside(rough: dict[str, Bounded], exact: dict[str, Bounded], dtype: str) -> bool:
    with np.errstate(all="ignore"):
        for key, one in exact.items():
            seen = rough[key].value.astype(numpy_dtype(dtype)).astype(np.longdouble)
            apart = ~(
                (abs(seen - one.value) <= one.error) | (seen == one.value) | (np.isnan(seen) & np.isnan(one.value))
            )
            if np.any(apart & ~np.isinf(one.error)):
                return True
    return False


def table(found: dict[str, Notice]) -> str:
    """Return a row for each approximation, and the cards that it changes and that do not notice."""
    lines = [f"{'cheap arithmetic':<18}{'cards':>7}{'notice':>8}{'clauses':>9}{'notice':>8}  which is"]
    for name, notice in found.items():
        changed = notice.noticed | notice.unnoticed
        figures = (notice.cards(changed), notice.cards(notice.noticed), changed, notice.noticed)
        cells = "".join(f"{len(one):>{width}}" for one, width in zip(figures, (7, 8, 9, 8), strict=True))
        lines.append(f"{name:<18}{cells}  {APPROXIMATIONS[name].meaning}")
    for name, notice in found.items():
        if silent := sorted(notice.cards(notice.unnoticed) - notice.cards(notice.noticed)):
            lines.append(f"{name} is noticed by no clause of {', '.join(silent)}")
    return "\n".join(lines) + "\n"
