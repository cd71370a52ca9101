"""A comparison as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import text
from reports.compare import KINDS, Change, clause_changes, environment_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.compare import ClauseChange, Comparison
    from reports.document import ResultFile
    from reports.records import Result

MOST = 20
"""Changes of one kind that are listed one by one."""


def as_text(before: ResultFile, after: ResultFile, comparisons: Sequence[Comparison]) -> str:
    """Return what changed from ``before`` to ``after``, as lines."""
    lines = _suites(before, after, clause_changes(before, after))
    for comparison in comparisons:
        first, second = comparison.before, comparison.after
        was, now = f"{first.name} {first.version}", f"{second.name} {second.version}"
        lines += ["", f"{was} ({before.run.started}) -> {now} ({after.run.started})"]
        facts = environment_changes(before, after, comparison)
        lines += [f"  {name}: {earlier} -> {later}" for name, earlier, later in facts]
        counted = [f"{len(comparison.of(kind)):,} {kind}" for kind in KINDS if comparison.of(kind)]
        lines += [f"  {', '.join(counted) if counted else 'No verdict and no precision changed'}."]
        for kind in KINDS:
            lines += _listed(kind, comparison.of(kind))
    return "\n".join(text.line(line, 300) for line in lines).lstrip("\n") + "\n"


def _suites(before: ResultFile, after: ResultFile, changed: Sequence[ClauseChange]) -> list[str]:
    if before.suite.digest == after.suite.digest:
        return []
    lines = [
        f"The runs were judged by different suites ({before.suite.name} {before.suite.version} and "
        f"{after.suite.name} {after.suite.version}), so their totals are not comparable."
    ]
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
    lines = [f"  {kind}: {c.result.clause} {c.key}: {_told(c.before)} -> {_told(c.after)}" for c in changes[:MOST]]
    return lines + ([f"  {kind}: and {len(changes) - MOST:,} more"] if len(changes) > MOST else [])


def _told(result: Result | None) -> str:
    if result is None:
        return "not run"
    return (
        result.verdict if result.measurement is None else f"{result.verdict}, {result.measurement.ratio:.3g} x budget"
    )
