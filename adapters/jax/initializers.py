"""torch's initializers as those of ``jax.nn.initializers``, weights laid out as (out, in, ...) as torch's are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import jax
import jax.numpy as jnp
from jax.nn import initializers

from adapters.contract import Native
from adapters.translation import lacking

Initializer = Callable[..., Native]


def initialized(name: str, shape: tuple[int, ...], dtype: Any, options: Mapping[str, Any], key: Native) -> Native:
    """Return an array of ``shape`` as ``torch.nn.init.<name>(tensor, **options)`` is documented to fill it."""
    lacking(f"nn.init.{name}", when=name not in _INITIALIZERS)
    return _INITIALIZERS[name](**options)(key, shape, dtype)


def _constant(val: float) -> Initializer:
    return initializers.constant(val)


def _uniform(a: float = 0.0, b: float = 1.0) -> Initializer:
    return lambda key, shape, dtype: jax.random.uniform(key, shape, dtype, a, b)


def _normal(mean: float = 0.0, std: float = 1.0) -> Initializer:
    _require_zero(normal_mean=mean)
    return initializers.normal(std)


def _truncated(mean: float = 0.0, std: float = 1.0, a: float = -2.0, b: float = 2.0) -> Initializer:
    _require_zero(trunc_normal_mean=mean)
    return initializers.truncated_normal(std, lower=a / std, upper=b / std)


def _scaled(scale: float, mode: str, distribution: str) -> Initializer:
    return initializers.variance_scaling(scale, mode, distribution, in_axis=1, out_axis=0)


def _xavier(distribution: str) -> Callable[..., Initializer]:
    return lambda gain=1.0: _scaled(gain**2, "fan_avg", distribution)


def _kaiming(distribution: str) -> Callable[..., Initializer]:
    def of(a: float = 0.0, mode: str = "fan_in", nonlinearity: str = "leaky_relu") -> Initializer:
        lacking(f"kaiming: nonlinearity={nonlinearity!r}", when=nonlinearity not in {"relu", "leaky_relu"})
        lacking(f"kaiming: mode={mode!r}", when=mode not in {"fan_in", "fan_out"})
        if nonlinearity == "leaky_relu":
            _require_zero(kaiming_a=a)
        return _scaled(2.0, mode, distribution)  # what makes it He's, as in initializers.he_uniform

    return of


def _eye() -> Initializer:
    def of(_: Native, shape: tuple[int, ...], dtype: Any) -> Native:
        lacking(f"eye_ of {len(shape)} dimensions", when=len(shape) != 2)
        return jnp.eye(*shape, dtype=dtype)

    return of


def _require_zero(**options: float) -> None:
    for option, value in options.items():
        lacking(f"{option.replace('_', ' ')} other than 0", when=value != 0)


_INITIALIZERS: Mapping[str, Callable[..., Initializer]] = {
    "constant_": _constant,
    "eye_": _eye,
    "kaiming_normal_": _kaiming("normal"),
    "kaiming_uniform_": _kaiming("uniform"),
    "normal_": _normal,
    "ones_": lambda: initializers.ones,
    "orthogonal_": lambda gain=1.0: initializers.orthogonal(gain, column_axis=0),
    "trunc_normal_": _truncated,
    "uniform_": _uniform,
    "xavier_normal_": _xavier("normal"),
    "xavier_uniform_": _xavier("uniform"),
    "zeros_": lambda: initializers.zeros,
}
