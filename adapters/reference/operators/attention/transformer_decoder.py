"""transformer_decoder: a stack of layers, each with what the one before gave and the memory."""

from __future__ import annotations

from adapters.reference.nn.module import Module
from adapters.reference.operators.attention._layers import copies
from adapters.reference.tensor import Tensor

__all__ = ["TransformerDecoder"]


class TransformerDecoder(Module):
    """A stack of copies of a layer, and a norm at the end.

    Args:
        decoder_layer: What is copied.
        num_layers: How many copies there are.
        norm: What the output passes at last, if anything.
    """

    def __init__(self, decoder_layer: Module, num_layers: int, norm: Module | None = None) -> None:
        super().__init__()
        self.layers = copies(decoder_layer, num_layers)
        self.num_layers = num_layers
        self.norm = norm

    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Return ``tgt`` passed through all layers; the other arguments are given to each of them."""
        for layer in self.layers:
            tgt = layer(
                tgt,
                memory,
                tgt_mask=tgt_mask,
                memory_mask=memory_mask,
                tgt_key_padding_mask=tgt_key_padding_mask,
                memory_key_padding_mask=memory_key_padding_mask,
                tgt_is_causal=bool(tgt_is_causal),
                memory_is_causal=memory_is_causal,
            )
        result: Tensor = tgt if self.norm is None else self.norm(tgt)
        return result
