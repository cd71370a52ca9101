"""The layer law: a layer, given its state, computes what its operator's definition gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from adapters.contract import Native
from conformance.card import OperatorCard, Statement, described
from conformance.case import Case
from conformance.clause import documented
from conformance.expectation import expected_outputs
from conformance.law import Law
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def layers(card: OperatorCard) -> Iterator[Statement]:
    """State that the layer computes its operator in every case of the value law, and what the card adds."""
    if card.layer is None:
        return
    yield Statement(
        "layer",
        f"The layer {card.layer.name}, with its state, computes {card.name}.",
        "layer",
        card.cases(),
        link=documented(f"generated/torch.nn.{card.layer.name}.html"),
    )
    yield from described(card.states, "layer")


LAW = Law("layer", Profile.LAYER, OperatorCard, layers)


def test_layer(trial: Trial) -> None:
    """Compare the layer's output with the definition."""
    check = trial.check
    wrapping = check.card.layer

    def verify(case: Case) -> None:
        natives = trial.natives(case)
        with quiet():
            module = build(trial, case)
            actual = trial.arrays(module(*(natives[name] for name in case.inputs if name not in wrapping.state)))
        options = ", ".join(f"{option}={value!r}" for option, value in wrapping.options(case).items())
        trial.compare_all(
            actual,
            lambda formula, arithmetic: expected_outputs(check.card, formula, case, check.dtype, arithmetic).arrays,
            call=f"{wrapping.name}({options}) as {case.call(check.card.name, check.dtype)}",
        )

    trial.each_case(verify)


def build(trial: Trial, case: Case) -> Callable[..., Native]:
    """Return the backend's layer with the options and the state of ``case``."""
    wrapping = trial.check.card.layer
    arrays = case.arrays(trial.check.dtype)
    state = {key: array for argument, key in wrapping.state.items() if (array := arrays.get(argument)) is not None}
    given = {
        name: trial.backend.from_numpy(array.copy())
        for name in wrapping.given
        if (array := arrays.get(name)) is not None
    }
    return trial.backend.layer(
        wrapping.name,
        {**wrapping.options(case), **given},
        state,
        trial.check.dtype,
        training=wrapping.training(case),
    )
