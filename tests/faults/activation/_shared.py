"""Slips that an implementer of any activation may make.

They are planted in ``nn.functional`` or in a layer, so that what else in the reference uses the activation stays right.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import wraps
from typing import Any

import numpy as np

from conformance.catalogue import operator_card
from conformance.strength import Fault
from tests.faults._base import base, torch
from tests.faults._planting import Planter, Wrong, changed, method, replaced, signature_of, tape

F = torch.nn.functional


def functional(name: str, wrong: Wrong) -> Planter:
    """Return what replaces ``nn.functional.<name>``; ``wrong`` gets the right one, then what the call gives."""

    def plant() -> AbstractContextManager[Any]:
        functional = base().root.nn.functional
        right = getattr(functional, name)

        @wraps(right)
        def faulty(*arguments: Any, **options: Any) -> Any:
            return wrong(right, *arguments, **options)

        return replaced(functional, name, faulty)

    return plant


def filled(name: str, wrong: Wrong) -> Planter:
    """Return what replaces ``nn.functional.<name>``; ``wrong`` gets every argument by its name, defaults filled in."""

    def complete(right: Any, *arguments: Any, **options: Any) -> Any:
        bound = signature_of(name, right).bind(*arguments, **options)
        bound.apply_defaults()
        return wrong(right, **bound.arguments)

    return functional(name, complete)


def forced(name: str, **values: Any) -> Planter:
    """Return what gives some options of ``nn.functional.<name>`` fixed values, whatever the call gives."""
    return filled(name, lambda right, **given: right(**{**given, **values}))


def instead(name: str, other: Callable[..., Any]) -> Planter:
    """Return what computes ``other(input, **options)`` in the place of ``nn.functional.<name>``."""
    return functional(name, lambda _, input, **options: other(input, **options))


def mistaken(name: str, option: str, meant: Any, taken: Any) -> Planter:
    """Return what takes one value of an option for another: a default that is not the documented one."""

    def wrong(right: Any, **given: Any) -> Any:
        return right(**{**given, option: taken if given[option] == meant else given[option]})

    return filled(name, wrong)


def afterwards(name: str, change: Callable[[Any, Any], Any]) -> Planter:
    """Return what changes the elements of the result: ``change`` gets those of the result and of the input."""
    return functional(
        name,
        lambda right, input, *others, **options: changed(
            right(input, *others, **options), lambda y: np.asarray(change(y, input.array), dtype=y.dtype)
        ),
    )


def steeper(name: str, slope: Callable[..., Any]) -> Planter:
    """Return what adds ``slope(x, **options)`` to the derivative and leaves the values alone."""

    def wrong(right: Any, input: Any, *others: Any, **options: Any) -> Any:
        nothing = tape("Steeper", np.zeros_like, lambda x, g: np.asarray(g * slope(x, **options)).astype(g.dtype))
        return right(input, *others, **options) + nothing(input)

    return functional(name, wrong)


def at(*places: float, by: float) -> Callable[..., Any]:
    """Return a slope for :func:`steeper`: ``by`` where the input is one of ``places``, 0 elsewhere."""
    return lambda x, **_: np.where(np.isin(x, places), by, 0.0)


def nan_at_infinity(y: Any, x: Any) -> Any:
    """A product of infinity and 0 on the way."""
    return np.where(np.isinf(x), np.nan, y)


def slip(name: str, behaviour: str, what: str, plant: Planter, *, alone: bool = False, stumbles: bool = False) -> Fault:
    """Return a fault of the operator ``name``; unless it shows ``alone``, other clauses of the operator fail too."""
    return Fault(what, f"{name}.{behaviour}", plant, () if alone else (f"{name}.*",), stumbles)


def refused_empty(name: str, behaviour: str = "empty-batch") -> Fault:
    """Return the fault of refusing arrays without elements."""

    def wrong(right: Any, input: Any, *others: Any, **options: Any) -> Any:
        if 0 in input.shape:
            raise RuntimeError(f"{name}: the tensor is empty")
        return right(input, *others, **options)

    return slip(name, behaviour, "empty-refused", functional(name, wrong), stumbles=True)


def derived(name: str, *, kinks: bool = False) -> tuple[Fault, ...]:
    """Return a fault for each clause that every operator has: of its gradient, its dtype and its leaving inputs alone.

    Args:
        name: The operator.
        kinks: It has further clauses of its gradient, which fail too.
    """
    unchained = tape("Unchained", np.copy, lambda _, gradient: np.ones_like(gradient))

    def in_memory_of_input(right: Any, input: Any, *others: Any, **options: Any) -> Any:
        result = right(input.clone(), *others, **options)
        input.array[...] = np.resize(result.array, input.array.shape)
        return result

    return (
        slip(
            name,
            "gradient",
            "chain-rule-forgotten",
            functional(name, lambda right, *given, **options: unchained(right(*given, **options))),
            alone=not kinks,
        ),
        slip(
            name,
            "dtype",
            "result-always-float64",
            functional(name, lambda right, *given, **options: right(*given, **options).double()),
            alone=True,
        ),
        slip(name, "purity", "in-memory-of-input", functional(name, in_memory_of_input), alone=True),
    )


def elementwise(name: str, *, in_place: bool = False) -> tuple[Fault, ...]:
    """Return faults of the clauses that operators have in common which go element by element."""

    def at_least_one_dimension(right: Any, input: Any, *others: Any, **options: Any) -> Any:
        result = right(input, *others, **options)
        return result if result.ndim else result.reshape(1)

    def input_returned(right: Any, input: Any, *others: Any, inplace: bool = False, **options: Any) -> Any:
        return input if inplace else right(input, *others, **options)

    shapes = slip(name, "any-shape", "scalar-becomes-vector", functional(name, at_least_one_dimension))
    return (shapes, *computed_in_place(name, functional(name, input_returned))) if in_place else (shapes,)


_BY_LAYERS = ("relu6", "leaky_relu", "elu", "celu", "hardtanh", "hardsigmoid", "threshold")
_SEEN_IN_MODULES = {**dict.fromkeys(_BY_LAYERS, "activation_module"), "relu": "backward_hook"}
"""Whose layers the object tier sees compute in place, and the theme of its clause."""


def computed_in_place(name: str, input_returned: Planter) -> tuple[Fault, ...]:
    """Return faults of an operator that can compute in place, and of its layer.

    Args:
        name: The operator.
        input_returned: What makes it return its input as it was.
    """
    beside = slip(name, "in-place-memory", "beside-its-input", forced(name, inplace=False), alone=True)
    returned = slip(name, "in-place", "input-as-it-was", input_returned, alone=True)
    faults = (replace(returned, also=(beside.breaks,)), beside)
    wrapping = operator_card(name).layer
    if wrapping is None or not _may_be_in_place(wrapping.name):
        return faults
    place = f"operators.activation.{name}:{wrapping.name}.forward"
    plant = method(place, lambda right, module, input: right(module, input.clone()))
    fault = slip(name, "layer-in-place", "layer-beside-its-input", plant, alone=True)
    return (*faults, replace(fault, also=(f"{_SEEN_IN_MODULES[name]}.in-place",) if name in _SEEN_IN_MODULES else ()))


def _may_be_in_place(class_name: str) -> bool:
    return "inplace" in inspect.signature(vars(torch.nn.now())[class_name].__init__).parameters


def layer(name: str, class_name: str, wrong: Wrong, what: str) -> Fault:
    """Return a fault of the layer ``class_name``; ``wrong`` gets its forward method, the layer and the inputs."""
    place = f"operators.activation.{name}:{class_name}.forward"
    fault = slip(name, "layer", what, method(place, wrong), alone=True)
    also = (*fault.also, "activation_module.*", f"{name}_module.*")
    return replace(fault, also=(*also, f"{name}.layer-in-place") if _may_be_in_place(class_name) else also)


def defaults_only(name: str, class_name: str) -> Fault:
    """Return the fault of a layer that calls its operator without the options that it was given."""
    return layer(name, class_name, lambda _right, _module, input: getattr(F, name)(input), "options-lost")


def twice(name: str, class_name: str) -> Fault:
    """Return the fault of a layer that calls its operator once more on the result."""
    return layer(name, class_name, lambda right, module, input: right(module, right(module, input)), "applied-twice")
