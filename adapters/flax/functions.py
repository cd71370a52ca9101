"""Functions of nnx that are layers without state, as ``nnx.Sequential`` takes them; pooling, and dropout and PReLU."""

from __future__ import annotations

from collections.abc import Mapping

from flax import nnx

from adapters.contract import Unsupported
from adapters.flax.modules import Made, Making, Options, Parameter
from adapters.translation import renamed

FUNCTIONS: Mapping[str, str] = {
    "CELU": "celu",
    "ELU": "elu",
    "GELU": "gelu",
    "GLU": "glu",
    "Hardsigmoid": "hardsigmoid",
    "Hardswish": "hardswish",
    "Hardtanh": "hardtanh",
    "LeakyReLU": "leaky_relu",
    "LogSigmoid": "logsigmoid",
    "LogSoftmax": "log_softmax",
    "ReLU": "relu",
    "ReLU6": "relu6",
    "SELU": "selu",
    "SiLU": "silu",
    "Sigmoid": "sigmoid",
    "Softmax": "softmax",
    "Softplus": "softplus",
    "Softsign": "softsign",
    "Tanh": "tanh",
    **{f"{kind}Pool{n}d": f"{kind.lower()}_pool{n}d" for kind in ("Avg", "Max") for n in (1, 2, 3)},
}
"""The operator that each of torch's layers is, where nnx offers it: much of ``jax.nn``, and pooling."""


def prelu(options: Options, making: Making) -> Made:
    """Make ``nnx.PReLU``, whose slope is a scalar."""
    given = {"init": 0.25, **options}
    if given.pop("num_parameters", 1) != 1:
        raise Unsupported("nn.PReLU: num_parameters other than 1")
    own = renamed("nn.PReLU", given, {"init": "negative_slope_init"})
    slope = Parameter("weight", ("negative_slope",), lambda array: array.reshape(()), lambda array: array.reshape(1))
    return Made(nnx.PReLU(**own, dtype=making.dtype, param_dtype=making.dtype), (slope,))


def dropout(dimensions: int, options: Options, making: Making) -> Made:
    """Make ``nnx.Dropout``, whose mask is one for all of the last ``dimensions``."""
    name = f"nn.Dropout{dimensions}d" if dimensions else "nn.Dropout"
    own = renamed(name, {"p": 0.5, **options}, {"p": "rate"})
    shared = tuple(range(-dimensions, 0))
    module = nnx.Dropout(**own, broadcast_dims=shared, deterministic=not making.training, rngs=making.rngs)
    return Made(module)
