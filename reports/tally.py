"""Counting verdicts: score and coverage of a backend, by profile and in all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.document import ResultFile
    from reports.records import Verdict

WORST_FIRST: tuple[Verdict, ...] = ("failed", "error", "deviation", "passed", "unsupported")
"""The order in which the verdicts of a clause's checks stand for the clause: the first of them that occurs."""

PROFILES = (
    "functional",
    "gradient",
    "layer",
    "optimizer",
    "scheduler",
    "initializer",
    "module",
    "tape",
    "graph",
    "training",
)
"""The order in which profiles are shown; others follow in alphabetical order."""


@dataclass(frozen=True)
class Tally:
    """How many checks had which verdict. ``imprecise`` counts passed checks that carry the flag."""

    passed: int = 0
    failed: int = 0
    deviation: int = 0
    unsupported: int = 0
    error: int = 0
    imprecise: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(**{field.name: getattr(self, field.name) + getattr(other, field.name) for field in fields(self)})

    @property
    def claimed(self) -> int:
        """Checks of what the backend offers: all but the unsupported."""
        return self.passed + self.failed + self.deviation + self.error

    @property
    def documented(self) -> int:
        """All checks."""
        return self.claimed + self.unsupported

    @property
    def score(self) -> str:
        """Passed of claimed, as text: ``"128 of 130 claimed checks passed (98.4 %)"``."""
        return f"{self.passed:,} of {self.claimed:,} claimed checks passed ({percentage(self.passed, self.claimed)})"

    @property
    def coverage(self) -> str:
        """Claimed of documented, as text: ``"130 of 140 documented checks claimed (92.8 %)"``."""
        share = percentage(self.claimed, self.documented)
        return f"{self.claimed:,} of {self.documented:,} documented checks claimed ({share})"


def percentage(part: int, whole: int) -> str:
    """Return ``part`` of ``whole`` in per cent, rounded down to a tenth, so that only all of it reads 100 %."""
    if whole == 0:
        return "none"
    tenths = 1000 * part // whole
    if tenths == 0 and part > 0:
        return "under 0.1 %"
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths / 10:.1f} %"


def tally(verdicts: Iterable[tuple[Verdict, bool]]) -> Tally:
    """Count pairs of a verdict and whether it carries the flag ``imprecise``."""
    counted: Counter[str] = Counter()
    for verdict, imprecise in verdicts:
        counted[verdict] += 1
        counted["imprecise"] += imprecise
    return Tally(**counted)


def tallies(result_file: ResultFile) -> Mapping[str, Mapping[str, Tally]]:
    """Return backend -> profile -> tally, both in the order in which they are shown.

    Every backend has every profile that the file's clauses have, also where it has no result in it.
    """
    profile_of = {clause.id: clause.profile for clause in result_file.clauses}
    profiles = ordered_profiles(profile_of.values())
    found: dict[tuple[str, str], list[tuple[Verdict, bool]]] = {}
    for result in result_file.results:
        place = (result.backend, profile_of[result.clause])
        found.setdefault(place, []).append((result.verdict, result.imprecise))
    return {
        backend.name: {profile: tally(found.get((backend.name, profile), ())) for profile in profiles}
        for backend in result_file.backends
    }


def total(by_profile: Mapping[str, Tally]) -> Tally:
    """Return the sum over the profiles of one backend."""
    return sum(by_profile.values(), Tally())


def ordered_profiles(profiles: Iterable[str]) -> tuple[str, ...]:
    """Return each profile once, in the order in which they are shown."""
    names = set(profiles)
    return tuple(name for name in PROFILES if name in names) + tuple(sorted(names - set(PROFILES)))


def standing(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict that stands for a clause: the worst of its checks; unsupported only when all are.

    Raises:
        ValueError: when there is no verdict at all.
    """
    seen = set(verdicts)
    for verdict in WORST_FIRST:
        if verdict in seen:
            return verdict
    raise ValueError(f"expected at least one of the verdicts {', '.join(WORST_FIRST)}, not none")
