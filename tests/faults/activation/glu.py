"""Faults of glu."""

from __future__ import annotations

from typing import Any

from tests.faults.activation._shared import defaults_only, derived, filled, forced, refused_empty, slip


def _halves_swapped(right: Any, input: Any, dim: int) -> Any:
    """The first half is the gate."""
    half = input.shape[dim] // 2
    order = [*range(half, 2 * half), *range(half)]
    place = dim % input.ndim
    return right(input[(slice(None),) * place + (order,)], dim)


def _last_left_out(right: Any, input: Any, dim: int) -> Any:
    """What cannot be halved loses its last element."""
    place = dim % input.ndim
    even = input.shape[place] // 2 * 2
    return right(input[(slice(None),) * place + (slice(0, even),)], dim)


FAULTS = (
    slip("glu", "value", "halves-swapped", filled("glu", _halves_swapped)),
    slip("glu", "dim", "dim-from-the-other-end", filled("glu", lambda right, input, dim: right(input, -1 - dim))),
    slip("glu", "output-size", "always-the-last", forced("glu", dim=-1)),
    refused_empty("glu"),
    slip("glu", "odd-length", "last-left-out", filled("glu", _last_left_out), alone=True),
    slip(
        "glu",
        "dimension-range",
        "counted-round",
        filled("glu", lambda right, input, dim: right(input, dim % input.ndim)),
        alone=True,
    ),
    defaults_only("glu", "GLU"),
    *derived("glu"),
)
