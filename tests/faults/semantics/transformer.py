"""Faults of transformers as modules."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited

_MASK = "operators.attention.transformer:Transformer.generate_square_subsequent_mask"


def _drawn_anew(layer: str, name: str) -> Fault:
    """Return the fault of a stack whose layers are made one by one instead of copied."""
    return Fault(
        f"{name}-layers-drawn-anew",
        f"transformer.{name}-layers-alike",
        edited(
            f"operators.attention.transformer_{name}:Transformer{name.capitalize()}.__init__",
            (
                "self.num_layers = num_layers",
                "self.num_layers = num_layers\n"
                "    for one in list(self.layers)[1:]:\n"
                f"        one.{layer}._reset_parameters()",
            ),
        ),
    )


FAULTS = (
    Fault(
        "mask-aligned-one-too-early",
        "transformer.causal-mask",
        edited(_MASK, ("np.full((sz, sz), -np.inf, kind), 1)", "np.full((sz, sz), -np.inf, kind), 2)")),
    ),
    _drawn_anew("self_attn", "encoder"),
    _drawn_anew("multihead_attn", "decoder"),
    Fault(
        "relu-for-any-function",
        "transformer.activation-function",
        edited("operators.attention._layers:activation_of", ("return given", "return relu")),
    ),
)
