"""Initial values that depend on no shape, and what the others go by: fans and gains. All are set in place."""

from __future__ import annotations

import math

import numpy as np

from adapters.reference.autograd.inplace import store
from adapters.reference.autograd.mode import no_grad
from adapters.reference.creation import zeros
from adapters.reference.generator import Generator
from adapters.reference.tensor import Tensor

_GAINS = {
    "linear": 1.0,
    "conv1d": 1.0,
    "conv2d": 1.0,
    "conv3d": 1.0,
    "conv_transpose1d": 1.0,
    "conv_transpose2d": 1.0,
    "conv_transpose3d": 1.0,
    "sigmoid": 1.0,
    "tanh": 5.0 / 3.0,
    "relu": math.sqrt(2.0),
    "selu": 3.0 / 4.0,
}


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """Return the factor by which a nonlinearity wants the deviation of weights enlarged.

    Raises:
        ValueError: No gain is documented for ``nonlinearity``.
    """
    if nonlinearity == "leaky_relu":
        slope = 0.01 if param is None else float(param)
        return math.sqrt(2.0 / (1 + slope**2))
    if nonlinearity not in _GAINS:
        raise ValueError(f"nonlinearity: expected one of leaky_relu, {', '.join(_GAINS)}, not {nonlinearity!r}")
    return _GAINS[nonlinearity]


def fans(tensor: Tensor) -> tuple[int, int]:
    """Return how many inputs and outputs an element of a weight of shape (out, in, *kernel) connects.

    Raises:
        ValueError: The tensor has fewer than two dimensions.
    """
    shape = tensor.array.shape
    if len(shape) < 2:
        raise ValueError(f"fan in and fan out: expected a tensor of at least 2 dimensions, not of shape {shape}")
    field = math.prod(shape[2:])
    return shape[1] * field, shape[0] * field


@no_grad()
def uniform_(tensor: Tensor, a: float = 0.0, b: float = 1.0, generator: Generator | None = None) -> Tensor:
    """Fill from the uniform distribution on [a, b)."""
    filled: Tensor = tensor.uniform_(a, b, generator=generator)
    return filled


@no_grad()
def normal_(tensor: Tensor, mean: float = 0.0, std: float = 1.0, generator: Generator | None = None) -> Tensor:
    """Fill from the normal distribution."""
    filled: Tensor = tensor.normal_(mean, std, generator=generator)
    return filled


@no_grad()
def constant_(tensor: Tensor, val: float) -> Tensor:
    """Fill with ``val``."""
    filled: Tensor = tensor.fill_(val)
    return filled


def zeros_(tensor: Tensor) -> Tensor:
    """Fill with zeros."""
    return constant_(tensor, 0.0)


def ones_(tensor: Tensor) -> Tensor:
    """Fill with ones."""
    return constant_(tensor, 1.0)


@no_grad()
def trunc_normal_(
    tensor: Tensor,
    mean: float = 0.0,
    std: float = 1.0,
    a: float = -2.0,
    b: float = 2.0,
    generator: Generator | None = None,
) -> Tensor:
    """Fill from the normal distribution, drawing again what is below ``a`` or above ``b``.

    Raises:
        ValueError: ``std`` is not above 0, or ``a`` not below ``b``.
    """
    if not (std > 0 and a < b):
        raise ValueError(f"trunc_normal_: expected std > 0 and a < b, not std {std}, a {a} and b {b}")
    flat = tensor.detach().reshape(-1)
    kept = np.empty(0, dtype=flat.array.dtype)
    while kept.size < flat.array.size:
        drawn = zeros(max(64, flat.array.size), dtype=tensor.dtype).normal_(mean, std, generator=generator).array
        kept = np.concatenate([kept, drawn[(drawn >= a) & (drawn <= b)]])
    store(tensor, kept[: flat.array.size].reshape(tensor.array.shape))
    return tensor
