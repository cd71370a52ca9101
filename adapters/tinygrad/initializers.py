"""torch's initializers as those of ``tinygrad.Tensor``, which make new tensors of a shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tinygrad import Tensor

from adapters.contract import Native, Unsupported
from adapters.translation import lacking

Made = Callable[..., Native]


def initialized(name: str, shape: Sequence[int], dtype: str, options: Mapping[str, Any]) -> Native:
    """Return a tensor as ``torch.nn.init.<name>(tensor, **options)`` is documented to fill one.

    Raises:
        Unsupported: tinygrad has no such initializer, or not with those options.
    """
    if name not in _INITIALIZERS:
        raise Unsupported(f"nn.init.{name}")
    return _INITIALIZERS[name](tuple(shape), dtype, **options)


def _uniform(shape: tuple[int, ...], dtype: str, a: float = 0.0, b: float = 1.0) -> Native:
    return Tensor.uniform(*shape, low=a, high=b, dtype=dtype)


def _normal(shape: tuple[int, ...], dtype: str, mean: float = 0.0, std: float = 1.0) -> Native:
    return Tensor.normal(*shape, mean=mean, std=std, dtype=dtype)


def _constant(shape: tuple[int, ...], dtype: str, val: float) -> Native:
    return Tensor.full(shape, val, dtype=dtype)


def _eye(shape: tuple[int, ...], dtype: str) -> Native:
    lacking(f"eye_ of {len(shape)} dimensions", when=len(shape) != 2)
    return Tensor.eye(*shape, dtype=dtype)


def _xavier_uniform(shape: tuple[int, ...], dtype: str, gain: float = 1.0) -> Native:
    lacking(f"xavier_uniform_: gain={gain}", when=gain != 1)
    return Tensor.glorot_uniform(*shape, dtype=dtype)


def _kaiming(made: str) -> Made:
    def fill(
        shape: tuple[int, ...], dtype: str, a: float = 0.0, mode: str = "fan_in", nonlinearity: str = "leaky_relu"
    ) -> Native:
        lacking(f"{made}: mode={mode!r}", when=mode != "fan_in")
        lacking(f"{made}: nonlinearity={nonlinearity!r}", when=nonlinearity not in {"relu", "leaky_relu"})
        slope = a if nonlinearity == "leaky_relu" else 0.0  # tinygrad takes the slope, torch the function's name
        return getattr(Tensor, made)(*shape, a=slope, dtype=dtype)

    return fill


_INITIALIZERS: Mapping[str, Made] = {
    "constant_": _constant,
    "eye_": _eye,
    "kaiming_normal_": _kaiming("kaiming_normal"),
    "kaiming_uniform_": _kaiming("kaiming_uniform"),
    "normal_": _normal,
    "ones_": lambda shape, dtype: Tensor.ones(*shape, dtype=dtype),
    "uniform_": _uniform,
    "xavier_uniform_": _xavier_uniform,
    "zeros_": lambda shape, dtype: Tensor.zeros(*shape, dtype=dtype),
}
