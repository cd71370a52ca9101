"""torch's initializers as those of ``keras.initializers``, in Keras's layout of weights: (..., in, out)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from keras import initializers, ops

from adapters.contract import Array, Unsupported
from adapters.keras.layout import kernel_of, weight_of

Initializer = Callable[..., Any]


def initialized(name: str, array: Array, options: Mapping[str, Any], seed: int) -> Array:
    """Return an array as ``torch.nn.init.<name>(tensor, **options)`` is documented to fill it."""
    if name not in _INITIALIZERS:
        raise Unsupported(f"nn.init.{name}")
    given = {**options, "seed": seed} if name in _RANDOM else options
    initializer = _INITIALIZERS[name](**given)
    turned = array.ndim > 1
    shape = tuple(kernel_of(array).shape) if turned else array.shape
    filled = initializer(shape, dtype=str(array.dtype))
    return np.array(ops.convert_to_numpy(weight_of(filled) if turned else filled))


def _constant(val: float) -> Initializer:
    return initializers.Constant(val)


def _xavier(distribution: str) -> Callable[..., Initializer]:
    return lambda gain=1.0, *, seed: initializers.VarianceScaling(gain**2, "fan_avg", distribution, seed)


def _kaiming(distribution: str) -> Callable[..., Initializer]:
    def of(a: float = 0.0, mode: str = "fan_in", nonlinearity: str = "leaky_relu", *, seed: int) -> Initializer:
        if nonlinearity not in {"relu", "leaky_relu"} or (nonlinearity == "leaky_relu" and a != 0):
            raise Unsupported(f"kaiming: nonlinearity={nonlinearity!r}, a={a}")
        if mode not in {"fan_in", "fan_out"}:
            raise Unsupported(f"kaiming: mode={mode!r}")
        return initializers.VarianceScaling(2.0, mode, distribution, seed)  # 2 makes it He's, as in HeUniform

    return of


def _truncated(mean: float = 0.0, std: float = 1.0, a: float = -2.0, b: float = 2.0, *, seed: int) -> Initializer:
    if (a, b) != (mean - 2 * std, mean + 2 * std):
        raise Unsupported("trunc_normal_: bounds other than two standard deviations from the mean")
    return initializers.TruncatedNormal(mean, std, seed)


_RANDOM: Mapping[str, Callable[..., Initializer]] = {
    "kaiming_normal_": _kaiming("untruncated_normal"),
    "kaiming_uniform_": _kaiming("uniform"),
    "normal_": lambda mean=0.0, std=1.0, *, seed: initializers.RandomNormal(mean, std, seed),
    "orthogonal_": lambda gain=1.0, *, seed: initializers.Orthogonal(gain, seed),
    "trunc_normal_": _truncated,
    "uniform_": lambda a=0.0, b=1.0, *, seed: initializers.RandomUniform(a, b, seed),
    "xavier_normal_": _xavier("untruncated_normal"),
    "xavier_uniform_": _xavier("uniform"),
}

_INITIALIZERS: Mapping[str, Callable[..., Initializer]] = {
    **_RANDOM,
    "constant_": _constant,
    "eye_": initializers.Identity,
    "ones_": initializers.Ones,
    "zeros_": initializers.Zeros,
}
