"""First and second derivatives of every operation are those of differences in 400 bits, which use no rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance import oracle
from conformance.oracle import Bounded, vector_jacobian_product
from tests.oracle._exactly import DOUBLE, EXACT, assert_derivative, exactly, within_oracle_precision
from tests.oracle._operations import OPERATIONS, Operation

Point = Mapping[str, NDArray[Any]]


def _inputs(point: Point) -> list[Bounded]:
    return [Bounded(a, np.zeros_like(a), EXACT) for a in point.values()]


def _weights(shape: tuple[int, ...], seed: int) -> NDArray[np.float64]:
    return np.random.default_rng(seed).standard_normal(shape)


def _dot(weights: Sequence[NDArray[Any]], arrays: Sequence[Bounded]) -> Any:
    pairs = zip(weights, arrays, strict=True)
    return sum(w * v for ws, a in pairs for w, v in zip(ws.flat, a.value.flat, strict=True))


def _once(operation: Operation, inputs: list[Bounded]) -> list[Bounded]:
    """Return the vector-Jacobian products of an operation, with weights as the cotangent."""
    output = operation.function(*inputs)
    cotangent = Bounded.input(_weights(output.shape, 1), output.arithmetic)
    return vector_jacobian_product(output, cotangent, inputs)


def _twice(operation: Operation, inputs: list[Bounded]) -> list[Bounded]:
    """Return the derivatives of the first derivatives' weighed sum."""
    first = _once(operation, inputs)
    collected = [
        vector_jacobian_product(g, Bounded.input(_weights(g.shape, 2 + i), g.arithmetic), inputs)
        for i, g in enumerate(first)
    ]
    return [sum(parts[1:], start=parts[0]) for parts in zip(*collected, strict=True)]


@pytest.fixture(params=sorted(OPERATIONS))
def operation(request: pytest.FixtureRequest) -> Operation:
    return OPERATIONS[request.param]


def test_first_derivatives(operation: Operation) -> None:
    point = {str(i): exactly(a) for i, a in enumerate(operation.draw())}
    weights = [exactly(_weights(operation.function(*_inputs(point)).shape, 1))]
    gradients = _once(operation, _inputs(point))
    found = {name: g.value for name, g in zip(point, gradients, strict=True)}
    assert assert_derivative(lambda p: _dot(weights, [operation.function(*_inputs(p))]), point, found)


def test_second_derivatives(operation: Operation) -> None:
    point = {str(i): exactly(a) for i, a in enumerate(operation.draw())}
    weights = [exactly(_weights(a.shape, 2 + i)) for i, a in enumerate(point.values())]
    gradients = _twice(operation, _inputs(point))
    found = {name: g.value for name, g in zip(point, gradients, strict=True)}
    assert assert_derivative(lambda p: _dot(weights, _once(operation, _inputs(p))), point, found)


def test_extended_precision_is_enough(operation: Operation) -> None:
    data = operation.draw()
    extended = [Bounded.input(a, DOUBLE) for a in data]
    exact = [Bounded.input(a, EXACT) for a in data]
    pairs = [(operation.function(*extended), operation.function(*exact))]
    pairs += zip(_once(operation, extended), _once(operation, exact), strict=True)
    pairs += zip(_twice(operation, extended), _twice(operation, exact), strict=True)
    for one, other in pairs:
        within_oracle_precision(one, other.value)


def test_a_third_derivative_of_a_contraction() -> None:
    """The derivatives of x^T A x and of their products close: a gradient's gradient's gradient is right too."""
    x = Bounded.input(np.array([[1.5, -2.0]]), DOUBLE)
    cube = oracle.matmul(x, oracle.reshape(x, (2, 1))) * oracle.total(x)  # (x . x) (sum x)
    one = Bounded.input(np.ones((1, 1)), DOUBLE)
    (first,) = vector_jacobian_product(cube, one, [x])
    (second,) = vector_jacobian_product(oracle.total(first), Bounded.input(np.ones(()), DOUBLE), [x])
    (third,) = vector_jacobian_product(oracle.total(second), Bounded.input(np.ones(()), DOUBLE), [x])
    a, b = 1.5, -2.0  # f = (a^2 + b^2) (a + b); f_a + f_b = 2 (a + b)^2 + 2 (a^2 + b^2), and its own sum 12 (a + b)
    assert first.value.tolist() == [[2 * a * (a + b) + a * a + b * b, 2 * b * (a + b) + a * a + b * b]]
    assert second.value.tolist() == [[4 * (a + b) + 4 * a, 4 * (a + b) + 4 * b]]
    assert third.value.tolist() == [[12.0, 12.0]]


def test_what_an_output_does_not_depend_on_has_no_gradient() -> None:
    x, y = (Bounded.input(np.ones(3), DOUBLE) for _ in range(2))
    (product,) = vector_jacobian_product(x * 2.0, Bounded.input(np.ones(3), DOUBLE), [y])
    assert not product.value.any()
    assert not product.error.any()


def test_a_number_used_twice_receives_both_cotangents() -> None:
    x = Bounded.input(np.array([3.0]), DOUBLE)
    shared = x * x
    (product,) = vector_jacobian_product(shared + shared * x, Bounded.input(np.ones(1), DOUBLE), [x])
    assert product.value.tolist() == [2 * 3 + 3 * 9]


def test_a_cotangent_of_another_shape_is_refused() -> None:
    x = Bounded.input(np.ones(3), DOUBLE)
    with pytest.raises(ValueError, match="cotangent of the output's shape"):
        vector_jacobian_product(x + x, Bounded.input(np.ones(2), DOUBLE), [x])
