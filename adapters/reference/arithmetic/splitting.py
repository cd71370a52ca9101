"""One dimension split into several: ``unflatten``."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.reference.arithmetic._shared import dimension
from adapters.reference.arithmetic.views import inferred, reshape
from adapters.reference.tensor import Tensor, method

__all__ = ["unflatten"]


@method("unflatten")
def unflatten(input: Tensor, dim: int, sizes: Sequence[int]) -> Tensor:
    """Return the tensor with the dimension ``dim`` split into ``sizes``; one of them may be -1 and is inferred.

    Raises:
        IndexError: There is no such dimension.
        RuntimeError: The sizes do not multiply to the dimension's length, or there are none.
    """
    axis = dimension(dim, input.ndim, "unflatten")
    if not sizes:
        raise RuntimeError("unflatten: sizes: expected at least one size, and there is none")
    shape = input.array.shape
    split = inferred(tuple(int(size) for size in sizes), shape[axis])
    return reshape(input, (*shape[:axis], *split, *shape[axis + 1 :]))
