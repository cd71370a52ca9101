"""transformer_decoder_layer: self-attention, attention to a memory, and a feed-forward network."""

from __future__ import annotations

from typing import Any

from adapters.reference.dtype import DType
from adapters.reference.operators.activation.relu import relu
from adapters.reference.operators.attention._layers import Activation, AttentionLayer
from adapters.reference.tensor import Tensor

__all__ = ["TransformerDecoderLayer"]


class TransformerDecoderLayer(AttentionLayer):
    """Self-attention, attention to a memory and a feed-forward network, each added to its input and normalized.

    The arguments are those of :class:`AttentionLayer`.
    """

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: str | Activation = relu,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Any = None,
        dtype: DType | None = None,
    ) -> None:
        super().__init__(
            ("self_attn", "multihead_attn"),
            d_model,
            nhead,
            dim_feedforward,
            dropout,
            activation,
            layer_norm_eps,
            batch_first,
            norm_first,
            bias,
            device,
            dtype,
        )

    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool = False,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Return what the layer makes of ``tgt`` and ``memory``, in the shape of ``tgt``.

        Args:
            tgt: Of shape (T, E), (T, N, E) or, ``batch_first``, (N, T, E).
            memory: Of shape (S, E), (S, N, E) or (N, S, E).
            tgt_mask: Of shape (T, T) or (N * nhead, T, T).
            memory_mask: Of shape (T, S) or (N * nhead, T, S).
            tgt_key_padding_mask: Of shape (T) or (N, T).
            memory_key_padding_mask: Of shape (S) or (N, S).
            tgt_is_causal: Says that ``tgt_mask`` is the causal one.
            memory_is_causal: Says that ``memory_mask`` is the causal one.
        """
        x = self.added(
            tgt, 1, lambda y: self.attended("self_attn", y, None, tgt_mask, tgt_key_padding_mask, tgt_is_causal)
        )
        x = self.added(
            x,
            2,
            lambda y: self.attended(
                "multihead_attn", y, memory, memory_mask, memory_key_padding_mask, memory_is_causal
            ),
        )
        return self.added(x, 3, self.fed_forward)
