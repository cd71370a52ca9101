"""Indices, offsets and matrices for embedding_bag: its cases, and what is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.embedding._shared import indices
from conformance.data import Draw, Recipe

INDEX = [1, 4, 2, 1, 5, 0, 3, 2, 2]
OFFSETS = [0, 3, 4]
MATRIX = [[1, 4, 2, 0], [5, 0, 3, 2], [2, 6, 1, 4]]


def case(name: str, index: Any = None, offsets: Any = None, **options: Any) -> Case:
    """Return a case; ``weights`` asks for weights of samples, ``size`` is that of the matrix."""
    differentiable, weights = options.pop("differentiable", True), options.pop("weights", False)
    size, kind = options.pop("size", (7, 3)), options.pop("kind", "int64")
    given = INDEX if index is None else index
    starts = OFFSETS if index is None and offsets is None else offsets
    inputs: dict[str, Recipe | None] = {
        "input": indices(given, kind),
        "weight": Draw(size),
        "offsets": None if starts is None else indices(starts, kind),
        "per_sample_weights": Draw(np.shape(given)) if weights else None,
    }
    return Case(name, inputs, options, differentiable=differentiable)


def modes(make: Any, *modes: str) -> tuple[Case, ...]:
    """Return a case for each mode; ``make`` takes a name and the mode."""
    return tuple(make(mode, mode=mode) for mode in modes or ("sum", "mean", "max"))


@st.composite
def drawn(draw: st.DrawFn) -> Case:
    rows = draw(st.integers(1, 6))
    index = draw(st.lists(st.integers(0, rows - 1), min_size=1, max_size=8))
    starts = [0, *sorted(draw(st.lists(st.integers(0, len(index)), max_size=3)))]
    mode = draw(st.sampled_from(["sum", "mean", "max"]))
    made = case(
        "drawn",
        index,
        starts,
        size=(rows, draw(st.integers(1, 4))),
        weights=mode == "sum" and draw(st.booleans()),
        mode=mode,
        padding_idx=draw(st.one_of(st.none(), st.integers(0, rows - 1))),
    )
    return Case(made.name, made.inputs, made.options, draw(seeds))
