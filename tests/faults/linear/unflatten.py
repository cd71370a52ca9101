"""Faults of unflatten."""

from __future__ import annotations

from math import prod
from typing import Any

from tests.faults._card import Slips
from tests.faults._planting import edited

_UNFLATTEN = Slips("unflatten", "linear.unflatten", "Unflatten")


def _first_fastest(right: Any, input: Any, dim: Any, sizes: Any) -> Any:
    """The first of the sizes runs fastest where there are two."""
    if len(sizes) != 2 or -1 in sizes:
        return right(input, dim, sizes)
    axis = dim % input.ndim
    return right(input, axis, tuple(sizes)[::-1]).transpose(axis, axis + 1)


def _inferred_first(right: Any, input: Any, dim: Any, sizes: Any) -> Any:
    """The inferred size is put first."""
    given = [size for size in sizes if size != -1]
    return right(input, dim, sizes if len(given) == len(sizes) else (-1, *given))


def _from_the_end(right: Any, input: Any, dim: Any, sizes: Any) -> Any:
    """For a negative dim the first and last dimensions are exchanged."""
    result = right(input, dim, sizes)
    return result.transpose(0, -1) if dim < 0 else result


def _ones_dropped(right: Any, input: Any, dim: Any, sizes: Any) -> Any:
    result = right(input, dim, sizes)
    return result.squeeze(dim) if sizes[0] == 1 else result


def _cut(right: Any, input: Any, dim: Any, sizes: Any) -> Any:
    """What does not fit is left out."""
    axis = dim % input.ndim
    length = input.shape[axis]
    known = prod(size for size in sizes if size != -1)
    if axis == 1 and input.ndim == 2 and length != known:
        wanted = length // known * known if -1 in sizes else known
        return right(input[:, :wanted], dim, sizes)
    return right(input, dim, sizes)


def _dim_cut(right: Any, input: Any, dim: Any, sizes: Any) -> Any:
    return right(input, min(dim, input.ndim - 1), sizes)


FAULTS = (
    _UNFLATTEN.fault("first-fastest", "value", _UNFLATTEN.wrong(_first_fastest), "negative-dim", "gradient", "layer"),
    _UNFLATTEN.fault("inferred-first", "inferred-length", _UNFLATTEN.wrong(_inferred_first), "gradient", "layer"),
    _UNFLATTEN.fault("from-the-end", "negative-dim", _UNFLATTEN.wrong(_from_the_end), "gradient", "layer"),
    _UNFLATTEN.empty(),
    _UNFLATTEN.fault("ones-dropped", "output-size", _UNFLATTEN.wrong(_ones_dropped)),
    _UNFLATTEN.fault("cut", "size-mismatch", _UNFLATTEN.wrong(_cut)),
    _UNFLATTEN.fault("dim-cut", "dimension-range", _UNFLATTEN.wrong(_dim_cut)),
    *_UNFLATTEN.derived(
        edited(
            "operators.linear.unflatten:Unflatten.forward",
            ("self.unflattened_size", "self.unflattened_size[::-1]"),
        )
    ),
)
