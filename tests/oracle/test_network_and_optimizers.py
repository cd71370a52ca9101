"""The network's gradients and the optimizers' trajectories are those of 400 bits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import gmpy2
import numpy as np
import pytest
from numpy.typing import NDArray

from conformance.card import NetworkCard, OptimizerCard, described
from conformance.case import Trajectory
from conformance.catalogue import cards
from conformance.expectation import definitions, expected_trajectory
from conformance.oracle import Arithmetic, Bounded, vector_jacobian_product
from tests.oracle._exactly import DOUBLE, EXACT, within_oracle_precision

OPTIMIZERS = [card for card in cards() if isinstance(card, OptimizerCard)]
NETWORKS = [card for card in cards() if isinstance(card, NetworkCard)]


def _smallest(card: OptimizerCard) -> list[Trajectory]:
    """Return one case of every statement about trajectories: the one of the fewest steps."""
    return [min(state.cases, key=lambda case: case.steps) for state in described(card.states, "trajectory")]


@pytest.mark.parametrize("card", OPTIMIZERS, ids=lambda card: card.name)
def test_trajectories_are_those_of_400_bits(card: OptimizerCard) -> None:
    for case in _smallest(card):
        with np.errstate(all="ignore"):
            extended = expected_trajectory(card, case, "float64", DOUBLE)
            exact = expected_trajectory(card, case, "float64", EXACT)
        assert len(extended) == len(exact) == case.steps
        for step, true in zip(extended, exact, strict=True):
            for parameter, other in zip(step, true, strict=True):
                within_oracle_precision(parameter, other.value)


class Pass:
    """A network's loss as a function of its input and parameters."""

    def __init__(self, card: NetworkCard) -> None:
        case = next(case for state in card.states for case in state.cases)
        random = np.random.default_rng(7)
        arrays = {name: array for name, array in case.arrays("float64").items() if array is not None}
        self.card = card
        self.target = arrays["target"][:1]
        self.point: dict[str, NDArray[Any]] = {
            "input": arrays["input"][:1],
            **{
                name: random.standard_normal(shape) / np.sqrt(np.prod(shape[1:])) + 0.1
                for name, shape in card.parameters.items()
            },
        }

    def loss(self, arrays: Mapping[str, NDArray[Any]], arithmetic: Arithmetic) -> tuple[Bounded, dict[str, Bounded]]:
        """Return the loss, and the numbers that it was computed from by name."""
        given = {name: Bounded.input(array, arithmetic) for name, array in arrays.items()}
        parameters = {name: given[name] for name in self.card.parameters}
        output = self.card.forward(definitions(), given["input"], parameters)
        return self.card.loss(definitions(), output, Bounded.input(self.target, arithmetic)), given


def _many_bits(number: Any) -> Any:
    return number if isinstance(number, type(gmpy2.mpfr(0))) else gmpy2.mpfr(float(number))


@pytest.fixture
def fast() -> Iterator[Arithmetic]:
    """Return arithmetic of 400 bits by gmpy2: a network is large, and takes no function that gmpy2's numbers lack."""
    with gmpy2.context(gmpy2.get_context(), precision=400):
        yield Arithmetic.exact(_many_bits)


@pytest.mark.parametrize("card", NETWORKS, ids=lambda card: card.name)
def test_a_networks_gradients_are_those_of_differences(card: NetworkCard, fast: Arithmetic) -> None:
    """Along one direction through all parameters and the input at once."""
    network = Pass(card)
    with np.errstate(all="ignore"):
        loss, given = network.loss(network.point, DOUBLE)
        one = Bounded.input(np.ones(()), DOUBLE)
        gradients = dict(zip(given, vector_jacobian_product(loss, one, list(given.values())), strict=True))
    random = np.random.default_rng(8)
    direction = {name: fast.stored(random.standard_normal(array.shape)) for name, array in network.point.items()}
    step = gmpy2.exp2(-100)
    ahead, behind = (
        network.loss({name: fast.stored(a) + side * direction[name] for name, a in network.point.items()}, fast)[0]
        for side in (step, -step)
    )
    difference = (ahead.value[()] - behind.value[()]) / (2 * step)
    terms = [(gradients[name], direction[name]) for name in network.point]
    found = sum(_without_rounding(g) * d for x, ds in terms for g, d in zip(x.value.flat, ds.flat, strict=True))
    budget = sum(float(e) * abs(float(d)) for x, ds in terms for e, d in zip(x.error.flat, ds.flat, strict=True))
    assert 0 < budget < abs(difference) * 1e-6
    assert abs(found - difference) <= budget / 256


def _without_rounding(number: np.longdouble) -> Any:
    """Return a number of the extended type without rounding it: the sum of two of float64."""
    high = float(number)
    return gmpy2.mpfr(high) + gmpy2.mpfr(float(number - np.longdouble(high)))
