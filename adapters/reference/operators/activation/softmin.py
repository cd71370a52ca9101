"""softmin: softmax of the negative numbers."""

from __future__ import annotations

from adapters.reference.arithmetic.elementwise import neg
from adapters.reference.dtype import DType
from adapters.reference.operators.activation._normalized import Slicewise, prepared
from adapters.reference.operators.activation.softmax import SoftmaxBackward0
from adapters.reference.tensor import Tensor

__all__ = ["Softmin", "softmin"]


def softmin(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: DType | None = None) -> Tensor:
    """Return ``exp(-x)`` over the sum of ``exp(-x)`` along ``dim``; see :func:`softmax`."""
    input, axis = prepared(input, dim, dtype, "softmin")
    result: Tensor = SoftmaxBackward0.apply((neg(input),), axis)
    return result


class Softmin(Slicewise):
    """Softmax of the negative numbers, as a module."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the shares of ``input`` along the dimension."""
        return softmin(input, self.dim)
