"""``python -m conformance strength``: plant every fault, and say what is caught, by what, and what is not."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from adapters.contract import Backend
from adapters.registry import BackendError, load
from conformance.deviations import read
from conformance.plan import Entry, clauses
from conformance.strength import Check, Fault, Outcome, Reach, faults, runs, try_fault, unplanted
from conformance.strength_report import Strength


@dataclass(frozen=True)
class Request:
    """What to do.

    Args:
        package: Where the faults are.
        backend: The name of the backend that they are planted in.
        keyword: Only faults whose clause or name contains this.
        processes: How many work at a time.
        every_check: Try every check of the suite, not only those of the clauses that are broken and the first of each
            other clause.
        sample: Only every so-manieth fault.
        report: Where the outcome of every fault is written, as JSON.
    """

    package: str
    backend: str
    keyword: str = ""
    processes: int = 1
    every_check: bool = False
    sample: int = 1
    report: Path | None = None

    def chosen(self) -> list[Fault]:
        """Return the faults that are asked for.

        Raises:
            LookupError: There are none, or one breaks a clause that there is not.
        """
        found = faults(self.package)
        if unknown := sorted({fault.id for fault in found if not any(map(fault.may_break, clauses()))}):
            raise LookupError(f"these faults break clauses that the suite does not have: {', '.join(unknown)}")
        chosen = [fault for fault in found if self.keyword in fault.id][:: self.sample]
        if not chosen:
            raise LookupError(f"none of the {len(found)} faults in {self.package!r} has {self.keyword!r} in its name")
        return chosen


def list_faults(request: Request) -> int:
    """Print the faults by the clause that they break, and return the exit code."""
    by_clause: dict[str, list[Fault]] = {}
    for fault in request.chosen():
        by_clause.setdefault(fault.breaks, []).append(fault)
    for clause, found in sorted(by_clause.items()):
        _say(f"{clause:<44}{', '.join(fault.name for fault in found)}")
    _say(f"\n{sum(map(len, by_clause.values()))} faults of {len(by_clause)} clauses")
    return 0


def show_strength(request: Request) -> int:
    """Try the faults, print what came of each and the totals, and return 0 if all is as it should be.

    Raises:
        BackendError: The backend fails without any fault, or the report cannot be written.
    """
    chosen = request.chosen()
    if request.report is not None:
        _write(request.report, {})  # where it cannot be written is known before an hour of work
    started = time.monotonic()
    outcomes = []
    for outcome in _outcomes(request, chosen):
        outcomes.append(outcome)
        _show(outcome)
    whole = not request.keyword and request.sample == 1
    found = Strength(request.backend, tuple(outcomes), time.monotonic() - started, whole=whole)
    _say("\n" + found.text())
    if request.report is not None:
        _write(request.report, found.to_json())
    return 0 if found.is_as_it_should_be else 1


def _write(path: Path, document: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise BackendError(f"--json={path}: it cannot be written: {error.strerror}") from error


def _outcomes(request: Request, chosen: Sequence[Fault]) -> Iterator[Outcome]:
    """Return what came of the faults, in their order."""
    if request.processes == 1:
        for fault in chosen:
            yield _try(request, fault.id)
        return
    with ProcessPoolExecutor(request.processes, mp_context=get_context("spawn")) as pool:
        tried = pool.map(_told, [(request, fault.id) for fault in chosen], chunksize=1)
        for fault, told in zip(chosen, tried, strict=True):
            yield Outcome(fault, *told)


def _told(task: tuple[Request, str]) -> tuple[Any, ...]:
    """Return an outcome as another process can be told of it: faults themselves cannot be sent."""
    outcome = _try(*task)
    return dict(outcome.failed), outcome.seconds, outcome.checks, outcome.first


def _try(request: Request, fault: str) -> Outcome:
    chosen = _by_id(request)[fault]
    checks, reach = _prepared(request, chosen.dtypes)
    return try_fault(chosen, load(request.backend), checks, reach)


@lru_cache(maxsize=1)
def _by_id(request: Request) -> dict[str, Fault]:
    """Return the faults that are asked for, by id: once a process."""
    return {fault.id: fault for fault in request.chosen()}


@lru_cache(maxsize=4)
def _prepared(request: Request, dtypes: tuple[str, ...]) -> tuple[list[Check], Reach]:
    """Return the checks of the faults that are tried in ``dtypes``, and what each runs: once a process.

    Raises:
        BackendError: The backend fails without any fault, and by no known deviation.
    """
    backend = load(request.backend)
    checks = _asked(request, [fault for fault in _by_id(request).values() if fault.dtypes == dtypes], dtypes)
    failed, reach = unplanted(backend, checks)
    known = _known(backend, [entry for entry, _ in checks if entry.name("") in failed])
    if unknown := sorted(set(failed) - known):
        raise BackendError(
            f"backend {request.backend!r} fails without any fault, so nothing can be said of faults: "
            f"{', '.join(unknown)}"
        )
    return [check for check in checks if check[0].name("") not in known], reach


def _known(backend: Backend, failing: Sequence[Entry]) -> set[str]:
    """Return which checks fail by a known deviation of the backend."""
    files = backend.deviations if isinstance(backend.deviations, tuple) else (backend.deviations,)
    deviations = [one for path in files if path is not None for one in read(path)]
    version = backend.describe().version
    return {entry.name("") for entry in failing if any(one.covers(entry, backend.name, version) for one in deviations)}


def _asked(request: Request, faulty: Sequence[Fault], dtypes: tuple[str, ...]) -> list[Check]:
    """Return the checks that are tried: all those of the broken clauses, and of the others at least the first.

    Where every fault has a scope, those within.
    """
    broken = {clause for clause in clauses() if any(fault.may_break(clause) for fault in faulty)}
    scopes = {fault.scope for fault in faulty}
    within = {clause for clause in clauses() if any(fnmatchcase(clause, scope or "*") for scope in scopes)}
    seen: set[str] = set()
    asked = []
    for check in runs(dtypes=dtypes):
        clause = check[0].clause.id
        wanted = request.every_check or clause in broken or clause not in seen or "" not in scopes
        if wanted and clause in within:
            asked.append(check)
        seen.add(clause)
    return asked


def _show(outcome: Outcome) -> None:
    word = "caught" if outcome.caught else "MISSED" if outcome.carried else "other"
    others = sum(not outcome.fault.may_break(clause) for clause in outcome.failed)
    by_others = f"and by {others} other clause{'s' * (others != 1)}" if others else ""
    _say(f"{word:<7} {outcome.fault.id:<64} {outcome.seconds:>5.1f} s  {by_others}".rstrip())
    if not outcome.caught and outcome.failed and outcome.carried:
        found = ", ".join(f"{clause} ({verdict})" for clause, verdict in outcome.failed.items())
        _say(f"        expected {outcome.fault.breaks} to fail; what did is {found}")
    if outcome.surprises:
        _say(f"        and, to our surprise, by {', '.join(outcome.surprises)}")
    if outcome.unmet:
        _say(f"        but by none of {', '.join(outcome.unmet)}, which it names as well")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
