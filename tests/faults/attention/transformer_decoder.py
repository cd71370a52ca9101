"""Faults of TransformerDecoder."""

from __future__ import annotations

from tests.faults.attention._layers import Stacked

_STACK = Stacked("transformer_decoder", "TransformerDecoder")
_LOOP = "for layer in self.layers"

FAULTS = (
    *_STACK.common(),
    _STACK.fault("last-layer-first", "value", _STACK.forward((_LOOP, "for layer in list(self.layers)[::-1]")), "*"),
    _STACK.fault(
        "memory-of-the-first-layer-alone",
        "value",
        _STACK.forward(
            ("            memory,\n", "            memory if layer is self.layers[0] else tgt,\n"),
            ("memory_mask=memory_mask", "memory_mask=memory_mask if layer is self.layers[0] else None"),
            (
                "memory_key_padding_mask=memory_key_padding_mask",
                "memory_key_padding_mask=memory_key_padding_mask if layer is self.layers[0] else None",
            ),
        ),
        "*",
    ),
    _STACK.fault(
        "two-layers-at-most",
        "number-of-layers",
        _STACK.forward((_LOOP, "for layer in list(self.layers)[:2]")),
        "gradient",
    ),
    _STACK.fault("norm-forgotten", "norm", _STACK.forward(("self.norm is None", "True")), "gradient"),
    _STACK.fault(
        "masks-of-the-first-layer-alone",
        "target-masks",
        _STACK.forward(("tgt_mask=tgt_mask,", "tgt_mask=tgt_mask if layer is self.layers[0] else None,")),
        "gradient",
    ),
    _STACK.fault(
        "padding-of-the-target-forgotten",
        "target-masks",
        _STACK.forward(("tgt_key_padding_mask=tgt_key_padding_mask", "tgt_key_padding_mask=None")),
        "gradient",
    ),
    _STACK.fault(
        "mask-of-the-memory-in-the-first-layer-alone",
        "memory-masks",
        _STACK.forward(("memory_mask=memory_mask,", "memory_mask=memory_mask if layer is self.layers[0] else None,")),
        "gradient",
    ),
    _STACK.fault(
        "padding-of-the-memory-forgotten",
        "memory-masks",
        _STACK.forward(("memory_key_padding_mask=memory_key_padding_mask", "memory_key_padding_mask=None")),
        "gradient",
    ),
    _STACK.fault(
        "hint-for-the-mask",
        "causal-hint",
        _STACK.forward(
            ("tgt_mask=tgt_mask,", "tgt_mask=None if tgt_is_causal else tgt_mask,"),
            ("tgt_is_causal=bool(tgt_is_causal)", "tgt_is_causal=False"),
        ),
        "gradient",
    ),
    _STACK.fault(
        "training-always",
        "evaluation",
        _STACK.forward(("for layer in self.layers:", "for layer in self.layers.train():")),
        "gradient",
    ),
    _STACK.fault(
        "memory-without-gradient",
        "gradient",
        _STACK.forward(("            memory,\n", "            memory.detach(),\n")),
    ),
)
