"""``python -m conformance strength``: plant every fault, and say what is caught, by what, and what is not."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context

from adapters.registry import BackendError, load
from conformance.plan import clauses
from conformance.strength import Check, Fault, Outcome, Reach, faults, runs, try_fault, unplanted


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
    """

    package: str
    backend: str
    keyword: str = ""
    processes: int = 1
    every_check: bool = False

    def chosen(self) -> list[Fault]:
        """Return the faults that are asked for.

        Raises:
            LookupError: There are none, or one breaks a clause that there is not.
        """
        found = faults(self.package)
        if unknown := sorted({fault.id for fault in found if fault.breaks not in clauses()}):
            raise LookupError(f"these faults break clauses that the suite does not have: {', '.join(unknown)}")
        chosen = [fault for fault in found if self.keyword in fault.id]
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
    """Try the faults, print what came of each and the totals, and return 0 if all is as it should be."""
    chosen = request.chosen()
    started = time.monotonic()
    outcomes = []
    for outcome in _outcomes(request, chosen):
        outcomes.append(outcome)
        _show(outcome)
    return _conclude(outcomes, time.monotonic() - started, whole=not request.keyword)


def _outcomes(request: Request, chosen: Sequence[Fault]) -> Iterator[Outcome]:
    """Return what came of the faults, in their order."""
    if request.processes == 1:
        for fault in chosen:
            yield _try(request, fault.id)
        return
    with ProcessPoolExecutor(request.processes, mp_context=get_context("spawn")) as pool:
        tried = pool.map(_told, [(request, fault.id) for fault in chosen], chunksize=1)
        for fault, (failed, seconds) in zip(chosen, tried, strict=True):
            yield Outcome(fault, failed, seconds)


def _told(task: tuple[Request, str]) -> tuple[dict[str, str], float]:
    """Return an outcome as another process can be told of it: faults themselves cannot be sent."""
    outcome = _try(*task)
    return dict(outcome.failed), outcome.seconds


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
        BackendError: The backend fails without any fault.
    """
    broken = {fault.breaks for fault in _by_id(request).values() if fault.dtypes == dtypes}
    checks = _asked(request, broken, dtypes)
    failed, reach = unplanted(load(request.backend), checks)
    if failed:
        raise BackendError(
            f"backend {request.backend!r} fails without any fault, so nothing can be said of faults: "
            f"{', '.join(sorted(failed))}"
        )
    return checks, reach


def _asked(request: Request, broken: Set[str], dtypes: tuple[str, ...]) -> list[Check]:
    """Return the checks that are tried: all those of the ``broken`` clauses, and of the others at least the first."""
    seen: set[str] = set()
    asked = []
    for check in runs(dtypes=dtypes):
        clause = check[0].clause.id
        if request.every_check or clause in broken or clause not in seen:
            asked.append(check)
        seen.add(clause)
    return asked


def _show(outcome: Outcome) -> None:
    word = "caught" if outcome.caught else "MISSED"
    others = len(outcome.failed) - (outcome.fault.breaks in outcome.failed)
    by_others = f"and by {others} other clause{'s' * (others != 1)}" if others else ""
    _say(f"{word:<7} {outcome.fault.id:<64} {outcome.seconds:>5.1f} s  {by_others}")
    if not outcome.caught and outcome.failed:
        found = ", ".join(f"{clause} ({verdict})" for clause, verdict in outcome.failed.items())
        _say(f"        expected {outcome.fault.breaks} to fail; what did is {found}")
    if outcome.surprises:
        _say(f"        and, to our surprise, by {', '.join(outcome.surprises)}")
    if outcome.unmet:
        _say(f"        but by none of {', '.join(outcome.unmet)}, which it names as well")


def _conclude(outcomes: Sequence[Outcome], seconds: float, *, whole: bool) -> int:
    known = clauses()
    planted = Counter(known[outcome.fault.breaks].profile.value for outcome in outcomes)
    caught = Counter(known[outcome.fault.breaks].profile.value for outcome in outcomes if outcome.caught)
    tried = {outcome.fault.breaks for outcome in outcomes}
    _say(f"\n{'profile':<14}{'planted':>9}{'caught':>9}{'clauses':>9}{'without a fault':>18}")
    for profile in [*sorted(planted), "all"]:
        ids = [clause.id for clause in known.values() if profile in {clause.profile.value, "all"}]
        without = sum(clause not in tried for clause in ids)
        figures = (planted[profile], caught[profile]) if profile != "all" else (planted.total(), caught.total())
        shown = f"{len(ids):>9}{without:>18}" if whole else ""
        _say(f"{profile:<14}{figures[0]:>9}{figures[1]:>9}{shown}")
    surprising = [outcome.fault.id for outcome in outcomes if outcome.surprises]
    loose = [outcome.fault.id for outcome in outcomes if outcome.unmet]
    untried = sorted(set(known) - tried) if whole else []
    missed = [outcome.fault.id for outcome in outcomes if not outcome.caught]
    for names, what in (
        (missed, "missed"),
        (surprising, "caught by clauses that have nothing to do with them"),
        (loose, "that name clauses which do not catch them"),
    ):
        if names:
            _say(f"\n{len(names)} faults {what}:\n  " + "\n  ".join(names))
    if untried:
        _say(f"\n{len(untried)} clauses without a fault:\n  " + "\n  ".join(untried))
    _say(f"\n{len(outcomes)} faults in {seconds:.0f} s")
    return 1 if missed or surprising or untried else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
