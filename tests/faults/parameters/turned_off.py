"""Parameters that are there though an argument turns them off, with values that change no number: ones and zeros."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.laws._layers import slug
from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import Planter, method

_NORMS = {
    "batch_norm": ("BatchNorm2d", "BatchNorm1d", "BatchNorm3d"),
    "instance_norm": ("InstanceNorm2d", "InstanceNorm1d", "InstanceNorm3d"),
    "group_norm": ("GroupNorm",),
}
_MAPS = {
    **{f"conv{n}d": f"convolution.conv{n}d:Conv{n}d" for n in (1, 2, 3)},
    **{f"conv_transpose{n}d": f"convolution.conv_transpose{n}d:ConvTranspose{n}d" for n in (1, 2, 3)},
    "linear": "linear.linear:Linear",
    "bilinear": "linear.bilinear:Bilinear",
}
"""Where the layers are that have a weight and perhaps a bias."""


def _kept(place: str, name: str, fill: str, shape: Callable[[Any], tuple[int, ...]]) -> Planter:
    """Return what gives every layer made at ``place`` a parameter of that name, zeros or ones where it has none."""

    def wrong(right: Any, self: Any, *arguments: Any, **options: Any) -> None:
        right(self, *arguments, **options)
        if getattr(self, name) is None:
            made = torch.zeros(shape(self)) if fill == "zeros" else torch.ones(shape(self))
            setattr(self, name, torch.nn.Parameter(made))

    return method(f"operators.{place}.__init__", wrong)


def _channels(layer: Any) -> tuple[int, ...]:
    return (getattr(layer, "num_features", None) or layer.num_channels,)


def _outputs(layer: Any) -> tuple[int, ...]:
    return (getattr(layer, "out_channels", None) or layer.out_features,)


def _in_norm(right: Any, self: Any, *arguments: Any, **options: Any) -> None:
    """Norms of a layer have a bias whatever is asked for."""
    right(self, *arguments, **options)
    if self.norm1.bias is None:
        self.norm1.bias = torch.nn.Parameter(torch.zeros(tuple(self.norm1.weight.shape)))


def _idle_norm(right: Any, self: Any, *arguments: Any, **options: Any) -> None:
    """A stack always has a norm, which does nothing where none is given."""
    right(self, *arguments, **options)
    if self.norm is None:
        self.norm = torch.nn.LayerNorm(self.layers[0].linear1.weight.shape[1])
        self.norm.forward = lambda input: input


def _clause(card: str, layer: str) -> str:
    return f"{card}.parameters" + ("" if layer in {"BatchNorm2d", "InstanceNorm2d", "GroupNorm"} else f"-{slug(layer)}")


FAULTS = (
    *(
        Fault(f"{name}-anyway", _clause(card, layer), _kept(place, name, fill, _channels))
        for card, layers in _NORMS.items()
        for layer in layers
        for place in (f"normalization.{card}:{layer}",)
        for name, fill in (("weight", "ones"), ("bias", "zeros"))
    ),
    *(
        Fault(
            f"{name}-anyway",
            f"{card}.parameters",
            _kept(f"normalization.{card}:{layer}", name, fill, lambda made: tuple(made.normalized_shape)),
        )
        for card, layer, name, fill in (
            ("layer_norm", "LayerNorm", "weight", "ones"),
            ("rms_norm", "RMSNorm", "weight", "ones"),
        )
    ),
    Fault(
        "bias-anyway",
        "layer_norm.parameters",
        _kept("normalization.layer_norm:LayerNorm", "bias", "zeros", lambda made: tuple(made.normalized_shape)),
        also=("transformer_*.parameters",),
    ),
    *(
        Fault("bias-of-zeros-anyway", f"{card}.parameters", _kept(place, "bias", "zeros", _outputs))
        for card, place in _MAPS.items()
        if card != "linear"
    ),
    Fault(
        "bias-of-zeros-anyway",
        "linear.parameters",
        _kept(_MAPS["linear"], "bias", "zeros", _outputs),
        also=(
            "multihead_attention.parameters",
            "transformer_*.parameters",
            *("load_state_dict_*_hook.called", "state_dict_*_hook.called", "module.text-of-linear"),
        ),
    ),
    Fault(
        "bias-of-zeros-anyway",
        "multihead_attention.parameters",
        _kept(
            "attention.multihead_attention:MultiheadAttention",
            "in_proj_bias",
            "zeros",
            lambda made: (3 * made.embed_dim,),
        ),
        also=("transformer_*.parameters",),
    ),
    *(
        Fault(
            "norm-with-bias-anyway",
            f"transformer_{kind}_layer.parameters",
            method(f"operators.attention.transformer_{kind}_layer:Transformer{kind.title()}Layer.__init__", _in_norm),
        )
        for kind in ("encoder", "decoder")
    ),
    *(
        Fault(
            "norm-anyway",
            f"transformer_{kind}.parameters",
            method(f"operators.attention.transformer_{kind}:Transformer{kind.title()}.__init__", _idle_norm),
        )
        for kind in ("encoder", "decoder")
    ),
)
