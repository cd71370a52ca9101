"""Activation functions by torch's names and arguments, each one method of ``tinygrad.Tensor``."""

from __future__ import annotations

from adapters.contract import Native
from adapters.functional import FunctionalBackend
from adapters.translation import lacking


class Activations(FunctionalBackend):
    """The activation functions that tinygrad lists among its elementwise operations, and its softmaxes."""

    def relu(self, input: Native) -> Native:
        return input.relu()

    def relu6(self, input: Native) -> Native:
        return input.relu6()

    def sigmoid(self, input: Native) -> Native:
        return input.sigmoid()

    def hardsigmoid(self, input: Native) -> Native:
        return input.hardsigmoid()

    def logsigmoid(self, input: Native) -> Native:
        return input.logsigmoid()

    def silu(self, input: Native) -> Native:
        return input.silu()

    def mish(self, input: Native) -> Native:
        return input.mish()

    def tanh(self, input: Native) -> Native:
        return input.tanh()

    def softsign(self, input: Native) -> Native:
        return input.softsign()

    def softplus(self, input: Native, beta: float = 1.0) -> Native:
        return input.softplus(beta)

    def hardtanh(self, input: Native, min_val: float = -1.0, max_val: float = 1.0) -> Native:
        return input.hardtanh(min_val, max_val)

    def hardswish(self, input: Native) -> Native:
        return input.hardswish()

    def selu(self, input: Native) -> Native:
        return input.selu()

    def elu(self, input: Native, alpha: float = 1.0) -> Native:
        return input.elu(alpha)

    def celu(self, input: Native, alpha: float = 1.0) -> Native:
        return input.celu(alpha)

    def leaky_relu(self, input: Native, negative_slope: float = 0.01) -> Native:
        return input.leaky_relu(negative_slope)

    def gelu(self, input: Native, approximate: str = "none") -> Native:
        lacking(f"gelu: approximate={approximate!r}", when=approximate not in {"none", "tanh"})
        return input.gelu(approximate)

    def softmax(self, input: Native, dim: int) -> Native:
        return input.softmax(dim)

    def log_softmax(self, input: Native, dim: int) -> Native:
        return input.log_softmax(dim)

    def softmin(self, input: Native, dim: int) -> Native:
        return input.softmin(dim)
