"""What lookups share: checks of indices, the row of padding, and rows made shorter in place."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.autograd.mode import no_grad
from adapters.reference.creation import empty
from adapters.reference.dtype import INTEGER, Array
from adapters.reference.nn.init import normal_
from adapters.reference.nn.module import Module
from adapters.reference.nn.parameter import Parameter
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor


def require_lookup(what: str, input: Tensor, weight: Tensor) -> None:
    """Refuse what are no rows to be looked up.

    Raises:
        TypeError: One is not a tensor.
        RuntimeError: The indices are not whole numbers, or the matrix has not two dimensions.
        IndexError: An index is no row.
    """
    require_tensor(input, f"{what}: input")
    require_tensor(weight, f"{what}: weight")
    if input.dtype.category != INTEGER:
        raise RuntimeError(f"{what}: input: expected indices of an integer type, not {input.dtype}")
    if weight.ndim != 2:
        raise RuntimeError(f"{what}: weight: expected two dimensions, not shape {tuple(weight.shape)}")
    index, rows = input.array, weight.array.shape[0]
    if bool(((index < 0) | (index >= rows)).any()):
        raise IndexError(f"{what}: input: expected indices from 0 to {rows - 1}, not {index.tolist()}")


def row_of(padding_idx: int | None, rows: int, what: str) -> int | None:
    """Return the row of padding; a negative one is counted from the end.

    Raises:
        ValueError: There is no such row.
    """
    if padding_idx is None:
        return None
    if not -rows <= padding_idx < rows:
        raise ValueError(f"{what}: padding_idx: expected a row from {-rows} to {rows - 1}, not {padding_idx}")
    return padding_idx % rows


def shorten(weight: Tensor, index: Array, max_norm: float, norm_type: float) -> None:
    """Scale the rows at ``index`` whose norm is above ``max_norm``, in place and off the tape."""
    with no_grad(), np.errstate(all="ignore"):
        rows = np.unique(index)
        sizes = np.abs(weight.array[rows])
        largest = norm_type == np.inf
        norms = sizes.max(axis=1) if largest else (sizes**norm_type).sum(axis=1) ** (1 / norm_type)
        long = norms > max_norm
        scaled = weight.array[rows[long]] * (max_norm / norms[long])[:, None]
        weight.array[rows[long]] = scaled.astype(weight.array.dtype)
        weight.counter.value += 1


class Table(Module):
    """A matrix of rows to be looked up, as a module.

    Args:
        num_embeddings: The number of rows.
        embedding_dim: The length of a row.
        padding_idx: The row of padding.
        weight: The matrix; drawn from the standard normal distribution, with zeros for padding, where not given.
        trained: Whether it is to be trained.
        dtype: Of a matrix that is drawn.
    """

    weight: Parameter

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        padding_idx: int | None,
        weight: Tensor | None,
        trained: bool,
        dtype: Any,
    ) -> None:
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.padding_idx = row_of(padding_idx, num_embeddings, type(self).__name__)
        if weight is None:
            self.weight = Parameter(empty(num_embeddings, embedding_dim, dtype=dtype), requires_grad=trained)
            self.reset_parameters()
            return
        if tuple(weight.shape) != (num_embeddings, embedding_dim):
            raise ValueError(
                f"{type(self).__name__}: weight: expected shape {(num_embeddings, embedding_dim)}, "
                f"not {tuple(weight.shape)}"
            )
        self.weight = Parameter(weight, requires_grad=trained)

    def reset_parameters(self) -> None:
        """Draw the matrix anew, with zeros in the row of padding."""
        normal_(self.weight)
        if self.padding_idx is not None:
            self.weight.array[self.padding_idx] = 0


def require_rows(what: str, embeddings: Tensor) -> tuple[int, int]:
    """Return the number and the length of the rows of a matrix.

    Raises:
        ValueError: It has not two dimensions.
    """
    if embeddings.ndim != 2:
        raise ValueError(f"{what}: embeddings: expected two dimensions, not shape {tuple(embeddings.shape)}")
    rows, length = embeddings.array.shape
    return rows, length
