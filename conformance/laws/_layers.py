"""What the laws of layers share: building a layer from a case, and calling it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from adapters.contract import Native, Sublayer
from conformance.card import Layer
from conformance.case import Case, Part
from conformance.law import Check
from conformance.operators import Operators
from conformance.trial import Trial


def slug(name: str) -> str:
    """Return the name of a class in lower-case words joined by hyphens."""
    return re.sub("(?<=[a-z])(?=[A-Z])", "-", name).lower()


def wrapped(check: Check) -> Layer:
    """Return the layer that a check is about: its statement's own, or the card's."""
    found = check.card.layer if check.statement.wrapping is None else check.statement.wrapping
    if not isinstance(found, Layer):
        raise TypeError(f"{check.clause.id}: expected a card with a layer, or a statement with one, not {found!r}")
    return found


def build(trial: Trial, case: Case) -> Callable[..., Native]:
    """Return the backend's layer with the options and the state of ``case``."""
    wrapping = wrapped(trial.check)
    arrays = case.arrays(trial.check.dtype)
    state = {key: array for argument, key in wrapping.state.items() if (array := arrays.get(argument)) is not None}
    given = {
        name: trial.backend.from_numpy(array.copy())
        for name in wrapping.given
        if (array := arrays.get(name)) is not None
    }
    return trial.backend.layer(
        wrapping.name,
        {**resolved(wrapping.options(case)), **given},
        state,
        trial.check.dtype,
        training=wrapping.training(case),
    )


def resolved(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options as an adapter takes them: a part is a layer of the contract."""
    return {
        option: Sublayer(value.name, resolved(value.options)) if isinstance(value, Part) else value
        for option, value in options.items()
    }


def called(trial: Trial, layer: Callable[..., Native], case: Case, natives: Mapping[str, Native]) -> Native:
    """Return what ``layer`` gives for those of the case's inputs that are not its state."""
    wrapping = wrapped(trial.check)
    inputs = {name: native for name, native in natives.items() if name not in wrapping.state}
    if wrapping.call is not None:
        return wrapping.call(layer, inputs, case, Operators(trial.backend))
    return layer(*inputs.values())


def written(trial: Trial, case: Case) -> str:
    """Return the construction and the call as code."""
    wrapping, check = wrapped(trial.check), trial.check
    options = ", ".join(f"{option}={value!r}" for option, value in wrapping.options(case).items())
    return f"{wrapping.name}({options}) as {case.call(check.card.name, check.dtype)}"
