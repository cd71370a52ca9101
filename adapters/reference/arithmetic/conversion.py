"""Other types, copies, and the ways out to NumPy and Python."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.device import Device, require_cpu
from adapters.reference.dtype import ALIASES, ALL, Array, DType
from adapters.reference.tensor import Tensor, method

__all__ = ["clone"]


class ToCopyBackward0(Function):
    """The same elements in another type."""

    __slots__ = ("source",)
    moves = True

    def forward(self, x: Array, dtype: np.dtype[Any]) -> Array:
        """Round to nearest, as NumPy does."""
        self.source = x.dtype
        with np.errstate(all="ignore"):
            return x.astype(dtype)

    def backward(self, gradient: Array) -> Array:
        """The gradient in the type of the input."""
        return gradient.astype(self.source)


class CloneBackward0(Function):
    """A copy of the elements."""

    __slots__ = ()
    moves = True

    def forward(self, x: Array) -> Array:
        """A contiguous copy."""
        return np.array(x, order="C")

    def backward(self, gradient: Array) -> Array:
        """The gradient as it is."""
        return gradient


@method("to")
def to(self: Tensor, *args: Any, dtype: DType | None = None, copy: bool = False, **others: Any) -> Tensor:
    """Return the tensor in the given dtype (or the dtype of a given tensor); itself where nothing changes."""
    for argument in (*args, others.get("other"), others.get("device")):
        if isinstance(argument, DType):
            dtype = argument
        elif isinstance(argument, Tensor):
            dtype = argument.dtype
        elif isinstance(argument, (str, Device)):
            require_cpu(argument)
        elif argument is not None and not isinstance(argument, bool):
            raise TypeError(f"to: expected a dtype, a device or a tensor, not {argument!r}")
    if dtype is not None and dtype.numpy != self.array.dtype:
        result: Tensor = ToCopyBackward0.apply((self,), dtype.numpy)
        return result
    return clone(self) if copy else self


@method("clone")
def clone(input: Tensor) -> Tensor:
    """Return a copy that is on the tape."""
    result: Tensor = CloneBackward0.apply((input,))
    return result


@method("contiguous")
def contiguous(self: Tensor) -> Tensor:
    """Return the tensor with its elements in order in memory; itself where they are."""
    return self if self.array.flags.c_contiguous else clone(self)


def _converter(dtype: DType) -> Any:
    def convert(self: Tensor) -> Tensor:
        return to(self, dtype)

    convert.__doc__ = f"Return the tensor in the dtype {dtype}."
    return convert


for _name, _dtype in {**ALIASES, **{dtype.name: dtype for dtype in ALL if dtype.name in ("bfloat16", "bool")}}.items():
    method(_name)(_converter(_dtype))


@method("type_as")
def type_as(self: Tensor, other: Tensor) -> Tensor:
    """Return the tensor in the dtype of ``other``."""
    return to(self, other.dtype)


@method("cpu")
def cpu(self: Tensor) -> Tensor:
    """Return the tensor: it is on the CPU."""
    return self


@method("numpy")
def numpy(self: Tensor, *, force: bool = False) -> Array:
    """Return the elements as an array that shares memory with the tensor.

    Raises:
        RuntimeError: The tensor requires gradients, which an array cannot carry, and ``force`` is not set.
    """
    if self.requires_grad and not force:
        raise RuntimeError("numpy: the tensor requires grad, an array cannot: use tensor.detach().numpy()")
    return self.array


@method("__array__")
def array_of(self: Tensor, dtype: Any = None, copy: bool | None = None) -> Array:
    """Return what ``np.asarray(tensor)`` gives."""
    array = numpy(self)
    if copy:
        return np.array(array, dtype=dtype)
    return array if dtype is None else array.astype(dtype, copy=False)


@method("item")
def item(self: Tensor) -> bool | int | float:
    """Return the one element as a Python number.

    Raises:
        RuntimeError: The tensor has no element, or several.
    """
    if self.array.size != 1:
        raise RuntimeError(f"item: expected a tensor of one element, not {self.array.size} elements")
    value = self.array.reshape(())[()]
    number: bool | int | float = value.item() if self.array.dtype.kind in "biuf" else float(value)
    return number


@method("tolist")
def tolist(self: Tensor) -> Any:
    """Return the elements as nested lists of Python numbers; of a 0-d tensor, the number."""
    array = self.array
    return (array if array.dtype.kind in "biuf" else array.astype(np.float32)).tolist()


@method("__float__")
def to_float(self: Tensor) -> float:
    """Return the one element as a float."""
    return float(item(self))


@method("__int__")
def to_int(self: Tensor) -> int:
    """Return the one element as an int."""
    return int(item(self))


@method("__index__")
def to_index(self: Tensor) -> int:
    """Return the one element, an integer, as an int."""
    value = item(self)
    if not isinstance(value, int):
        raise TypeError("only tensors of one integer element can be used as an index")
    return int(value)


@method("__bool__")
def to_bool(self: Tensor) -> bool:
    """Return whether the one element is not zero.

    Raises:
        RuntimeError: There is no element, or several, so that the question has no one answer.
    """
    if self.array.size != 1:
        raise RuntimeError(f"the truth value of a tensor of {self.array.size} elements is ambiguous")
    return bool(item(self))


@method("__format__")
def formatted(self: Tensor, spec: str) -> str:
    """Return a 0-d tensor as its number in the format ``spec``, and any other as its text."""
    if self.ndim == 0:
        return format(item(self), spec)
    return object.__format__(self, spec)


@method("__deepcopy__")
def deepcopy(self: Tensor, memo: dict[int, Any]) -> Tensor:
    """Return a leaf of the same kind with a copy of the elements, of ``grad`` and of the other attributes.

    Raises:
        RuntimeError: The tensor is no leaf: its place on the tape cannot be copied.
    """
    if self.grad_fn is not None:
        raise RuntimeError("deepcopy: only leaf tensors can be copied so; use clone(), or detach().clone()")
    if id(self) in memo:
        held: Tensor = memo[id(self)]
        return held
    result = type(self).__new__(type(self))
    result.adopt(np.array(self.array, order="C"))
    memo[id(self)] = result
    result.tracked = self.tracked
    result.stored_grad = copy.deepcopy(self.stored_grad, memo)
    vars(result).update(copy.deepcopy(vars(self), memo))
    return result


def rebuilt(kind: type[Tensor], array: Array, requires_grad: bool) -> Tensor:
    """Return a leaf of ``kind``: what unpickling calls."""
    result = kind.__new__(kind)
    result.adopt(array)
    result.tracked = requires_grad
    return result


@method("__reduce_ex__")
def reduce_ex(self: Tensor, _protocol: int) -> tuple[Any, ...]:
    """Return what pickles a leaf: its kind, its elements and whether it requires gradients."""
    if self.grad_fn is not None:
        raise RuntimeError("pickle: only leaf tensors can be pickled; use detach()")
    return rebuilt, (type(self), self.array, self.tracked)


@method("data_ptr")
def data_ptr(self: Tensor) -> int:
    """Return the address of the first element."""
    return int(self.array.__array_interface__["data"][0])
