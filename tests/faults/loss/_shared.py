"""Slips that an implementer of any loss may make."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import Planter, constant, method, operator, option, tape, widened

F = torch.nn.functional


def slip(name: str, behaviour: str, what: str, plant: Planter, *, alone: bool = False, stumbles: bool = False) -> Fault:
    """Return a fault of the loss ``name``; unless it shows ``alone``, other clauses of the loss fail too."""
    return Fault(what, f"{name}.{behaviour}", plant, () if alone else (f"{name}.*",), stumbles)


def ignored(name: str, behaviour: str, **values: Any) -> Fault:
    """Return the fault of taking options for fixed values, whatever is given."""
    changes = {key: constant(value) for key, value in values.items()}
    return slip(name, behaviour, f"{'-'.join(values)}-ignored".replace("_", "-"), option(name, **changes))


def scaled(name: str, behaviour: str, what: str, factor: Any) -> Fault:
    """Return the fault of a result that is ``factor(**arguments)`` times too large; factor 1 leaves it as it is."""

    def wrong(right: Any, **given: Any) -> Any:
        by = factor(**given)
        return right(**given) if by is None else right(**given) * by

    return slip(name, behaviour, what, operator(name, wrong))


def mean_by(name: str, behaviour: str, what: str, count: Any) -> Fault:
    """Return the fault of a mean that is the sum over ``count(**arguments)``."""

    def wrong(right: Any, **given: Any) -> Any:
        if given["reduction"] != "mean":
            return right(**given)
        return right(**{**given, "reduction": "sum"}) / count(**given)

    return slip(name, behaviour, what, operator(name, wrong))


def reductions(name: str, first: str = "input") -> tuple[Fault, ...]:
    """Return faults of the clauses about reductions; ``first`` is the first argument's name."""

    def any_name(right: Any, reduction: str, **others: Any) -> Any:
        known = {"none", "mean", "sum", "batchmean"}
        return right(reduction=reduction if reduction in known else "mean", **others)

    def kept(right: Any, reduction: str, **others: Any) -> Any:
        result = right(reduction=reduction, **others)
        return result if reduction == "none" else result.reshape((1,) * max(others[first].ndim, 1))

    return (
        slip(name, "reduction-none", "none-is-mean", option(name, reduction=lambda r: "mean" if r == "none" else r)),
        slip(name, "reduction-sum", "sum-is-mean", option(name, reduction=lambda r: "mean" if r == "sum" else r)),
        slip(name, "reduction-name", "any-name-is-mean", operator(name, any_name), alone=True),
        slip(name, "output-size", "dimensions-kept", operator(name, kept)),
    )


def shapes(name: str, behaviour: str = "any-shape", *, scalar: bool = True, first: str = "input") -> Fault:
    """Return the fault of asking numbers without dimension, or arrays of more than two, for what they lack."""

    def wrong(right: Any, **given: Any) -> Any:
        dimensions = given[first].ndim
        if dimensions == 0 if scalar else dimensions != 2:
            raise RuntimeError(f"{name}: expected more dimensions")
        return right(**given)

    return slip(name, behaviour, "scalar-refused" if scalar else "only-matrices", operator(name, wrong), stumbles=True)


def empty(name: str, first: str = "input") -> Fault:
    """Return the fault of a sum of nothing that is no number."""

    def wrong(right: Any, **given: Any) -> Any:
        result = right(**given)
        return result * float("nan") if given["reduction"] == "sum" and 0 in given[first].shape else result

    return slip(name, "empty-sum", "sum-of-nothing-is-nan", operator(name, wrong))


def derived(name: str, class_name: str, *, kinks: bool = False, first: str = "input") -> tuple[Fault, ...]:
    """Return faults of what every loss has: gradient, dtype, leaving its inputs alone, and a layer.

    Args:
        name: The loss.
        class_name: Its layer.
        kinks: It has further clauses of its gradient, which fail too.
        first: The first argument's name.
    """
    unchained = tape("Unchained", np.copy, lambda _, gradient: np.ones_like(gradient))

    def in_memory_of_input(right: Any, **given: Any) -> Any:
        result = right(**{**given, first: given[first].clone()})
        given[first].array[...] = 0.5
        return result

    def options_lost(_right: Any, _module: Any, *inputs: Any) -> Any:
        return getattr(F, name)(*inputs)

    return (
        slip(
            name,
            "gradient",
            "chain-rule-forgotten",
            operator(name, lambda right, **given: unchained(right(**given))),
            alone=not kinks,
        ),
        slip(name, "dtype", "result-always-float64", widened(name), alone=True),
        slip(name, "purity", "in-memory-of-input", operator(name, in_memory_of_input), alone=True),
        slip(
            name,
            "layer",
            "options-lost",
            method(f"operators.loss.{name}:{class_name}.forward", options_lost),
            alone=True,
        ),
    )


def accepted(name: str, behaviour: str, what: str, **changes: Any) -> Fault:
    """Return the fault of arguments that are made to fit instead of refused; each is given what makes it fit."""
    return slip(name, behaviour, what, option(name, **changes), alone=True)


def cut(name: str, behaviour: str = "shape-mismatch", first: str = "input", second: str = "target") -> Fault:
    """Return the fault of pairing elements as they lie and leaving out what the shorter one lacks."""

    def wrong(right: Any, **given: Any) -> Any:
        one, two = given[first], given[second]
        if one.shape == two.shape:
            return right(**given)
        count = min(one.numel(), two.numel())
        return right(**{**given, first: one.reshape(-1)[:count], second: two.reshape(-1)[:count]})

    return slip(name, behaviour, "mismatch-cut", operator(name, wrong), alone=True)


def weighted_by_number(name: str, behaviour: str = "weight") -> Fault:
    """Return the fault of a weight that is left out."""
    return ignored(name, behaviour, weight=None)
