"""multihead_attention: attention of several heads between learnt projections."""

from __future__ import annotations

import math
from typing import Any

from adapters.reference.arithmetic.axes import permute, squeeze, unsqueeze
from adapters.reference.arithmetic.joining import cat
from adapters.reference.arithmetic.reduction import mean
from adapters.reference.arithmetic.views import expand, reshape
from adapters.reference.creation import empty, zeros
from adapters.reference.device import Device, require_cpu
from adapters.reference.dtype import DType
from adapters.reference.nn import init
from adapters.reference.nn.module import Module
from adapters.reference.nn.parameter import Parameter
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.attention._core import ScaledDotProductFlashAttentionForCpuBackward0
from adapters.reference.operators.attention._masks import merged
from adapters.reference.operators.linear.linear import Linear, linear
from adapters.reference.tensor import Tensor

__all__ = ["MultiheadAttention"]


class NonDynamicallyQuantizableLinear(Linear):
    """The projection of the output: named as in torch."""


class MultiheadAttention(Module):
    """Attention of several heads between learnt projections.

    Args:
        embed_dim: The features of queries and outputs.
        num_heads: How many heads share them.
        dropout: The probability with which each weight is dropped in training.
        bias: Whether the projections add a bias.
        add_bias_kv: Whether a learnt key and value come after the others.
        add_zero_attn: Whether a key and a value of zeros come after the others.
        kdim: The features of keys, ``embed_dim`` where not given.
        vdim: The features of values, ``embed_dim`` where not given.
        batch_first: Whether inputs and output are of shape (N, L, E) instead of (L, N, E).
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters.

    Raises:
        ValueError: ``embed_dim`` or ``num_heads`` is not positive.
        AssertionError: ``embed_dim`` cannot be shared by the heads.
    """

    in_proj_weight: Parameter | None
    q_proj_weight: Parameter | None
    k_proj_weight: Parameter | None
    v_proj_weight: Parameter | None
    in_proj_bias: Parameter | None
    bias_k: Parameter | None
    bias_v: Parameter | None

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        dropout: float = 0.0,
        bias: bool = True,
        add_bias_kv: bool = False,
        add_zero_attn: bool = False,
        kdim: int | None = None,
        vdim: int | None = None,
        batch_first: bool = False,
        device: Device | str | None = None,
        dtype: DType | None = None,
    ) -> None:
        if embed_dim <= 0 or num_heads <= 0:
            raise ValueError(
                f"MultiheadAttention: expected positive embed_dim and num_heads, not {embed_dim!r} and {num_heads!r}"
            )
        super().__init__()
        require_cpu(device)
        self.embed_dim = embed_dim
        self.num_heads = num_heads
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self.dropout = dropout
        self.batch_first = batch_first
        self.add_zero_attn = add_zero_attn
        self.head_dim = embed_dim // num_heads
        if self.head_dim * num_heads != embed_dim:
            raise AssertionError(
                f"MultiheadAttention: embed_dim must be divisible by num_heads, and {embed_dim} is not by {num_heads}"
            )
        self._make_projections(dtype)
        self._make("in_proj_bias", (3 * embed_dim,) if bias else None, dtype)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias, dtype=dtype)
        for name in ("bias_k", "bias_v"):
            self._make(name, (1, 1, embed_dim) if add_bias_kv else None, dtype)
        self._reset_parameters()

    def _make_projections(self, dtype: DType | None) -> None:
        packed = self.kdim == self.embed_dim and self.vdim == self.embed_dim
        self._make("in_proj_weight", (3 * self.embed_dim, self.embed_dim) if packed else None, dtype)
        for name, features in (("q", self.embed_dim), ("k", self.kdim), ("v", self.vdim)):
            self._make(f"{name}_proj_weight", None if packed else (self.embed_dim, features), dtype)

    def _make(self, name: str, shape: tuple[int, ...] | None, dtype: DType | None) -> None:
        self.register_parameter(name, None if shape is None else Parameter(empty(*shape, dtype=dtype)))

    def _reset_parameters(self) -> None:
        """Draw the weights uniformly and the learnt key and value normally, as Glorot has it; biases start at zero."""
        for weight in (self.in_proj_weight, self.q_proj_weight, self.k_proj_weight, self.v_proj_weight):
            if weight is not None:
                init.xavier_uniform_(weight)
        for bias in (self.in_proj_bias, self.out_proj.bias):
            if bias is not None:
                init.zeros_(bias)
        for extra in (self.bias_k, self.bias_v):
            if extra is not None:
                init.xavier_normal_(extra)

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        key_padding_mask: Tensor | None = None,
        need_weights: bool = True,
        attn_mask: Tensor | None = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Tensor, Tensor | None]:
        """Return the output, and the weights of attention where they are needed.

        Args:
            query: Of shape (L, E), (L, N, E) or, ``batch_first``, (N, L, E).
            key: Of shape (S, kdim), (S, N, kdim) or (N, S, kdim).
            value: Of shape (S, vdim), (S, N, vdim) or (N, S, vdim).
            key_padding_mask: Of shape (N, S) or (S): true for keys to ignore, or numbers to add to their scores.
            need_weights: Whether to return the weights.
            attn_mask: Of shape (L, S) or (N * num_heads, L, S): true where nothing attends, or numbers to add.
            average_attn_weights: Whether to return the weights' mean over the heads.
            is_causal: Says that ``attn_mask`` is the causal one.

        Raises:
            RuntimeError: Shapes or types that do not fit, or ``is_causal`` without a mask.
        """
        self._check(query, key, value)
        if is_causal and attn_mask is None:
            raise RuntimeError("MultiheadAttention: is_causal is a hint about attn_mask: give the causal mask as well")
        batched = query.ndim == 3
        if not batched:
            query, key, value = (unsqueeze(one, 0) for one in (query, key, value))
            key_padding_mask = None if key_padding_mask is None else unsqueeze(key_padding_mask, 0)
        first = self.batch_first or not batched
        q, k, v = (self._separated(one, first) for one in self._projected(query, key, value))
        q, k, v, extra = self._extended(q, k, v)
        shape = (q.shape[0], q.shape[1], q.shape[2], k.shape[2] - extra)
        mask = merged(key_padding_mask, attn_mask, shape, extra, q)
        output, weights = ScaledDotProductFlashAttentionForCpuBackward0.apply(
            (q, k, v, mask), 1 / math.sqrt(self.head_dim), float(self.dropout) if self.training else 0.0
        )
        output = reshape(permute(output, (0, 2, 1, 3) if first else (2, 0, 1, 3)), query.shape)
        output = linear(output, self.out_proj.weight, self.out_proj.bias)
        output = output if batched else squeeze(output, 0)
        if not need_weights:
            return output, None
        weights = mean(weights, 1) if average_attn_weights else weights
        return output, weights if batched else squeeze(weights, 0)

    def _projected(self, query: Tensor, key: Tensor, value: Tensor) -> list[Tensor]:
        size = self.embed_dim
        parts = [slice(start, start + size) for start in (0, size, 2 * size)]
        packed: Any = self.in_proj_weight
        weights: list[Any] = (
            [self.q_proj_weight, self.k_proj_weight, self.v_proj_weight]
            if packed is None
            else [packed[part] for part in parts]
        )
        bias: Any = self.in_proj_bias
        return [
            linear(one, weight, None if bias is None else bias[part])
            for one, weight, part in zip((query, key, value), weights, parts, strict=True)
        ]

    def _separated(self, x: Tensor, first: bool) -> Tensor:
        """Return (N, S, E), or (S, N, E) unless the batch comes ``first``, as (N, num_heads, S, head_dim)."""
        split = reshape(x, (*x.shape[:2], self.num_heads, self.head_dim))
        return permute(split, (0, 2, 1, 3) if first else (1, 2, 0, 3))

    def _extended(self, q: Tensor, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor, Tensor, int]:
        """Return key and value with what is learnt and what is zero after them, and how many these are."""
        extra = 0
        shape = (k.shape[0], self.num_heads, 1, self.head_dim)
        if self.bias_k is not None and self.bias_v is not None:
            own = (1, self.num_heads, 1, self.head_dim)
            k = cat([k, expand(reshape(self.bias_k, own), shape)], 2)
            v = cat([v, expand(reshape(self.bias_v, own), shape)], 2)
            extra += 1
        if self.add_zero_attn:
            k, v = (cat([one, zeros(*shape, dtype=one.dtype)], 2) for one in (k, v))
            extra += 1
        return q, k, v, extra

    def _check(self, query: Tensor, key: Tensor, value: Tensor) -> None:
        name = type(self).__name__
        features = {"query": self.embed_dim, "key": self.kdim, "value": self.vdim}
        for (what, size), tensor in zip(features.items(), (query, key, value), strict=True):
            require_tensor(tensor, f"{name}: {what}")
            if tensor.ndim not in (2, 3) or tensor.ndim != query.ndim or tensor.shape[-1] != size:
                raise RuntimeError(
                    f"{name}: {what}: expected 2 or 3 dimensions, as many as query has, the last of size {size}, "
                    f"not shape {tuple(tensor.shape)}"
                )
        if tuple(key.shape[:-1]) != tuple(value.shape[:-1]):
            raise RuntimeError(f"{name}: expected as many keys as values, not {tuple(key.shape)}, {tuple(value.shape)}")
        if query.ndim == 3 and query.shape[0 if self.batch_first else 1] != key.shape[0 if self.batch_first else 1]:
            raise RuntimeError(f"{name}: expected one batch size, not {tuple(query.shape)} and {tuple(key.shape)}")
