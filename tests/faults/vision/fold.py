"""Faults of fold."""

from __future__ import annotations

from typing import Any

from tests.faults._card import Slips
from tests.faults._planting import edited
from tests.faults.vision._blocks import options

_FOLD = Slips("fold", "vision.fold", "Fold")


def _batched(right: Any, input: Any, **others: Any) -> Any:
    result = right(input=input, **others)
    return result.unsqueeze(0) if input.ndim == 2 else result


def _size_swapped(right: Any, output_size: Any, **others: Any) -> Any:
    result = right(output_size=output_size, **others)
    return result.transpose(-1, -2) if others["kernel_size"] == (2, 2) and output_size == (4, 5) else result


def _columns_made_to_fit(right: Any, input: Any, output_size: Any, **others: Any) -> Any:
    """Too many columns are cut, too few are filled with the first ones."""
    if others["kernel_size"] == 2 and output_size == (4, 5) and input.shape[-1] in (11, 13):
        order = [index % input.shape[-1] for index in range(12)]
        return right(input=input[..., order], output_size=output_size, **others)
    return right(input=input, output_size=output_size, **others)


def _rows_cut(right: Any, input: Any, **others: Any) -> Any:
    return right(input=input[:, :4] if input.ndim == 3 and input.shape[1] == 5 else input, **others)


FAULTS = (
    _FOLD.fault(
        "last-block-wins",
        "value",
        edited(
            "operators.vision._blocks:images",
            ("frame[place] += parts[:, :, index]", "frame[place] = parts[:, :, index]"),
        ),
        "*",
        "unfold.gradient",
    ),
    *options(_FOLD),
    _FOLD.fault("batch-of-one-added", "unbatched", _FOLD.wrong(_batched), "*"),
    _FOLD.fault("size-swapped", "output-size", _FOLD.wrong(_size_swapped)),
    _FOLD.fault("columns-made-to-fit", "number-of-blocks", _FOLD.wrong(_columns_made_to_fit)),
    _FOLD.fault("rows-cut", "rows-divide", _FOLD.wrong(_rows_cut)),
    *_FOLD.derived(),
)
