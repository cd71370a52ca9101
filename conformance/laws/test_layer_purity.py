"""The layer-purity law: a layer leaves what it is called on, and its parameters, as they were."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from conformance.card import LayerCard, Statement
from conformance.case import Case
from conformance.clause import documented
from conformance.law import Law
from conformance.laws._layers import build, called
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def unchanged_inputs(card: LayerCard) -> Iterator[Statement]:
    """State that inputs and parameters are left alone, in the card's basic case."""
    if card.states[0].cases:
        yield Statement(
            "purity",
            f"{card.layer.name} leaves its inputs and parameters unchanged: only operations whose name ends in an "
            "underscore, or that are told to work in place, do not.",
            "layer_purity",
            card.states[0].cases[:1],
            link=documented("tensors.html"),
        )


LAW = Law("layer_purity", Profile.LAYER, LayerCard, unchanged_inputs, dtypes=("float32",))


def test_layer_purity(trial: Trial) -> None:
    """Compare every input and parameter after the call with what it was before, bit for bit."""

    def verify(case: Case) -> None:
        natives, state = trial.natives(case), trial.check.card.layer.state
        with quiet():
            layer = build(trial, case)
            trial.arrays(called(trial, layer, case, natives))
            kept = trial.backend.layer_state(layer)
        for name, before in case.arrays(trial.check.dtype).items():
            if before is None:
                continue
            after = kept[state[name]] if name in state else trial.array(natives[name])
            if not np.array_equal(after, before, equal_nan=True):
                trial.fail(f"the call changed {name}", case, f"{name} as it was", f"{name} changed")

    trial.each_case(verify)
