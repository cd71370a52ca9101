"""transformer: an encoder and a decoder."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.creation import from_numpy
from adapters.reference.device import Device, require_cpu
from adapters.reference.dtype import DType, float32
from adapters.reference.nn import init
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation.relu import relu
from adapters.reference.operators.attention._layers import Activation
from adapters.reference.operators.attention.transformer_decoder import TransformerDecoder
from adapters.reference.operators.attention.transformer_decoder_layer import TransformerDecoderLayer
from adapters.reference.operators.attention.transformer_encoder import TransformerEncoder
from adapters.reference.operators.attention.transformer_encoder_layer import TransformerEncoderLayer
from adapters.reference.operators.normalization.layer_norm import LayerNorm
from adapters.reference.tensor import Tensor

__all__ = ["Transformer"]


class Transformer(Module):
    """An encoder and a decoder that attends to what it gives, each with a norm at the end.

    Args:
        d_model: The features of the inputs.
        nhead: The heads of each attention.
        num_encoder_layers: How many layers the encoder has.
        num_decoder_layers: How many layers the decoder has.
        dim_feedforward: The features within the feed-forward networks.
        dropout: The probability with which anything is dropped in training.
        activation: ``"relu"``, ``"gelu"`` or a function of a tensor.
        custom_encoder: What takes the place of the encoder.
        custom_decoder: What takes the place of the decoder.
        layer_norm_eps: The eps of every norm.
        batch_first: Whether inputs are of shape (N, S, E) instead of (S, N, E).
        norm_first: Whether layers normalize inputs instead of sums.
        bias: Whether linear maps and norms add a bias.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters.
    """

    def __init__(
        self,
        d_model: int = 512,
        nhead: int = 8,
        num_encoder_layers: int = 6,
        num_decoder_layers: int = 6,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: str | Activation = relu,
        custom_encoder: Any = None,
        custom_decoder: Any = None,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Any = None,
        dtype: DType | None = None,
    ) -> None:
        super().__init__()
        made: dict[str, Any] = {"bias": bias, "device": device, "dtype": dtype}
        sizes = (d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first)
        self.encoder = custom_encoder
        if custom_encoder is None:
            layer = TransformerEncoderLayer(*sizes, **made)
            self.encoder = TransformerEncoder(layer, num_encoder_layers, LayerNorm(d_model, layer_norm_eps, **made))
        self.decoder = custom_decoder
        if custom_decoder is None:
            other = TransformerDecoderLayer(*sizes, **made)
            self.decoder = TransformerDecoder(other, num_decoder_layers, LayerNorm(d_model, layer_norm_eps, **made))
        for parameter in self.parameters():
            if parameter.ndim > 1:
                init.xavier_uniform_(parameter)
        self.d_model = d_model
        self.nhead = nhead
        self.batch_first = batch_first

    def forward(
        self,
        src: Tensor,
        tgt: Tensor,
        src_mask: Tensor | None = None,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        src_is_causal: bool | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Return what the decoder makes of ``tgt`` and of the encoder's ``src``, in the shape of ``tgt``."""
        memory = self.encoder(src, mask=src_mask, src_key_padding_mask=src_key_padding_mask, is_causal=src_is_causal)
        result: Tensor = self.decoder(
            tgt,
            memory,
            tgt_mask=tgt_mask,
            memory_mask=memory_mask,
            tgt_key_padding_mask=tgt_key_padding_mask,
            memory_key_padding_mask=memory_key_padding_mask,
            tgt_is_causal=tgt_is_causal,
            memory_is_causal=memory_is_causal,
        )
        return result

    @staticmethod
    def generate_square_subsequent_mask(
        sz: int, device: Device | str | None = None, dtype: DType | None = None
    ) -> Tensor:
        """Return the causal mask of shape (sz, sz): negative infinity above the diagonal, 0 elsewhere."""
        require_cpu(device)
        kind = (float32 if dtype is None else dtype).numpy
        return from_numpy(np.triu(np.full((sz, sz), -np.inf, kind), 1))
