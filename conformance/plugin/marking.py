"""From a verdict to what pytest counts, shows, sends through pytest-xdist and writes as JUnit XML."""

from __future__ import annotations

import json

import pytest

from conformance.plan import Entry
from conformance.plugin.shown import ShownFailure
from reports.model import Result
from reports.text import block

_CARRIED = "conformance_result"
"""The attribute of a report that carries a check's result, as JSON, through pytest-xdist."""

_LONGEST_OUTPUT = 20_000
"""Characters of a backend's own output that are kept for each check that fails."""

_LETTERS = {"failed": "F", "error": "E", "deviation": "d", "unsupported": "u", "passed": "."}
_COLOURS = {"failed": "red", "error": "red", "deviation": "yellow", "unsupported": "cyan", "passed": "green"}

Status = tuple[str, str, tuple[str, dict[str, bool]]]
"""What pytest counts a report as, its letter, and its word with its colour."""


def mark(report: pytest.TestReport, result: Result, entry: Entry) -> None:
    """Make pytest count and show ``report`` as the verdict is."""
    setattr(report, _CARRIED, json.dumps(result.to_json(), allow_nan=False))
    report.user_properties += _properties(result, entry)
    report.sections = [(title, block(text, _LONGEST_OUTPUT)) for title, text in report.sections]
    path, number, _ = report.location
    place = 0 if number is None else number + 1
    if result.verdict in {"unsupported", "deviation"}:
        report.outcome = "skipped"
        report.longrepr = (path, place, f"{result.verdict}: {result.reason}")
        if result.verdict == "deviation":
            report.wasxfail = str(result.reason)
    elif result.verdict in {"failed", "error"}:
        report.outcome = "failed"
        report.longrepr = ShownFailure(result, entry.clause, path, place)  # type: ignore[assignment]


def marked(report: pytest.CollectReport | pytest.TestReport) -> Result | None:
    """Return the result that ``report`` carries, if it is a check's verdict."""
    carried = getattr(report, _CARRIED, None)
    return None if carried is None else Result.from_json(json.loads(carried))


def status(report: pytest.CollectReport | pytest.TestReport) -> Status | None:
    """Return how pytest is to count a check's report, by the suite's own words; None for other reports."""
    result = marked(report)
    if result is None:
        return None
    return result.verdict, _LETTERS[result.verdict], (result.verdict.upper(), {_COLOURS[result.verdict]: True})


def _properties(result: Result, entry: Entry) -> list[tuple[str, object]]:
    """Return what JUnit XML tells of a check."""
    told: list[tuple[str, object]] = [
        ("clause", result.clause),
        ("verdict", result.verdict),
        ("profile", entry.clause.profile.value),
        ("sentence", entry.clause.sentence),
        ("link", entry.clause.link),
    ]
    if result.measurement is not None:
        told.append(("error over budget", f"{result.measurement.ratio:.3g}"))
    if result.reason is not None:
        told.append(("reason", result.reason))
    return told
