"""sigmoid: the logistic function."""

from __future__ import annotations

from adapters.reference.arithmetic._shared import floating
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.inplace import apply_inplace
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.activation._shared import logistic
from adapters.reference.tensor import Tensor, method

__all__ = ["Sigmoid", "sigmoid"]


class SigmoidBackward0(Function):
    """``1 / (1 + exp(-x))``."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The activation."""
        result = logistic(x)
        self.saved = (result,)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g y (1 - y)``."""
        (result,) = self.saved
        product: Array = gradient * (result * (1 - result))
        return product


@method("sigmoid")
def sigmoid(input: Tensor) -> Tensor:
    """Return ``1 / (1 + exp(-x))`` for every element x of ``input``; integers count as float32."""
    require_tensor(input, "sigmoid: input")
    result: Tensor = SigmoidBackward0.apply((floating(input),))
    return result


@method("sigmoid_")
def sigmoid_(self: Tensor) -> Tensor:
    """Replace the elements by their logistic function, in place."""
    return apply_inplace(SigmoidBackward0, self)


class Sigmoid(Module):
    """The logistic function, as a module."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return sigmoid(input)
