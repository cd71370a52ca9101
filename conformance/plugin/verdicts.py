"""From what happened to a test to a verdict."""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from dataclasses import replace
from os import sep
from pathlib import Path

import numpy as np
import pytest

import conformance
from adapters.contract import Unsupported
from conformance.deviations import Deviation
from conformance.failure import ConformanceFailure, Evidence
from conformance.judgement import Measurement
from conformance.plan import Entry
from conformance.plugin.interruption import BackendStopError
from conformance.plugin.items import reproduction
from conformance.plugin.session import DIALECT, TRIAL, RunSession
from conformance.plugin.timeout import CheckTimeoutError
from reports.model import Failure, Result
from reports.model import Measurement as ResultMeasurement
from reports.text import block, line

_SUITE = f"{Path(conformance.__file__).parent}{sep}"

_OWN = ("expectation.py", "judgement.py", "generation.py")
"""The suite's files that no call of a backend passes through."""

_ASSERTING = (f"{sep}_pytest{sep}", f"{sep}numpy{sep}testing{sep}", f"{sep}contextlib.py")
"""What an assertion of a semantic test passes through on its way; elsewhere it is the backend's own."""


def result_of(
    item: pytest.Item, call: pytest.CallInfo[None], backend: str, entry: Entry, session: RunSession
) -> Result:
    """Return the verdict on one check, with what was measured."""
    trial = item.stash.get(TRIAL, None)
    bare = _bare(item.nodeid, backend, entry, round(call.duration, 4))
    if trial is not None:
        chosen = next(iter(trial.dialects)) if len(trial.dialects) == 1 else None
        measured = trial.measurement
        bare = replace(bare, dialect=chosen, measurement=_measured(measured), imprecise=measured.imprecise)
    else:
        bare = replace(bare, dialect=item.stash.get(DIALECT, None))
    subject = session.subjects[backend]
    proves_gone = _proves_gone(entry, session)
    judged = against_known(_judged(bare, call.excinfo, item), subject.known(entry), proves_gone=proves_gone)
    if judged.verdict not in {"passed", "unsupported"}:
        judged = replace(judged, reproduce=reproduction(entry, backend, subject.text, session.arguments))
    return judged


def crashed(node: str, backend: str, entry: Entry, session: RunSession) -> Result:
    """Return the verdict on a check whose process ended."""
    subject = session.subjects[backend]
    told = "the process ended while this check ran: it crashed, or hung in native code for longer than --case-timeout"
    if session.settings.memory_limit:
        told += ", or kept the memory that it took up to --memory-limit"
    judged = replace(_bare(node, backend, entry, 0.0), verdict="error", failure=_failure(Evidence(told)))
    judged = against_known(judged, subject.known(entry), proves_gone=False)
    return replace(judged, reproduce=reproduction(entry, backend, subject.text, [*session.arguments, "-n", "1"]))


def judged_anew(result: Result, entry: Entry, session: RunSession) -> Result:
    """Return a result of an earlier run in the light of the deviations that are known in this one."""
    known = session.subjects[result.backend].known(entry)
    bare = replace(result, verdict="failed", reason=None, link=None) if result.verdict == "deviation" else result
    return against_known(bare, known, proves_gone=_proves_gone(entry, session))


def _proves_gone(entry: Entry, session: RunSession) -> bool:
    """Say whether a check that passes proves that a deviation is gone.

    What a seed draws may or may not show it: only the same cases in every run can prove anything.
    """
    return not (session.settings.deep and entry.case == "drawn")


def _bare(node: str, backend: str, entry: Entry, seconds: float) -> Result:
    return Result(
        check=entry.name(backend),
        node=node,
        backend=backend,
        clause=entry.clause.id,
        law=entry.law,
        verdict="passed",
        seconds=seconds,
        case=entry.case,
        dtype=entry.dtype,
    )


def _judged(result: Result, raised: pytest.ExceptionInfo[BaseException] | None, item: pytest.Item) -> Result:
    if raised is None:
        return result
    error = raised.value
    if isinstance(error, Unsupported):
        return replace(result, verdict="unsupported", reason=_text(error), measurement=None)
    if isinstance(error, ConformanceFailure):
        return replace(result, verdict="failed", failure=_failure(error.evidence))
    if isinstance(error, (AssertionError, pytest.fail.Exception)) and not _is_backends_own(error):
        told = _text(error, first_line=True)
        return replace(result, verdict="failed", failure=_failure(Evidence(told), _assertion(raised, item)))
    evidence = Evidence(f"{_what_happened(error)}: {_text(error)}")
    return replace(result, verdict="error", failure=_failure(evidence, _trace(error)))


def _what_happened(error: BaseException) -> str:
    if isinstance(error, CheckTimeoutError):
        return "the check hung"
    if isinstance(error, BackendStopError):
        return "the backend tried to end the run"
    frames = traceback.extract_tb(error.__traceback__)
    ours = any(frame.filename == f"{_SUITE}{part}" for frame in frames for part in _OWN)
    return f"{'the suite itself' if ours else 'the backend'} raised {type(error).__name__}"


def _is_backends_own(error: BaseException) -> bool:
    """Say whether an assertion is one of the backend's code, which is an exception like any other."""
    return any(not any(part in frame.filename for part in _ASSERTING) for frame in _theirs(error))


def against_known(result: Result, known: Sequence[Deviation], *, proves_gone: bool) -> Result:
    """Return the result in the light of the known deviations about it, which must still look as they are said to."""
    if not known or result.verdict == "unsupported":
        return result
    failure = result.failure
    if failure is None:
        gone = next((deviation for deviation in known if not deviation.depends_on), None)
        if gone is None or not proves_gone:
            return result
        summary = f"a known deviation no longer deviates; take it out of the deviations file: {gone.reason}"
        return replace(result, verdict="failed", failure=_failure(Evidence(summary)))
    parts = [failure.summary, failure.call, failure.expected, failure.actual, failure.error, failure.traceback]
    shown = "\n".join(part for part in parts if part)
    matching = next((deviation for deviation in known if re.search(deviation.looks_like, shown)), None)
    if matching is None:
        return result
    return replace(result, verdict="deviation", reason=matching.reason, link=matching.link)


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
        summary=line(evidence.summary, 600),
        call=evidence.call,
        expected=evidence.expected,
        actual=evidence.actual,
        error=evidence.error,
        allowed=evidence.allowed,
        index=evidence.index,
        surroundings=evidence.surroundings,
        traceback=None if trace is None else block(trace),
    )


def _text(error: BaseException, *, first_line: bool = False) -> str:
    try:
        text = str(error).strip()
        return line(text.partition("\n")[0] if first_line else text) or "(it says nothing)"
    except Exception as unprintable:  # noqa: BLE001 - a backend's exceptions are anybody's code
        return f"(its text cannot be had: {type(unprintable).__name__})"


def _assertion(raised: pytest.ExceptionInfo[BaseException], item: pytest.Item) -> str:
    try:
        return str(item.repr_failure(raised))
    except Exception as unprintable:  # noqa: BLE001 - it shows the backend's objects by their own code
        return f"(it cannot be shown: {type(unprintable).__name__})"


def _theirs(error: BaseException) -> list[traceback.FrameSummary]:
    """Return the last frames of the traceback: those beyond the suite's own code."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [place for place, frame in enumerate(frames) if frame.filename.startswith(_SUITE)]
    return list(frames[ours[-1] + 1 :]) if ours else list(frames)


def _trace(error: BaseException) -> str:
    """Return the frames of the adapter and the framework."""
    theirs = _theirs(error)
    frames = theirs[-6:] if theirs else traceback.extract_tb(error.__traceback__)[-2:]
    return "".join(traceback.format_list(frames))
