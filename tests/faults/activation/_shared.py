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
from unittest import mock

import numpy as np

from adapters.reference.namespace import torch
from conformance.strength import Fault
from tests.faults._planting import Planter, Wrong, changed, method, tape

F = torch.nn.functional


def functional(name: str, wrong: Wrong) -> Planter:
    """Return what replaces ``nn.functional.<name>``; ``wrong`` gets the right one, then what the call gives."""

    def plant() -> AbstractContextManager[Any]:
        right = getattr(F, name)

        @wraps(right)
        def faulty(*arguments: Any, **options: Any) -> Any:
            return wrong(right, *arguments, **options)

        return mock.patch.object(F, name, faulty)

    return plant


def filled(name: str, wrong: Wrong) -> Planter:
    """Return what replaces ``nn.functional.<name>``; ``wrong`` gets every argument by its name, defaults filled in."""
    signature = inspect.signature(getattr(F, name))

    def complete(right: Any, *arguments: Any, **options: Any) -> Any:
        bound = signature.bind(*arguments, **options)
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
    places = slip(name, "in-place", "input-as-it-was", functional(name, input_returned), alone=True)
    return (shapes, places) if in_place else (shapes,)


def layer(name: str, class_name: str, wrong: Wrong, what: str) -> Fault:
    """Return a fault of the layer ``class_name``; ``wrong`` gets its forward method, the layer and the inputs."""
    place = f"operators.activation.{name}:{class_name}.forward"
    fault = slip(name, "layer", what, method(place, wrong), alone=True)
    return replace(fault, also=(*fault.also, "activation_module.*", f"{name}_module.*"))


def defaults_only(name: str, class_name: str) -> Fault:
    """Return the fault of a layer that calls its operator without the options that it was given."""
    return layer(name, class_name, lambda _right, _module, input: getattr(F, name)(input), "options-lost")


def twice(name: str, class_name: str) -> Fault:
    """Return the fault of a layer that calls its operator once more on the result."""
    return layer(name, class_name, lambda right, module, input: right(module, right(module, input)), "applied-twice")
