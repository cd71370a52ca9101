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


def _own(part: str) -> Fault:
    """Return the fault of making the part all the same where one is given."""
    return Fault(
        f"custom-{part}-ignored",
        f"transformer.custom-{part}",
        edited("operators.attention.transformer:Transformer.__init__", (f"if custom_{part} is None:", "if d_model:")),
        also=("transformer.custom-*",),
    )


FAULTS = (
    _own("encoder"),
    _own("decoder"),
    Fault(
        "no-weight-is-dropped",
        "transformer.attention-dropout",
        edited(
            "operators.attention.multihead_attention:MultiheadAttention.forward",
            ("float(self.dropout) if self.training else 0.0", "0.0 * float(self.dropout)"),
        ),
        also=("multihead_attention.dropout", "multihead_attention.gradient"),
    ),
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
