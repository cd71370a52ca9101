"""The table of verdicts: profiles by verdict, with score and coverage, for each backend."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reports.model import ResultFile
from reports.tally import Tally, percentage, tallies, total

_VERDICTS = {"passed": "green", "failed": "red", "error": "red", "deviation": "yellow", "unsupported": "cyan"}
_COLUMNS = (*_VERDICTS, "score", "coverage")

_Row = tuple[str, Tally | None]
"""A row's name, and what it counts; None for the name of a backend, which stands above its profiles."""


def show_table(reporter: pytest.TerminalReporter, document: ResultFile) -> None:
    """Show the table; it fits 100 columns."""
    rows = list(_rows(document))
    first = max(len(name) for name, _ in rows) + 2
    widths = [max(len(column), 9) for column in _COLUMNS]
    heads = "".join(f"{column:>{width + 1}}" for column, width in zip(_COLUMNS, widths, strict=True))
    reporter.write_line(f"{'':<{first}}{heads}", bold=True)
    for name, tally in rows:
        if tally is None:
            reporter.write_line(name, bold=True)
            continue
        bold = name.endswith("all")
        reporter.write(f"{name:<{first}}", bold=bold)
        for (column, cell), width in zip(_cells(tally).items(), widths, strict=True):
            coloured = column in _VERDICTS and cell != "."
            reporter.write(f"{cell:>{width + 1}}", bold=bold, **{_VERDICTS[column]: True} if coloured else {})
        reporter.write_line("")


def _rows(document: ResultFile) -> Iterator[_Row]:
    for backend, by_profile in tallies(document).items():
        shown = {profile: tally for profile, tally in by_profile.items() if tally.documented}
        yield backend, None
        for profile, tally in shown.items():
            yield f"  {profile}", tally
        if len(shown) > 1:
            yield "  all", total(shown)


def _cells(tally: Tally) -> dict[str, str]:
    counts = {verdict: getattr(tally, verdict) for verdict in _VERDICTS}
    return {
        **{verdict: f"{count:,}" if count else "." for verdict, count in counts.items()},
        "score": percentage(tally.passed, tally.claimed) if tally.claimed else "-",
        "coverage": percentage(tally.claimed, tally.documented),
    }
