"""What the terminal says at the end: what is wrong by clause, verdicts by profile, accuracy, where the report is."""

from __future__ import annotations

import os
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.plan import clauses
from conformance.plugin.shown import WIDTH
from conformance.plugin.table import show_table
from reports.model import Result, ResultFile

if TYPE_CHECKING:
    from conformance.plugin.collector import Collector

_CHARACTERS = {"failed": "f", "error": "E", "unsupported": "s"}
"""The character of ``-r`` that asks for each verdict's lines; deviations are always listed, by their reasons."""

_COLOURS = {"failed": "red", "error": "red", "deviation": "yellow", "unsupported": "cyan"}

_FEW = 4


def show_clauses(reporter: pytest.TerminalReporter, planned: Sequence[tuple[str, str]]) -> None:
    """Show the clauses of the collected checks, unless ``-q`` asks for node ids alone: id, profile, sentence, link."""
    known = clauses()
    chosen = sorted({clause for _, clause in planned})
    if not chosen or reporter.verbosity < 0:
        return
    reporter.section("clauses")
    for name in chosen:
        reporter.write_line(f"{name}  [{known[name].profile.value}]", bold=True)
        for line in textwrap.wrap(
            known[name].sentence, _width(reporter), initial_indent="    ", subsequent_indent="    "
        ):
            reporter.write_line(line)
        reporter.write_line(f"    {known[name].link}")
    reporter.write_line(f"{_count(len(chosen), 'clause')}, {_count(len(planned), 'check')}")


def show_failures(reporter: pytest.TerminalReporter, document: ResultFile) -> None:
    """Show a line for each clause that does not hold, in the place of pytest's line for each check, and what is known.

    Node ids are long, and one slip may fail a hundred checks. ``-v`` leaves pytest's own lines as they are.
    """
    ours = {result.node for result in document.results}
    others = any(report.nodeid not in ours for kind in ("failed", "error") for report in reporter.stats.get(kind, ()))
    asked = str(reporter.reportchars)
    if reporter.verbosity > 0 or others:
        return
    reporter.reportchars = asked.replace("f", "").replace("E", "")
    lines = [
        (verdict, line)
        for verdict, character in _CHARACTERS.items()
        if character in asked
        for line in _by_clause(document, verdict)
    ]
    known = list(_by_reason(document))
    if lines or known:
        reporter.write_sep("=", "short test summary info", cyan=True, bold=True)
    for verdict, (told, share) in lines:
        room = reporter._tw.fullwidth - len(f"{verdict}  {share}")  # noqa: SLF001 - the reporter has no width of its own
        shown = told if len(told) <= room or "CI" in os.environ else f"{told[: max(room, 40) - 3]}..."
        reporter.write(f"{verdict.upper()} ", **{_COLOURS[verdict]: True})
        reporter.write_line(f"{shown} {share}")
    for told, reason, link in known:
        reporter.write("DEVIATION ", **{_COLOURS["deviation"]: True})
        reporter.write_line(told)
        for line in textwrap.wrap(reason, _width(reporter), initial_indent=" " * 10, subsequent_indent=" " * 10):
            reporter.write_line(line)
        if link:
            reporter.write_line(f"{'':<10}{link}")


def show_summary(reporter: pytest.TerminalReporter, collector: Collector) -> None:
    """Show the table, the largest error of each backend, and where the report is."""
    document = collector.document
    if document is None:
        return
    if document.results:
        reporter.section("conformance")
        show_table(reporter, document)
    for label, text, colour in _remarks(collector, document):
        for line in textwrap.wrap(
            f"{label:<10}{text}", _width(reporter), subsequent_indent=" " * 10, break_on_hyphens=False
        ):
            reporter.write_line(line, **{colour: True} if colour else {})
    for path in collector.written:
        reporter.write_line(f"{'report' if path.suffix == '.html' else 'results':<10}{_from_here(path)}")


def _remarks(collector: Collector, document: ResultFile) -> Iterator[tuple[str, str, str]]:
    """Return label, text and colour of what is to be said."""
    for backend in document.backends:
        name = f"{backend.name}: " if len(document.backends) > 1 else ""
        results = [result for result in document.results if result.backend == backend.name]
        yield from (("accuracy", name + text, "") for text in _accuracy(results))
        yield from (("lacking", name + text, "") for text in _lacking(results))
    yield from (("begin at", text, "") for text in _beginnings(document))
    if collector.claims_nothing:
        yield "nothing", "Every check is unsupported: nothing is claimed, which is no success (exit code 5).", "red"
    if not document.run.complete:
        done = f"{len(document.results):,} of {_count(document.run.planned, 'check')} carried out"
        yield "partial", f"{done}; the others have no verdict.", "yellow"
    if collector.trouble:
        yield "trouble", collector.trouble, "red"


def _by_clause(document: ResultFile, verdict: str) -> Iterator[tuple[str, str]]:
    """Return, for each backend and clause that has checks of ``verdict``, why, and how many of them there are.

    What follows from others comes last.
    """
    of_clause = Counter((result.backend, result.clause) for result in document.results)
    found: dict[tuple[str, str], list[Result]] = {}
    for result in document.results:
        if result.verdict == verdict:
            found.setdefault((result.backend, result.clause), []).append(result)
    for (backend, clause), results in sorted(found.items(), key=lambda item: (bool(item[1][0].follows_from), item[0])):
        first, whole = results[0], of_clause[backend, clause]
        name = f"{backend}: {clause}" if len(document.backends) > 1 else clause
        reason = first.failure.summary if first.failure is not None else str(first.reason)
        share = _count(whole, "check") if len(results) == whole else f"{len(results)} of {_count(whole, 'check')}"
        causes = first.follows_from
        more = f" and {len(causes) - 1} more" if len(causes) > 1 else ""
        follows = f", follows from {causes[0]}{more}" if causes else ""
        yield f"{name}: {reason}", f"({share}{follows})"


def _by_reason(document: ResultFile) -> Iterator[tuple[str, str, str]]:
    """Return, for each known deviation of each backend, where it shows, its reason and its link."""
    found: dict[tuple[str, str, str], list[Result]] = {}
    for result in document.results:
        if result.verdict == "deviation":
            key = (result.backend, str(result.reason), "" if result.link is None else result.link)
            found.setdefault(key, []).append(result)
    for (backend, reason, link), results in sorted(found.items()):
        clauses = sorted({result.clause for result in results})
        more = f" and {len(clauses) - 1} more" if len(clauses) > 1 else ""
        name = f"{backend}: {clauses[0]}" if len(document.backends) > 1 else clauses[0]
        yield f"{name}{more} ({_count(len(results), 'check')})", reason, link


def _accuracy(results: Sequence[Result]) -> Iterator[str]:
    """Return how large the largest error is among the checks that passed."""
    measured = [
        (result.measurement.ratio, result)
        for result in results
        if result.measurement is not None and result.verdict == "passed"
    ]
    if not measured:
        return
    ratio, worst = max(measured, key=lambda pair: pair[0])
    imprecise = sum(result.imprecise for _, result in measured)
    flagged = f". {_count(imprecise, 'check')} passed but imprecise" if imprecise else ""
    where = ", ".join(part for part in (worst.clause, worst.case, worst.dtype) if part is not None)
    if ratio == 0:
        yield "every number that passed is exact"
        return
    share = f"{int(1000 * ratio) / 1000:g}" if ratio >= 0.001 else "less than 0.001"
    yield f"the largest error that passed is {share} of its budget ({where}){flagged}"


def _lacking(results: Sequence[Result]) -> Iterator[str]:
    """Return why checks are unsupported, the most frequent reasons first."""
    reasons = Counter(str(result.reason) for result in results if result.verdict == "unsupported")
    if reasons:
        listed = ", ".join(f"{reason} ({_count(number, 'check')})" for reason, number in reasons.most_common(_FEW))
        more = len(reasons) - _FEW
        yield listed + (f", and {_count(more, 'other reason')}; -rs lists them" if more > 0 else "")


def _beginnings(document: ResultFile) -> Iterator[str]:
    """Return the clauses that other failures follow from."""
    failures = [result for result in document.results if result.verdict in {"failed", "error"}]
    following = sum(bool(result.follows_from) for result in failures)
    if following:
        causes = sorted({result.clause for result in failures if not result.follows_from})
        named = ", ".join(causes[:_FEW]) + (f" and {len(causes) - _FEW} more" if len(causes) > _FEW else "")
        verb = "follows" if following == 1 else "follow"
        yield f"{named}: {following:,} of {_count(len(failures), 'failure')} {verb} from others"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _width(reporter: pytest.TerminalReporter) -> int:
    return max(40, min(int(reporter._tw.fullwidth), WIDTH))  # noqa: SLF001 - the reporter has no width of its own
