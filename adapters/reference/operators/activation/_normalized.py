"""What softmax and its kin have in common: the choice of the dimension, the dtype, and the modules."""

from __future__ import annotations

import warnings

import numpy as np

from adapters.reference.arithmetic._shared import dimension
from adapters.reference.dtype import Array, DType
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.activation._shared import require_floating
from adapters.reference.tensor import Tensor


def prepared(input: Tensor, dim: int | None, dtype: DType | None, name: str) -> tuple[Tensor, int]:
    """Return ``input`` in the type to compute in, and the dimension to go over, counted from 0.

    Raises:
        IndexError: There is no such dimension.
        NotImplementedError: There are no floating-point numbers, neither given nor asked for.
    """
    require_tensor(input, f"{name}: input")
    if dtype is not None:
        input = input.to(dtype)
    require_floating(input, name)
    if dim is None:
        dim = 0 if input.ndim in (0, 1, 3) else 1
        warnings.warn(f"{name}: an implicit dim is deprecated: give dim={dim}", UserWarning, stacklevel=3)
    return input, dimension(dim, input.ndim, name)


def shifted(x: Array, axis: int) -> Array:
    """Return ``x`` less its maxima along ``axis``; a slice of negative infinities as it is."""
    largest = x.max(axis=axis, keepdims=True)
    result: Array = x - np.where(np.isfinite(largest), largest, 0)
    return result


class Slicewise(Module):
    """A function of the slices of one dimension.

    Args:
        dim: The dimension; ``None``, which chooses one by the number of dimensions, is deprecated.
    """

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def extra_repr(self) -> str:
        """Return the options."""
        return f"dim={self.dim}"
