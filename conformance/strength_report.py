"""What came of planted faults, as tables for people and as a document for programs."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from conformance.plan import clauses, digest
from conformance.strength import Outcome

_MOST = 15
"""How many of the clauses that catch most are shown."""


@dataclass(frozen=True)
class Strength:
    """What came of the faults.

    Args:
        backend: The name of the backend that they were planted in.
        outcomes: What came of each.
        seconds: How long it took.
        whole: Whether all faults were tried.
    """

    backend: str
    outcomes: tuple[Outcome, ...]
    seconds: float
    whole: bool

    @cached_property
    def planted(self) -> tuple[Outcome, ...]:
        """The faults that could be planted: all but those of another framework that did not carry over."""
        return tuple(outcome for outcome in self.outcomes if outcome.carried)

    @cached_property
    def missed(self) -> list[str]:
        """The faults that nothing caught that should have."""
        return [outcome.fault.id for outcome in self.planted if not outcome.caught]

    @cached_property
    def surprising(self) -> list[str]:
        """The faults that failed clauses which have nothing to do with them."""
        return [outcome.fault.id for outcome in self.planted if outcome.surprises]

    @cached_property
    def catches(self) -> dict[str, list[str]]:
        """For each clause, the faults that it failed with."""
        found: dict[str, list[str]] = {clause: [] for clause in clauses()}
        for outcome in self.planted:
            for clause in outcome.failed:
                found[clause].append(outcome.fault.id)
        return found

    @cached_property
    def untried(self) -> list[str]:
        """The clauses that no fault breaks; nothing where not all faults were tried."""
        if not self.whole:
            return []
        return [clause for clause in clauses() if not any(one.fault.may_break(clause) for one in self.planted)]

    @cached_property
    def idle(self) -> list[str]:
        """The clauses that caught nothing, though all faults were tried."""
        return [clause for clause, caught in self.catches.items() if not caught] if self.whole else []

    @property
    def is_as_it_should_be(self) -> bool:
        """Whether every fault was caught, by what should, and every clause has one."""
        borrowed = any(one.fault.scope for one in self.outcomes)
        return not (self.missed or self.surprising or (self.untried and not borrowed))

    def text(self) -> str:
        """Return the tables."""
        return "\n".join([*self._profiles(), "", *self._keenest(), *self._lists(), "", self._total()])

    def _profiles(self) -> Iterator[str]:
        heads = ("planted", "caught", "clauses", "no fault", "catch none", "median", "95 in 100", "median", "95 in 100")
        yield f"{'':<60}{'checks until the first failure':>22}{'and seconds':>20}"
        yield f"{'profile':<14}" + "".join(f"{head:>11}" for head in heads)
        of_profile: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.planted:
            of_profile[outcome.fault.profile].append(outcome)
        for profile in [*sorted(of_profile), "all"]:
            yield self._profile(profile, list(self.planted) if profile == "all" else of_profile[profile])

    def _profile(self, profile: str, outcomes: Sequence[Outcome]) -> str:
        ids = {clause.id for clause in clauses().values() if profile in {clause.profile.value, "all"}}
        shown = [len(ids), len(ids.intersection(self.untried)), len(ids.intersection(self.idle))]
        cells = [str(len(outcomes)), str(sum(one.caught for one in outcomes))]
        cells += [str(one) if self.whole else "-" for one in shown]
        first = [one.first for one in outcomes if one.first is not None]
        for place, form in ((0, ".0f"), (1, ".2f")):
            figures = sorted(one[place] for one in first)
            cells += [f"{_quantile(figures, share):{form}}" if figures else "-" for share in (0.5, 0.95)]
        return f"{profile:<14}" + "".join(f"{cell:>11}" for cell in cells)

    def _keenest(self) -> Iterator[str]:
        alone = Counter(next(iter(one.failed)) for one in self.planted if len(one.failed) == 1)
        yield f"{'the clauses that catch most':<60}{'faults':>8}{'alone':>8}"
        ranked = sorted(self.catches.items(), key=lambda item: (-len(item[1]), item[0]))
        for clause, caught in ranked[:_MOST]:
            if caught:
                yield f"{clause:<60}{len(caught):>8}{alone[clause]:>8}"

    def _lists(self) -> Iterator[str]:
        other = [one.fault.id for one in self.outcomes if not one.carried]
        loose = [one.fault.id for one in self.planted if one.unmet]
        for names, what in (
            (other, "faults of another framework that do not carry over to this one"),
            (self.missed, "faults missed"),
            (self.surprising, "faults caught by clauses that have nothing to do with them"),
            (loose, "faults that name clauses which do not catch them"),
            (self.untried, "clauses without a fault"),
            (self.idle, "clauses that caught nothing"),
        ):
            if names:
                yield f"\n{len(names)} {what}:\n  " + "\n  ".join(names)

    def _total(self) -> str:
        caught = sum(one.caught for one in self.planted)
        return f"{caught} of {len(self.planted)} faults planted in {self.backend} are caught, in {self.seconds:.0f} s"

    def to_json(self) -> dict[str, Any]:
        """Return all of it: every fault with what failed, and every clause with what it caught."""
        return {
            "backend": self.backend,
            "suite": digest(),
            "whole": self.whole,
            "seconds": round(self.seconds, 1),
            "planted": len(self.planted),
            "caught": sum(one.caught for one in self.planted),
            "faults": [_fault(one) for one in self.outcomes],
            "clauses": self.catches,
            "without_a_fault": self.untried,
            "catch_nothing": self.idle,
        }


def _quantile(figures: Sequence[float], share: float) -> float:
    return statistics.median(figures) if share == 0.5 else figures[math.ceil(share * len(figures)) - 1]


def _fault(outcome: Outcome) -> dict[str, Any]:
    checks, seconds = (None, None) if outcome.first is None else outcome.first
    return {
        "fault": outcome.fault.id,
        "profile": outcome.fault.profile,
        "verdict": "caught" if outcome.caught else "missed" if outcome.carried else "does not carry over",
        "failed": dict(outcome.failed),
        "surprises": list(outcome.surprises),
        "checks": outcome.checks,
        "seconds": round(outcome.seconds, 3),
        "checks_until_first_failure": checks,
        "seconds_until_first_failure": None if seconds is None else round(seconds, 4),
    }
