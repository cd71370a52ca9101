"""``python -m conformance``: what is specified, what is not yet, and how strong the suite is."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from conformance import VERSION
from conformance.plan import clauses, plan


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("--version", action="version", version=f"nn-conformance {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("clauses", help="list every clause: id, profile, number of checks, sentence, link")
    listing.add_argument("pattern", nargs="?", default="", help="only clauses whose id contains this")
    coverage = commands.add_parser("coverage", help="list which documented names are specified, and which remain")
    coverage.add_argument("--format", choices=("text", "markdown"), default="text", help="how it is printed (text)")
    strength = commands.add_parser("strength", help="plant faults and say which are caught, and by what")
    strength.add_argument(
        "--over",
        default="ref",
        metavar="BACKEND",
        help="what the project's own faults are planted in: ref (default), torch",
    )
    strength.add_argument("--faults", metavar="PACKAGE", help="other faults (tests.faults, tests.faults_over_BACKEND)")
    strength.add_argument("--backend", help="the backend that they are planted in, if not that of --over")
    strength.add_argument("-k", dest="keyword", default="", help="only faults whose name or clause contains this")
    strength.add_argument("-n", dest="processes", type=_positive, default=1, metavar="N", help="processes (1)")
    strength.add_argument(
        "--every-check",
        action="store_true",
        help="with -k: try every check of the other clauses too, not only the first of each (slower)",
    )
    strength.add_argument("--sample", type=_positive, default=1, metavar="N", help="only every N-th fault (1)")
    strength.add_argument("--json", type=Path, metavar="FILE", help="write what came of each fault, as JSON")
    strength.add_argument("--list", action="store_true", help="list the faults and plant none")
    sensitivity = commands.add_parser("sensitivity", help="say, card by card, how small an error fails")
    sensitivity.add_argument("--backend", default="ref", help="the backend that is distorted (ref)")
    sensitivity.add_argument("-k", dest="keyword", default="", help="only cards whose name contains this")
    chance = commands.add_parser("chance", help="say how often what is random fails though all is right")
    chance.add_argument("--backend", default="ref", help="the backend that draws (ref)")
    chance.add_argument("--runs", type=_positive, default=50, metavar="N", help="how often each check is done (50)")
    options = parser.parse_args(arguments)
    if options.command == "clauses":
        return _list_clauses(options.pattern)
    if options.command == "coverage":
        return _list_coverage(options.format)
    if options.command in {"sensitivity", "chance"}:
        return _measured(options)
    return _strength(options)


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1, not {text!r}")
    return number


def _list_clauses(pattern: str) -> int:
    checks = Counter(entry.clause.id for entry in plan())
    chosen = [clause for name, clause in clauses().items() if pattern in name]
    for clause in chosen:
        _say(f"{clause.id}  [{clause.profile.value}, {checks[clause.id]} checks]")
        _say(f"    {clause.sentence}")
        _say(f"    {clause.link}")
    _say(f"{len(chosen)} clauses, {sum(checks[clause.id] for clause in chosen)} checks")
    return 0 if chosen else 5


def _list_coverage(form: str) -> int:
    from conformance.coverage import FORMATS, coverage, documented  # noqa: PLC0415 - only this command needs it

    sys.stdout.write(FORMATS[form](coverage(), documented().version))
    return 0


def _measured(options: argparse.Namespace) -> int:
    from adapters.registry import BackendError, load  # noqa: PLC0415 - only these commands need a backend
    from conformance.chance import show_chance  # noqa: PLC0415
    from conformance.sensitivity import show_sensitivity  # noqa: PLC0415

    try:
        backend = load(options.backend)
    except BackendError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    if options.command == "chance":
        return show_chance(backend, options.runs)
    return show_sensitivity(backend, options.keyword)


def _strength(options: argparse.Namespace) -> int:
    from adapters.registry import BackendError  # noqa: PLC0415 - only this command needs a backend
    from conformance.strength_command import Request, list_faults, show_strength  # noqa: PLC0415

    package = "tests.faults" if options.over == "ref" else f"tests.faults_over_{options.over}"
    request = Request(
        package if options.faults is None else options.faults,
        options.over if options.backend is None else options.backend,
        options.keyword,
        options.processes,
        options.every_check,
        options.sample,
        options.json,
    )
    try:
        return list_faults(request) if options.list else show_strength(request)
    except (LookupError, BackendError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 2


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
