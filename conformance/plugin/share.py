"""Which of the collected checks a run carries out: its part of the plan, less what an earlier run has done.

Every process of a run must come to the same, and so must every machine that takes a part. So what decides is the names
of the checks alone, the costs, and nothing of the order or the folder in which they were collected.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from statistics import fmean
from typing import Any

from reports.keys import key
from reports.model import ResultFile, Shard


def name_of(node_id: str) -> str:
    """Return the check's name: a node id without its path, which differs with the folder that a run starts in."""
    path, _, name = node_id.partition("::")
    return name if name else path


@dataclass(frozen=True)
class Share:
    """What a run takes of the plan.

    Args:
        shard: Which part; None for all of it.
        costs: The seconds that a check took, by name, with its backend and without.
        backends: The names of the run's backends.
        done: The names of the checks that an earlier run has done.
    """

    shard: Shard | None = None
    costs: Mapping[str, float] = field(default_factory=dict)
    backends: tuple[str, ...] = ()
    done: Collection[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.shard is None and not self.done

    def part(self, names: Collection[str]) -> Collection[str]:
        """Return those of the collected names that are in this run's part of the plan."""
        if self.shard is None:
            return names
        parts = division(names, self.shard.of, self._costs_of(names))
        return {name for name, number in parts.items() if number == self.shard.number}

    def left(self, names: Collection[str]) -> set[str]:
        """Return the names of the part that nobody has done."""
        return set(self.part(names)) - set(self.done)

    def to_worker(self) -> dict[str, Any]:
        """Return the share in simple values, which execnet carries to any machine."""
        return {
            "shard": None if self.shard is None else [self.shard.number, self.shard.of],
            "costs": dict(self.costs),
            "backends": list(self.backends),
            "done": sorted(self.done),
        }

    @classmethod
    def in_worker(cls, given: Mapping[str, Any]) -> Share:
        """Return the share that :meth:`to_worker` put into simple values."""
        shard = None if given["shard"] is None else Shard(*given["shard"])
        return cls(shard, given["costs"], tuple(given["backends"]), frozenset(given["done"]))

    def _costs_of(self, names: Collection[str]) -> dict[str, float]:
        """Return what each name costs: as measured, as on another backend, or as others do of its test."""
        if not self.costs:
            return {}
        by_test: dict[str, list[float]] = {}
        for name, seconds in self.costs.items():
            by_test.setdefault(_test(name), []).append(seconds)
        tests = {test: fmean(seconds) for test, seconds in by_test.items()}
        usual = fmean(self.costs.values())
        found = {}
        for name in names:
            anywhere = next((other for backend in self.backends if (other := key(name, backend)) != name), name)
            found[name] = self.costs.get(name, self.costs.get(anywhere, tests.get(_test(name), usual)))
        return found


def costs_of(result_file: ResultFile) -> dict[str, float]:
    """Return how many seconds each check took, by its name, and by its name without the backend's part."""
    costs = {result.check: result.seconds for result in result_file.results}
    anywhere: dict[str, list[float]] = {}
    for result in result_file.results:
        anywhere.setdefault(key(result.check, result.backend), []).append(result.seconds)
    return {**costs, **{name: fmean(seconds) for name, seconds in anywhere.items()}}


def division(names: Collection[str], of: int, costs: Mapping[str, float]) -> dict[str, int]:
    """Return the part, from 1 to ``of``, that each name belongs to.

    The costliest check goes to the part that has least to do so far. Checks of equal cost, or all where no cost is
    known, are dealt out test by test in an order that a digest makes, so that each part has as many of each test's,
    and no part has one dtype or backend alone.

    Args:
        names: The names of the checks.
        of: How many parts there are.
        costs: Seconds by name; empty where none is known.
    """
    order = sorted(set(names), key=lambda name: (-costs.get(name, 1.0), _test(name), sha256(name.encode()).digest()))
    loads = [(0.0, 0, number) for number in range(1, of + 1)]
    parts = {}
    for name in order:
        load, count, number = heapq.heappop(loads)
        parts[name] = number
        heapq.heappush(loads, (load + costs.get(name, 1.0), count + 1, number))
    return parts


def _test(name: str) -> str:
    return name.partition("[")[0]
