"""The layer-shape law: every output of a layer has the shape that its documentation gives."""

from __future__ import annotations

from conformance.card import LayerCard
from conformance.case import Case
from conformance.law import Law
from conformance.laws._layers import build, called
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("layer_shape", Profile.LAYER, LayerCard, dtypes=("float32",))


def test_layer_shape(trial: Trial) -> None:
    """Compare the shape of each output with the card's formula."""

    def verify(case: Case) -> None:
        expected = [tuple(shape) for shape in trial.check.card.output_shapes(**case.shapes(), **case.options)]
        with quiet():
            found = trial.arrays(called(trial, build(trial, case), case, trial.natives(case)))
        actual = [array.shape for array in found.values()]
        if actual != expected:
            trial.fail("the outputs have other shapes", case, f"shapes {expected}", f"shapes {actual}")

    trial.each_case(verify)
