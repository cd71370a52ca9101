"""The layer-state law: what a layer keeps between calls is, after them, what its documentation says."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.expectation import bounded_inputs, remembered
from conformance.law import Law
from conformance.laws._layers import build, wrapped
from conformance.oracle import Arithmetic, Bounded
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("layer_state", Profile.LAYER, OperatorCard, halves=True)


def test_layer_state(trial: Trial) -> None:
    """Call the layer on each input in turn, and compare its state."""
    check = trial.check

    def verify(case: Case) -> None:
        wrapping = wrapped(check)
        with quiet():
            module = build(trial, case)
            for name, native in trial.natives(case).items():
                if name not in wrapping.state:
                    module(native)
            kept = trial.backend.layer_state(module)
        expected = _expected(trial, case, trial.arithmetic)
        trial.compare_all(
            {name: trial.numeric(kept[name], "layer_state") for name in expected if name in kept},
            lambda _, arithmetic: _expected(trial, case, arithmetic),
            call=case.call(wrapping.name, check.dtype),
        )

    trial.each_case(verify)


def _expected(trial: Trial, case: Case, arithmetic: Arithmetic) -> dict[str, Bounded]:
    dtype, wrapping = trial.check.dtype, wrapped(trial.check)

    def compute() -> dict[str, Bounded]:
        arrays = bounded_inputs(case, dtype, arithmetic)
        calls = [array for name, array in arrays.items() if name not in wrapping.state]
        state = {key: arrays[name] for name, key in wrapping.state.items() if arrays.get(name) is not None}
        assert wrapping.after is not None, f"{trial.check.clause.id}: a layer that changes no state"
        found = wrapping.after(calls, state, **wrapping.options(case))
        return {name: Bounded(one.value, one.error, arithmetic) for name, one in found.items()}

    return remembered(("state", trial.check.clause.id, repr(case), dtype, repr(arithmetic)), compute)  # type: ignore[no-any-return]
