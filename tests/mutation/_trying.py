"""Mutants tried: each planted in a process that may die of it, until the first check notices."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import conformance.expectation
from adapters.contract import Backend
from adapters.reference.autograd.mode import RECORDING
from adapters.registry import load
from conformance.strength import Run, verdict
from tests.mutation._mutants import Mutant
from tests.mutation._processes import each
from tests.mutation._reach import Reach

_SECONDS = 10.0
"""How long the processor may be busy with a check before its mutant counts as noticed: it hangs."""
_PATIENCE = 300.0
"""How long a mutant may take in all; what waits for something that never comes is ended, and noticed."""
_MEMORY = 4 << 30
"""How many bytes a process may use: what multiplies where it should divide asks for more."""


class _HangingError(BaseException):
    """A check does not end."""


@dataclass(frozen=True)
class Tried:
    """What came of a mutant: how many checks evaluate what it changes, and what noticed it, if anything did."""

    mutant: Mutant
    checks: int
    noticed: str | None

    @property
    def outcome(self) -> str:
        """What came of it, in words."""
        return "noticed" if self.noticed is not None else "survived" if self.checks else "not run"


def attempts(
    made: Sequence[Mutant], chosen: Sequence[Mutant], reach: Sequence[Reach], processes: int, limit: int = 0
) -> Iterator[Tried]:
    """Try each chosen mutant on the checks that evaluate what it changes, in their order, until one notices it.

    Args:
        made: All mutants.
        chosen: Those to try.
        reach: The checks.
        processes: How many mutants at a time.
        limit: On how many checks at most (0: all of them).
    """
    numbers = {mutant.key: number for number, mutant in enumerate(made)}
    backend = load("ref")

    def work(number: int) -> tuple[tuple[int, str | None], bool]:
        _prepare()
        checks = [one for one in reach if one.sites >> number & 1]
        with made[number].planted():
            noticing = next(
                (one for one in checks[: limit or None] if _carried_out(one.check[1], backend) != "passed"), None
            )
        if noticing is None:
            return (len(checks), None), True
        # A mutant may leave something behind that it spoilt: then the process is not fit for another.
        fit = _carried_out(noticing.check[1], backend) == "passed"
        return (len(checks), noticing.check[0].clause.id), fit

    for number, result in each(work, [numbers[mutant.key] for mutant in chosen], processes, _PATIENCE):
        checks, noticed = result or (1, "the process: it died or waited for ever")
        yield Tried(made[number], checks, noticed)


def _prepare() -> None:
    def hangs(*_: object) -> None:
        raise _HangingError

    signal.signal(signal.SIGVTALRM, hangs)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    conformance.expectation._CACHE_LIMIT = 1 << 20  # the same checks come again and again


def _carried_out(run: Run, backend: Backend) -> str:
    RECORDING.enabled = True  # whatever a mutant made of it before
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
        return verdict(run, backend)
    except (_HangingError, KeyboardInterrupt, SystemExit, GeneratorExit):
        return "error"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
