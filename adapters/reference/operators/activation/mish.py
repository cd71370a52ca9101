"""mish: ``x tanh(softplus(x))``."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators.activation._shared import Overwriting, applied, log_of_one_plus_exp, logistic
from adapters.reference.tensor import Tensor

__all__ = ["Mish", "mish"]


class MishBackward0(Function):
    """``x tanh(log(1 + exp(x)))``."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The activation."""
        self.saved = (x,)
        result: Array = x * np.tanh(log_of_one_plus_exp(x))
        return result

    def backward(self, gradient: Array) -> Array:
        """``g (t + x (1 - t^2) sigmoid(x))``, t being the tangent."""
        (x,) = self.saved
        share = np.tanh(log_of_one_plus_exp(x))
        result: Array = gradient * (share + x * ((1 - share * share) * logistic(x)))
        return result


def mish(input: Tensor, inplace: bool = False) -> Tensor:
    """Return ``x tanh(softplus(x))`` for every element x of ``input``."""
    return applied(MishBackward0, "mish", input, inplace=inplace)


class Mish(Overwriting):
    """The activation mish, as a module."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return mish(input, self.inplace)
