"""transformer_encoder: a stack of layers, each with what the one before gave."""

from __future__ import annotations

from adapters.reference.nn.module import Module
from adapters.reference.operators.attention._layers import copies
from adapters.reference.tensor import Tensor

__all__ = ["TransformerEncoder"]


class TransformerEncoder(Module):
    """A stack of copies of a layer, and a norm at the end.

    Args:
        encoder_layer: What is copied.
        num_layers: How many copies there are.
        norm: What the output passes at last, if anything.
        enable_nested_tensor: Taken for compatibility.
        mask_check: Taken for compatibility.
    """

    def __init__(
        self,
        encoder_layer: Module,
        num_layers: int,
        norm: Module | None = None,
        enable_nested_tensor: bool = True,
        mask_check: bool = True,
    ) -> None:
        super().__init__()
        self.layers = copies(encoder_layer, num_layers)
        self.num_layers = num_layers
        self.norm = norm
        self.enable_nested_tensor = enable_nested_tensor
        self.mask_check = mask_check

    def forward(
        self,
        src: Tensor,
        mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool | None = None,
    ) -> Tensor:
        """Return ``src`` passed through all layers; the other arguments are given to each of them."""
        for layer in self.layers:
            src = layer(src, src_mask=mask, src_key_padding_mask=src_key_padding_mask, is_causal=bool(is_causal))
        result: Tensor = src if self.norm is None else self.norm(src)
        return result
