"""Backends side by side in a Markdown table, for a README: coverage, score, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.summary import plain
from reports.tally import percentage, tallies, total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.document import ResultFile
    from reports.records import BackendIdentity

HEADINGS = ("backend", "framework", "coverage", "score", "failed", "known deviations", "findings")


def as_table(result_files: Iterable[ResultFile]) -> str:
    """Return one row for each backend of each file, in the order in which they are given.

    Coverage is claimed of documented checks, score is passed of claimed ones; a known deviation is claimed and not
    passed. Errors count as failed. Findings are the different reasons of the deviations: one may fail many checks.
    """
    rows = [HEADINGS, ("---", "---", *("---:" for _ in HEADINGS[2:]))]
    for result_file in result_files:
        rows += [_row(result_file, backend) for backend in result_file.backends]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(result_file: ResultFile, backend: BackendIdentity) -> tuple[str, ...]:
    counts = total(tallies(result_file)[backend.name])
    reasons = {one.reason for one in result_file.results if one.backend == backend.name and one.verdict == "deviation"}
    score = percentage(counts.passed, counts.claimed)
    return (
        plain(backend.name),
        plain(f"{backend.framework} {backend.version}"),
        percentage(counts.claimed, counts.documented) + (" of a selection" if result_file.run.selection else ""),
        score if result_file.run.complete else f"{score} (ended early)",
        *(f"{count:,}" for count in (counts.failed + counts.error, counts.deviation, len(reasons))),
    )
