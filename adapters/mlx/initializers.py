"""torch's initializers as those of ``mlx.nn.init``, whose weights are laid out as (out, ..., in)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import sqrt
from typing import Any

import mlx.core as mx
from mlx.nn import init

from adapters.contract import Native, Unsupported
from adapters.mlx.layout import channels_first, channels_last

Filled = Callable[[Native], Native]


def initialized(name: str, array: Native, options: Mapping[str, Any]) -> Native:
    """Return an array as ``torch.nn.init.<name>(tensor, **options)`` is documented to fill one."""
    if name not in _INITIALIZERS:
        raise Unsupported(f"nn.init.{name}")
    if array.dtype == mx.float64 and name in _UNIFORM:
        raise Unsupported("uniform random numbers of float64")
    return _INITIALIZERS[name](array.dtype, **options)(array)


def _constant(dtype: Any, val: float) -> Filled:
    return init.constant(val, dtype)


def _uniform(dtype: Any, a: float = 0.0, b: float = 1.0) -> Filled:
    return init.uniform(a, b, dtype)


def _normal(dtype: Any, mean: float = 0.0, std: float = 1.0) -> Filled:
    return init.normal(mean, std, dtype)


def _eye(dtype: Any) -> Filled:
    def fill(array: Native) -> Native:
        if array.ndim == 2 and array.shape[0] != array.shape[1]:
            raise Unsupported("eye_ of a matrix that is not square")
        return init.identity(dtype)(array)

    return fill


def _orthogonal(dtype: Any, gain: float = 1.0) -> Filled:
    def fill(array: Native) -> Native:
        if array.ndim > 2:
            raise Unsupported(f"orthogonal_ of {array.ndim} dimensions")
        return init.orthogonal(gain, dtype)(array)

    return fill


def _xavier(made: str) -> Callable[..., Filled]:
    return lambda dtype, gain=1.0: lambda array: _of_weights(lambda one: getattr(init, made)(dtype)(one, gain), array)


def _kaiming(made: str) -> Callable[..., Filled]:
    def of(dtype: Any, a: float = 0.0, mode: str = "fan_in", nonlinearity: str = "leaky_relu") -> Filled:
        if nonlinearity not in {"relu", "leaky_relu"}:
            raise Unsupported(f"kaiming: nonlinearity={nonlinearity!r}")
        gain = sqrt(2 / (1 + a**2)) if nonlinearity == "leaky_relu" else sqrt(2)  # MLX takes the number, torch the name
        return lambda array: _of_weights(lambda one: getattr(init, made)(dtype)(one, mode, gain), array)

    return of


def _of_weights(fill: Filled, array: Native) -> Native:
    return fill(array) if array.ndim < 3 else channels_first(fill(channels_last(array)))


_INITIALIZERS: Mapping[str, Callable[..., Filled]] = {
    "constant_": _constant,
    "eye_": _eye,
    "kaiming_normal_": _kaiming("he_normal"),
    "kaiming_uniform_": _kaiming("he_uniform"),
    "normal_": _normal,
    "ones_": lambda dtype: init.constant(1.0, dtype),
    "orthogonal_": _orthogonal,
    "uniform_": _uniform,
    "xavier_normal_": _xavier("glorot_normal"),
    "xavier_uniform_": _xavier("glorot_uniform"),
    "zeros_": lambda dtype: init.constant(0.0, dtype),
}

_UNIFORM = frozenset({"uniform_", "xavier_uniform_", "kaiming_uniform_"})
