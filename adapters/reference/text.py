"""The text of a tensor, as torch prints it: four digits, aligned columns, eighty characters a line.

The rules: a tensor of more than 1000 elements is summarised to three at each end of each dimension; all elements have
one width; whole numbers lose their decimals; exponents are used when the magnitudes differ by more than 1000 times,
pass 1e8, or (unless whole) fall below 1e-4.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.reference.dtype import Array
    from adapters.reference.tensor import Tensor

_PRECISION, _THRESHOLD, _EDGE, _WIDTH = 4, 1000, 3, 80
_PREFIX = "tensor("
_SHOWN_WITHOUT_TYPE = ("torch.float32", "torch.int64", "torch.bool")
_LARGEST_SPREAD, _LARGEST_PLAIN, _SMALLEST_PLAIN = 1000.0, 1.0e8, 1.0e-4


def tensor_text(tensor: Tensor) -> str:
    """Return what ``print(tensor)`` shows."""
    array = tensor.array
    if array.dtype.kind not in "biu":
        array = array.astype(np.float64)
    summarised = array.size > _THRESHOLD
    notes = _notes(tensor)
    body = (
        "[]" if array.size == 0 else _block(array, len(_PREFIX), element_format(_shown(array, summarised)), summarised)
    )
    return _with_notes(_PREFIX + body, notes)


def _notes(tensor: Tensor) -> list[str]:
    """Return what follows the elements: what they do not tell by themselves."""
    notes = []
    empty = tensor.array.size == 0
    if empty and tensor.ndim != 1:
        notes.append(f"size={tuple(tensor.shape)}")
    text = repr(tensor.dtype)
    if text != "torch.float32" if empty else text not in _SHOWN_WITHOUT_TYPE:
        notes.append(f"dtype={text}")
    function = tensor.grad_fn
    if function is not None:
        notes.append(f"grad_fn=<{type(function).__name__}>")
    elif tensor.requires_grad:
        notes.append("requires_grad=True")
    return notes


def _with_notes(text: str, notes: list[str]) -> str:
    column = len(text) - text.rfind("\n") + 1
    for note in notes:
        if column + len(note) + 2 > _WIDTH:
            text += ",\n" + " " * len(_PREFIX) + note
            column = len(_PREFIX) + len(note)
        else:
            text += ", " + note
            column += len(note) + 2
    return text + ")"


def _shown(array: Array, summarised: bool) -> Array:
    """Return the elements that will be printed: they alone decide the format."""
    if summarised:
        for axis, size in enumerate(array.shape):
            if size > 2 * _EDGE:
                array = np.take(array, [*range(_EDGE), *range(size - _EDGE, size)], axis)
    return array.reshape(-1)


def element_format(values: Array) -> Callable[[Any], str]:
    """Return the function that writes one of ``values`` (flat), all to one width."""
    write = _float_format(values) if values.dtype.kind == "f" else str
    width = max([1, *(len(write(value)) for value in values.tolist() if _counts(value))])
    return lambda value: write(value).rjust(width)


def _counts(value: Any) -> bool:
    """Whether ``value`` takes part in choosing the width: infinities, NaN and zeros do not."""
    return not isinstance(value, float) or (math.isfinite(value) and value != 0)


def _float_format(values: Array) -> Callable[[float], str]:
    magnitudes = np.abs(values[np.isfinite(values) & (values != 0)])
    whole = bool((magnitudes == np.floor(magnitudes)).all())
    scientific = False
    if magnitudes.size:
        largest, smallest = float(magnitudes.max()), float(magnitudes.min())
        scientific = largest / smallest > _LARGEST_SPREAD or largest > _LARGEST_PLAIN
        scientific = scientific or (not whole and smallest < _SMALLEST_PLAIN)
    if scientific:
        return lambda value: f"{value:.{_PRECISION}e}"
    if whole:
        return lambda value: f"{value:.0f}" + ("." if math.isfinite(value) else "")
    return lambda value: f"{value:.{_PRECISION}f}"


def _block(array: Array, indent: int, write: Callable[[Any], str], summarised: bool) -> str:
    """Return the elements of ``array`` in brackets, continued lines indented by ``indent`` blanks."""
    if array.ndim == 0:
        return write(array.item())
    if array.ndim == 1:
        return _row(array, indent, write, summarised)
    elided = summarised and len(array) > 2 * _EDGE
    rows = [*array[:_EDGE], *array[-_EDGE:]] if elided else list(array)
    parts = [_block(row, indent + 1, write, summarised) for row in rows]
    if elided:
        parts.insert(_EDGE, "...")
    return "[" + ("," + "\n" * (array.ndim - 1) + " " * (indent + 1)).join(parts) + "]"


def _row(array: Array, indent: int, write: Callable[[Any], str], summarised: bool) -> str:
    if summarised and len(array) > 2 * _EDGE:
        parts = [write(value) for value in [*array[:_EDGE].tolist(), *array[-_EDGE:].tolist()]]
        parts.insert(_EDGE, " ...")
    else:
        parts = [write(value) for value in array.tolist()]
    width = max((len(part) for part in parts if part != " ..."), default=1)
    a_line = max(1, (_WIDTH - indent) // (width + 2))
    lines = [", ".join(parts[start : start + a_line]) for start in range(0, len(parts), a_line)]
    return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"
