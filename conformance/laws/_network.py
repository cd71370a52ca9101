"""What the laws of networks share: parameters, the oracle's training run, and the backend's operators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.contract import Backend, Native
from conformance.card import NetworkCard
from conformance.case import Case
from conformance.catalogue import optimizer_card
from conformance.data import Draw, seed_of
from conformance.expectation import definitions, remembered
from conformance.operators import Operators
from conformance.oracle import Arithmetic, Bounded, vector_jacobian_product

Trained = dict[str, Bounded]


def initial(card: NetworkCard, dtype: str) -> dict[str, NDArray[Any]]:
    """Return the parameters before training: normal, scaled so that every layer keeps its input's magnitude."""
    return {
        name: (Draw(shape).fill("float64", seed_of(card.name, name)) / np.sqrt(float(np.prod(shape[1:])))).astype(dtype)
        for name, shape in card.parameters.items()
    }


def expected_output(card: NetworkCard, case: Case, dtype: str, arithmetic: Arithmetic) -> Trained:
    """Return the output, the loss, and the loss's gradient of the input and of each parameter, before training."""

    def compute() -> Trained:
        parameters = {name: Bounded.input(a, arithmetic) for name, a in initial(card, dtype).items()}
        return _pass(card, case, parameters, dtype, arithmetic)

    return remembered(("network", card.name, repr(case.inputs), dtype, repr(arithmetic)), compute)  # type: ignore[no-any-return]


def expected_step(
    card: NetworkCard, case: Case, before: dict[str, NDArray[Any]], dtype: str, arithmetic: Arithmetic
) -> Trained:
    """Return every parameter after one step from ``before``.

    Each step is judged from where the backend itself stood: a bound carried through several steps of a network grows
    beyond all use.
    """
    optimizer = optimizer_card(card.optimizer)
    parameters = {name: Bounded.input(a, arithmetic) for name, a in before.items()}
    options = {**optimizer.defaults, **card.optimizer_options}
    with np.errstate(all="ignore"):
        gradients = _pass(card, case, parameters, dtype, arithmetic)
        return {name: optimizer.step(p, gradients[name], {}, **options) for name, p in parameters.items()}


def _pass(card: NetworkCard, case: Case, parameters: Trained, dtype: str, arithmetic: Arithmetic) -> Trained:
    arrays = case.arrays(dtype)
    data = {name: Bounded.input(array, arithmetic) for name, array in arrays.items() if array is not None}
    output = card.forward(definitions(), data["input"], parameters)
    loss = card.loss(definitions(), output, data["target"])
    sources = {"input": data["input"], **parameters}
    one = Bounded.input(np.ones(()), arithmetic)
    products = vector_jacobian_product(loss, one, list(sources.values()))
    found = {"output": output, "loss": loss, **dict(zip(sources, products, strict=True))}
    return {name: Bounded(x.value, x.error, arithmetic) for name, x in found.items()}


def backend_pass(
    card: NetworkCard, case: Case, backend: Backend, parameters: Sequence[NDArray[Any]], dtype: str
) -> tuple[Native, dict[str, Native]]:
    """Return the backend's loss, and its gradients of the input and of each parameter by name."""
    arrays = {name: array for name, array in case.arrays(dtype).items() if array is not None}
    target = backend.from_numpy(arrays["target"])
    natives = [backend.from_numpy(array.copy()) for array in (arrays["input"], *parameters)]
    operators = Operators(backend)

    def function(input: Native, *varied: Native) -> Native:
        named = dict(zip(card.parameters, varied, strict=True))
        return card.loss(operators, card.forward(operators, input, named), target)

    loss, products = backend.vjp(function, natives, backend.from_numpy(np.ones((), dtype=dtype)))
    return loss, dict(zip(["input", *card.parameters], products, strict=True))
