"""Activations: functions of ``jax.nn``."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from adapters.contract import Native
from adapters.functional import FunctionalBackend
from adapters.jax.operators._shared import of_channels
from adapters.translation import lacking


class Activations(FunctionalBackend):
    """Those that ``jax.nn`` has, with the arguments that they have there."""

    def relu(self, input: Native) -> Native:
        return jax.nn.relu(input)

    def relu6(self, input: Native) -> Native:
        return jax.nn.relu6(input)

    def sigmoid(self, input: Native) -> Native:
        return jax.nn.sigmoid(input)

    def logsigmoid(self, input: Native) -> Native:
        return jax.nn.log_sigmoid(input)

    def silu(self, input: Native) -> Native:
        return jax.nn.silu(input)

    def mish(self, input: Native) -> Native:
        return jax.nn.mish(input)

    def tanh(self, input: Native) -> Native:
        return jnp.tanh(input)

    def softsign(self, input: Native) -> Native:
        return jax.nn.soft_sign(input)

    def softplus(self, input: Native) -> Native:
        return jax.nn.softplus(input)

    def hardtanh(self, input: Native) -> Native:
        return jax.nn.hard_tanh(input)

    def hardsigmoid(self, input: Native) -> Native:
        return jax.nn.hard_sigmoid(input)

    def hardswish(self, input: Native) -> Native:
        return jax.nn.hard_silu(input)

    def selu(self, input: Native) -> Native:
        return jax.nn.selu(input)

    def elu(self, input: Native, alpha: float = 1.0) -> Native:
        return jax.nn.elu(input, alpha)

    def celu(self, input: Native, alpha: float = 1.0) -> Native:
        return jax.nn.celu(input, alpha)

    def leaky_relu(self, input: Native, negative_slope: float = 0.01) -> Native:
        return jax.nn.leaky_relu(input, negative_slope)

    def prelu(self, input: Native, weight: Native) -> Native:
        lacking(f"prelu: a weight of {weight.ndim} dimensions", when=weight.ndim > 1)
        if weight.size == 1:
            return jax.nn.leaky_relu(input, weight.reshape(()))
        lacking("prelu: several weights for an input without channels", when=input.ndim < 2)
        return jax.nn.leaky_relu(input, of_channels(weight, input.ndim - 2))

    def gelu(self, input: Native, approximate: str = "none") -> Native:
        lacking(f"gelu: approximate={approximate!r}", when=approximate not in {"none", "tanh"})
        return jax.nn.gelu(input, approximate=approximate == "tanh")

    def glu(self, input: Native, dim: int = -1) -> Native:
        return jax.nn.glu(input, axis=dim)

    def softmax(self, input: Native, dim: int) -> Native:
        return jax.nn.softmax(input, axis=dim)

    def log_softmax(self, input: Native, dim: int) -> Native:
        return jax.nn.log_softmax(input, axis=dim)
