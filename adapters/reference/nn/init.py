"""``nn.init``: initial values of parameters, set in place, and what layers start from."""

from __future__ import annotations

import math

from adapters.reference.nn.filling import (
    calculate_gain,
    constant_,
    fans,
    normal_,
    ones_,
    trunc_normal_,
    uniform_,
    zeros_,
)
from adapters.reference.nn.scaled import kaiming_normal_, kaiming_uniform_, xavier_normal_, xavier_uniform_
from adapters.reference.nn.structured import dirac_, eye_, orthogonal_, sparse_
from adapters.reference.tensor import Tensor

__all__ = [
    "calculate_gain",
    "constant_",
    "dirac_",
    "eye_",
    "fans",
    "kaiming_normal_",
    "kaiming_uniform_",
    "normal_",
    "ones_",
    "orthogonal_",
    "sparse_",
    "trunc_normal_",
    "uniform_",
    "weight_and_bias_",
    "xavier_normal_",
    "xavier_uniform_",
    "zeros_",
]


def weight_and_bias_(weight: Tensor, bias: Tensor | None) -> None:
    """Set what linear and convolution layers start from: both uniform within 1 / sqrt(fan_in)."""
    kaiming_uniform_(weight, a=math.sqrt(5))
    if bias is not None:
        fan_in, _ = fans(weight)
        bound = 1 / math.sqrt(fan_in) if fan_in > 0 else 0.0
        uniform_(bias, -bound, bound)
