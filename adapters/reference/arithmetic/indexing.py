"""Elements by position: ``tensor[...]``, assignment to them, iteration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from adapters.reference.arithmetic._shared import dimension, number_array, reduced_to
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.inplace import apply_inplace, refuse_leaf
from adapters.reference.autograd.mode import RECORDING
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor, method, wrap

__all__ = ["narrow", "select", "unbind"]


class SliceBackward0(Function):
    """Elements chosen by numbers, slices, ``None`` and ``...``: a view."""

    __slots__ = ("index", "shape")
    is_view = True
    linear_inputs = 1

    def linear_arrays(self) -> tuple[Array]:
        """Return nothing of the input's shape."""
        return (np.zeros(self.shape),)

    def forward(self, x: Array, index: Any) -> Array:
        """The part, never a scalar."""
        self.index, self.shape = index, x.shape
        return np.asarray(x[(*index, ...)] if Ellipsis not in index else x[index])

    def backward(self, gradient: Array) -> Array:
        """The gradient in its place, zero elsewhere."""
        whole = np.zeros(self.shape, dtype=gradient.dtype)
        whole[self.index] = gradient
        return whole


class SelectBackward0(SliceBackward0):
    """One entry along a dimension: a view."""

    __slots__ = ()


class IndexBackward0(Function):
    """Elements chosen by lists, integer tensors or masks: a copy."""

    __slots__ = ("index", "shape")
    linear_inputs = 1

    def linear_arrays(self) -> tuple[Array]:
        """Return nothing of the input's shape."""
        return (np.zeros(self.shape),)

    def forward(self, x: Array, index: Any) -> Array:
        """The chosen elements."""
        self.index, self.shape = index, x.shape
        return np.array(x[index])

    def backward(self, gradient: Array) -> Array:
        """The sum of the gradients of every place where the element was taken to."""
        whole = np.zeros(self.shape, dtype=gradient.dtype)
        np.add.at(whole, self.index, gradient)
        return whole


class IndexPutBackward0(Function):
    """Some elements replaced by values."""

    __slots__ = ("index", "shape")
    moves = True

    def forward(self, x: Array, values: Array, index: Any) -> Array:
        """A copy with the elements replaced."""
        self.index, self.shape = index, values.shape
        result = x.copy()
        result[index] = values
        return result

    def backward(self, gradient: Array) -> tuple[Array, Array | None]:
        """Zero for what was replaced; its gradient for the values."""
        kept = gradient.copy()
        kept[self.index] = 0
        if not self.needs[1]:
            return kept, None
        taken = np.asarray(gradient[self.index])
        extra = max(len(self.shape) - taken.ndim, 0)  # assignment drops leading dimensions of size 1
        return kept, reduced_to(taken, self.shape[extra:]).reshape(self.shape)


@method("__getitem__")
def getitem(self: Tensor, index: Any) -> Tensor:
    """Return the chosen elements: a view for numbers and slices, a copy for lists, tensors and masks.

    Raises:
        IndexError: There is no such element, or ``index`` is of a type that chooses none.
        ValueError: A slice has a step that is not positive.
    """
    key, basic = _as_numpy_index(index)
    result: Tensor
    if not basic:
        result = IndexBackward0.apply((self,), key)
    elif len(key) == 1 and isinstance(key[0], int):
        result = SelectBackward0.apply((self,), key)
    else:
        result = SliceBackward0.apply((self,), key)
    return result


@method("__setitem__")
def setitem(self: Tensor, index: Any, value: Any) -> None:
    """Replace the chosen elements by ``value``, a number or a tensor that broadcasts to them."""
    key, _ = _as_numpy_index(index)
    if not isinstance(value, Tensor):
        value = wrap(number_array(value, self.array.dtype)) if np.ndim(value) == 0 else wrap(np.asarray(value))
    refuse_leaf(self)
    try:
        if RECORDING.enabled and (self.tracked or value.requires_grad):
            apply_inplace(IndexPutBackward0, self, (value.to(self.dtype),), key)
        else:
            with np.errstate(all="ignore"):
                self.array[key] = value.array
            self.counter.value += 1
    except ValueError as error:
        raise RuntimeError(
            f"tensor[index] = value: the value of shape {tuple(value.shape)} does not fit: {error}"
        ) from error


def _as_numpy_index(index: Any) -> tuple[tuple[Any, ...], bool]:
    """Return the index as a tuple that NumPy takes, and whether it is a basic one, which gives a view."""
    entries = index if isinstance(index, tuple) else (index,)
    converted = tuple(_entry(entry) for entry in entries)
    return converted, not any(isinstance(entry, (np.ndarray, bool)) for entry in converted)


def _entry(entry: Any) -> Any:
    if isinstance(entry, Tensor):
        entry = entry.array
    if isinstance(entry, np.ndarray) and entry.ndim == 0 and entry.dtype.kind in "iu":
        return int(entry)
    if isinstance(entry, (list, np.ndarray, range)):
        chosen = np.asarray(entry)
        if chosen.size == 0 and chosen.dtype.kind == "f":
            chosen = chosen.astype(np.int64)
        if chosen.dtype.kind not in "biu":
            raise IndexError(f"tensor[index]: expected integers or booleans in an index, not {chosen.dtype}")
        return chosen
    if isinstance(entry, slice):
        if entry.step is not None and int(entry.step) <= 0:
            raise ValueError(f"tensor[index]: expected a slice with a step greater than zero, not {entry.step}")
        return entry
    if entry is None or entry is Ellipsis or isinstance(entry, bool):
        return entry
    if isinstance(entry, (int, np.integer)):
        return int(entry)
    raise IndexError(f"tensor[index]: expected ints, slices, None, ..., lists or tensors, not {entry!r}")


@method("select")
def select(input: Tensor, dim: int, index: int) -> Tensor:
    """Return the entry ``index`` along ``dim``: a view without that dimension."""
    axis = dimension(dim, input.ndim, "select")
    result: Tensor = SelectBackward0.apply((input,), (*[slice(None)] * axis, index))
    return result


@method("narrow")
def narrow(input: Tensor, dim: int, start: int, length: int) -> Tensor:
    """Return the entries from ``start`` to ``start + length`` along ``dim``: a view."""
    axis = dimension(dim, input.ndim, "narrow")
    result: Tensor = SliceBackward0.apply((input,), (*[slice(None)] * axis, slice(start, start + length)))
    return result


@method("unbind")
def unbind(input: Tensor, dim: int = 0) -> tuple[Tensor, ...]:
    """Return the entries along ``dim``, each a view."""
    axis = dimension(dim, input.ndim, "unbind")
    return tuple(select(input, axis, index) for index in range(input.array.shape[axis]))


@method("__iter__")
def iterate(self: Tensor) -> Iterator[Tensor]:
    """Yield the entries along the first dimension."""
    if self.ndim == 0:
        raise TypeError("iteration over a 0-d tensor")
    return iter(unbind(self))


@method("__contains__")
def contains(self: Tensor, element: Any) -> bool:
    """Whether an element equals ``element``."""
    value = element.array if isinstance(element, Tensor) else element
    return bool(np.any(self.array == value))
