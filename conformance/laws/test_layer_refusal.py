"""The layer-refusal law: what the documentation rules out is refused when the layer is made, or called."""

from __future__ import annotations

from conformance.card import LayerCard
from conformance.case import Case
from conformance.law import Law
from conformance.laws._layers import build, called, written
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.trial import Trial, quiet

LAW = Law("layer_refusal", Profile.LAYER, LayerCard, dtypes=("float32",))


def test_layer_refusal(trial: Trial) -> None:
    """Make the layer and call it with what must be refused."""

    def verify(case: Case) -> None:
        with quiet(), refused(written(trial, case), *trial.check.statement.raises):
            trial.arrays(called(trial, build(trial, case), case, trial.natives(case)))

    trial.each_case(verify)
