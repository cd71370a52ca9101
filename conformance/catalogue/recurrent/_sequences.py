"""What packing and padding share: which element of padded sequences goes where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.case import Case
from conformance.catalogue.recurrent._shared import transposed
from conformance.clause import documented
from conformance.data import Draw, Recipe
from conformance.oracle import Bounded, concatenate, rearrange

Integers = NDArray[np.int64]

THREE = (3, 2, 4)
"""Lengths in no order."""


def link(name: str) -> str:
    """Return the page of a function of ``torch.nn.utils.rnn``."""
    return documented(f"generated/torch.nn.utils.rnn.{name}.html")


def packed(input: Bounded, lengths: Sequence[int], batch_first: bool, enforce_sorted: bool) -> tuple[Any, ...]:
    """Return the steps of padded sequences without padding, and how many sequences each step has.

    Shapes: input (T, B, *), or (B, T, *) if ``batch_first``; the first result is (sum of the lengths, *).

    Returns:
        The data and the batch sizes; if ``enforce_sorted`` is False, also which sequence comes first, second ..., and
        the place of each.
    """
    steps_first = transposed(input) if batch_first else input
    order = np.arange(len(lengths)) if enforce_sorted else np.argsort(-np.asarray(lengths), kind="stable")
    ranked = np.asarray(lengths)[order]
    sizes = np.array([np.count_nonzero(ranked > step) for step in range(max(lengths))], dtype=np.int64)
    places = [(step, order[place]) for step, size in enumerate(sizes) for place in range(size)]
    steps, sequences = (list(one) for one in zip(*places, strict=True))
    data = rearrange(steps_first, lambda p: p[steps, sequences])
    return (data, sizes) if enforce_sorted else (data, sizes, order, np.argsort(order))


def padded(
    sequences: Sequence[Bounded],
    batch_first: bool,
    padding_value: float,
    length: int | None = None,
    side: str = "right",
) -> Bounded:
    """Return sequences (L, *) of unequal L as (T, B, *), or (B, T, *), T being ``length`` or the largest L."""
    longest = max(one.shape[0] for one in sequences) if length is None else length
    rows = []
    for one in sequences:
        lacking = np.full((longest - one.shape[0], *one.shape[1:]), padding_value)
        filling = Bounded.input(lacking, one.arithmetic)
        rows.append(concatenate([filling, one] if side == "left" else [one, filling]))
    stacked = concatenate([rearrange(row, lambda p: p[None]) for row in rows])
    return stacked if batch_first else transposed(stacked)


def unpadded(input: Bounded, lengths: Sequence[int], batch_first: bool) -> list[Bounded]:
    """Return each sequence of a padded batch up to its length."""
    rows = input if batch_first else transposed(input)
    return [rearrange(rows, lambda p, i=i, n=n: p[i, :n]) for i, n in enumerate(lengths)]  # type: ignore[misc]


def several(name: str, *lengths: int, rest: tuple[int, ...] = (2,), **options: Any) -> Case:
    """Return a case of several sequences of the given lengths, each with features of shape ``rest``."""
    sequences: dict[str, Recipe | None] = {
        f"sequence_{place}": Draw((length, *rest)) for place, length in enumerate(lengths)
    }
    return Case(name, sequences, options)
