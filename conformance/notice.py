"""Which clauses notice cheap arithmetic, and which cannot.

A definition is evaluated twice: as it is, which gives values and budgets, and with one operation of the oracle replaced
by a cheap one. A clause notices where a result of the second is outside the budgets of the first. No backend is asked,
so that this says what the cases can show, and nothing of any framework.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from conformance import expectation
from conformance.approximation import APPROXIMATIONS, Approximation
from conformance.catalogue import cards
from conformance.expectation import expected_gradients, expected_outputs
from conformance.judgement import error_ratio
from conformance.law import Check
from conformance.oracle import Arithmetic, Bounded
from conformance.oracle.arithmetic import numpy_dtype
from conformance.plan import laws


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
    elif any(
        not np.array_equal(_cast(rough[key], check.dtype), _cast(exact[0][key], check.dtype), equal_nan=True)
        for key in rough
    ):
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


def _cast(x: Bounded, dtype: str) -> NDArray[Any]:
    with np.errstate(all="ignore"):
        return np.asarray(x.value.astype(numpy_dtype(dtype)))


def _is_outside(rough: dict[str, Bounded], exact: dict[str, Bounded], dtype: str) -> bool:
    """Return whether a result, stored in ``dtype``, fails as a backend's would."""
    with np.errstate(all="ignore"):
        return any(
            np.any(
                error_ratio(_cast(rough[key], dtype).astype(np.longdouble), one.value.astype(np.longdouble), one) > 1
            )
            for key, one in exact.items()
        )


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
