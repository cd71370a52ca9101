"""transformer_encoder_layer: self-attention and a feed-forward network."""

from __future__ import annotations

from typing import Any

from adapters.reference.dtype import DType
from adapters.reference.operators.activation.relu import relu
from adapters.reference.operators.attention._layers import Activation, AttentionLayer
from adapters.reference.tensor import Tensor

__all__ = ["TransformerEncoderLayer"]


class TransformerEncoderLayer(AttentionLayer):
    """Self-attention and a feed-forward network, each added to its input and normalized.

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
            ("self_attn",),
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
        src: Tensor,
        src_mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool = False,
    ) -> Tensor:
        """Return what the layer makes of ``src``, in its shape.

        Args:
            src: Of shape (S, E), (S, N, E) or, ``batch_first``, (N, S, E).
            src_mask: Of shape (S, S) or (N * nhead, S, S).
            src_key_padding_mask: Of shape (S) or (N, S).
            is_causal: Says that ``src_mask`` is the causal one.
        """
        x = self.added(src, 1, lambda y: self.attended("self_attn", y, None, src_mask, src_key_padding_mask, is_causal))
        return self.added(x, 2, self.fed_forward)
