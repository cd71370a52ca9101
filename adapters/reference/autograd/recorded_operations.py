"""What :class:`Recorded` arrays do when NumPy's operators and functions are applied to them."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from adapters.reference.autograd.recorded import FUNCTIONS, UFUNCS, Operation, Recorded, plain, tensor_of
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor, wrap


def _operand(value: Any) -> Any:
    """Return a tensor, or a number as it is: it takes the type of what it meets."""
    return value if isinstance(value, (bool, int, float)) else tensor_of(value)


def _elementwise(name: str) -> Operation:
    def operation(*inputs: Any) -> Recorded:
        first, *others = (_operand(value) for value in inputs)
        return Recorded(getattr(first if isinstance(first, Tensor) else tensor_of(inputs[0]), name)(*others))

    return operation


def _binary(direct: str, reflected: str) -> Operation:
    def operation(first: Any, second: Any) -> Recorded:
        a, b = _operand(first), _operand(second)
        return Recorded(getattr(a, direct)(b) if isinstance(a, Tensor) else getattr(b, reflected)(a))

    return operation


def _constant(name: str) -> Operation:
    """Return an operation whose result does not change with its inputs, but at jumps."""
    ufunc = getattr(np, name)
    return lambda *inputs: ufunc(*(plain(value) for value in inputs))


def _where(condition: Any, first: Any, second: Any) -> Recorded:
    a, b = _operand(first), _operand(second)
    kind = a.array.dtype if isinstance(a, Tensor) else b.array.dtype
    given = [value if isinstance(value, Tensor) else wrap(np.asarray(value, dtype=kind)) for value in (a, b)]
    return Recorded(given[0].where(wrap(np.asarray(plain(condition))), given[1]))


def _extreme(compare: str) -> Operation:
    return lambda first, second: _where(getattr(np, compare)(plain(first), plain(second)), first, second)


def _clip(value: Any, low: Any, high: Any) -> Recorded:
    inside = (plain(value) >= plain(low)) & (plain(value) <= plain(high))
    return _where(inside, value, np.clip(plain(value), plain(low), plain(high)))


def _zeros_like(value: Recorded, dtype: Any = None) -> Array:
    return np.zeros(value.shape, value.dtype if dtype is None else dtype)


def _ones_like(value: Recorded, dtype: Any = None) -> Array:
    return np.ones(value.shape, value.dtype if dtype is None else dtype)


def _expand_dims(value: Recorded, axis: Any) -> Recorded:
    axes = axis if isinstance(axis, tuple) else (axis,)
    ndim = value.ndim + len(axes)
    places = {place % ndim for place in axes}
    sizes = iter(value.shape)
    return value.reshape(tuple(1 if place in places else next(sizes) for place in range(ndim)))


def _moveaxis(value: Recorded, source: int, destination: int) -> Recorded:
    order = [axis for axis in range(value.ndim) if axis != source % value.ndim]
    order.insert(destination % value.ndim, source % value.ndim)
    return value.transpose(tuple(order))


UFUNCS |= {
    "add": _binary("__add__", "__radd__"),
    "subtract": _binary("__sub__", "__rsub__"),
    "multiply": _binary("__mul__", "__rmul__"),
    "divide": _binary("__truediv__", "__rtruediv__"),
    "power": _binary("__pow__", "__rpow__"),
    "matmul": _binary("__matmul__", "__rmatmul__"),
    **{name: _elementwise(name) for name in ("exp", "log", "log1p", "expm1", "sqrt", "tanh", "square")},
    "negative": _elementwise("neg"),
    "absolute": _elementwise("abs"),
    "maximum": _extreme("greater_equal"),
    "minimum": _extreme("less_equal"),
    **{
        name: _constant(name)
        for name in (
            *("equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "sign", "signbit"),
            *("isfinite", "isinf", "isnan", "logical_not", "logical_and", "logical_or", "floor", "ceil"),
        )
    },
}

FUNCTIONS |= {
    "where": _where,
    "clip": _clip,
    "sum": lambda value, axis=None, keepdims=False: value.sum(axis, keepdims),
    "mean": lambda value, axis=None, keepdims=False: value.mean(axis, keepdims),
    "reshape": lambda value, *shape: value.reshape(*shape),
    "transpose": lambda value, axes=None: value.transpose(*(() if axes is None else (axes,))),
    "swapaxes": lambda value, first, second: value.swapaxes(first, second),
    "moveaxis": _moveaxis,
    "expand_dims": _expand_dims,
    "broadcast_to": lambda value, shape: Recorded(value.tensor.expand(shape)),
    "zeros_like": _zeros_like,
    "ones_like": _ones_like,
    "ascontiguousarray": lambda value: value,
    "split": lambda value, ends, axis=0: _parts(value, ends, axis),
    "concatenate": lambda values, axis=0: Recorded(_joined(values, axis)),
}


def _joined(values: Any, axis: int) -> Tensor:
    from adapters.reference.arithmetic.joining import cat  # noqa: PLC0415 - the arithmetic stands on this package

    return cat([tensor_of(value) for value in values], axis)


def _parts(value: Recorded, ends: Any, axis: int) -> list[Recorded]:
    length = value.shape[axis]
    inner = range(length // ends, length, length // ends) if isinstance(ends, int) else [int(end) for end in ends]
    before = (slice(None),) * (axis % value.ndim)
    return [value[(*before, slice(*bounds))] for bounds in itertools.pairwise([0, *inner, length])]
