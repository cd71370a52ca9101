"""The layer-parameters law: a new layer has the parameters that its arguments ask for, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from adapters.contract import Array
from conformance.card import FormulaCard, Layer, LayerCard, OperatorCard, Statement, described
from conformance.case import Case
from conformance.clause import documented
from conformance.data import seed_of
from conformance.law import Law
from conformance.laws._layers import resolved, slug, wrapped
from conformance.profile import Profile
from conformance.trial import Trial, quiet

Shapes = Mapping[str, tuple[int, ...]]


def parameters(card: FormulaCard) -> Iterator[Statement]:
    """State which parameters a layer has whose arguments can turn some off; or what the card says of them."""
    own = described(card.states, "layer_parameters")
    yield from own
    if own or not isinstance(card, (OperatorCard, LayerCard)):
        return
    further = card.further_layers if isinstance(card, OperatorCard) else ()
    for wrapping in () if card.layer is None else (card.layer, *further):
        cases = _different(card, wrapping)
        if len(cases) > 1:
            first = wrapping is card.layer
            yield Statement(
                "parameters" if first else f"parameters-{slug(wrapping.name)}",
                f"A new {wrapping.name} has the parameters that its arguments ask for, of the documented names and "
                "shapes, and none of those that they turn off.",
                "layer_parameters",
                cases,
                link=documented(f"generated/torch.nn.{wrapping.name}.html"),
                wrapping=wrapping,
            )


def documented_names(card: FormulaCard, wrapping: Layer) -> dict[str, str]:
    """Return the names of the layer's parameters, by those of the arguments that they are of the card."""
    left_out = {*card.nondifferentiable, *wrapping.given}
    return {argument: name for argument, name in wrapping.state.items() if argument not in left_out}


def asked_for(card: FormulaCard, wrapping: Layer, case: Case) -> Shapes:
    """Return the names and shapes of the parameters that the layer of ``case`` is to have."""
    names = documented_names(card, wrapping)
    shapes = {name: case.shape(argument) for argument, name in names.items() if case.inputs.get(argument) is not None}
    return dict(sorted(shapes.items()))


def _different(card: FormulaCard, wrapping: Layer) -> tuple[Case, ...]:
    """Return the first case of each set of parameters, whether or not the layer can be called with its inputs."""
    found: dict[tuple[str, ...], Case] = {}
    for case in card.cases():
        if not case.only_halves:
            found.setdefault(tuple(asked_for(card, wrapping, case)), case)
    return tuple(found.values())


LAW = Law("layer_parameters", Profile.LAYER, FormulaCard, parameters, dtypes=("float32",))


def test_layer_parameters(trial: Trial) -> None:
    """Compare the names and shapes of a new layer's parameters with the documented ones."""
    card, wrapping = trial.check.card, wrapped(trial.check)

    def verify(case: Case) -> None:
        options = resolved(wrapping.options(case))
        with quiet():
            kept = trial.backend.initial_state(wrapping.name, options, seed_of(wrapping.name, case.name))
        expected = _expected(card, wrapping, case)
        actual = _found(card, wrapping, kept)
        if actual != expected:
            trial.fail("the parameters are others", case, str(expected), str(actual))

    trial.each_case(verify)


def _expected(card: Any, wrapping: Layer, case: Case) -> Shapes:
    if isinstance(card, LayerCard) and card.parameters is not None:
        return {name: tuple(shape) for name, shape in sorted(card.parameters(**wrapping.options(case)).items())}
    return asked_for(card, wrapping, case)


def _found(card: Any, wrapping: Layer, kept: Mapping[str, Array]) -> Shapes:
    """Return what the layer has: all of it where the card lists all, else what may be among its parameters."""
    shapes = {name: tuple(array.shape) for name, array in sorted(kept.items())}
    if isinstance(card, LayerCard) and card.parameters is not None:
        return shapes
    known = set(documented_names(card, wrapping).values())
    return {name: shape for name, shape in shapes.items() if name in known}
