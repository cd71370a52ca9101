"""Backward passes on the tape: arrays that record what NumPy is asked to do with them.

A function's ``backward`` is written in NumPy, once. With ``create_graph=True`` it is given :class:`Recorded` arrays
instead of plain ones: they answer NumPy's operators and functions by the operations of tensors, so that the very
formula of the gradient becomes a graph, which has gradients of its own. What has no counterpart here is an error that
names it, never a gradient that is silently constant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor, wrap

Operation = Callable[..., Any]

UFUNCS: dict[str, Operation] = {}
"""What stands for NumPy's ufuncs, by their names; ``recorded_operations`` fills it, and the next."""

FUNCTIONS: dict[str, Operation] = {}
"""What stands for NumPy's functions, by their names."""


class Recorded(NDArrayOperatorsMixin):
    """An array that stands for a tensor on the tape."""

    __slots__ = ("tensor",)

    def __init__(self, tensor: Tensor) -> None:
        self.tensor = tensor

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes of the dimensions."""
        return self.tensor.array.shape

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return self.tensor.array.ndim

    @property
    def size(self) -> int:
        """The number of elements."""
        return self.tensor.array.size

    @property
    def dtype(self) -> np.dtype[Any]:
        """NumPy's type of the elements."""
        return self.tensor.array.dtype

    def sum(self, axis: Any = None, keepdims: bool = False, dtype: Any = None) -> Recorded:
        """Return the sum over ``axis``."""
        self._own(dtype)
        axes = axis if isinstance(axis, tuple) else None if axis is None else (axis,)
        return self if axes == () else Recorded(self.tensor.sum(dim=axes, keepdim=keepdims))

    def mean(self, axis: Any = None, keepdims: bool = False, dtype: Any = None) -> Recorded:
        """Return the mean over ``axis``."""
        self._own(dtype)
        return Recorded(self.tensor.mean(dim=axis, keepdim=keepdims))

    def max(self, axis: Any = None, keepdims: bool = False, initial: Any = None) -> Any:
        """Return the largest elements over ``axis``, at least ``initial``."""
        largest = Recorded(self.tensor.amax(dim=() if axis is None else axis, keepdim=keepdims))
        return largest if initial is None else np.maximum(largest, self.dtype.type(initial))

    def squeeze(self, axis: Any = None) -> Recorded:
        """Return the array without dimensions of size 1."""
        return Recorded(self.tensor.squeeze(axis))

    def _own(self, dtype: Any) -> None:
        if dtype is not None and np.dtype(dtype) != self.dtype:
            raise unrecorded(f"a reduction in {np.dtype(dtype)}")

    def reshape(self, *shape: Any) -> Recorded:
        """Return the elements in another shape."""
        return Recorded(self.tensor.reshape(*shape))

    def transpose(self, *order: Any) -> Recorded:
        """Return the dimensions in another order."""
        listed = order[0] if len(order) == 1 else order
        return Recorded(self.tensor.permute(tuple(int(axis) for axis in listed)) if order else self.tensor.T)

    @property
    def T(self) -> Recorded:  # noqa: N802 - NumPy's name
        """The dimensions in reversed order."""
        return Recorded(self.tensor.T)

    def swapaxes(self, first: int, second: int) -> Recorded:
        """Return the array with two dimensions exchanged."""
        return Recorded(self.tensor.transpose(first, second))

    def astype(self, dtype: Any, copy: bool = True) -> Recorded:  # noqa: ARG002 - NumPy's signature
        """Return the array in another type."""
        return self if np.dtype(dtype) == self.dtype else Recorded(self.tensor.to(wrap(np.empty(0, dtype)).dtype))

    def copy(self) -> Recorded:
        """Return the array: nothing is ever written to it."""
        return self

    def __getitem__(self, index: Any) -> Recorded:
        part: Any = self.tensor
        return Recorded(part[index])

    def __setitem__(self, index: Any, value: Any) -> None:
        raise unrecorded("an assignment to elements")

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        raise unrecorded("a conversion to a plain array")

    def __array_ufunc__(self, ufunc: np.ufunc, how: str, *inputs: Any, **options: Any) -> Any:
        operation = UFUNCS.get(ufunc.__name__)
        if how != "__call__" or options or operation is None:
            raise unrecorded(f"np.{ufunc.__name__}{'' if how == '__call__' else '.' + how} with {sorted(options)}")
        return operation(*inputs)

    def __array_function__(self, function: Any, types: Any, given: Any, options: Any) -> Any:
        operation = FUNCTIONS.get(function.__name__)
        if operation is None:
            raise unrecorded(f"np.{function.__name__}")
        return operation(*given, **options)

    def __iadd__(self, other: Any) -> Any:  # the name is bound anew, nothing is written to
        return self + other

    def __isub__(self, other: Any) -> Any:
        return self - other

    def __imul__(self, other: Any) -> Any:
        return self * other

    def __itruediv__(self, other: Any) -> Any:
        return self / other


def unrecorded(what: str) -> NotImplementedError:
    """Return the error that says that ``what`` is not recorded."""
    return NotImplementedError(f"create_graph=True: the reference backend does not record {what} in a backward pass")


def tensor_of(value: Any) -> Tensor:
    """Return the tensor that an array stands for: a constant for a plain one."""
    return value.tensor if isinstance(value, Recorded) else wrap(np.asarray(value))


def arrayed(value: Any) -> Array:
    """Return ``value`` as an array: NumPy's scalars as arrays of no dimension, one that records as it is."""
    kept: Any = value if isinstance(value, Recorded) else np.asarray(value)
    found: Array = kept
    return found


def plain(value: Any) -> Any:
    """Return the elements, off the tape."""
    return value.tensor.array if isinstance(value, Recorded) else value
