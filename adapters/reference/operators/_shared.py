"""What operators of several families have in common."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor

_BITS = {2: np.int16, 4: np.int32, 8: np.int64}


def pair(value: Any, what: str) -> tuple[int, int]:
    """Return an option that is an int, or a sequence of one or two ints, as two ints.

    Raises:
        TypeError: An entry is not an int.
        RuntimeError: There are not one or two entries.
    """
    entries = tuple(value) if isinstance(value, (tuple, list)) else (value,)
    for entry in entries:
        if isinstance(entry, bool) or not isinstance(entry, (int, np.integer)):
            raise TypeError(f"{what}: expected an int or a tuple of two ints, not {value!r}")
    if len(entries) not in (1, 2):
        raise RuntimeError(f"{what}: expected a single int or a tuple of two ints, not {value!r}")
    return int(entries[0]), int(entries[-1])


def require_tensor(value: Any, what: str) -> None:
    """Refuse what is not a tensor."""
    if not isinstance(value, Tensor):
        raise TypeError(f"{what}: expected a Tensor, not {value!r}")


def kept(values: Array, mask: Array, out: Array | None = None) -> Array:
    """Return floating-point ``values`` where ``mask`` holds and 0 elsewhere, written to ``out`` if given.

    The bits are masked: a product with the mask would turn infinities into NaN, and a choice element by element costs
    several times as much.
    """
    if not isinstance(values, np.ndarray):  # a backward pass that is recorded
        return np.where(mask, values, values.dtype.type(0))
    bits = _BITS[values.itemsize]
    into = None if out is None else out.view(bits)
    masked: Array = np.bitwise_and(values.view(bits), -mask.astype(bits), out=into).view(values.dtype)
    return masked


def products(subscripts: str, *operands: Array) -> Array:
    """Return ``np.einsum``'s sums of products; zeros where there is nothing to sum.

    NumPy itself reads the memory behind empty operands whose strides are 0, as those of empty arrays may be.
    """
    if all(operand.size for operand in operands):
        return np.asarray(np.einsum(subscripts, *operands))
    inward, outward = subscripts.split("->")
    lengths = {
        letter: length
        for letters, operand in zip(inward.split(","), operands, strict=True)
        for letter, length in zip(letters, operand.shape, strict=True)
    }
    return np.zeros([lengths[letter] for letter in outward], dtype=operands[0].dtype)
