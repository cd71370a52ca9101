"""Faults of dropout."""

from __future__ import annotations

from dataclasses import replace

from conformance.strength import Fault
from tests.faults._planting import these
from tests.faults.dropout._shared import kind, rare, shapes

_IN_RECURRENT_LAYERS = {
    "evaluation-forgotten": "dropout-evaluation gradient",
    "flattened": "dropout gradient",
    "nan-for-nothing": "dropout gradient",
    "chain-rule-forgotten": "gradient",
    "used-up": "gradient",
}
"""What recurrent layers, which drop between them, fail by a fault."""


def _also_between_layers(fault: Fault) -> Fault:
    behaviours = _IN_RECURRENT_LAYERS.get(fault.name, "")
    return replace(fault, also=(*fault.also, *these(*(f"{card}: {behaviours}" for card in ("rnn", "lstm", "gru")))))


FAULTS = tuple(map(_also_between_layers, (*kind("dropout", "Dropout"), *rare("dropout"), shapes("dropout"))))
