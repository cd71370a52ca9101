"""Activations by torch's names and arguments, each one of Keras's own functions.

An argument that a method does not list is one that the functions lack.
"""

from __future__ import annotations

import keras
from keras import ops

from adapters.contract import Native, Unsupported
from adapters.functional import FunctionalBackend


class Activations(FunctionalBackend):
    """What ``keras.ops`` and ``keras.activations`` do to each element, or along one dimension."""

    def relu(self, input: Native) -> Native:
        return ops.relu(input)

    def relu6(self, input: Native) -> Native:
        return ops.relu6(input)

    def sigmoid(self, input: Native) -> Native:
        return ops.sigmoid(input)

    def logsigmoid(self, input: Native) -> Native:
        return ops.log_sigmoid(input)

    def silu(self, input: Native) -> Native:
        return ops.silu(input)

    def mish(self, input: Native) -> Native:
        return keras.activations.mish(input)

    def tanh(self, input: Native) -> Native:
        return ops.tanh(input)

    def tanhshrink(self, input: Native) -> Native:
        return ops.tanh_shrink(input)

    def softsign(self, input: Native) -> Native:
        return ops.softsign(input)

    def softplus(self, input: Native) -> Native:
        return ops.softplus(input)

    def hardtanh(self, input: Native) -> Native:
        return ops.hard_tanh(input)

    def hardsigmoid(self, input: Native) -> Native:
        return ops.hard_sigmoid(input)

    def hardswish(self, input: Native) -> Native:
        return ops.hard_silu(input)

    def hardshrink(self, input: Native, lambd: float = 0.5) -> Native:
        return ops.hard_shrink(input, lambd)

    def softshrink(self, input: Native, lambd: float = 0.5) -> Native:
        return ops.soft_shrink(input, lambd)

    def threshold(self, input: Native, threshold: float, value: float) -> Native:
        return ops.threshold(input, threshold, value)

    def selu(self, input: Native) -> Native:
        return ops.selu(input)

    def elu(self, input: Native, alpha: float = 1.0) -> Native:
        return ops.elu(input, alpha)

    def celu(self, input: Native, alpha: float = 1.0) -> Native:
        return ops.celu(input, alpha)

    def leaky_relu(self, input: Native, negative_slope: float = 0.01) -> Native:
        return ops.leaky_relu(input, negative_slope)

    def gelu(self, input: Native, approximate: str = "none") -> Native:
        if approximate not in {"none", "tanh"}:
            raise Unsupported(f"gelu: approximate={approximate!r}")
        return ops.gelu(input, approximate=approximate == "tanh")

    def glu(self, input: Native, dim: int = -1) -> Native:
        return ops.glu(input, axis=dim)

    def softmax(self, input: Native, dim: int) -> Native:
        return ops.softmax(input, axis=dim)

    def log_softmax(self, input: Native, dim: int) -> Native:
        return ops.log_softmax(input, axis=dim)
