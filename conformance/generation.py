"""Drawn cases: hypothesis draws their structure, the same for every backend, law and worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from hypothesis import HealthCheck, Phase, find, given, seed, settings
from hypothesis.errors import NoSuchExample
from hypothesis.strategies import SearchStrategy

from conformance.case import Case
from conformance.expectation import remembered

EffortName = Literal["default", "deep"]


@dataclass(frozen=True)
class Effort:
    """How much is drawn.

    Args:
        name: ``default``, which draws the same cases in every run, or ``deep``, which draws more, by a seed.
        examples: How many cases are drawn for each check of drawn cases.
        seed: What the draws of the deep effort depend on; None for derandomised draws.
        shrink: Whether a failing case is made as simple as can be.
    """

    name: str = "default"
    examples: int = 20
    seed: int | None = None
    shrink: bool = True


def effort(name: str, chosen_seed: int | None) -> Effort:
    """Return the effort called ``name``: 20 derandomised examples a check, or 150 by a seed."""
    return Effort("deep", 150, chosen_seed) if name == "deep" else Effort()


def drawn_cases(key: str, strategy: SearchStrategy[Case], effort: Effort) -> tuple[Case, ...]:
    """Return the cases that ``effort`` draws from ``strategy``; ``key`` names the strategy."""
    return remembered(("drawn", key, repr(effort)), lambda: _draw(key, strategy, effort))  # type: ignore[no-any-return]


def _draw(key: str, strategy: SearchStrategy[Case], effort: Effort) -> tuple[Case, ...]:
    found: dict[str, Case] = {}

    def collect(case: Case) -> None:
        found.setdefault(repr(case), case)

    test = given(strategy)(collect)
    if effort.seed is not None:
        test = seed(f"{key}-{effort.seed}")(test)
    _settings(effort.examples, derandomize=effort.seed is None)(test)()
    return tuple(found.values())


def smallest(strategy: SearchStrategy[Case], fails: Callable[[Case], bool], known: Case) -> Case:
    """Return a case that fails and is as simple as hypothesis can make it in a few hundred attempts; else ``known``."""
    try:
        simplest = find(strategy, fails, settings=_settings(200, derandomize=True))
    except NoSuchExample:
        return known
    return min(simplest, known, key=lambda case: case.size)


def _settings(examples: int, *, derandomize: bool) -> settings:
    return settings(
        max_examples=examples,
        derandomize=derandomize,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink) if examples == 200 else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
