"""The law of initial states: the parameters of a new layer have the documented shape, and values or distribution."""

from __future__ import annotations

from conformance.card import FormulaCard
from conformance.data import seed_of
from conformance.failure import ConformanceFailure, Evidence
from conformance.initial import Beginning
from conformance.law import Law
from conformance.laws._sampling import require_drawn_from, require_within
from conformance.oracle import Bounded, broadcast_to
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("initial_state", Profile.INITIALIZER, FormulaCard, dtypes=("float32",))


def test_initial_state(trial: Trial) -> None:
    """Construct the layer and compare one of its parameters."""

    def verify(case: Beginning) -> None:
        call = case.call(trial.check.card.name, trial.check.dtype)
        with quiet():
            state = trial.backend.initial_state(case.layer, case.options, seed_of(case.layer, case.name))
        if case.parameter not in state:
            raise ConformanceFailure(
                Evidence(f"the layer has no {case.parameter}", call, None, case.parameter, ", ".join(sorted(state)))
            )
        actual = trial.numeric(state[case.parameter], "initial_state")
        if actual.shape != case.shape:
            raise ConformanceFailure(
                Evidence(
                    f"the {case.parameter} has another shape",
                    call,
                    None,
                    str(list(case.shape)),
                    str(list(actual.shape)),
                )
            )
        beginning = case.begins(trial.arithmetic)
        if isinstance(beginning, Bounded):
            trial.compare(
                actual,
                lambda _, arithmetic: broadcast_to(case.begins(arithmetic), case.shape),
                call=call,
                what=case.parameter,
            )
        else:
            require_within(actual, beginning, call, case.parameter)
            require_drawn_from(trial, actual, beginning, call, case.parameter)

    trial.each_case(verify)
