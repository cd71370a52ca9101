"""A run in few words: as lines for a terminal, or as Markdown for a pull request's comment."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from reports import text
from reports.compare import KINDS
from reports.tally import Tally, percentage, tallies, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.compare import ClauseChange, Comparison
    from reports.document import ResultFile
    from reports.records import Result

WORDS = ("passed", "failed", "error", "deviation", "unsupported", "imprecise")
MOST = 15
"""Failures or changes that are listed one by one."""


def as_text(result_file: ResultFile) -> str:
    """Return a run's totals and first failures as lines; tables fit 100 columns, commands are whole."""
    lines = [f"{result_file.suite.name} {result_file.suite.version}, run of {result_file.run.started}"]
    lines += [f"Not complete: {note}" for note in notes(result_file)]
    for backend in result_file.backends:
        by_profile = tallies(result_file)[backend.name]
        counts = total(by_profile)
        lines += ["", f"{backend.name}: {backend.framework} {backend.version} on {backend.device}"]
        lines += _table(
            [("profile", *WORDS, "score", "coverage"), *map(_row, by_profile.items()), _row(("all", counts))]
        )
        lines += ["", f"  Score: {counts.score}.", f"  Coverage: {counts.coverage}."]
        lines += _failures_as_text(roots(result_file, backend.name))
    return "\n".join(text.line(line, 600) for line in lines) + "\n"


def notes(result_file: ResultFile) -> list[str]:
    """Return what limits the totals: an early end, a part of a plan, a selection."""
    run, found = result_file.run, []
    if not run.complete:
        found.append(f"the run ended early, with {len(result_file.results):,} of {run.planned:,} planned checks.")
    if run.shard is not None:
        found.append(f"this is part {run.shard} of a plan of {run.planned:,} checks.")
    if run.selection:
        found.append(f"what was run is a selection: {run.selection}")
    return found


def roots(result_file: ResultFile, backend: str) -> tuple[list[list[Result]], int]:
    """Return the failures and errors of a backend that follow from no other, one list a clause; and how many follow."""
    wrong = [r for r in result_file.results if r.backend == backend and r.verdict in ("failed", "error")]
    by_clause: dict[str, list[Result]] = {}
    for result in wrong:
        if not result.follows_from:
            by_clause.setdefault(result.clause, []).append(result)
    return list(by_clause.values()), sum(bool(result.follows_from) for result in wrong)


def _row(entry: tuple[str, Tally]) -> tuple[str, ...]:
    profile, counts = entry
    cells = (f"{getattr(counts, word):,}" for word in WORDS)
    return (profile, *cells, percentage(counts.passed, counts.claimed), percentage(counts.claimed, counts.documented))


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  " + row[0].ljust(widths[0]) + "".join(f"  {c.rjust(w)}" for c, w in zip(row[1:], widths[1:], strict=True))
        for row in rows
    ]


def _failures_as_text(failures: tuple[list[list[Result]], int]) -> list[str]:
    clauses, following = failures
    lines = [""] if clauses else []
    for results in clauses[:MOST]:
        first = results[0]
        said = "" if first.failure is None else f": {first.failure.summary}"
        lines.append(f"  {first.verdict} {first.clause} ({_checks(len(results))}){said}")
        if first.reproduce is not None:
            lines.append(f"    {first.reproduce}")
    return lines + [f"  {rest}" for rest in _rest(len(clauses), following)]


def _checks(count: int) -> str:
    return f"{count:,} check{'' if count == 1 else 's'}"


def _rest(clauses: int, following: int) -> list[str]:
    """Return what is not listed one by one: further behaviours, and failures that follow from others."""
    lines = [f"and {clauses - MOST:,} more behaviours"] if clauses > MOST else []
    if following > 0:
        lines.append(f"{following:,} more {'check fails' if following == 1 else 'checks fail'} because of these")
    return lines


def as_markdown(
    result_file: ResultFile,
    comparisons: Sequence[Comparison] = (),
    clauses: Sequence[ClauseChange] = (),
) -> str:
    """Return a run, and what changed where that is given, as Markdown in which backends' text is plain text."""
    lines = ["### Conformance", ""]
    lines += [f"> Not complete: {plain(note)}\n" for note in notes(result_file)]
    lines += ["| backend | score | coverage | " + " | ".join(WORDS) + " |", "|---|---|---|" + "---:|" * len(WORDS)]
    for backend in result_file.backends:
        counts = total(tallies(result_file)[backend.name])
        name = plain(f"{backend.name} ({backend.framework} {backend.version})")
        cells = " | ".join(f"{getattr(counts, word):,}" for word in WORDS)
        lines.append(f"| {name} | {counts.score} | {counts.coverage} | {cells} |")
    for comparison in comparisons:
        lines += _changes(comparison)
    if clauses:
        lines += ["", f"**The suites differ**, so totals are not comparable. {len(clauses):,} behaviours changed:", ""]
        lines += [f"- {plain(change.id)}: {_clause_change(change)}" for change in clauses[:MOST]]
        lines += [f"- and {len(clauses) - MOST:,} more"] if len(clauses) > MOST else []
    for backend in result_file.backends:
        lines += _failures_as_markdown(backend.name, roots(result_file, backend.name))
    return "\n".join(lines) + "\n"


def _changes(comparison: Comparison) -> list[str]:
    counted = [f"{len(comparison.of(kind)):,} {kind}" for kind in KINDS if comparison.of(kind)]
    before = plain(f"{comparison.before.name} {comparison.before.version}")
    lines = ["", f"Since {before}: {', '.join(counted) if counted else 'no change'}."]
    broken = comparison.of("newly failing")
    lines += [""] if broken else []
    lines += [f"- **newly failing** {plain(change.result.clause)}: {plain(change.key)}" for change in broken[:MOST]]
    return lines + ([f"- and {len(broken) - MOST:,} more"] if len(broken) > MOST else [])


def _clause_change(change: ClauseChange) -> str:
    if change.before is None or change.after is None:
        return "added" if change.before is None else "removed"
    if change.before == change.after:
        return "its link, profile or alternatives changed"
    return f"was “{plain(change.before)}”, is “{plain(change.after)}”"


def _failures_as_markdown(backend: str, failures: tuple[list[list[Result]], int]) -> list[str]:
    clauses, following = failures
    if not clauses:
        return []
    name = escape(text.line(backend, 300))
    count = f"{len(clauses):,} behaviour{'' if len(clauses) == 1 else 's'}"
    lines = ["", f"<details><summary>What fails in {name}: {count}</summary>", ""]
    for results in clauses[:MOST]:
        first = results[0]
        said = "" if first.failure is None else f": {plain(first.failure.summary)}"
        lines.append(f"- **{first.verdict}** {plain(first.clause)} ({_checks(len(results))}){said}")
        if first.reproduce is not None:
            lines.append(f"  {in_code(first.reproduce)}")
    return [*lines, *(f"- {rest}" for rest in _rest(len(clauses), following)), "", "</details>"]


def plain(value: str) -> str:
    """Return text so that Markdown shows it as it is: one line, and every character with a meaning escaped."""
    shown = text.line(value, 300)
    # An @ would notify whoever bears the name.
    return (
        # The point of a number and the hyphen of a word have no meaning of their own.
        re.sub(r"([\\`*_{}\[\]()#+!|~:/]|(?<!\d)\.|\.(?!\d)|(?<!\w)-|-(?!\w))", r"\\\1", shown)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("@", "&#64;")
    )


def in_code(value: str) -> str:
    """Return text as Markdown code: in more backticks than it has in a row."""
    shown = text.line(value, 600)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    return f"{fence} {shown} {fence}" if "`" in shown else f"{fence}{shown}{fence}"
