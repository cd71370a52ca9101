"""lstm: long short-term memory over sequences."""

from __future__ import annotations

from typing import Any

from conformance.card import LayerCard, Statement, layer
from conformance.catalogue.recurrent._cases import Layers
from conformance.catalogue.recurrent._clauses import of_layers, refusal
from conformance.catalogue.recurrent._layered import parameters, recurrent
from conformance.catalogue.recurrent._shared import LSTM
from conformance.clause import documented
from conformance.oracle import Bounded

_MADE = Layers(LSTM)
_case = _MADE.case


def lstm(input: Bounded, h_0: Bounded | None = None, c_0: Bounded | None = None, **given: Any) -> tuple[Bounded, ...]:
    """Return the output (L, N, D * H_out), h_n (D * num_layers, N, H_out) and c_n (D * num_layers, N, hidden_size)."""
    return recurrent(LSTM, input, {"h_0": h_0, "c_0": c_0}, given)


CARD = LayerCard(
    "lstm",
    documented("generated/torch.nn.LSTM.html"),
    (
        layer(
            "value",
            "At each step c' = f c + i g and h' = o tanh(c'): the gates i, f and o are sigmoids and g is a tanh of "
            "W x + b + W h + b, with rows in the order i, f, g, o.",
            _case("three-steps"),
            _case("one-step", (1, 3, 2)),
            _case("large-weights", (2, 2, 3), 3, regime="normal"),
        ),
        layer(
            "projection",
            "With proj_size the hidden state is W_hr (o tanh(c')): of that size, in the recurrence and the output too.",
            _case("two-layers", (2, 2, 3), 4, proj_size=2, num_layers=2),
            _case("reverse", (2, 2, 3), 3, proj_size=2, bidirectional=True),
        ),
        Statement(
            "projection-parameters",
            "With proj_size there are weight_hr of shape (proj_size, hidden_size), and weight_hh and the weight_ih of "
            "later layers take proj_size features.",
            "layer_parameters",
            (_case("two-layers", (2, 2, 3), 4, proj_size=2, num_layers=2, bidirectional=True),),
        ),
        Statement(
            "projection-shape",
            "With proj_size output and h_n have that many features, c_n hidden_size.",
            "layer_shape",
            (_case("two-layers", (2, 2, 3), 5, proj_size=2, num_layers=2, bidirectional=True),),
        ),
        refusal(
            "projection-size",
            "A proj_size that is not smaller than hidden_size is refused.",
            _case("equal", hidden_size=3, proj_size=3),
            _case("negative", hidden_size=3, proj_size=-1).with_inputs(
                h_0=None, c_0=None, weight_ih_l0=None, weight_hh_l0=None, weight_hr_l0=None
            ),
        ),
        *of_layers(_MADE, "LSTM"),
    ),
    definition=lstm,
    layer=_MADE.layer("LSTM"),
    output_shapes=_MADE.output_shapes,
    parameters=lambda **options: parameters(LSTM, **options),
)
