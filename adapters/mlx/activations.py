"""Activation functions by torch's names and arguments, each one function of ``mlx.nn``."""

from __future__ import annotations

from mlx import nn

from adapters.contract import Native, Unsupported
from adapters.functional import FunctionalBackend
from adapters.mlx.layout import channels_first, channels_last


class Activations(FunctionalBackend):
    """The functions that ``mlx.nn`` lists beside its activation layers."""

    def relu(self, input: Native) -> Native:
        return nn.relu(input)

    def relu6(self, input: Native) -> Native:
        return nn.relu6(input)

    def sigmoid(self, input: Native) -> Native:
        return nn.sigmoid(input)

    def logsigmoid(self, input: Native) -> Native:
        return nn.log_sigmoid(input)

    def silu(self, input: Native) -> Native:
        return nn.silu(input)

    def mish(self, input: Native) -> Native:
        return nn.mish(input)

    def tanh(self, input: Native) -> Native:
        return nn.tanh(input)

    def softsign(self, input: Native) -> Native:
        return nn.softsign(input)

    def softplus(self, input: Native) -> Native:
        return nn.softplus(input)

    def softshrink(self, input: Native, lambd: float = 0.5) -> Native:
        return nn.softshrink(input, lambd)

    def hardshrink(self, input: Native, lambd: float = 0.5) -> Native:
        return nn.hard_shrink(input, lambd)

    def hardtanh(self, input: Native, min_val: float = -1.0, max_val: float = 1.0) -> Native:
        return nn.hard_tanh(input, min_val, max_val)

    def hardswish(self, input: Native) -> Native:
        return nn.hardswish(input)

    def selu(self, input: Native) -> Native:
        return nn.selu(input)

    def elu(self, input: Native, alpha: float = 1.0) -> Native:
        return nn.elu(input, alpha)

    def celu(self, input: Native, alpha: float = 1.0) -> Native:
        return nn.celu(input, alpha)

    def leaky_relu(self, input: Native, negative_slope: float = 0.01) -> Native:
        return nn.leaky_relu(input, negative_slope)

    def gelu(self, input: Native, approximate: str = "none") -> Native:
        if approximate not in {"none", "tanh"}:
            raise Unsupported(f"gelu: approximate={approximate!r}")
        return nn.gelu_approx(input) if approximate == "tanh" else nn.gelu(input)

    def glu(self, input: Native, dim: int = -1) -> Native:
        return nn.glu(input, axis=dim)

    def softmax(self, input: Native, dim: int) -> Native:
        return nn.softmax(input, axis=dim)

    def log_softmax(self, input: Native, dim: int) -> Native:
        return nn.log_softmax(input, axis=dim)

    def softmin(self, input: Native, dim: int) -> Native:
        return nn.softmin(input, axis=dim)

    def prelu(self, input: Native, weight: Native) -> Native:
        if input.ndim < 2:
            return nn.prelu(input, weight.reshape(()) if weight.size == 1 else weight)
        return channels_first(nn.prelu(channels_last(input), weight))
