"""relu: the positive part."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.autograd.inplace import apply_inplace
from adapters.reference.dtype import BOOLEAN, Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import kept, require_tensor
from adapters.reference.tensor import Tensor, method

__all__ = ["ReLU", "relu"]


class ReluBackward0(Function):
    """``max(x, 0)``."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The positive part; NaN stays NaN."""
        result: Array = np.maximum(x, x.dtype.type(0))
        self.saved = (result,)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g`` where the result is positive (or NaN), 0 elsewhere, also at x = 0."""
        (result,) = self.saved
        return kept(gradient, ~(result <= 0))


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    """Return the positive part of ``input``; with ``inplace``, in its own memory.

    Raises:
        RuntimeError: ``input`` is boolean; or, with ``inplace``, a leaf that requires gradients.
    """
    require_tensor(input, "relu: input")
    if input.dtype.category == BOOLEAN:
        raise RuntimeError("relu: input: expected numbers, not torch.bool")
    if inplace:
        return apply_inplace(ReluBackward0, input)
    result: Tensor = ReluBackward0.apply((input,))
    return result


@method("relu")
def relu_method(self: Tensor) -> Tensor:
    """Return the positive part."""
    return relu(self)


@method("relu_")
def relu_(self: Tensor) -> Tensor:
    """Replace the elements by their positive part, in place."""
    return relu(self, inplace=True)


class ReLU(Module):
    """The positive part, as a module.

    Args:
        inplace: Write the result into the memory of the input.
    """

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the positive part of ``input``."""
        return relu(input, self.inplace)

    def extra_repr(self) -> str:
        """Return the options."""
        return "inplace=True" if self.inplace else ""
