"""What the terminal says at the end: profiles by verdict, score and coverage, the worst number, where the report is."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from rich import box
from rich.console import Console
from rich.table import Table

from conformance.plan import clauses
from reports.model import ResultFile
from reports.tally import Tally, percentage, tallies, total

if TYPE_CHECKING:
    from conformance.plugin.collector import Collector

_WIDTH = 100
_COLUMNS = ("passed", "failed", "deviation", "unsupported", "error", "score", "coverage")


def show_summary(reporter: pytest.TerminalReporter, collector: Collector) -> None:
    """Show the table, the worst error over budget of each backend, and where the report is."""
    document = collector.document
    if document is None or not document.results:
        return
    reporter.section("conformance")
    for line in _table(document, colour=reporter.hasmarkup):
        reporter.write_line(line)
    for line in itertools.chain(_worst(document), _consequences(document)):
        reporter.write_line(line)
    if collector.claims_nothing:
        reporter.write_line(
            "Nothing was claimed: every check is unsupported, which is no success (exit code 5).", red=True
        )
    if not document.run.complete:
        reporter.write_line(f"Partial: {len(document.results)} of {document.run.planned} checks were carried out.")
    for path in collector.written:
        reporter.write_line(f"{'report' if path.suffix == '.html' else 'results':<8} {path}")


def show_clauses(reporter: pytest.TerminalReporter, planned: Sequence[tuple[str, str]]) -> None:
    """Show the clauses of the collected checks: id, profile, sentence and link."""
    known = clauses()
    chosen = sorted({clause for _, clause in planned})
    if not chosen:
        return
    reporter.section("clauses")
    for name in chosen:
        reporter.write_line(f"{name}  [{known[name].profile.value}]", bold=True)
        reporter.write_line(f"    {known[name].sentence}")
        reporter.write_line(f"    {known[name].link}")
    reporter.write_line(f"{len(chosen)} clauses, {len(planned)} checks")


def _table(document: ResultFile, *, colour: bool) -> list[str]:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("backend")
    table.add_column("profile")
    for column in _COLUMNS:
        table.add_column(column, justify="right")
    for backend, by_profile in tallies(document).items():
        shown = {profile: tally for profile, tally in by_profile.items() if tally.documented}
        for place, (profile, tally) in enumerate(shown.items()):
            table.add_row(backend if place == 0 else "", profile, *_cells(tally))
        table.add_row("", "all", *_cells(total(shown)), style="bold", end_section=True)
    out = io.StringIO()
    Console(file=out, width=_WIDTH, force_terminal=colour, color_system="standard" if colour else None).print(table)
    return [line.rstrip() for line in out.getvalue().splitlines() if line.strip()]


def _cells(tally: Tally) -> list[str]:
    counts = [tally.passed, tally.failed, tally.deviation, tally.unsupported, tally.error]
    score = percentage(tally.passed, tally.claimed) if tally.claimed else "-"
    return [str(count) if count else "." for count in counts] + [score, percentage(tally.claimed, tally.documented)]


def _worst(document: ResultFile) -> list[str]:
    """Return a line for each backend on the largest error over budget among the checks that passed."""
    lines = []
    for backend in document.backends:
        measured = [
            (result.measurement.ratio, result)
            for result in document.results
            if result.backend == backend.name and result.measurement is not None and result.verdict == "passed"
        ]
        if not measured:
            continue
        ratio, worst = max(measured, key=lambda pair: pair[0])
        imprecise = sum(result.imprecise for _, result in measured)
        flagged = f"; {imprecise} passed but are imprecise" if imprecise else ""
        lines.append(f"{backend.name}: largest error {ratio:.2f} of its budget, in {worst.check}{flagged}")
    return lines


def _consequences(document: ResultFile) -> list[str]:
    failures = [result for result in document.results if result.verdict in {"failed", "error"}]
    following = [result for result in failures if result.follows_from]
    if not following:
        return []
    causes = sorted({result.clause for result in failures if not result.follows_from})
    named = ", ".join(causes[:6]) + (" ..." if len(causes) > 6 else "")
    return [f"{len(following)} of {len(failures)} failures follow from others. Begin with: {named}"]
