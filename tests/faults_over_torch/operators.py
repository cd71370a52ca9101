"""Faults of every operator, by rule: its result, its arguments, its gradients, what it refuses."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.catalogue import cards
from conformance.strength import Fault
from tests.faults._base import of_torch, planting_in
from tests.faults._planting import aside, found_operator, operator, signature_of
from tests.faults._rewriting import PlantingError
from tests.faults_over_torch._rules import RESULTS, alike, clauses_of, mapped, rule, swallowing


def _cases(card: OperatorCard) -> list[Case]:
    return [case for state in card.states for case in state.cases if isinstance(case, Case)]


def _of_result(card: OperatorCard) -> Iterator[Fault]:
    (first, *_) = clauses_of(card.name, "value") or clauses_of(card.name, "random_value") or [""]
    if not first or card.result_dtype is not None:
        return
    for name, change in RESULTS.items():
        yield rule(
            card.name,
            name,
            f"{card.name}.*",
            operator(card.name, lambda right, _change=change, **given: mapped(right(**given), _change)),
        )
    for clause in clauses_of(card.name, "dtype"):
        wide = operator(card.name, lambda right, **given: mapped(right(**given), lambda one: one.double()))
        yield rule(card.name, "float64-for-float32", clause, wide)
    for clause in clauses_of(card.name, "shape")[:1]:
        deep = operator(card.name, lambda right, **given: mapped(right(**given), lambda one: one.unsqueeze(0)))
        yield rule(card.name, "dimension-too-many", clause, deep)


def _of_special_values(card: OperatorCard) -> Iterator[Fault]:
    arrays = [
        array
        for case in _cases(card)
        for array in case.arrays("float32").values()
        if array is not None and array.dtype.kind == "f"
    ]
    for name, there, change in (
        ("nan-taken-for-zero", np.isnan, lambda x: x.masked_fill(x.isnan(), 0.0)),
        ("infinity-taken-for-nan", np.isinf, lambda x: x.masked_fill(x.isinf(), float("nan"))),
    ):
        if any(there(array).any() for array in arrays):
            yield rule(card.name, name, f"{card.name}.*", operator(card.name, _on_inputs(change)))
    if any(array.size == 0 for array in arrays):
        yield rule(
            card.name, "nothing-refused", f"{card.name}.*", operator(card.name, _refusing_nothing), stumbles=True
        )


def _on_inputs(change: Callable[[Any], Any]) -> Callable[..., Any]:
    return lambda right, **given: right(**{key: mapped(one, change) for key, one in given.items()})


def _refusing_nothing(right: Any, **given: Any) -> Any:
    if any(of_torch().root.is_tensor(one) and one.numel() == 0 for one in given.values()):
        raise RuntimeError("there is nothing to compute")
    return right(**given)


def _of_options(card: OperatorCard) -> Iterator[Fault]:
    documented = _documented(card.name)
    inputs = {name for case in _cases(card) for name, recipe in case.inputs.items() if recipe is not None}
    given: dict[str, list[Any]] = {}
    for case in _cases(card):
        for option, value in case.options.items():
            given.setdefault(option, []).append(value)
    for option, default in documented.items():
        if option in inputs and default is None:
            plant = operator(card.name, lambda right, _o=option, **rest: right(**{**rest, _o: None}))
            yield rule(card.name, f"{option}-left-out", f"{card.name}.*", plant)
        elif any(not alike(value, default) for value in given.get(option, ())):
            plant = operator(card.name, lambda right, _o=option, _d=default, **rest: right(**{**rest, _o: _d}))
            yield rule(card.name, f"{option}-ignored", f"{card.name}.*", plant, stumbles=True)
    if "reduction" in documented:
        for asked, done in (("mean", "sum"), ("sum", "mean"), ("none", "mean")):
            plant = operator(card.name, _reducing(asked, done))
            yield rule(card.name, f"{done}-for-{asked}", f"{card.name}.*", plant)


def _reducing(asked: str, done: str) -> Callable[..., Any]:
    return lambda right, reduction, **rest: right(**rest, reduction=done if reduction == asked else reduction)


def _documented(name: str) -> dict[str, Any]:
    with planting_in(of_torch()):
        parameters = signature_of(name, found_operator(name)).parameters.values()
    return {one.name: one.default for one in parameters if one.default is not one.empty}


def _of_memory(card: OperatorCard) -> Iterator[Fault]:
    for argument in _floating(card):
        plant = operator(card.name, _overwriting(argument))
        yield rule(card.name, f"{argument}-overwritten", f"{card.name}.*", plant)


def _overwriting(argument: str) -> Callable[..., Any]:
    def wrong(right: Any, **given: Any) -> Any:
        tensor = given.get(argument)
        if not of_torch().root.is_tensor(tensor) or not tensor.is_floating_point():
            return right(**given)
        result = right(**{**given, argument: tensor.clone()})
        tensor.data.add_(1)
        return result

    return wrong


def _floating(card: OperatorCard) -> list[str]:
    """Return the names of the arguments that are arrays of floating-point numbers in some case of its values."""
    with planting_in(of_torch()):
        known = signature_of(card.name, found_operator(card.name)).parameters
    found: dict[str, None] = {}
    for case in card.cases():
        for name, array in case.arrays("float32").items():
            if array is not None and array.dtype.kind == "f" and name in known:
                found[name] = None
    return list(found)


GRADIENTS: dict[str, Callable[[Any], Any]] = {
    "of-wrong-sign": lambda gradient: -gradient,
    "forgotten": lambda gradient: gradient * 0,
    "off-by-a-thousandth": lambda gradient: gradient * (1 + 2.0**-10),
}
"""What may be wrong with the gradient of an input."""


def _of_gradients(card: OperatorCard) -> Iterator[Fault]:
    clauses = clauses_of(card.name, "gradient") or clauses_of(card.name, "random_gradient")
    for clause in clauses[:1]:
        for argument in _floating(card):
            if argument in card.nondifferentiable:
                continue
            for name, change in GRADIENTS.items():
                plant = operator(card.name, _through(argument, change))
                yield rule(card.name, f"gradient-of-{argument}-{name}", f"{card.name}.*gradient*", plant)
        ones = operator(card.name, lambda right, **given: mapped(right(**given), _altered(lambda one: one * 0 + 1)))
        yield rule(card.name, "cotangent-taken-for-ones", clause, ones)
    for clause in clauses_of(card.name, "second_gradient")[:1]:
        yield rule(card.name, "gradient-a-constant", clause, aside(card.name))


def _altered(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the identity, but for the gradient that goes back through it."""
    torch = of_torch().root

    class Altered(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, tensor: Any) -> Any:
            del ctx
            return tensor.clone()

        @staticmethod
        def backward(ctx: Any, gradient: Any) -> Any:
            del ctx
            return change(gradient)

    return Altered.apply


def _through(argument: str, change: Callable[[Any], Any]) -> Callable[..., Any]:
    def wrong(right: Any, **given: Any) -> Any:
        return right(**{**given, argument: mapped(given.get(argument), _altered(change))})

    return wrong


def _of_refusals(card: OperatorCard) -> Iterator[Fault]:
    for clause in clauses_of(card.name, "refusal"):
        yield rule(card.name, "accepted", clause, operator(card.name, swallowing))
    for clause in clauses_of(card.name, "warning"):
        yield rule(card.name, "not-warned", clause, operator(card.name, _silent))


def _silent(right: Any, **given: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return right(**given)


def _of_chance(card: OperatorCard) -> Iterator[Fault]:
    for clause in clauses_of(card.name, "random_independence"):
        yield rule(card.name, "alike-in-every-call", clause, operator(card.name, _seeded))


def _seeded(right: Any, **given: Any) -> Any:
    of_torch().root.manual_seed(0)
    return right(**given)


def _faults(card: OperatorCard) -> Iterator[Fault]:
    for rules in (_of_result, _of_special_values, _of_options, _of_memory, _of_gradients, _of_refusals, _of_chance):
        yield from rules(card)


def _is_planted(card: OperatorCard) -> bool:
    """Say whether torch has a function of the card's name, and something tells its arguments."""
    try:
        _documented(card.name)
    except PlantingError:
        return False
    return True


MEANS_NOTHING = {
    "unpad_sequence.*:rule-padded-sequences-overwritten": "torch itself changes that argument: a known deviation",
}
"""Faults that change nothing which unmodified torch does right, each with the reason."""

FAULTS = tuple(
    fault
    for card in cards()
    if isinstance(card, OperatorCard) and _is_planted(card)
    for fault in _faults(card)
    if fault.id not in MEANS_NOTHING
)
