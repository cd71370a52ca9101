"""The layer-parameters law: a layer has the parameters that its documentation lists, by name and shape."""

from __future__ import annotations

from conformance.card import LayerCard
from conformance.case import Case
from conformance.law import Law
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("layer_parameters", Profile.LAYER, LayerCard, dtypes=("float32",))


def test_layer_parameters(trial: Trial) -> None:
    """Compare the names and shapes of a new layer's state with the documented ones."""
    card, backend = trial.check.card, trial.backend

    def verify(case: Case) -> None:
        options = card.layer.options(case)
        with quiet():
            kept = backend.layer_state(backend.layer(card.layer.name, options, {}, trial.check.dtype))
        expected = {name: tuple(shape) for name, shape in sorted(card.parameters(**options).items())}
        actual = {name: tuple(array.shape) for name, array in sorted(kept.items())}
        if actual != expected:
            trial.fail("the parameters are others", case, str(expected), str(actual))

    trial.each_case(verify)
