"""embedding: rows of a matrix, by their indices."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators.embedding._shared import Table, require_lookup, require_rows, row_of, shorten
from adapters.reference.tensor import Tensor

__all__ = ["Embedding", "embedding"]


class EmbeddingBackward0(Function):
    """Rows of a matrix."""

    __slots__ = ("by_frequency", "index", "padding", "shape")

    def forward(self, weight: Array, index: Array, padding: int | None, by_frequency: bool) -> Array:
        """The rows at the indices."""
        self.index, self.padding, self.by_frequency, self.shape = index, padding, by_frequency, weight.shape
        return np.asarray(weight[index])

    def backward(self, gradient: Array) -> Array:
        """The sums of the gradients of each row's lookups, over their number if asked for; none for padding."""
        index = self.index.reshape(-1)
        rows = gradient.reshape(index.size, self.shape[1])
        result = np.zeros(self.shape, dtype=gradient.dtype)
        counted = np.ones(index.shape, dtype=bool) if self.padding is None else index != self.padding
        np.add.at(result, index[counted], rows[counted])
        if self.by_frequency:
            often = np.bincount(index, minlength=self.shape[0])
            result /= np.maximum(often, 1).astype(result.dtype)[:, None]
        return result


def embedding(
    input: Tensor,
    weight: Tensor,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Tensor:
    """Return the rows of ``weight`` at ``input``.

    Args:
        input: Indices, of any shape (*).
        weight: A matrix (V, D).
        padding_idx: The row that gets no gradient.
        max_norm: The norm that longer rows are scaled to, in place, before they are looked up.
        norm_type: Which p-norm that is.
        scale_grad_by_freq: Divide the gradient of a row by how often it is looked up.
        sparse: Taken for compatibility: gradients are dense here.

    Returns:
        The rows, of shape (*, D).

    Raises:
        RuntimeError: The indices are not whole numbers, or the matrix has not two dimensions.
        IndexError: An index is no row.
    """
    del sparse
    require_lookup("embedding", input, weight)
    padding = row_of(padding_idx, weight.array.shape[0], "embedding")
    if max_norm is not None:
        shorten(weight, input.array, max_norm, norm_type)
    result: Tensor = EmbeddingBackward0.apply((weight,), input.array.copy(), padding, scale_grad_by_freq)
    return result


class Embedding(Table):
    """Rows of a matrix that is trained, by their indices; see :func:`embedding` for the options.

    Args:
        num_embeddings: The number of rows.
        embedding_dim: The length of a row.
        padding_idx: The row of padding: zeros at first, and not trained.
        max_norm: The norm that longer rows are scaled to.
        norm_type: Which p-norm that is.
        scale_grad_by_freq: Divide the gradient of a row by how often it is looked up.
        sparse: Taken for compatibility.
        device: Taken for compatibility.
        dtype: Of the matrix.
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
        _weight: Tensor | None = None,
        _freeze: bool = False,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        del device
        super().__init__(num_embeddings, embedding_dim, padding_idx, _weight, not _freeze, dtype)
        self.max_norm = max_norm
        self.norm_type = norm_type
        self.scale_grad_by_freq = scale_grad_by_freq
        self.sparse = sparse

    @classmethod
    def from_pretrained(cls, embeddings: Tensor, freeze: bool = True, **options: Any) -> Embedding:
        """Return a module with the rows of ``embeddings``, which are not trained where ``freeze``."""
        rows, length = require_rows("from_pretrained", embeddings)
        return cls(rows, length, _weight=embeddings, _freeze=freeze, **options)

    def forward(self, input: Tensor) -> Tensor:
        """Return the rows at ``input``."""
        return embedding(
            input,
            self.weight,
            self.padding_idx,
            self.max_norm,
            self.norm_type,
            self.scale_grad_by_freq,
            self.sparse,
        )

    def extra_repr(self) -> str:
        """Return the sizes, and the options that are not the default."""
        text = f"{self.num_embeddings}, {self.embedding_dim}"
        text += "" if self.padding_idx is None else f", padding_idx={self.padding_idx}"
        text += "" if self.max_norm is None else f", max_norm={self.max_norm}"
        text += "" if self.norm_type == 2 else f", norm_type={self.norm_type}"
        text += f", scale_grad_by_freq={self.scale_grad_by_freq}" if self.scale_grad_by_freq else ""
        return text + (", sparse=True" if self.sparse else "")
