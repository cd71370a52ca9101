"""Results as columns: what the page needs of one backend in one run, aligned to the list of all checks.

A page of 20,000 results stays small because whatever repeats is written once: texts are numbers into one table,
verdicts are one letter a check, and what only some checks have is kept with the checks' positions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reports import keys, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.model import Failure, Measurement, Result

LETTERS = {"passed": "p", "failed": "f", "deviation": "d", "unsupported": "u", "error": "e"}
ABSENT = "-"
DETAIL_BUDGET = 6_000_000
"""Characters of failure text in one page; beyond, further failures of a clause keep their summary, call and command."""


@dataclass
class Texts:
    """A table in which every text stands once, and is spoken of by its number."""

    table: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _shown: dict[str, str] = field(default_factory=dict)

    def line(self, value: str | None) -> int:
        """Return the number of a one-line text; -1 for None."""
        return -1 if value is None else self._number(self.shown(value))

    def block(self, value: str | None) -> int:
        """Return the number of a text of several lines; -1 for None."""
        return -1 if value is None else self._number(text.block(value))

    def shown(self, value: str) -> str:
        """Return the one-line text as the page shows it."""
        if value not in self._shown:
            self._shown[value] = text.line(value)
        return self._shown[value]

    def _number(self, shown: str) -> int:
        number = self._numbers.setdefault(shown, len(self.table))
        if number == len(self.table):
            self.table.append(shown)
        return number


class DetailBudget:
    """Decides which failures are told in full: the first of every clause and backend always, then while room lasts."""

    def __init__(self, characters: int = DETAIL_BUDGET) -> None:
        self._left = characters
        self._told: set[tuple[int, str]] = set()

    def allows(self, column: int, clause: str, failure: Failure) -> bool:
        """Say whether this failure is told in full, and count it."""
        size = sum(len(part) for part in (failure.surroundings, failure.traceback) if part is not None)
        if (column, clause) in self._told and size > self._left:
            return False
        self._told.add((column, clause))
        self._left -= min(size, 2 * text.BLOCK_LIMIT)
        return True


def significant(number: float) -> float | str:
    """Return ``number`` to three digits (four near 1, where a verdict turns); infinity as text."""
    if math.isinf(number):
        return "inf"
    rounded = float(f"{number:.5g}" if 0.99 < number < 1.01 else f"{number:.3g}")
    return int(rounded) if rounded.is_integer() and rounded < 2**53 else rounded


def pack(
    results: Mapping[str, Result], checks: Sequence[str], texts: Texts, budget: DetailBudget, column: int
) -> dict[str, Any]:
    """Return the column of one backend in one run.

    Args:
        results: The backend's results by their keys.
        checks: The keys of all checks of the page, in order.
        texts: The page's table of texts, which grows.
        budget: The page's budget of failure text, which shrinks.
        column: The column's position.
    """
    placed = [(place, results[key]) for place, key in enumerate(checks) if key in results]
    sparse: dict[str, list[int]] = {"dialect": [], "reason": [], "link": []}
    for place, result in placed:
        for name, values in sparse.items():
            if getattr(result, name) is not None:
                values += [place, texts.line(getattr(result, name))]
    return {
        "verdicts": "".join(LETTERS[results[key].verdict] if key in results else ABSENT for key in checks),
        "imprecise": [place for place, result in placed if result.imprecise],
        "seconds": [significant(result.seconds) for _, result in placed],
        "hosts": _runs([texts.line(result.host) for _, result in placed]),
        "nodes": _runs([texts.line(_template(result.node, result)) for _, result in placed]),
        "commands": _runs([texts.line(_template(result.reproduce, result)) for _, result in placed]),
        "names": [[place, texts.line(result.check)] for place, result in placed if _renamed(result, checks[place])],
        "measured": _measurements([(p, r.measurement) for p, r in placed if r.measurement is not None], texts),
        "failures": [_failure(place, result, texts, budget, column) for place, result in placed if _told(result)],
        **sparse,
    }


def _told(result: Result) -> bool:
    return result.failure is not None or bool(result.follows_from)


def _renamed(result: Result, key: str) -> bool:
    return keys.check(key, result.backend) != result.check


def _template(value: str | None, result: Result) -> str | None:
    """Return ``value`` with the check and the backend taken out, so that it repeats from check to check."""
    if value is None:
        return None
    return value.replace(result.check, "{check}").replace(f"--backend={result.backend} ", "--backend={backend} ")


def _runs(values: Sequence[int]) -> list[int]:
    """Return value, count, value, count ...: neighbours mostly agree."""
    packed: list[int] = []
    for value in values:
        if packed and packed[-2] == value:
            packed[-1] += 1
        else:
            packed += [value, 1]
    return packed


def _measurements(placed: Sequence[tuple[int, Measurement]], texts: Texts) -> dict[str, list[Any]]:
    return {
        "at": [place for place, _ in placed],
        "ratio": [significant(measured.ratio) for _, measured in placed],
        "ulp": [significant(measured.ulp) for _, measured in placed],
        "elements": [measured.elements for _, measured in placed],
        "cases": [measured.cases for _, measured in placed],
        "exhaustive": _runs([int(measured.exhaustive) for _, measured in placed]),
        "index": [-1 if m.worst_index is None else texts.line(text.index(m.worst_index)) for _, m in placed],
        "call": [texts.line(measured.worst_call) for _, measured in placed],
    }


def _failure(place: int, result: Result, texts: Texts, budget: DetailBudget, column: int) -> dict[str, Any]:
    packed: dict[str, Any] = {"at": place}
    if result.follows_from:
        packed["follows"] = [texts.line(clause) for clause in result.follows_from]
    failure = result.failure
    if failure is None:
        return packed
    for name in ("summary", "expected", "actual", "error", "allowed"):
        if getattr(failure, name):
            packed[name] = texts.line(getattr(failure, name))
    if failure.call:
        packed["call"] = texts.block(failure.call)
    if failure.index is not None:
        packed["index"] = texts.line(text.index(failure.index))
    if budget.allows(column, result.clause, failure):
        packed["surroundings"] = texts.block(failure.surroundings)
        packed["traceback"] = texts.block(failure.traceback)
    else:
        packed["short"] = True
    return packed
