"""Joining arrays and taking them apart; nothing is rounded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from conformance.oracle.bounded import Bounded, Pullback
from conformance.oracle.movement import Positions, rearrange, reshape


def concatenate(parts: Sequence[Bounded], axis: int = 0) -> Bounded:
    """Return ``parts`` one after the other along ``axis``; their other lengths are equal."""
    ends = np.cumsum([part.shape[axis] for part in parts])
    starts = [int(end) - part.shape[axis] for end, part in zip(ends, parts, strict=True)]
    return Bounded(
        np.concatenate([part.value for part in parts], axis=axis),
        np.concatenate([part.error for part in parts], axis=axis),
        parts[0].arithmetic,
        [(part, _part(axis, start, part.shape[axis])) for part, start in zip(parts, starts, strict=True)],
    )


def stack(parts: Sequence[Bounded], axis: int = 0) -> Bounded:
    """Return ``parts`` of one shape side by side along a new ``axis``."""
    place = axis % (len(parts[0].shape) + 1)
    return concatenate([reshape(p, (*p.shape[:place], 1, *p.shape[place:])) for p in parts], place)


def split(x: Bounded, lengths: Sequence[int], axis: int = 0) -> list[Bounded]:
    """Return consecutive parts of ``x``, of ``lengths`` along ``axis``.

    Raises:
        ValueError: The lengths do not sum to that of ``x``.
    """
    if sum(lengths) != x.shape[axis]:
        raise ValueError(f"split: expected lengths that sum to {x.shape[axis]}, not {list(lengths)!r}")
    starts = np.cumsum([0, *lengths])[:-1]
    return [_part(axis, int(start), length)(x) for start, length in zip(starts, lengths, strict=True)]


def _part(axis: int, start: int, length: int) -> Pullback:
    def chosen(p: Positions) -> Positions:
        return np.take(p, np.arange(start, start + length), axis=axis)

    return lambda x: rearrange(x, chosen)
