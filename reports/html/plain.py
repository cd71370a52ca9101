"""What a reader sees whose browser runs no script: totals and failures, as plain tables and text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports import text
from reports.tally import tallies, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.html.pack import Column
    from reports.model import Result, ResultFile

GLYPHS = {"failed": "✕", "error": "!", "deviation": "≠", "passed": "✓", "unsupported": "○"}
MOST_FAILURES = 100


def plain_summary(runs: Sequence[ResultFile], current: Sequence[Column]) -> dict[str, Any]:
    """Return what the template ``summary.j2`` shows.

    Args:
        runs: All runs in order of time; the totals of all are shown, the latest first.
        current: Each backend with its latest run, whose failures are shown.
    """
    shown = {(place, backend.name) for place, backend in current}
    wrong = [
        (run, result)
        for place, run in enumerate(runs)
        for result in run.results
        if result.verdict in ("failed", "error") and (place, result.backend) in shown
    ]
    # Failures that follow from no other come first.
    wrong.sort(key=lambda pair: len(pair[1].follows_from) > 0)
    return {
        "runs": [_run(run) for run in reversed(runs)],
        "words": list(GLYPHS),
        "failures": [_failure(run, result) for run, result in wrong[:MOST_FAILURES]],
        "left_out": max(0, len(wrong) - MOST_FAILURES),
    }


def _run(result_file: ResultFile) -> dict[str, Any]:
    rows = []
    for backend, by_profile in tallies(result_file).items():
        name = text.line(backend)
        rows += [{"backend": name, "profile": text.line(p), "tally": counted} for p, counted in by_profile.items()]
        rows.append({"backend": name, "profile": "all", "tally": total(by_profile)})
    return {
        "names": ", ".join(
            text.line(f"{b.name} ({b.framework} {b.version}, {b.device})") for b in result_file.backends
        ),
        "started": text.line(result_file.run.started),
        "complete": result_file.run.complete,
        "suite": text.line(f"{result_file.suite.name} {result_file.suite.version}"),
        "rows": rows,
    }


def _failure(result_file: ResultFile, result: Result) -> dict[str, str]:
    sentence = next(clause.sentence for clause in result_file.clauses if clause.id == result.clause)
    return {
        "verdict": result.verdict,
        "glyph": GLYPHS[result.verdict],
        "clause": text.line(result.clause),
        "backend": text.line(result.backend),
        "sentence": text.line(sentence),
        "summary": "" if result.failure is None else text.line(result.failure.summary),
        "reproduce": "" if result.reproduce is None else text.line(result.reproduce),
    }
