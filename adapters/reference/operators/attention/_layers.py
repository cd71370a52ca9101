"""What the layers of encoders and decoders share: norms, the feed-forward network, the choice of an activation."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from adapters.reference.arithmetic.elementwise import add
from adapters.reference.dtype import DType
from adapters.reference.nn.containers import ModuleList
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation.gelu import gelu
from adapters.reference.operators.activation.relu import relu
from adapters.reference.operators.attention.multihead_attention import MultiheadAttention
from adapters.reference.operators.dropout.dropout import Dropout
from adapters.reference.operators.linear.linear import Linear
from adapters.reference.operators.normalization.layer_norm import LayerNorm
from adapters.reference.tensor import Tensor

Activation = Callable[[Tensor], Tensor]

_NAMED: dict[str, Activation] = {"relu": relu, "gelu": gelu}


def activation_of(given: str | Activation) -> Activation:
    """Return an activation that is given by name, or as it is.

    Raises:
        RuntimeError: There is none of that name.
    """
    if not isinstance(given, str):
        return given
    if given not in _NAMED:
        raise RuntimeError(f"activation: expected {' or '.join(map(repr, _NAMED))} or a function, not {given!r}")
    return _NAMED[given]


def copies(module: Module, number: int) -> ModuleList:
    """Return so many copies of a module, each with parameters of its own that are equal."""
    return ModuleList([copy.deepcopy(module) for _ in range(number)])


class AttentionLayer(Module):
    """What a layer of an encoder or a decoder has: attentions, a feed-forward network, norms, dropout.

    Args:
        attentions: The names of its attentions.
        d_model: The features of its input.
        nhead: The heads of each attention.
        dim_feedforward: The features between the two linear maps.
        dropout: The probability with which anything is dropped in training.
        activation: ``"relu"``, ``"gelu"`` or a function of a tensor.
        layer_norm_eps: The eps of every norm.
        batch_first: Whether inputs are of shape (N, S, E) instead of (S, N, E).
        norm_first: Whether attentions and network get normalized inputs, instead of sums being normalized.
        bias: Whether linear maps and norms add a bias.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters.
    """

    def __init__(
        self,
        attentions: tuple[str, ...],
        d_model: int,
        nhead: int,
        dim_feedforward: int,
        dropout: float,
        activation: str | Activation,
        layer_norm_eps: float,
        batch_first: bool,
        norm_first: bool,
        bias: bool,
        device: Any,
        dtype: DType | None,
    ) -> None:
        super().__init__()
        made: dict[str, Any] = {"bias": bias, "device": device, "dtype": dtype}
        for name in attentions:
            attention = MultiheadAttention(d_model, nhead, dropout=dropout, batch_first=batch_first, **made)
            self.add_module(name, attention)
        self.linear1 = Linear(d_model, dim_feedforward, **made)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, **made)
        self.norm_first = norm_first
        numbers = range(1, len(attentions) + 2)
        for number in numbers:
            self.add_module(f"norm{number}", LayerNorm(d_model, eps=layer_norm_eps, **made))
        for number in numbers:
            self.add_module(f"dropout{number}", Dropout(dropout))
        self.activation = activation_of(activation)

    def added(self, x: Tensor, number: int, block: Activation) -> Tensor:
        """Return ``x`` and what its block of that number makes of it, summed, the norm taken before or after."""
        norm, dropout = getattr(self, f"norm{number}"), getattr(self, f"dropout{number}")
        if self.norm_first:
            return add(x, dropout(block(norm(x))))
        result: Tensor = norm(add(x, dropout(block(x))))
        return result

    def attended(
        self, name: str, x: Tensor, memory: Tensor | None, mask: Tensor | None, padding: Tensor | None, causal: bool
    ) -> Tensor:
        """Return what the attention called ``name`` makes of ``x``, which attends to ``memory`` or to itself."""
        other = x if memory is None else memory
        output: Tensor
        output, _ = getattr(self, name)(
            x, other, other, attn_mask=mask, key_padding_mask=padding, need_weights=False, is_causal=causal
        )
        return output

    def fed_forward(self, x: Tensor) -> Tensor:
        """Return what the feed-forward network makes of ``x``."""
        result: Tensor = self.linear2(self.dropout(self.activation(self.linear1(x))))
        return result
