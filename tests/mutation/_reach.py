"""Which checks evaluate what a mutant changes: no other check can notice it."""

from __future__ import annotations

import hashlib
import json
import time
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import adapters.reference
from adapters.registry import load
from conformance import catalogue
from conformance.catalogue import cards, family
from conformance.plan import Entry
from conformance.strength import Check, runs, verdict
from tests.mutation._mutants import Mutant, watched
from tests.mutation._processes import each

_PORTION = 50
"""How many checks are measured at a time."""
_PATIENCE = 300.0
"""How many seconds that may take."""


@dataclass(frozen=True)
class Reach:
    """A check that passes, what it evaluates, and how long it takes.

    Args:
        check: The check.
        sites: A number whose bit k says that the check evaluates what mutant k changes.
        seconds: How long it took.
    """

    check: Check
    sites: int
    seconds: float


def measured(
    made: Sequence[Mutant], kept: Path | None, processes: int, words: Sequence[str], say: Callable[[str], None]
) -> list[Reach]:
    """Return every check that passes, with what it evaluates, the quickest first.

    Args:
        made: All mutants.
        kept: The file that remembers what was measured. What a check evaluates is measured anew when the reference,
            its card, its law or its semantic test changes; None measures all.
        processes: How many measure at a time.
        words: Only checks whose clause, or whose card's family, contains one of these.
        say: What tells the user how it goes.
    """

    def wanted(entry: Entry) -> bool:
        return any(word in f"{entry.family}/{entry.clause.id}" for word in words)

    checks = {entry.name(""): (entry, run) for entry, run in runs(wanted)}
    reference, sources = _reference(), _Sources()
    known = _read(kept, reference)
    sums = {name: sources.of(check) for name, check in checks.items()}
    missing = [name for name in checks if known.get(name, ("",))[0] != sums[name]]
    if missing:
        say(f"{len(missing)} checks are carried out to see what each evaluates")
        known = {**known, **_carried_out(made, checks, missing, sums, processes, say)}
        _write(kept, reference, known)
    found = []
    for name, check in checks.items():
        _, result, seconds, sites = known[name]
        if result == "passed":
            found.append(Reach(check, int(sites, 16), seconds))
        else:
            say(f"left out: {name} {result} without any change")
    return sorted(found, key=lambda one: one.seconds)


Row = tuple[str, str, float, str]
"""The sum of a check's sources, its verdict, its seconds, and what it evaluates."""


def _carried_out(
    made: Sequence[Mutant],
    checks: Mapping[str, Check],
    missing: Sequence[str],
    sums: Mapping[str, str],
    processes: int,
    say: Callable[[str], None],
) -> dict[str, Row]:
    backend = load("ref")

    def measure(names: Sequence[str]) -> tuple[dict[str, Row], bool]:
        rows: dict[str, Row] = {}
        touched: set[int] = set()
        with watched(made, touched.add):
            for name in names:
                touched.clear()
                result = verdict(checks[name][1], backend)
                sites = sum(1 << number for number in touched)
                began = time.perf_counter()  # once more, since what the oracle gives is known when mutants are tried
                verdict(checks[name][1], backend)
                rows[name] = sums[name], result, round(time.perf_counter() - began, 5), f"{sites:x}"
        return rows, True

    portions = [missing[at : at + _PORTION] for at in range(0, len(missing), _PORTION)]
    found: dict[str, Row] = {}
    for names, rows in each(measure, portions, processes, _PATIENCE):
        found.update(rows or {name: (sums[name], "died", 0.0, "0") for name in names})
        if len(found) % (20 * _PORTION) == 0:
            say(f"  {len(found)} of {len(missing)}")
    return found


class _Sources:
    """Sums of the files that checks are written in: its law or semantic test, and its card's family."""

    def __init__(self) -> None:
        self._families = {card.name: family(card.name) for card in cards()}
        self._sums: dict[str, str] = {}

    def of(self, check: Check) -> str:
        """Return the sum of the files of one check."""
        entry, _ = check
        home = self._families.get(entry.clause.id.partition(".")[0])
        module = Path(str(import_module(entry.module).__file__))
        return self._of(module) + ("" if home is None else self._of(Path(catalogue.__path__[0]) / home))

    def _of(self, path: Path) -> str:
        if str(path) not in self._sums:
            self._sums[str(path)] = _sum(sorted(path.glob("*.py")) if path.is_dir() else [path])
        return self._sums[str(path)]


def _sum(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _reference() -> str:
    root = Path(str(adapters.reference.__file__)).parent
    here = Path(__file__).with_name("_changes.py")
    return _sum([*sorted(root.rglob("*.py")), here])


def _read(kept: Path | None, reference: str) -> dict[str, Row]:
    if kept is None or not kept.exists():
        return {}
    held = json.loads(zlib.decompress(kept.read_bytes()))
    return {name: tuple(row) for name, row in held["checks"].items()} if held["reference"] == reference else {}


def _write(kept: Path | None, reference: str, known: Mapping[str, Row]) -> None:
    if kept is None:
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(zlib.compress(json.dumps({"reference": reference, "checks": known}).encode(), 1))
