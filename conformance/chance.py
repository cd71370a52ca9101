"""How often what is judged by chance fails though all is right: measured, beside what was promised.

Checks of what is random are carried out many times, each time from other seeds. With the promised chance of a false
alarm nothing should ever fail. That alone would prove little; so the same is done with a chance of 1 in 100, which must
not be passed either: bounds that are too tight would show there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from unittest import mock

from adapters.contract import Backend
from conformance.data import seed_of
from conformance.distribution import FALSE_ALARM
from conformance.statistics import binomial_bounds
from conformance.strength import Check, runs, verdict

OFTEN = 0.01
"""The larger chance that is tried too."""

_PROOF = 1e-4
"""So rare a number of failures proves that the chance is larger than was allowed."""

_PREFIXES = ("random_", "initial_")
_SEEDING = ("_random", "_sampling", "test_initial_state")
_BOUNDING = ("_random", "_sampling", "test_random_spread")
"""Modules of laws that start random numbers, and that ask for the chance of a false alarm."""


@dataclass(frozen=True)
class Flips:
    """What was measured of a law.

    Args:
        law: Its name.
        checks: How many checks of it there are.
        runs: How often each was carried out.
        failed: How many of these failed, by the chance that was allowed.
    """

    law: str
    checks: int
    runs: int
    failed: dict[float, int]

    @property
    def is_as_promised(self) -> bool:
        """Whether so many failures are no proof that the chance is larger than was allowed."""
        number = self.checks * self.runs
        return all(count <= binomial_bounds(number, chance, _PROOF)[1] for chance, count in self.failed.items())


def measured(backend: Backend, number: int) -> Iterator[Flips]:
    """Carry out every check of what is random ``number`` times for each of both chances, law by law."""
    by_law: dict[str, list[Check]] = {}
    for entry, run in runs(lambda entry: entry.law.startswith(_PREFIXES) and entry.dtype != "float64"):
        by_law.setdefault(entry.law, []).append((entry, run))
    for law, checks in by_law.items():
        usable = [check for check in checks if verdict(check[1], backend) != "unsupported"]
        failed = {}
        for chance in (FALSE_ALARM, OFTEN):
            failed[chance] = 0
            for time in range(number):
                with _drawn_anew(time, chance):
                    failed[chance] += sum(verdict(run, backend) != "passed" for _, run in usable)
        yield Flips(law, len(usable), number, failed)


@contextmanager
def _drawn_anew(time: int, chance: float) -> Iterator[None]:
    """Let checks draw from other seeds, and allow them another chance of a false alarm."""

    def other(*parts: object) -> int:
        return seed_of(*parts, time)

    with ExitStack() as stack:
        for module in _SEEDING:
            stack.enter_context(mock.patch.object(import_module(f"conformance.laws.{module}"), "seed_of", other))
        for module in _BOUNDING:
            stack.enter_context(mock.patch.object(import_module(f"conformance.laws.{module}"), "FALSE_ALARM", chance))
        yield


def show_chance(backend: Backend, number: int) -> int:
    """Print the table, and return 0 if nothing fails more often than promised."""
    chances = (FALSE_ALARM, OFTEN)
    heads = "".join(f"{f'at {chance:g}':>12}{'expected':>10}" for chance in chances)
    sys.stdout.write(f"{'law':<24}{'checks':>8}{'runs':>8}{heads}\n")
    kept = True
    for flips in measured(backend, number):
        cells = "".join(
            f"{flips.failed[chance]:>12}{f'<= {flips.checks * flips.runs * chance:.1g}':>10}" for chance in chances
        )
        sys.stdout.write(f"{flips.law:<24}{flips.checks:>8}{flips.runs:>8}{cells}\n")
        sys.stdout.flush()
        kept = kept and flips.is_as_promised
    sys.stdout.write("as promised\n" if kept else "more failures than the promised chance can account for\n")
    return 0 if kept else 1
