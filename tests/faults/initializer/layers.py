"""Slips of what new layers begin with."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._planting import edited, method

_FILLED = "init.weight_and_bias_(self.weight, self.bias)"
_CONVOLUTIONS = ("conv1d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d")


def _filled(card: str, place: str, *also: str) -> tuple[Fault, ...]:
    """Return slips of a layer that is filled as linear and convolutions are; ``place`` is its reset_parameters."""
    he = edited(place, (_FILLED, f"{_FILLED}; init.kaiming_uniform_(self.weight)"))
    zeros = edited(place, (_FILLED, f"{_FILLED}\n    if self.bias is not None:\n        init.zeros_(self.bias)"))
    return (
        Fault(f"{card}-he-without-slope", f"{card}.initial-weight", he, also=also),
        Fault(f"{card}-bias-of-zeros", f"{card}.initial-bias", zeros, also=also),
    )


def _begun(card: str, place: str, parameter: str, value: float) -> Fault:
    """Return the slip of a layer whose parameter begins with another value."""

    def wrong(right: Any, self: Any, *given: Any, **options: Any) -> None:
        right(self, *given, **options)
        if getattr(self, parameter) is not None:
            getattr(self, parameter).array[...] = value

    behaviour = "initial-weight" if card == "prelu" else "initial-state"
    also = ("prelu_module.initial-slope",) if card == "prelu" else ()
    return Fault(f"{card}-{parameter}-of-{value:g}", f"{card}.{behaviour}", method(f"{place}.__init__", wrong), also)


FAULTS = (
    *_filled("linear", "operators.linear.linear:Linear.reset_parameters"),
    *_filled("conv2d", "operators.convolution.conv2d:Conv2d.reset_parameters"),
    *(
        fault
        for card in _CONVOLUTIONS
        for fault in _filled(card, "operators.convolution._layers:ConvolutionLayer.reset_parameters", "conv*.initial-*")
    ),
    Fault(
        "bilinear-of-both-numbers-of-features",
        "bilinear.initial-weight",
        edited(
            "operators.linear.bilinear:Bilinear.reset_parameters",
            ("init.uniform_(self.weight, -bound, bound)", "init.kaiming_uniform_(self.weight, a=5**0.5)"),
        ),
    ),
    Fault(
        "bilinear-bias-of-zeros",
        "bilinear.initial-bias",
        edited(
            "operators.linear.bilinear:Bilinear.reset_parameters",
            ("init.uniform_(self.bias, -bound, bound)", "init.zeros_(self.bias)"),
        ),
    ),
    _begun("batch_norm", "operators.normalization.batch_norm:BatchNorm2d", "bias", 1.0),
    _begun("batch_norm", "operators.normalization.batch_norm:BatchNorm2d", "weight", 0.0),
    _begun("group_norm", "operators.normalization.group_norm:GroupNorm", "bias", 1.0),
    _begun("instance_norm", "operators.normalization.instance_norm:InstanceNorm2d", "weight", 0.0),
    _begun("layer_norm", "operators.normalization.layer_norm:LayerNorm", "bias", 1.0),
    _begun("rms_norm", "operators.normalization.rms_norm:RMSNorm", "weight", 0.0),
    _begun("prelu", "operators.activation.prelu:PReLU", "weight", 0.2),
)
