"""New tensors, from data or filled."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from adapters.reference.arithmetic._shared import sizes
from adapters.reference.autograd.properties import require_floating
from adapters.reference.device import Device, require_cpu
from adapters.reference.dtype import FLOATING, Array, DType, dtype_of, float32, int64
from adapters.reference.tensor import Tensor, wrap

__all__ = [
    "arange",
    "as_tensor",
    "empty",
    "empty_like",
    "eye",
    "from_numpy",
    "full",
    "full_like",
    "is_tensor",
    "linspace",
    "ones",
    "ones_like",
    "tensor",
    "zeros",
    "zeros_like",
]


def tensor(
    data: Any, *, dtype: DType | None = None, device: Device | str | None = None, requires_grad: bool = False
) -> Tensor:
    """Return a new leaf with a copy of ``data``: a number, nested sequences, an array or a tensor.

    Args:
        data: The elements. Python floats become float32 and ints int64; NumPy's types are kept.
        dtype: The type, where not that of the data.
        device: ``"cpu"`` or ``None``.
        requires_grad: Whether operations on the tensor are recorded.

    Raises:
        ValueError: Nested sequences of different lengths.
        TypeError: Elements that are no numbers.
    """
    if isinstance(data, Tensor):
        warnings.warn(
            "tensor(data): to copy a tensor, detach().clone() says what happens to the tape", UserWarning, stacklevel=2
        )
    return _finished(wrap(_array_from(data, dtype, copy=True)), device, requires_grad)


def as_tensor(data: Any, dtype: DType | None = None, device: Device | str | None = None) -> Tensor:
    """Return ``data`` as a tensor, sharing memory where that can be: itself, if it is a tensor of that dtype."""
    require_cpu(device)
    if isinstance(data, Tensor):
        return data if dtype is None else data.to(dtype)
    return wrap(_array_from(data, dtype, copy=False))


def from_numpy(ndarray: Array) -> Tensor:
    """Return a tensor that shares memory with ``ndarray``.

    Raises:
        TypeError: It is no array, or of a type that tensors do not have.
        ValueError: It has negative strides.
    """
    if not isinstance(ndarray, np.ndarray):
        raise TypeError(f"from_numpy: expected a NumPy array, not {ndarray!r}")
    dtype_of(ndarray.dtype)
    if any(step < 0 for step in ndarray.strides):
        raise ValueError(f"from_numpy: expected strides of 0 or more, not {ndarray.strides}: give array.copy()")
    return wrap(ndarray)


def _array_from(data: Any, dtype: DType | None, *, copy: bool) -> Array:
    if isinstance(data, Tensor):
        array = data.array
    elif isinstance(data, (np.ndarray, np.generic)):
        array = np.asarray(data)
    else:
        array = _array_from_python(data)
    dtype_of(array.dtype)
    with np.errstate(all="ignore"):
        wanted = array.dtype if dtype is None else dtype.numpy
        return np.array(array, dtype=wanted, order="C") if copy else np.asarray(array, dtype=wanted)


def _array_from_python(data: Any) -> Array:
    """Return nested sequences of numbers as an array: Python's floats as float32, other types as they are."""
    leaf = data
    while isinstance(leaf, (list, tuple)) and leaf:
        leaf = leaf[0]
    if isinstance(leaf, Tensor):
        data = _untensored(data)
    try:
        array = np.array(data)
    except ValueError as error:
        raise ValueError(f"tensor(data): expected sequences of equal lengths in each dimension: {error}") from error
    if array.dtype.kind not in "biuf" and array.dtype.name != "bfloat16":
        raise TypeError(f"tensor(data): expected numbers, not elements of type {array.dtype}")
    if isinstance(leaf, (Tensor, np.generic, np.ndarray)):
        return array
    if array.dtype.kind == "f":
        with np.errstate(over="ignore"):
            return array.astype(float32.numpy)
    return array.astype(int64.numpy) if array.dtype.kind in "iu" else array


def _untensored(data: Any) -> Any:
    if isinstance(data, Tensor):
        return data.array
    return [_untensored(item) for item in data] if isinstance(data, (list, tuple)) else data


def _finished(tensor: Tensor, device: Device | str | None, requires_grad: bool) -> Tensor:
    require_cpu(device)
    require_floating(tensor, requires_grad)
    tensor.tracked = requires_grad
    return tensor


def _shape(size: tuple[Any, ...], what: str) -> tuple[int, ...]:
    shape = sizes(size, what)
    if any(length < 0 for length in shape):
        raise RuntimeError(f"{what}: expected sizes of 0 or more, not {shape}")
    return shape


def _filled(value: Any, shape: tuple[int, ...], options: dict[str, Any], default: DType = float32) -> Tensor:
    dtype = options.pop("dtype", None)
    device, requires_grad = options.pop("device", None), options.pop("requires_grad", False)
    if options:
        raise TypeError(f"expected the options dtype, device and requires_grad, not {', '.join(options)}")
    with np.errstate(all="ignore"):
        array = np.full(shape, value).astype((default if dtype is None else dtype).numpy)
    return _finished(wrap(array), device, requires_grad)


def zeros(*size: Any, **options: Any) -> Tensor:
    """Return zeros. Options, as of all that follow: ``dtype`` (float32), ``device``, ``requires_grad``."""
    return _filled(0, _shape(size, "zeros"), options)


def ones(*size: Any, **options: Any) -> Tensor:
    """Return ones."""
    return _filled(1, _shape(size, "ones"), options)


def empty(*size: Any, **options: Any) -> Tensor:
    """Return a tensor whose elements are yet to be set. They are zeros, so that runs can be repeated."""
    return _filled(0, _shape(size, "empty"), options)


def full(size: Any, fill_value: bool | float, **options: Any) -> Tensor:
    """Return a tensor of ``size`` filled with one value, whose type decides the dtype."""
    if isinstance(fill_value, Tensor):
        fill_value = fill_value.item()
    default = dtype_of(_array_from_python(fill_value).dtype)
    return _filled(fill_value, _shape((tuple(size),), "full"), options, default)


def arange(start: float, end: float | None = None, step: float = 1, **options: Any) -> Tensor:
    """Return ``start, start + step, ...`` up to and without ``end``; ``arange(end)`` starts from 0."""
    start, end = (0, start) if end is None else (start, end)
    if step == 0 or (end - start) / step < 0:
        raise RuntimeError(f"arange: expected a step that leads from {start} to {end}, not {step!r}")
    array = np.arange(start, end, step)
    default = float32 if dtype_of(array.dtype).category == FLOATING else int64
    return _copied(array, options, default)


def linspace(start: float, end: float, steps: int, **options: Any) -> Tensor:
    """Return ``steps`` numbers at equal distances from ``start`` to ``end``, both included."""
    return _copied(np.linspace(start, end, steps), options, float32)


def eye(n: int, m: int | None = None, **options: Any) -> Tensor:
    """Return the identity matrix of ``n`` rows and ``m`` columns."""
    return _copied(np.eye(n, m), options, float32)


def _copied(array: Array, options: dict[str, Any], default: DType) -> Tensor:
    result = _filled(0, array.shape, options, default)
    np.copyto(result.array, array, casting="unsafe")
    return result


def _like(input: Tensor, value: Any, options: dict[str, Any]) -> Tensor:
    return _filled(value, input.array.shape, options, input.dtype)


def zeros_like(input: Tensor, **options: Any) -> Tensor:
    """Return zeros of the shape and dtype of ``input``."""
    return _like(input, 0, options)


def ones_like(input: Tensor, **options: Any) -> Tensor:
    """Return ones of the shape and dtype of ``input``."""
    return _like(input, 1, options)


def empty_like(input: Tensor, **options: Any) -> Tensor:
    """Return a tensor of the shape and dtype of ``input`` whose elements are yet to be set."""
    return _like(input, 0, options)


def full_like(input: Tensor, fill_value: bool | float, **options: Any) -> Tensor:
    """Return a tensor of the shape and dtype of ``input`` filled with one value."""
    return _like(input, fill_value, options)


def is_tensor(obj: Any) -> bool:
    """Whether ``obj`` is a tensor."""
    return isinstance(obj, Tensor)
