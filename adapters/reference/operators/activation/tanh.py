"""tanh: the hyperbolic tangent."""

from __future__ import annotations

import numpy as np

from adapters.reference.arithmetic._shared import floating
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.inplace import apply_inplace
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor, method

__all__ = ["Tanh", "tanh"]


class TanhBackward0(Function):
    """The hyperbolic tangent."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The activation."""
        result: Array = np.tanh(x)
        self.saved = (result,)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g (1 - y^2)``."""
        (result,) = self.saved
        product: Array = gradient * (1 - result * result)
        return product


@method("tanh")
def tanh(input: Tensor) -> Tensor:
    """Return the hyperbolic tangent of every element of ``input``; integers count as float32."""
    require_tensor(input, "tanh: input")
    result: Tensor = TanhBackward0.apply((floating(input),))
    return result


@method("tanh_")
def tanh_(self: Tensor) -> Tensor:
    """Replace the elements by their hyperbolic tangents, in place."""
    return apply_inplace(TanhBackward0, self)


class Tanh(Module):
    """The hyperbolic tangent, as a module."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return tanh(input)
