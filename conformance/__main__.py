"""``python -m conformance``: what is specified, and how strong the suite is."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence

from conformance import VERSION
from conformance.plan import clauses, plan
from conformance.strength import Outcome, faults, runs, try_fault


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("--version", action="version", version=f"nn-conformance {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("clauses", help="list every clause: id, profile, number of checks, sentence, link")
    listing.add_argument("pattern", nargs="?", default="", help="only clauses whose id contains this")
    strength = commands.add_parser("strength", help="plant faults and say which are caught, and by what")
    strength.add_argument(
        "--faults", default="tests.faults", metavar="PACKAGE", help="where the faults are (tests.faults)"
    )
    strength.add_argument("--backend", default="ref", help="the backend that they are planted in (ref)")
    strength.add_argument("-k", dest="keyword", default="", help="only faults whose name or clause contains this")
    options = parser.parse_args(arguments)
    if options.command == "clauses":
        return _list_clauses(options.pattern)
    return _show_strength(options.faults, options.backend, options.keyword)


def _list_clauses(pattern: str) -> int:
    checks = Counter(entry.clause.id for entry in plan())
    chosen = [clause for name, clause in clauses().items() if pattern in name]
    for clause in chosen:
        _say(f"{clause.id}  [{clause.profile.value}, {checks[clause.id]} checks]")
        _say(f"    {clause.sentence}")
        _say(f"    {clause.link}")
    _say(f"{len(chosen)} clauses, {sum(checks[clause.id] for clause in chosen)} checks")
    return 0 if chosen else 5


def _show_strength(package: str, backend_name: str, keyword: str) -> int:
    from adapters.registry import BackendError, load  # noqa: PLC0415 - only this command needs a backend

    try:
        chosen = [fault for fault in faults(package) if keyword in f"{fault.name} {fault.breaks}"]
        backend = load(backend_name)
    except (LookupError, BackendError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    checks = list(runs())
    outcomes = []
    for fault in chosen:
        started = time.monotonic()
        outcome = try_fault(fault, backend, checks)
        outcomes.append(outcome)
        word = "caught" if outcome.caught else "MISSED"
        _say(f"{word:<7} {fault.breaks:<40} {fault.name}  ({time.monotonic() - started:.1f} s)")
        if outcome.surprises:
            _say(f"        and, to our surprise, by {', '.join(outcome.surprises)}")
    return _conclude(outcomes, whole=not keyword)


def _conclude(outcomes: Sequence[Outcome], *, whole: bool) -> int:
    """Print the totals by profile and the clauses that no fault tries; return 0 if all is as it should be."""
    known = clauses()
    planted = Counter(known[outcome.fault.breaks].profile.value for outcome in outcomes)
    caught = Counter(known[outcome.fault.breaks].profile.value for outcome in outcomes if outcome.caught)
    _say("")
    for profile in sorted(planted):
        _say(f"{profile:<12} {caught[profile]:>4} caught of {planted[profile]:>4} planted")
    _say(f"{'all':<12} {caught.total():>4} caught of {planted.total():>4} planted")
    untried = sorted(set(known) - {outcome.fault.breaks for outcome in outcomes}) if whole else []
    if untried:
        _say(f"{len(untried)} clauses have no fault planted: {', '.join(untried)}")
    good = outcomes and all(outcome.caught and not outcome.surprises for outcome in outcomes) and not untried
    return 0 if good else 1


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
