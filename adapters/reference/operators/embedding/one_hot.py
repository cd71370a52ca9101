"""one_hot: whole numbers as unit vectors."""

from __future__ import annotations

import numpy as np

from adapters.reference.dtype import int64
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor, wrap

__all__ = ["one_hot"]


def one_hot(tensor: Tensor, num_classes: int = -1) -> Tensor:
    """Return for each class of ``tensor`` a vector that is 1 at the class and 0 elsewhere.

    Args:
        tensor: Classes, of 64-bit integers, of any shape (*).
        num_classes: The length C of the vectors; -1 for one more than the largest class.

    Returns:
        64-bit integers of shape (*, C).

    Raises:
        RuntimeError: The classes are of another type, not from 0 to C - 1, or none where C is to be inferred.
    """
    require_tensor(tensor, "one_hot: tensor")
    classes = tensor.array
    if tensor.dtype is not int64:
        raise RuntimeError(f"one_hot: tensor: expected classes of type torch.int64, not {tensor.dtype}")
    if num_classes == -1:
        if classes.size == 0:
            raise RuntimeError("one_hot: num_classes: expected a number for a tensor without elements, not -1")
        num_classes = int(classes.max()) + 1
    if bool(((classes < 0) | (classes >= num_classes)).any()):
        raise RuntimeError(f"one_hot: tensor: expected classes from 0 to {num_classes - 1}, not {classes.tolist()}")
    return wrap((classes[..., None] == np.arange(num_classes)).astype(np.int64))
