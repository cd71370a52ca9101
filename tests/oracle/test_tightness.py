"""The bounds have power: everyday errors use a fair part of them, and known faults are beyond them.

For a sum of n products of everyday data the error grows like the square root of n at most, and the bound, which holds
for all data, like n: so the median use of it is documented, and asserted, to be above a tenth of 1 / n.
"""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest
from numpy.typing import NDArray

from conformance import oracle
from conformance.catalogue import operator_card
from conformance.data import REGIMES
from conformance.expectation import bounded_inputs
from conformance.oracle import Arithmetic, Bounded
from tests.oracle._bounds import ratios
from tests.oracle._evaluations import accumulator_of

SINGLE = Arithmetic.of("float32")


def matrices(size: int, regime: str = "normal", dtype: str = "float32") -> tuple[NDArray, NDArray]:
    random = np.random.default_rng(size)
    return tuple(REGIMES[regime](random, s).astype(oracle.numpy_dtype(dtype)) for s in ((32, size), (size, 32)))


def bounded_product(a: NDArray, b: NDArray, arithmetic: Arithmetic = SINGLE) -> Bounded:
    return oracle.matmul(Bounded.input(a, arithmetic), Bounded.input(b, arithmetic))


def product(a: NDArray, b: NDArray, accumulator: type = np.float32) -> NDArray:
    """Return the matrix product with every product and partial sum rounded, one after the other."""
    total = np.zeros((a.shape[0], b.shape[1]), dtype=accumulator)
    for k in range(a.shape[1]):
        total = (total + (a[:, k, None].astype(accumulator) * b[None, k, :].astype(accumulator))).astype(accumulator)
    return total


def tensor_float32(x: NDArray) -> NDArray:
    """Return ``x`` rounded to ten explicit significand bits."""
    bits = x.astype(np.float32).view(np.uint32)
    return ((bits + 0x0FFF + ((bits >> 13) & 1)) & np.uint32(0xFFFFE000)).view(np.float32)


@pytest.mark.parametrize("dtype", ["float32", "float64", "float16", "bfloat16"])
@pytest.mark.parametrize("size", [8, 72, 576])
def test_everyday_products_use_a_fair_part_of_the_bound(dtype: str, size: int) -> None:
    a, b = matrices(size, dtype=dtype)
    computed = product(a, b, accumulator_of(dtype).type).astype(a.dtype)
    found = ratios(computed, bounded_product(a, b, Arithmetic.of(dtype)))
    assert found.max() < 1
    assert 0.1 / size < np.median(found)
    assert found.max() > 1 / size


@pytest.mark.parametrize("size", [8, 72, 250])
def test_half_accumulation_is_far_beyond_the_bound(size: int) -> None:
    a, b = matrices(size, dtype="float16")
    found = ratios(product(a, b, np.float16), bounded_product(a, b, Arithmetic.of("float16")))
    assert found.max() > 1
    in_single = ratios(product(a.astype(np.float32), b.astype(np.float32), np.float16), bounded_product(a, b))
    assert in_single.max() > 25


@pytest.mark.parametrize(("size", "at_least"), [(8, 100.0), (72, 10.0), (256, 1.0)])
def test_tf32_products_are_beyond_the_bound_up_to_some_size(size: int, at_least: float) -> None:
    a, b = matrices(size)
    computed = product(tensor_float32(a), tensor_float32(b))
    assert ratios(computed, bounded_product(a, b)).max() > at_least
    declared = Arithmetic.of("float32", tensor_float32=frozenset({"matmul"}))
    assert ratios(computed, bounded_product(a, b, declared)).max() < 1


@pytest.mark.parametrize("size", [1, 9, 100, 576])
def test_a_missing_term_is_beyond_the_bound(size: int) -> None:
    a, b = matrices(size)
    computed = a.astype(np.longdouble) @ b.astype(np.longdouble) - a[:, :1].astype(np.longdouble) * b[:1]
    found = ratios(computed.astype(np.float32), bounded_product(a, b))
    assert np.median(found) > 10


@pytest.mark.parametrize(
    ("name", "right", "wrong", "low"),
    [
        ("erf", oracle.erf, lambda x: np.tanh(1.2025 * x), 0.5),
        ("sigmoid", oracle.sigmoid, lambda x: np.clip(x / 6 + 0.5, 0, 1), 0.5),
        ("tanh", oracle.tanh, lambda x: x - x**3 / 3, 0.3),
        ("exp", oracle.exp, lambda x: np.power(2.71828, x), 1.0),
    ],
)
def test_a_wrong_constant_or_form_is_beyond_the_bound(name: str, right: object, wrong: object, low: float) -> None:
    del name
    x = np.linspace(low, low + 1.5, 50, dtype=np.float32)
    bound = right(Bounded.input(x, SINGLE))  # type: ignore[operator]
    assert ratios(wrong(x.astype(np.float64)).astype(np.float32), bound).min() > 1  # type: ignore[operator]


def test_the_two_forms_of_gelu_are_told_apart() -> None:
    x = np.linspace(0.5, 2.0, 40).astype(np.float32)
    inner = np.sqrt(2 / np.pi) * (x.astype(np.float64) + 0.044715 * x.astype(np.float64) ** 3)
    other = (0.5 * x * (1 + np.tanh(inner))).astype(np.float32)
    definition = operator_card("gelu").definition
    assert ratios(other, definition(Bounded.input(x, SINGLE))).max() > 10
    assert ratios(other, definition(Bounded.input(x, SINGLE), approximate="tanh")).max() < 1


def test_an_unbiased_variance_instead_of_a_biased_one_is_beyond_the_bound() -> None:
    x = np.random.default_rng(0).standard_normal((8, 64)).astype(np.float32)
    bound = oracle.variance(Bounded.input(x, SINGLE), (1,))
    assert ratios(x.var(axis=1, ddof=1), bound).min() > 500
    assert ratios(x.var(axis=1), bound).max() < 0.5


def test_eps_outside_of_the_root_is_beyond_the_bound() -> None:
    x = 0.1 * np.random.default_rng(0).standard_normal((8, 64)).astype(np.float32)
    bounded = Bounded.input(x, SINGLE)
    norm = oracle.rsqrt(oracle.variance(bounded, (1,)) + 1e-5)
    assert ratios((1 / (x.std(axis=1) + 1e-5)).astype(np.float32), norm).min() > 20


def test_bounds_do_not_grow_where_nothing_is_rounded() -> None:
    x = Bounded.input(np.random.default_rng(0).standard_normal((3, 4)).astype(np.float32), SINGLE)
    for moved in (
        oracle.relu(x),
        oracle.reshape(x, (4, 3)),
        -x,
        oracle.absolute(x),
        oracle.amax(x, (1,)),
        x - x,
        x * 0.0,
    ):
        assert not moved.error.any()


@pytest.mark.parametrize("name", ["conv2d", "linear", "mse_loss"])
def test_definitions_of_everyday_data_have_bounds_of_some_roundings(name: str) -> None:
    """The bound relative to the sum of absolute values is some n u: never a constant, never many times that."""
    card = operator_card(name)
    case = card.cases()[0]
    output = card.definition(**bounded_inputs(case, "float32", SINGLE), **case.options)
    relative = np.median((output.error / np.maximum(abs(output.value), 1e-3)).astype(np.float64))
    assert 0.5 * SINGLE.roundoff < relative < 1e4 * SINGLE.roundoff


def test_bfloat16_is_rounded_once_more_than_its_accumulator() -> None:
    a, b = matrices(64, dtype="bfloat16")
    bound = bounded_product(a, b, Arithmetic.of("bfloat16"))
    exact = a.astype(np.float64) @ b.astype(np.float64)
    assert a.dtype == ml_dtypes.bfloat16
    assert ratios(exact.astype(a.dtype), bound).max() > 0.5
    assert np.all(bound.error < 2.0**-8 * (abs(exact) + 0.1))
