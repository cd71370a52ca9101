"""Gradients as frameworks compute them in float32 and float64 stay within the bounds of the reverse mode."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from conformance import oracle
from conformance.catalogue.convolution.conv2d import conv2d
from conformance.catalogue.linear.linear import linear
from conformance.oracle import Arithmetic, Bounded, vector_jacobian_product
from tests.oracle._bounds import holds
from tests.oracle._evaluations import SUMMATIONS, dot

_settings = settings(max_examples=12, deadline=None, derandomize=True, database=None)
_seeds = st.integers(0, 2**20)

Backward = Callable[[NDArray, NDArray], NDArray]


def _erf_slope(x: NDArray) -> NDArray:
    return x.dtype.type(2 / math.sqrt(math.pi)) * np.exp(-x * x)


BACKWARD: dict[str, tuple[Callable[[Bounded], Bounded], Backward, float]] = {
    "exp": (oracle.exp, lambda c, x: c * np.exp(x), -20.0),
    "expm1": (oracle.expm1, lambda c, x: c * np.exp(x), -20.0),
    "expm1-from-result": (lambda x: oracle.expm1(x, backward="result"), lambda c, x: c * (np.expm1(x) + 1), -20.0),
    "log": (oracle.log, lambda c, x: c / x, 1e-3),
    "log1p": (oracle.log1p, lambda c, x: c / (x + 1), -0.9),
    "sqrt": (oracle.sqrt, lambda c, x: c / (2 * np.sqrt(x)), 1e-3),
    "rsqrt": (oracle.rsqrt, lambda c, x: c * x.dtype.type(-0.5) * (1 / np.sqrt(x)) ** 3, 1e-3),
    "reciprocal": (oracle.reciprocal, lambda c, x: -c * (1 / x) * (1 / x), 1e-3),
    "tanh": (oracle.tanh, lambda c, x: c * (1 - np.tanh(x) ** 2), -20.0),
    "sigmoid": (oracle.sigmoid, lambda c, x: c * ((1 - 1 / (1 + np.exp(-x))) * (1 / (1 + np.exp(-x)))), -20.0),
    "sin": (oracle.sin, lambda c, x: c * np.cos(x), -20.0),
    "cos": (oracle.cos, lambda c, x: c * -np.sin(x), -20.0),
    "atan": (oracle.atan, lambda c, x: c / (1 + x * x), -20.0),
    "erf": (oracle.erf, lambda c, x: c * _erf_slope(x), -4.0),
    "square": (lambda x: x.square(), lambda c, x: 2 * c * x, -20.0),
    "cube": (lambda x: oracle.power(x, 3.0), lambda c, x: c * (3 * np.power(x, 2)), -20.0),
    "root": (
        lambda x: oracle.power(x, 0.3),
        lambda c, x: c * (x.dtype.type(0.3) * np.power(x, x.dtype.type(-0.7))),
        1e-3,
    ),
    "relu": (oracle.relu, lambda c, x: np.where(x > 0, c, 0), -20.0),
    "hinge": (oracle.hinge, lambda c, x: np.where(x > 0, c, 0), -20.0),
    "absolute": (oracle.absolute, lambda c, x: c * np.sign(x), -20.0),
    "variance": (
        lambda x: oracle.variance(x, (0,)),
        lambda c, x: 2 * c[0] * (x - x.mean()) / x.dtype.type(x.size),
        -20.0,
    ),
    "mean": (oracle.mean, lambda c, x: np.full_like(x, c[0] / x.dtype.type(x.size)), -20.0),
    "cumsum": (lambda x: oracle.cumsum(x, 0), lambda c, _: np.cumsum(c[::-1])[::-1], -20.0),
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", sorted(BACKWARD))
def test_backward_formulas(name: str, dtype: str) -> None:
    function, backward, lowest = BACKWARD[name]

    @_settings
    @given(_seeds)
    def check(seed: int) -> None:
        random = np.random.default_rng(seed)
        x = random.uniform(lowest, 20.0 if lowest != -4.0 else 4.0, 200).astype(dtype)
        c = (random.standard_normal(200) * 10.0 ** random.uniform(-3, 3, 200)).astype(dtype)
        arithmetic = Arithmetic.of(dtype)
        argument = Bounded.input(x, arithmetic)
        result = function(argument)
        cotangent = Bounded.input(c[: result.size].reshape(result.shape), arithmetic)
        (gradient,) = vector_jacobian_product(result, cotangent, [argument])
        holds(backward(c, x), gradient)

    check()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("form", ["once", "twice"])
def test_the_gradient_of_a_quotient(form: str, dtype: str) -> None:
    random = np.random.default_rng(1)
    a, b, c = (random.standard_normal(500).astype(dtype) for _ in range(3))
    arithmetic = Arithmetic.of(dtype)
    operands = [Bounded.input(x, arithmetic) for x in (a, b)]
    gradients = vector_jacobian_product(operands[0] / operands[1], Bounded.input(c, arithmetic), operands)
    holds(c / b, gradients[0])
    holds(-c * a / (b * b) if form == "once" else -c * ((a / b) / b), gradients[1])


def _summed(terms: list[tuple[float, float]], summation: str, random: np.random.Generator) -> float:
    a, b = (np.array([term[i] for term in terms], dtype=np.float32) for i in range(2))
    return float(dot(a, b, summation, random, "float32"))  # type: ignore[arg-type]


@pytest.mark.parametrize("summation", sorted(SUMMATIONS))
def test_convolutions_and_their_gradients(summation: str) -> None:
    """Every product is listed by plain loops, and each list summed in an order of its own."""
    random = np.random.default_rng(2)
    image, weight = (random.standard_normal(s).astype(np.float32) for s in ((1, 2, 6, 5), (3, 2, 3, 2)))
    stride, padding, dilation = (2, 1), (1, 2), (1, 2)
    arithmetic = Arithmetic.of("float32")
    given_image, given_weight = Bounded.input(image, arithmetic), Bounded.input(weight, arithmetic)
    output = conv2d(given_image, given_weight, None, stride, padding, dilation)
    c = random.standard_normal(output.shape).astype(np.float32)
    terms: dict[str, dict[tuple[int, ...], list[tuple[float, float]]]] = {"output": {}, "image": {}, "weight": {}}
    for f, y, x in product(*map(range, output.shape[1:])):
        for k, i, j in product(*map(range, weight.shape[1:])):
            row, column = y * stride[0] + i * dilation[0] - padding[0], x * stride[1] + j * dilation[1] - padding[1]
            if 0 <= row < image.shape[2] and 0 <= column < image.shape[3]:
                seen, factor, pulled = image[0, k, row, column], weight[f, k, i, j], c[0, f, y, x]
                terms["output"].setdefault((0, f, y, x), []).append((seen, factor))
                terms["image"].setdefault((0, k, row, column), []).append((pulled, factor))
                terms["weight"].setdefault((f, k, i, j), []).append((pulled, seen))
    gradients = vector_jacobian_product(output, Bounded.input(c, arithmetic), [given_image, given_weight])
    for name, bounded in zip(terms, (output, *gradients), strict=True):
        computed = np.zeros(bounded.shape, dtype=np.float32)
        for index, products in terms[name].items():
            computed[index] = _summed(products, summation, random)
        holds(computed, bounded)


@pytest.mark.parametrize("summation", sorted(SUMMATIONS))
def test_linear_and_its_gradients(summation: str) -> None:
    random = np.random.default_rng(3)
    x, a, b, c = (random.standard_normal(s).astype(np.float32) for s in ((7, 20), (4, 20), (4,), (7, 4)))
    arithmetic = Arithmetic.of("float32")
    inputs = [Bounded.input(array, arithmetic) for array in (x, a, b)]
    output = linear(*inputs)
    gradients = vector_jacobian_product(output, Bounded.input(c, arithmetic), inputs)

    def matrix(left: NDArray, right: NDArray) -> NDArray:
        return np.array([[dot(row, column, summation, random, "float32") for column in right.T] for row in left])

    extended = np.concatenate([x, np.ones((7, 1), np.float32)], 1), np.concatenate([a, b[:, None]], 1)
    holds(matrix(extended[0], extended[1].T), output)
    holds(matrix(c, a), gradients[0])
    holds(matrix(c.T, x), gradients[1])
    holds(matrix(np.ones((1, 7), np.float32), c)[0], gradients[2])
