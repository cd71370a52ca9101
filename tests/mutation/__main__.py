"""``python -m tests.mutation``: change the reference backend in small ways, and say which changes the suite notices."""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from adapters.reference.autograd.mode import RECORDING
from adapters.registry import load
from conformance.reach import code_of, code_run
from conformance.strength import Check, runs, verdict
from tests.mutation._mutants import Mutant, mutants

_SECONDS = 30.0
"""How long a check may take before its mutant counts as noticed: it hangs."""


class _HangingError(BaseException):
    """A check does not end."""


@dataclass(frozen=True)
class Tried:
    """What came of a mutant: how many checks run its function, and the clause that noticed it, if one did."""

    id: str
    checks: int
    noticed: str | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Try mutants, print those that nothing noticed and the totals by module."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument(
        "--sample", type=int, default=300, metavar="N", help="how many, drawn at random (300; 0 for all)"
    )
    parser.add_argument("--seed", type=int, default=0, help="what is drawn depends on (0)")
    parser.add_argument("-k", dest="keyword", default="", help="only mutants whose module or change contains this")
    parser.add_argument("-n", dest="processes", type=int, default=2, metavar="N", help="processes (2)")
    options = parser.parse_args(arguments)
    made = [mutant for mutant in mutants() if options.keyword in mutant.id]
    if not made:
        sys.stderr.write(f"error: no mutant has {options.keyword!r} in its name\n")
        return 2
    chosen = made if not options.sample else random.Random(options.seed).sample(made, min(options.sample, len(made)))
    _say(f"{len(made)} mutants can be made; {len(chosen)} are tried")
    started = time.monotonic()
    reach = _reaching()
    _say(f"{len(reach)} checks pass without any; it took {time.monotonic() - started:.0f} s to see what each runs")
    context = get_context("fork")
    with context.Pool(options.processes, initializer=_begin, initargs=(chosen, reach)) as pool:
        tried = []
        for one in pool.imap_unordered(_try, range(len(chosen)), chunksize=1):
            tried.append(one)
            if one.checks and one.noticed is None:
                _say(f"survives {one.id}  ({one.checks} checks run it)")
    _conclude(tried, time.monotonic() - started)
    return 0


Reached = list[tuple[Check, frozenset[str], float]]
_WORK: tuple[list[Mutant], Reached] = ([], [])


def _begin(chosen: list[Mutant], reach: Reached) -> None:
    def hangs(*_: object) -> None:
        raise _HangingError

    signal.signal(signal.SIGALRM, hangs)
    global _WORK  # noqa: PLW0603 - what a process of the pool works on, given once
    _WORK = chosen, reach


def _reaching() -> Reached:
    """Return every check that passes, with the code it runs and how long it takes, the quickest first."""
    backend = load("ref")
    found: Reached = []
    for check in runs():
        verdict(check[1], backend)  # once before, so that what is computed once only is not counted
        began = time.perf_counter()
        result, code = code_run(partial(verdict, check[1], backend))
        if result == "passed":
            found.append((check, code, time.perf_counter() - began))
    return sorted(found, key=lambda one: one[2])


def _try(number: int) -> Tried:
    chosen, reach = _WORK
    mutant = chosen[number]
    touched = code_of([mutant.function])
    checks = [check for check, code, _ in reach if touched is None or not touched.isdisjoint(code)]
    backend = load("ref")
    with mutant.planted():
        for entry, run in checks:
            RECORDING.enabled = True  # whatever the mutant made of it before
            try:
                signal.setitimer(signal.ITIMER_REAL, _SECONDS)
                found = verdict(run, backend)
            except (_HangingError, KeyboardInterrupt, SystemExit, GeneratorExit):
                found = "error"
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
            if found != "passed":
                return Tried(mutant.id, len(checks), entry.clause.id)
    return Tried(mutant.id, len(checks), None)


def _conclude(tried: Sequence[Tried], seconds: float) -> None:
    rows: dict[str, Counter[str]] = {}
    for one in tried:
        what = "not run by any check" if not one.checks else "survived" if one.noticed is None else "noticed"
        rows.setdefault(one.id.partition(":")[0].partition(".")[0], Counter())[what] += 1
    _say(f"\n{'part':<14}{'noticed':>9}{'survived':>10}{'not run':>9}{'share':>8}")
    for part in [*sorted(rows), "all"]:
        row = rows.get(part) or sum(rows.values(), Counter())
        run = row["noticed"] + row["survived"]
        share = f"{100 * row['noticed'] / run:.1f} %" if run else ""
        _say(f"{part:<14}{row['noticed']:>9}{row['survived']:>10}{row['not run by any check']:>9}{share:>8}")
    _say(f"\n{len(tried)} mutants in {seconds:.0f} s. Not run: nothing that the suite checks needs them.")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
