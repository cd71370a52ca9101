"""gru: gated recurrent units over sequences."""

from __future__ import annotations

from typing import Any

from conformance.card import LayerCard, layer
from conformance.catalogue.recurrent._cases import Layers
from conformance.catalogue.recurrent._clauses import of_layers
from conformance.catalogue.recurrent._layered import parameters, recurrent
from conformance.catalogue.recurrent._shared import GRU
from conformance.clause import documented
from conformance.oracle import Bounded

_MADE = Layers(GRU)
_case = _MADE.case


def gru(input: Bounded, h_0: Bounded | None = None, **given: Any) -> tuple[Bounded, ...]:
    """Return the output (L, N, D * hidden_size) and h_n (D * num_layers, N, hidden_size)."""
    return recurrent(GRU, input, {"h_0": h_0}, given)


CARD = LayerCard(
    "gru",
    documented("generated/torch.nn.GRU.html"),
    (
        layer(
            "value",
            "At each step h' = (1 - z) n + z h: the gates r and z are sigmoids and n is a tanh, with rows in the order "
            "r, z, n.",
            _case("three-steps"),
            _case("one-step", (1, 3, 2)),
            _case("large-weights", (2, 2, 3), 3, regime="normal"),
        ),
        layer(
            "reset-gate",
            "The reset gate multiplies W_hn h + b_hn, after the matrix product and the bias.",
            _case("two-steps", (2, 2, 2), 3, regime="normal"),
        ),
        *of_layers(_MADE, "GRU"),
    ),
    definition=gru,
    layer=_MADE.layer("GRU"),
    output_shapes=_MADE.output_shapes,
    parameters=lambda **options: parameters(GRU, **options),
)
