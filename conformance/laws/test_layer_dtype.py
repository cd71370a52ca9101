"""The layer-dtype law: a layer of one floating-point type, called on it, returns that type in every output."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.card import LayerCard, Statement
from conformance.case import Case
from conformance.clause import documented
from conformance.law import Law
from conformance.laws._layers import build, called
from conformance.oracle import numpy_dtype
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def same_dtype(card: LayerCard) -> Iterator[Statement]:
    """State that every output's dtype is the layer's, in the card's basic case."""
    if card.states[0].cases:
        yield Statement(
            "dtype",
            f"{card.layer.name} of one floating-point type gives arrays of that type.",
            "layer_dtype",
            card.states[0].cases[:1],
            link=documented("tensor_attributes.html#torch.dtype"),
        )


LAW = Law("layer_dtype", Profile.LAYER, LayerCard, same_dtype, halves=True)


def test_layer_dtype(trial: Trial) -> None:
    """Compare each output's dtype with the layer's."""

    def verify(case: Case) -> None:
        with quiet():
            found = trial.arrays(called(trial, build(trial, case), case, trial.natives(case)))
        for name, array in found.items():
            if array.dtype != numpy_dtype(trial.check.dtype):
                trial.fail(f"{name} has another dtype", case, trial.check.dtype, str(array.dtype))

    trial.each_case(verify)
