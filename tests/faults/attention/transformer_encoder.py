"""Faults of TransformerEncoder."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import method
from tests.faults.attention._layers import Stacked

_STACK = Stacked("transformer_encoder", "TransformerEncoder")
_LOOP = "for layer in self.layers"


def _nested_alone(right: Any, stack: Any, src: Any, *arguments: Any, **options: Any) -> Any:
    """Forget what is padding where nothing is nested."""
    if not stack.enable_nested_tensor:
        options = {**options, "src_key_padding_mask": None}
    return right(stack, src, *arguments, **options)


FAULTS = (
    *_STACK.common(),
    _STACK.fault("last-layer-first", "value", _STACK.forward((_LOOP, "for layer in list(self.layers)[::-1]")), "*"),
    _STACK.fault(
        "first-layer-again", "value", _STACK.forward((_LOOP, "for layer in [self.layers[0]] * self.num_layers")), "*"
    ),
    _STACK.fault(
        "two-layers-at-most",
        "number-of-layers",
        _STACK.forward((_LOOP, "for layer in list(self.layers)[:2]")),
        "gradient",
    ),
    _STACK.fault("norm-forgotten", "norm", _STACK.forward(("self.norm is None", "True")), "gradient"),
    _STACK.fault(
        "norm-after-each-layer",
        "norm",
        _STACK.forward(
            (
                "for layer in self.layers:",
                "for layer in (self.layers if self.norm is None "
                "else [lambda x, _l=one, **o: self.norm(_l(x, **o)) for one in self.layers]):",
            )
        ),
        "gradient",
    ),
    _STACK.fault(
        "mask-of-the-first-layer-alone",
        "mask",
        _STACK.forward(
            ("src_mask=mask,", "src_mask=mask if layer is self.layers[0] else None,"),
            ("is_causal=bool(is_causal)", "is_causal=False"),
        ),
        "causal-hint",
        "gradient",
    ),
    _STACK.fault(
        "padding-of-the-first-layer-alone",
        "key-padding-mask",
        _STACK.forward(
            (
                "src_key_padding_mask=src_key_padding_mask,",
                "src_key_padding_mask=src_key_padding_mask if layer is self.layers[0] else None,",
            )
        ),
        "nested-tensors",
        "gradient",
    ),
    _STACK.fault(
        "mask-only-with-a-hint",
        "causal-hint",
        _STACK.forward(
            ("src_mask=mask,", "src_mask=None if is_causal else mask,"),
            ("is_causal=bool(is_causal)", "is_causal=False"),
        ),
        "gradient",
    ),
    _STACK.fault(
        "padding-if-nested-alone", "nested-tensors", method(f"{_STACK.place}.forward", _nested_alone), "gradient"
    ),
    _STACK.fault(
        "training-always",
        "evaluation",
        _STACK.forward(("for layer in self.layers:", "for layer in self.layers.train():")),
        "gradient",
    ),
    _STACK.fault(
        "first-layer-without-gradient",
        "gradient",
        _STACK.forward(("src = layer(", "src = layer.requires_grad_(layer is not self.layers[0])(")),
    ),
)
