"""What the arithmetic has in common: operands that meet in one type, dimensions, and gradients of broadcasts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from adapters.reference.dtype import BOOLEAN, FLOATING, INTEGER, Array, DType, float32, int64, is_half, promoted
from adapters.reference.tensor import Tensor, wrap

if TYPE_CHECKING:
    from collections.abc import Callable

Number = bool | int | float | np.number[Any]
Operand = Tensor | Number

_NUMBERS = (bool, int, float, np.number, np.bool_)


def category_of(number: Any) -> int:
    """Return the category of a Python or NumPy scalar."""
    if isinstance(number, (bool, np.bool_)):
        return BOOLEAN
    return INTEGER if isinstance(number, (int, np.integer)) else FLOATING


def operands(first: Any, second: Any, what: str) -> tuple[Tensor, Tensor]:
    """Return both as tensors of the type in which they meet. A number never widens a tensor of its own category.

    Raises:
        TypeError: One is neither a tensor nor a number.
    """
    if isinstance(first, Tensor) and isinstance(second, Tensor):
        if first.array.dtype == second.array.dtype:
            return first, second
        common = common_type(first, second)
        return first.to(common), second.to(common)
    if isinstance(first, Tensor) and isinstance(second, _NUMBERS):
        return _with_number(first, second)
    if isinstance(second, Tensor) and isinstance(first, _NUMBERS):
        second, first = _with_number(second, first)
        return first, second
    raise TypeError(f"{what}: expected tensors or numbers, not {first!r} and {second!r}")


def _with_number(tensor: Tensor, number: Any) -> tuple[Tensor, Tensor]:
    category = category_of(number)
    dtype = tensor.array.dtype
    if category > tensor.dtype.category:
        dtype = (float32 if category == FLOATING else int64).numpy
        tensor = tensor.to(float32 if category == FLOATING else int64)
    return tensor, wrap(number_array(number, dtype))


def number_array(number: Any, dtype: np.dtype[Any]) -> Array:
    """Return ``number`` as a 0-d array; beside sixteen-bit elements it keeps float32's digits."""
    wide = np.dtype(np.float32) if is_half(dtype) else dtype
    if wide.kind == "f":
        with np.errstate(over="ignore"):
            return np.array(number, dtype=wide)
    return np.array(number).astype(wide)


def common_type(first: Tensor, second: Tensor) -> DType:
    """Return the type in which two tensors meet: a 0-d tensor widens another one only by its category."""
    if (first.ndim == 0) == (second.ndim == 0):
        return promoted(first.dtype, second.dtype)
    whole, scalar = (first, second) if second.ndim == 0 else (second, first)
    return scalar.dtype if scalar.dtype.category > whole.dtype.category else whole.dtype


def floating(tensor: Tensor) -> Tensor:
    """Return the tensor, integers turned into the default type float32."""
    return tensor if tensor.dtype.category == FLOATING else tensor.to(float32)


def require_broadcast(first: Tensor, second: Tensor) -> None:
    """Refuse shapes that do not broadcast, naming the dimension.

    Raises:
        RuntimeError: The sizes of a dimension differ and none of them is 1.
    """
    one, two = first.array.shape, second.array.shape
    if one == two:
        return
    for back in range(1, min(len(one), len(two)) + 1):
        if one[-back] != two[-back] and 1 not in (one[-back], two[-back]):
            raise RuntimeError(
                f"shapes {tuple(one)} and {tuple(two)} do not broadcast: at dimension {max(len(one), len(two)) - back} "
                f"the size of tensor a ({one[-back]}) must match the size of tensor b ({two[-back]}), or one must be 1"
            )


def reduced_to(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Return ``gradient`` summed over the dimensions along which a tensor of ``shape`` was repeated."""
    if gradient.shape == shape:
        return gradient
    extra = gradient.ndim - len(shape)
    repeated = [axis + extra for axis, size in enumerate(shape) if size == 1 and gradient.shape[axis + extra] != 1]
    summed: Array = gradient.sum(axis=(*range(extra), *repeated), keepdims=True)
    return summed.reshape(shape)


def dimension(index: Any, ndim: int, what: str) -> int:
    """Return ``index`` as a number from 0; -1 is the last dimension. A 0-d tensor has the dimensions -1 and 0.

    Raises:
        IndexError: There is no such dimension.
        TypeError: ``index`` is not an integer.
    """
    if isinstance(index, bool) or not isinstance(index, (int, np.integer)):
        raise TypeError(f"{what}: dim: expected an int, not {index!r}")
    size = max(ndim, 1)
    if not -size <= index < size:
        raise IndexError(f"{what}: dim: expected a dimension in the range of [{-size}, {size - 1}], not {index}")
    return int(index) % size


def dimensions(dim: Any, ndim: int, what: str) -> tuple[int, ...]:
    """Return the dimensions to reduce, as numbers from 0: all of them for ``None`` and for an empty sequence."""
    if dim is None or (isinstance(dim, (tuple, list)) and not dim):
        return tuple(range(ndim))
    listed = dim if isinstance(dim, (tuple, list)) else (dim,)
    axes = tuple(dimension(index, ndim, what) for index in listed)
    if len(set(axes)) != len(axes):
        raise RuntimeError(f"{what}: dim: expected each dimension once, not {dim!r}")
    return axes if ndim else ()


def sizes(arguments: Sequence[Any], what: str) -> tuple[int, ...]:
    """Return sizes given one by one or as one sequence.

    Raises:
        TypeError: A size is not an integer.
    """
    listed = arguments[0] if len(arguments) == 1 and isinstance(arguments[0], (tuple, list)) else arguments
    for size in listed:
        if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
            raise TypeError(f"{what}: expected sizes that are ints, not {size!r}")
    return tuple(int(size) for size in listed)


def keep_reduced(reduce: Callable[..., Any], array: Array, axes: tuple[int, ...], keepdim: bool) -> Array:
    """Return ``reduce(array)`` over ``axes``; a 0-d array is left as it is."""
    return np.asarray(reduce(array, axis=axes, keepdims=keepdim))
