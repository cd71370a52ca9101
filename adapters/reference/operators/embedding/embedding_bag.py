"""embedding_bag: rows of a matrix, reduced bag by bag."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators.embedding._bags import bag_of, require_bags
from adapters.reference.operators.embedding._shared import Table, require_rows, row_of, shorten
from adapters.reference.tensor import Tensor

__all__ = ["EmbeddingBag", "embedding_bag"]


class EmbeddingBagBackward0(Function):
    """Sums, means or maxima of the rows of bags."""

    __slots__ = ("bag", "by_frequency", "index", "mode", "number", "often", "winners")

    def forward(
        self,
        weight: Array,
        samples: Array | None,
        index: Array,
        bag: Array,
        number: int,
        mode: str,
        by_frequency: bool,
    ) -> Array:
        """The reduced rows; 0 for an empty bag. Rows of bag -1 are in none."""
        self.saved = (weight, samples)
        self.often = np.bincount(index, minlength=weight.shape[0])  # rows that are left out were looked up too
        held = bag >= 0
        self.index, self.bag, self.number, self.mode = index[held], bag[held], number, mode
        self.by_frequency = by_frequency
        rows = weight[self.index]
        if mode == "max":
            return self._largest(rows)
        if samples is not None:
            rows = rows * samples.reshape(-1)[held][:, None]
            self.saved = (weight, samples, held)
        result = np.zeros((number, weight.shape[1]), dtype=weight.dtype)
        np.add.at(result, self.bag, rows)
        return result / self._sizes(weight.dtype) if mode == "mean" else result

    def _largest(self, rows: Array) -> Array:
        """The maxima; what won each is remembered by its place among the rows, -1 in an empty bag."""
        self.winners = np.full((self.number, rows.shape[1]), -1)
        result = np.zeros((self.number, rows.shape[1]), dtype=rows.dtype)
        for bag in range(self.number):
            places = np.flatnonzero(self.bag == bag)
            if places.size:
                self.winners[bag] = places[rows[places].argmax(axis=0)]
                result[bag] = np.take_along_axis(rows, self.winners[bag][None], 0)[0]
        return result

    def _sizes(self, dtype: Any) -> Array:
        return np.maximum(np.bincount(self.bag, minlength=self.number), 1).astype(dtype)[:, None]

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None]:
        """To each row the gradients of its bags, shared or weighted as it was; to a weight, that along its row."""
        weight, samples, *held = self.saved
        result = np.zeros_like(weight)
        if self.mode == "max":
            bags, columns = np.nonzero(self.winners >= 0)
            np.add.at(result, (self.index[self.winners[bags, columns]], columns), gradient[bags, columns])
            return result, None
        spread = (gradient / self._sizes(gradient.dtype) if self.mode == "mean" else gradient)[self.bag]
        of_samples = None
        if samples is not None:
            if self.needs[1]:
                of_samples = np.zeros_like(samples)
                of_samples.reshape(-1)[held[0]] = (spread * weight[self.index]).sum(axis=1)
            spread = spread * samples.reshape(-1)[held[0]][:, None]
        np.add.at(result, self.index, spread)
        if self.by_frequency:
            result /= np.maximum(self.often, 1).astype(result.dtype)[:, None]
        return result, of_samples


def embedding_bag(
    input: Tensor,
    weight: Tensor,
    offsets: Tensor | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    mode: str = "mean",
    sparse: bool = False,
    per_sample_weights: Tensor | None = None,
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> Tensor:
    """Return the rows of ``weight`` at ``input``, reduced bag by bag.

    Args:
        input: Indices: (B, N), a bag in each row, or (N), all bags one after the other.
        weight: A matrix (V, D).
        offsets: Where in an input (N) the bags begin.
        max_norm: The norm that longer rows are scaled to, in place, before they are looked up.
        norm_type: Which p-norm that is.
        scale_grad_by_freq: Divide the gradient of a row by how often it is looked up.
        mode: ``"sum"``, ``"mean"`` or ``"max"``.
        sparse: Taken for compatibility: gradients are dense here.
        per_sample_weights: Factors of the rows in a sum, in the shape of ``input``.
        include_last_offset: The last offset is the end of the last bag.
        padding_idx: The row that counts in no bag.

    Returns:
        A row for each bag: (B, D), zeros for an empty one.

    Raises:
        RuntimeError: The indices are not whole numbers, or the matrix has not two dimensions.
        IndexError: An index is no row.
        ValueError: Offsets, weights, mode and options do not fit each other.
    """
    require_bags(input, weight, offsets, mode, scale_grad_by_freq or sparse, per_sample_weights)
    index = input.array.reshape(-1)
    padding = row_of(padding_idx, weight.array.shape[0], "embedding_bag")
    if max_norm is not None:
        shorten(weight, index, max_norm, norm_type)
    bag, number = bag_of(input.array, None if offsets is None else offsets.array, last=include_last_offset)
    bag = bag if padding is None else np.where(index == padding, -1, bag)
    options = (index.copy(), bag, number, mode, scale_grad_by_freq)
    result: Tensor = EmbeddingBagBackward0.apply((weight, per_sample_weights), *options)
    return result


class EmbeddingBag(Table):
    """Rows of a matrix that is trained, reduced bag by bag; see :func:`embedding_bag` for the options.

    Args:
        num_embeddings: The number of rows.
        embedding_dim: The length of a row.
        max_norm: The norm that longer rows are scaled to.
        norm_type: Which p-norm that is.
        scale_grad_by_freq: Divide the gradient of a row by how often it is looked up.
        mode: ``"sum"``, ``"mean"`` or ``"max"``.
        sparse: Taken for compatibility.
        include_last_offset: The last offset is the end of the last bag.
        padding_idx: The row of padding: zeros at first, and in no bag.
        device: Taken for compatibility.
        dtype: Of the matrix.
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        mode: str = "mean",
        sparse: bool = False,
        _weight: Tensor | None = None,
        include_last_offset: bool = False,
        padding_idx: int | None = None,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        del device
        super().__init__(num_embeddings, embedding_dim, padding_idx, _weight, True, dtype)
        self.max_norm = max_norm
        self.norm_type = norm_type
        self.scale_grad_by_freq = scale_grad_by_freq
        self.mode = mode
        self.sparse = sparse
        self.include_last_offset = include_last_offset

    @classmethod
    def from_pretrained(cls, embeddings: Tensor, freeze: bool = True, **options: Any) -> EmbeddingBag:
        """Return a module with the rows of ``embeddings``, which are not trained where ``freeze``."""
        rows, length = require_rows("from_pretrained", embeddings)
        module = cls(rows, length, _weight=embeddings, **options)
        module.weight.requires_grad_(not freeze)
        return module

    def forward(self, input: Tensor, offsets: Tensor | None = None, per_sample_weights: Tensor | None = None) -> Tensor:
        """Return the reduced rows at ``input``."""
        return embedding_bag(
            input,
            self.weight,
            offsets,
            self.max_norm,
            self.norm_type,
            self.scale_grad_by_freq,
            self.mode,
            self.sparse,
            per_sample_weights,
            self.include_last_offset,
            self.padding_idx,
        )

    def extra_repr(self) -> str:
        """Return the sizes, and the options that are not the default."""
        text = f"{self.num_embeddings}, {self.embedding_dim}"
        text += "" if self.max_norm is None else f", max_norm={self.max_norm}"
        text += "" if self.norm_type == 2 else f", norm_type={self.norm_type}"
        text += f", scale_grad_by_freq={self.scale_grad_by_freq}" if self.scale_grad_by_freq else ""
        text += f", mode={self.mode!r}"
        return text + ("" if self.padding_idx is None else f", padding_idx={self.padding_idx}")
