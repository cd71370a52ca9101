"""Which failures follow from others: known as soon as all the results of a run are together."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.records import ClauseEntry, Result


def related(results: Iterable[Result], clauses: Iterable[ClauseEntry]) -> tuple[Result, ...]:
    """Return the results, each failure with the failed clauses that it follows from by its own clause's patterns."""
    results = tuple(results)
    patterns = {clause.id: clause.follows_from for clause in clauses if clause.follows_from}
    broken: dict[tuple[str, bool], set[str]] = {}
    for result in results:
        if _fails(result):
            broken.setdefault((result.backend, False), set()).add(result.clause)
            if result.law == "refusal":
                broken.setdefault((result.backend, True), set()).add(result.clause)
    return tuple(
        replace(result, follows_from=_causes(result, patterns[result.clause], broken))
        if _fails(result) and result.clause in patterns
        else result
        for result in results
    )


def _fails(result: Result) -> bool:
    return result.verdict in {"failed", "error"}


def _causes(result: Result, patterns: tuple[str, ...], broken: dict[tuple[str, bool], set[str]]) -> tuple[str, ...]:
    # That something is not refused follows from no wrong number.
    others = sorted(broken[result.backend, result.law == "refusal"] - {result.clause})
    return tuple(name for name in others if any(fnmatchcase(name, pattern) for pattern in patterns))
