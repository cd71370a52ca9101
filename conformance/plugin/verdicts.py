"""From what happened to a test to a verdict, and from a verdict to what pytest counts and shows."""

from __future__ import annotations

import json
import re
import traceback
from dataclasses import replace
from os import sep

import numpy as np
import pytest
from _pytest._code.code import ReprEntryNative, ReprExceptionInfo, ReprFileLocation, ReprTraceback

from adapters.contract import Unsupported
from conformance.deviations import Deviation
from conformance.failure import ConformanceFailure, Evidence
from conformance.judgement import Measurement
from conformance.plan import Entry
from conformance.plugin.items import reproduction
from conformance.plugin.session import DIALECT, RunSession
from conformance.plugin.timeout import CheckTimeoutError
from reports.model import Failure, Result
from reports.model import Measurement as ResultMeasurement

PROPERTY = "conformance"
"""The user property that carries a check's result through xdist and into JUnit XML."""

_LONGEST_TEXT = 4000

_OWN = ("expectation.py", "judgement.py", "generation.py")
"""The suite's files that no call of a backend passes through."""


def result_of(
    item: pytest.Item, call: pytest.CallInfo[None], backend: str, entry: Entry, session: RunSession
) -> Result:
    """Return the verdict on one check, with what was measured."""
    trial = item.stash.get(session.trial_key, None)
    bare = Result(
        check=entry.name(backend),
        node=item.nodeid,
        backend=backend,
        clause=entry.clause.id,
        law=entry.law,
        verdict="passed",
        seconds=round(call.duration, 4),
        case=entry.case,
        dtype=entry.dtype,
    )
    if trial is not None:
        chosen = next(iter(trial.dialects)) if len(trial.dialects) == 1 else None
        bare = replace(
            bare, dialect=chosen, measurement=_measured(trial.measurement), imprecise=trial.measurement.imprecise
        )
    else:
        bare = replace(bare, dialect=item.stash.get(DIALECT, None))
    judged = _judged(bare, None if call.excinfo is None else call.excinfo, item)
    judged = _against_known(judged, session.subjects[backend].deviation(entry))
    if judged.verdict not in {"passed", "unsupported"}:
        judged = replace(judged, reproduce=reproduction(entry, backend, arguments_of(session)))
    return judged


def arguments_of(session: RunSession) -> str:
    """Return the options that a reproduction needs beside the backend."""
    seed = session.effort.seed
    return "" if seed is None else f" --effort=deep --seed={seed}"


def _judged(result: Result, raised: pytest.ExceptionInfo[BaseException] | None, item: pytest.Item) -> Result:
    if raised is None:
        return result
    error = raised.value
    if isinstance(error, Unsupported):
        return replace(result, verdict="unsupported", reason=_text(error), measurement=None)
    if isinstance(error, ConformanceFailure):
        return replace(result, verdict="failed", failure=_failure(error.evidence))
    if isinstance(error, (AssertionError, pytest.fail.Exception)):
        told = _text(error) or "the assertion does not hold"
        shown = str(item.repr_failure(raised))
        return replace(result, verdict="failed", failure=_failure(Evidence(told.splitlines()[0]), shown))
    told = "the check hung" if isinstance(error, CheckTimeoutError) else f"{_culprit(error)} raised an exception"
    evidence = Evidence(f"{told}: {_line(type(error).__name__)}: {_line(_text(error))}")
    return replace(result, verdict="error", failure=_failure(evidence, _trace(error)))


def _against_known(result: Result, deviation: Deviation | None) -> Result:
    """Return the result in the light of a known deviation, which must still look as it is said to."""
    if deviation is None or result.verdict == "unsupported":
        return result
    if result.verdict == "passed":
        summary = f"a known deviation no longer deviates; take it out of the deviations file: {deviation.reason}"
        return replace(result, verdict="failed", failure=_failure(Evidence(summary)))
    shown = "" if result.failure is None else f"{result.failure.summary}\n{result.failure.traceback or ''}"
    if re.search(deviation.looks_like, shown) is None:
        return result
    return replace(result, verdict="deviation", reason=deviation.reason, link=deviation.link)


def mark(report: pytest.TestReport, result: Result, entry: Entry) -> None:
    """Make pytest count and show ``report`` as the verdict is."""
    report.user_properties += [
        ("clause", result.clause),
        ("verdict", result.verdict),
        (PROPERTY, json.dumps(result.to_json(), allow_nan=False)),
    ]
    if result.verdict in {"unsupported", "deviation"}:
        report.outcome = "skipped"
        report.longrepr = (entry.module, 0, f"{result.verdict}: {result.reason}")
        if result.verdict == "deviation":
            report.wasxfail = str(result.reason)
    elif result.verdict in {"failed", "error"}:
        report.outcome = "failed"
        report.longrepr = shown_failure(result, entry)


def shown_failure(result: Result, entry: Entry, follows_from: tuple[str, ...] = ()) -> ReprExceptionInfo:
    """Return the failure as the terminal shows it: clause, call, numbers, and the line that reproduces it."""
    failure = result.failure
    lines = [f"{entry.clause.id}: {entry.clause.sentence}", f"{'see':<10}{entry.clause.link}"]
    summary = ""
    if failure is not None:
        summary = failure.summary
        evidence = Evidence(
            failure.summary,
            failure.call,
            failure.index,
            failure.expected,
            failure.actual,
            failure.error,
            failure.allowed,
            failure.surroundings,
        )
        lines += evidence.lines()
        if failure.traceback:
            lines += ["", *failure.traceback.splitlines(), ""]
    if follows_from:
        lines.append(f"{'because':<10}{', '.join(follows_from)} fails too; mend that first")
    lines.append(f"{'reproduce':<10}{result.reproduce}")
    text = "".join(f"{line}\n" for line in lines)
    message = f"{entry.clause.id}: {summary}"
    return ReprExceptionInfo(
        ReprTraceback([ReprEntryNative([text])], None, style="native"),
        ReprFileLocation(entry.module, 0, message),
    )


def crashed(entry: Entry, backend: str, node: str, told: str, arguments: str) -> Result:
    """Return the verdict on a check whose process ended."""
    return Result(
        check=entry.name(backend),
        node=node,
        backend=backend,
        clause=entry.clause.id,
        law=entry.law,
        verdict="error",
        seconds=0.0,
        case=entry.case,
        dtype=entry.dtype,
        failure=_failure(Evidence(told)),
        reproduce=reproduction(entry, backend, f"{arguments} -n 1"),
    )


def _measured(measurement: Measurement) -> ResultMeasurement | None:
    if not measurement.cases:
        return None
    return ResultMeasurement(
        ratio=measurement.ratio,
        worst_index=measurement.worst_index,
        ulp=0.0 if np.isnan(measurement.ulp) else measurement.ulp,
        elements=measurement.elements,
        cases=measurement.cases,
        worst_call=measurement.worst_call,
    )


def _failure(evidence: Evidence, trace: str | None = None) -> Failure:
    return Failure(
        summary=_cut(evidence.summary),
        call=evidence.call,
        expected=evidence.expected,
        actual=evidence.actual,
        error=evidence.error,
        allowed=evidence.allowed,
        index=evidence.index,
        surroundings=evidence.surroundings,
        traceback=None if trace is None else _cut(trace),
    )


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as unprintable:  # noqa: BLE001 - a backend's exceptions are anybody's code
        return f"(its text cannot be had: {type(unprintable).__name__})"


def _line(text: str) -> str:
    return " ".join(text[:600].split())


def _cut(text: str) -> str:
    clean = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return clean if len(clean) <= _LONGEST_TEXT else f"{clean[:_LONGEST_TEXT]} ... ({len(clean):,} characters)"


def _culprit(error: BaseException) -> str:
    """Return whose code raised: the suite's own definitions are not the backend's fault."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = any(f"{sep}conformance{sep}{part}" in frame.filename for frame in frames for part in _OWN)
    return "the suite itself" if ours else "the backend"


def _trace(error: BaseException) -> str:
    """Return the last frames of the traceback: those of the adapter and the framework."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [place for place, frame in enumerate(frames) if f"{sep}conformance{sep}" in frame.filename]
    theirs = frames[ours[-1] + 1 :] if ours else frames
    return "".join(traceback.format_list(theirs[-6:] if theirs else frames[-2:]))
