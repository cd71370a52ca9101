"""Strategies that several families draw their cases from."""

from __future__ import annotations

from hypothesis import strategies as st

from conformance.case import Case
from conformance.data import Draw

seeds = st.integers(0, 2**16)
"""What distinguishes the data of cases that are otherwise alike."""

regimes = st.sampled_from(["normal", "wide", "small", "offset"])
"""The regimes without exact ties."""


def shapes(smallest: int = 0, largest: int = 4) -> st.SearchStrategy[tuple[int, ...]]:
    """Return shapes of ``smallest`` to ``largest`` dimensions; a dimension may be empty."""
    return st.lists(st.integers(0, 5), min_size=smallest, max_size=largest).map(tuple)


def elementwise(argument: str = "input") -> st.SearchStrategy[Case]:
    """Return cases of an operator of one array, of any shape."""

    def case(shape: tuple[int, ...], regime: str, seed: int) -> Case:
        return Case("drawn", {argument: Draw(shape, regime)}, seed=seed)

    return st.builds(case, shapes(), regimes, seeds)
