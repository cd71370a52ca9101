"""A comparison as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import text
from reports.compare import KINDS, Change, clause_changes, environment_changes
from reports.tally import tallies, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.compare import ClauseChange, Comparison
    from reports.document import ResultFile
    from reports.records import Result

MOST = 20
"""Behaviours with changes of one kind that are listed one by one."""


def as_text(before: ResultFile, after: ResultFile, comparisons: Sequence[Comparison]) -> str:
    """Return what changed from ``before`` to ``after``, as lines."""
    lines = _suites(before, after, clause_changes(before, after))
    for comparison in comparisons:
        first, second = comparison.before, comparison.after
        was, now = f"{first.name} {first.version}", f"{second.name} {second.version}"
        lines += ["", f"{was} ({before.run.started}) -> {now} ({after.run.started})"]
        facts = environment_changes(before, after, comparison)
        lines += [f"  {name}: {earlier} -> {later}" for name, earlier, later in facts]
        lines += _totals(before, after, comparison)
        alike = before.run.selection == after.run.selection
        kinds = [kind for kind in KINDS if alike or kind not in {"added", "removed"}]
        counted = [f"{len(comparison.of(kind)):,} {kind}" for kind in kinds if comparison.of(kind)]
        lines += [f"  {', '.join(counted) if counted else 'No verdict and no precision changed'}."]
        if not alike:  # what only one of two selections has is no change
            earlier, later = (len(comparison.of(kind)) for kind in ("removed", "added"))
            lines += [f"  Not compared: {earlier:,} checks of the earlier run alone, {later:,} of the later run alone."]
        for kind in kinds:
            lines += _listed(kind, comparison.of(kind))
    return "\n".join(text.line(line, 300) for line in lines).lstrip("\n") + "\n"


def _totals(before: ResultFile, after: ResultFile, pair: Comparison) -> list[str]:
    """Return how score and coverage changed, where one suite judged the same selection to the end."""
    comparable = before.suite.digest == after.suite.digest and before.run.selection == after.run.selection
    if not comparable or not all(file.run.complete and file.run.shard is None for file in (before, after)):
        return []
    first, second = total(tallies(before)[pair.before.name]), total(tallies(after)[pair.after.name])
    told = (("score", first.score, second.score), ("coverage", first.coverage, second.coverage))
    return [f"  {name}: {was} -> {now}" for name, was, now in told if was != now]


def _suites(before: ResultFile, after: ResultFile, changed: Sequence[ClauseChange]) -> list[str]:
    if before.suite.digest == after.suite.digest:
        return []
    first, second = (f"{run.suite.name} {run.suite.version}" for run in (before, after))
    differ = f"two states of {first}" if first == second else f"different suites ({first} and {second})"
    lines = [f"The runs were judged by {differ}, so their totals are not comparable."]
    if not changed:
        return [*lines, "The behaviours in these files are stated alike; others, or how they are checked, changed."]
    lines.append(f"{len(changed):,} behaviours changed:")
    for change in changed[:MOST]:
        if change.before is None or change.after is None:
            lines.append(f"  {'added' if change.before is None else 'removed'} {change.id}")
        else:
            lines.append(f"  changed {change.id}: {change.after}")
    return lines + ([f"  and {len(changed) - MOST:,} more"] if len(changed) > MOST else [])


def _listed(kind: str, changes: Sequence[Change]) -> list[str]:
    """Return a line for each behaviour: its first check, and how many more changed in this way."""
    of_clauses: dict[str, list[Change]] = {}
    for change in changes:
        of_clauses.setdefault(change.result.clause, []).append(change)
    lines = []
    for first, *rest in list(of_clauses.values())[:MOST]:
        more = f" and {len(rest):,} more" if rest else ""
        lines.append(f"  {kind}: {first.key}{more}: {_told(first.before)} -> {_told(first.after)}{_why(first)}")
    left = len(of_clauses) - MOST
    return lines + ([f"  {kind}: and {left:,} more behaviour{'s' if left > 1 else ''}"] if left > 0 else [])


def _why(change: Change) -> str:
    """Return the reason of the deviation that came or went, if it is one."""
    if change.before is None or change.after is None or change.before.verdict == change.after.verdict:
        return ""
    known = next((result for result in (change.after, change.before) if result.verdict == "deviation"), None)
    return f" ({known.reason})" if known is not None and known.reason else ""


def _told(result: Result | None) -> str:
    if result is None:
        return "not run"
    if result.measurement is None or result.verdict == "error":
        return result.verdict
    return f"{result.verdict}, {result.measurement.ratio:.3g} x budget"
