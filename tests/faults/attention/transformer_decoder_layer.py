"""Faults of TransformerDecoderLayer."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import method
from tests.faults.attention._layers import Stacked

_LAYER = Stacked("transformer_decoder_layer", "TransformerDecoderLayer")
_STACK = ("transformer_decoder.*",)
_OWN = "y, None, tgt_mask, tgt_key_padding_mask, tgt_is_causal"
_OTHER = '"multihead_attn", y, memory, memory_mask, memory_key_padding_mask, memory_is_causal'
_INIT = f"{_LAYER.place}.__init__"


def _made_with(**changes: Any) -> Any:
    """Return what makes a layer with some of its options changed."""

    def wrong(right: Any, layer: Any, *arguments: Any, **options: Any) -> None:
        right(layer, *arguments, **{**options, **changes})

    return method(_INIT, wrong)


def _default_eps(right: Any, layer: Any, *arguments: Any, **options: Any) -> None:
    """Leave out the eps of the third normalization."""
    right(layer, *arguments, **options)
    layer.norm3.eps = 1e-5


def _output_bias(right: Any, layer: Any, *arguments: Any, **options: Any) -> None:
    """Take the attention to the memory for nothing where there is no bias."""
    right(layer, *arguments, **options)
    if not options.get("bias", True):
        layer.multihead_attn.forward = lambda query, *_, **__: (query * 0.0, None)


def _halved(right: Any, layer: Any, tgt: Any, *arguments: Any, **options: Any) -> Any:
    """Take the mean of an unbatched target and of nothing."""
    result = right(layer, tgt, *arguments, **options)
    return result * 0.5 if tgt.ndim == 2 else result


FAULTS = (
    *_LAYER.common(*_STACK),
    _LAYER.fault(
        "no-attention-to-the-memory",
        "value",
        _LAYER.forward((_OTHER, '"multihead_attn", y, None, None, None, False')),
        "*",
        above=_STACK,
    ),
    _LAYER.fault(
        "one-attention-for-both", "value", _LAYER.forward(('"multihead_attn", y', '"self_attn", y')), "*", above=_STACK
    ),
    _LAYER.fault(
        "memory-for-the-query",
        "value",
        _LAYER.forward(('"multihead_attn", y, memory', '"multihead_attn", tgt, memory')),
        "*",
        above=_STACK,
    ),
    _LAYER.fault(
        "memory-normalized",
        "norm-first",
        _LAYER.forward(("y, memory, memory_mask", "y, self.norm2(memory) if self.norm_first else memory, memory_mask")),
        "activation",
        "gradient",
        above=_STACK,
    ),
    _LAYER.fault("activation-ignored", "activation", _made_with(activation="relu"), "gradient", above=_STACK),
    _LAYER.fault("third-eps-forgotten", "eps", method(_INIT, _default_eps), "gradient", above=_STACK),
    _LAYER.fault("no-memory-without-bias", "no-bias", method(_INIT, _output_bias), "gradient"),
    _LAYER.fault(
        "mask-of-the-target-forgotten",
        "target-mask",
        _LAYER.forward((_OWN, "y, None, None, tgt_key_padding_mask, False")),
        "memory-mask",
        "causal-hint",
        "gradient",
        above=_STACK,
    ),
    _LAYER.fault(
        "mask-of-the-memory-forgotten",
        "memory-mask",
        _LAYER.forward(
            (
                "memory, memory_mask, memory_key_padding_mask, memory_is_causal",
                "memory, None, memory_key_padding_mask, False",
            )
        ),
        "causal-hint",
        "gradient",
        above=_STACK,
    ),
    _LAYER.fault(
        "padding-exchanged",
        "key-padding-masks",
        _LAYER.forward(
            (
                "tgt_mask, tgt_key_padding_mask,",
                "tgt_mask, memory_key_padding_mask if tgt_key_padding_mask is not None else None,",
            ),
        ),
        "gradient",
    ),
    _LAYER.fault(
        "padding-of-the-memory-forgotten",
        "key-padding-masks",
        _LAYER.forward(("memory_mask, memory_key_padding_mask,", "memory_mask, None,")),
        "unbatched",
        "gradient",
        above=_STACK,
    ),
    _LAYER.fault(
        "hint-for-the-mask",
        "causal-hint",
        _LAYER.forward(
            (
                "memory, memory_mask, memory_key_padding_mask, memory_is_causal",
                "memory, None if memory_is_causal else memory_mask, memory_key_padding_mask, False",
            )
        ),
        "gradient",
        above=_STACK,
    ),
    _LAYER.fault(
        "sequence-first-always", "batch-first", _made_with(batch_first=False), "output-size", "gradient", above=_STACK
    ),
    _LAYER.fault("unbatched-halved", "unbatched", method(f"{_LAYER.place}.forward", _halved), "gradient"),
    _LAYER.fault(
        "dropped-in-evaluation",
        "evaluation",
        _LAYER.forward(
            (
                "return self.added(x, 3, self.fed_forward)",
                "return self.added(x * (1 - self.dropout.p), 3, self.fed_forward)",
            )
        ),
        "gradient",
        above=_STACK,
    ),
    _LAYER.fault(
        "memory-without-gradient",
        "gradient",
        _LAYER.forward(("y, memory, memory_mask", "y, memory.detach(), memory_mask")),
        above=("transformer_decoder.gradient",),
    ),
)
