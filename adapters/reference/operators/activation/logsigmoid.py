"""logsigmoid: the logarithm of the logistic function."""

from __future__ import annotations

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied, log_of_one_plus_exp, logistic
from adapters.reference.tensor import Tensor

__all__ = ["LogSigmoid", "logsigmoid"]


class LogSigmoidBackward0(Function):
    """``-log(1 + exp(-x))``."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The activation."""
        self.saved = (x,)
        result: Array = -log_of_one_plus_exp(-x)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g sigmoid(-x)``."""
        (x,) = self.saved
        result: Array = gradient * logistic(-x)
        return result


def logsigmoid(input: Tensor) -> Tensor:
    """Return ``log(1 / (1 + exp(-x)))`` for every element x of ``input``."""
    return applied(LogSigmoidBackward0, "logsigmoid", input)


class LogSigmoid(Module):
    """The logarithm of the logistic function, as a module."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return logsigmoid(input)
