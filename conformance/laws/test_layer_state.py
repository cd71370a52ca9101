"""The layer-state law: what a layer keeps between calls is, after them, what its documentation says."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.expectation import bounded_inputs, remembered
from conformance.law import Law
from conformance.laws._layers import build
from conformance.oracle import Arithmetic, Bounded
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("layer_state", Profile.LAYER, OperatorCard, halves=True)


def test_layer_state(trial: Trial) -> None:
    """Call the layer on each input in turn, and compare its state."""
    check = trial.check

    def verify(case: Case) -> None:
        state = check.card.layer.state
        with quiet():
            module = build(trial, case)
            for name, native in trial.natives(case).items():
                if name not in state:
                    module(native)
            kept = trial.backend.layer_state(module)
        expected = _expected(trial, case, trial.arithmetic)
        trial.compare_all(
            {name: trial.numeric(kept[name], "layer_state") for name in expected if name in kept},
            lambda _, arithmetic: _expected(trial, case, arithmetic),
            call=case.call(check.card.layer.name, check.dtype),
        )

    trial.each_case(verify)


def _expected(trial: Trial, case: Case, arithmetic: Arithmetic) -> dict[str, Bounded]:
    card, dtype = trial.check.card, trial.check.dtype

    def compute() -> dict[str, Bounded]:
        arrays = bounded_inputs(case, dtype, arithmetic)
        calls = [array for name, array in arrays.items() if name not in card.layer.state]
        state = {key: arrays[name] for name, key in card.layer.state.items() if arrays.get(name) is not None}
        found = card.layer.after(calls, state, **card.layer.options(case))
        return {name: Bounded(one.value, one.error, arithmetic) for name, one in found.items()}

    return remembered(("state", card.name, repr(case), dtype, repr(arithmetic)), compute)  # type: ignore[no-any-return]
