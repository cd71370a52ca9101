"""Activations by torch's names and arguments, each one ONNX operator."""

from __future__ import annotations

import numpy as np

from adapters.contract import Native, Unsupported
from adapters.onnx.base import OnnxBackend, with_channels

_SELU = {"alpha": 1.6732632423543772848170429916717, "gamma": 1.0507009873554804934193349852946}
"""torch's documented constants; ONNX has both as attributes."""


class Activations(OnnxBackend):
    """What is computed element by element, and along one axis."""

    def relu(self, input: Native) -> Native:
        return self._run("Relu", input)

    def relu6(self, input: Native) -> Native:
        return self._clipped(input, 0.0, 6.0)

    def hardtanh(self, input: Native, min_val: float = -1.0, max_val: float = 1.0) -> Native:
        return self._clipped(input, min_val, max_val)

    def _clipped(self, input: Native, least: float, most: float) -> Native:
        return self._run("Clip", input, *(np.asarray(bound, input.dtype) for bound in (least, most)))

    def leaky_relu(self, input: Native, negative_slope: float = 0.01) -> Native:
        return self._run("LeakyRelu", input, alpha=negative_slope)

    def prelu(self, input: Native, weight: Native) -> Native:
        return self._run("PRelu", input, with_channels(weight, input.ndim))

    def elu(self, input: Native, alpha: float = 1.0) -> Native:
        return self._run("Elu", input, alpha=alpha)

    def celu(self, input: Native, alpha: float = 1.0) -> Native:
        return self._run("Celu", input, alpha=alpha)

    def selu(self, input: Native) -> Native:
        return self._run("Selu", input, **_SELU)

    def gelu(self, input: Native, approximate: str = "none") -> Native:
        return self._run("Gelu", input, approximate=approximate)

    def silu(self, input: Native) -> Native:
        return self._run("Swish", input)

    def mish(self, input: Native) -> Native:
        return self._run("Mish", input)

    def hardsigmoid(self, input: Native) -> Native:
        return self._run("HardSigmoid", input, alpha=1 / 6, beta=0.5)

    def hardswish(self, input: Native) -> Native:
        return self._run("HardSwish", input)

    def softplus(self, input: Native) -> Native:
        return self._run("Softplus", input)

    def softsign(self, input: Native) -> Native:
        return self._run("Softsign", input)

    def sigmoid(self, input: Native) -> Native:
        return self._run("Sigmoid", input)

    def tanh(self, input: Native) -> Native:
        return self._run("Tanh", input)

    def hardshrink(self, input: Native, lambd: float = 0.5) -> Native:
        return self._run("Shrink", input, lambd=lambd, bias=0.0)

    def softshrink(self, input: Native, lambd: float = 0.5) -> Native:
        return self._run("Shrink", input, lambd=lambd, bias=lambd)

    def threshold(self, input: Native, threshold: float, value: float) -> Native:
        if value != 0:
            raise Unsupported("threshold: a value other than 0")
        return self._run("ThresholdedRelu", input, alpha=threshold)

    def softmax(self, input: Native, dim: int) -> Native:
        return self._run("Softmax", input, axis=dim)

    def log_softmax(self, input: Native, dim: int) -> Native:
        return self._run("LogSoftmax", input, axis=dim)
