"""No admissible evaluation of a sum passes its bound: any order, blocks, trees, fused, flushed, adversarial data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.data import REGIMES
from conformance.oracle import Arithmetic, Bounded, Contraction, cumsum, mean, numpy_dtype, total
from tests.oracle._bounds import holds, ratios
from tests.oracle._evaluations import SUMMATIONS, accumulator_of, dot

DTYPES = ["float32", "float64", "float16", "bfloat16"]

_settings = settings(max_examples=40, deadline=None, derandomize=True, database=None)


def _vector(regime: str, size: int, seed: int, dtype: str) -> np.ndarray:
    with np.errstate(all="ignore"):
        return REGIMES[regime](np.random.default_rng(seed), (size,)).astype(numpy_dtype(dtype))


def bounded_dot(a: np.ndarray, b: np.ndarray, dtype: str) -> Bounded:
    """Return the oracle's sum of products of two vectors, of shape (1, 1)."""
    arithmetic = Arithmetic.of(dtype)
    form = Contraction(("nk", "km", "nm"), "matmul", ((1, a.size), (a.size, 1), (1, 1)))
    return form(Bounded.input(a[None, :], arithmetic), Bounded.input(b[:, None], arithmetic))


@pytest.mark.parametrize("dtype", DTYPES)
@_settings
@given(
    st.sampled_from(sorted(SUMMATIONS)),
    st.sampled_from(sorted(REGIMES)),
    st.integers(0, 120),
    st.integers(0, 2**20),
)
def test_sums_of_products(dtype: str, summation: str, regime: str, size: int, seed: int) -> None:
    a, b = _vector(regime, size, seed, dtype), _vector(regime, size, seed + 1, dtype)
    computed = dot(a, b, summation, np.random.default_rng(seed), dtype)
    holds(np.reshape(computed, (1, 1)), bounded_dot(a, b, dtype))


@pytest.mark.parametrize("dtype", DTYPES)
@_settings
@given(
    st.sampled_from(sorted(SUMMATIONS)), st.sampled_from(sorted(REGIMES)), st.integers(1, 120), st.integers(0, 2**20)
)
def test_sums_means_and_running_sums(dtype: str, summation: str, regime: str, size: int, seed: int) -> None:
    x = _vector(regime, size, seed, dtype)
    ones = np.ones(size, dtype=x.dtype)
    given_x = Bounded.input(x, Arithmetic.of(dtype))
    computed = np.asarray(dot(x, ones, summation, np.random.default_rng(seed), dtype))
    holds(computed, total(given_x))
    accumulator = accumulator_of(dtype)
    wide = np.asarray(SUMMATIONS[summation](x, ones, np.random.default_rng(seed), accumulator))
    holds((wide / accumulator.type(size)).astype(x.dtype), mean(given_x))
    holds((computed / x.dtype.type(size)).astype(x.dtype), mean(given_x))
    running = np.cumsum(x.astype(accumulator), dtype=accumulator).astype(x.dtype)
    holds(running, cumsum(given_x, 0))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [2, 3, 17, 400])
def test_all_roundings_in_one_direction(dtype: str, size: int) -> None:
    """Add terms that each lose just under half a unit of the running sum: the bound is nearly met, and never passed."""
    unit = np.finfo(dtype).eps
    terms = np.full(size, 0.49 * unit, dtype=dtype)
    terms[0] = 1
    bound = total(Bounded.input(terms, Arithmetic.of(dtype)))
    computed = np.asarray(dot(terms, np.ones_like(terms), "sequential", np.random.default_rng(0), dtype))
    holds(computed, bound)
    assert ratios(computed, bound).max() > 0.95


@pytest.mark.parametrize("summation", sorted(SUMMATIONS))
def test_a_bias_joins_the_sum_anywhere(summation: str) -> None:
    random = np.random.default_rng(5)
    for _ in range(20):
        a, b = (random.standard_normal(30).astype(np.float32) for _ in range(2))
        bias = np.float32(100 * random.standard_normal())
        place = int(random.integers(31))
        arithmetic = Arithmetic.of("float32")
        form = Contraction(("nk", "km", "nm"), "matmul", ((1, 30), (30, 1), (1, 1)))
        addend = Bounded.input(np.full((1, 1), bias), arithmetic)
        bound = form(Bounded.input(a[None], arithmetic), Bounded.input(b[:, None], arithmetic), addend)
        joined = np.insert(a, place, bias), np.insert(b, place, np.float32(1))
        holds(np.reshape(dot(*joined, summation, random, "float32"), (1, 1)), bound)


@pytest.mark.parametrize("sides", [(1, 1), (1, -1), (-1, -1)])
@pytest.mark.parametrize("sizes", [(0.5, 0.5), (0.0, 0.5), (0.25, 0.0)])
def test_products_of_numbers_that_are_off(sides: tuple[int, int], sizes: tuple[float, float]) -> None:
    """Every factor is at an end of where it may be, all of them at the same one."""
    random = np.random.default_rng(7)
    computed = [abs(random.standard_normal(s)).astype(np.float32) for s in ((3, 20), (20, 4))]
    arithmetic = Arithmetic.of("float32")
    operands = []
    for factor, side, size in zip(computed, sides, sizes, strict=True):
        error = factor.astype(np.longdouble) * size
        operands.append(Bounded(factor - side * error, error, arithmetic))
    form = Contraction(("nk", "km", "nm"), "matmul", ((3, 20), (20, 4), (3, 4)))
    bound = form(*operands)
    holds((computed[0].astype(np.float64) @ computed[1].astype(np.float64)).astype(np.float32), bound)
    assert bound.terms is None


def test_products_that_meet_a_bias_are_rounded_once_more() -> None:
    random = np.random.default_rng(6)
    a, b = (random.uniform(1, 2, (2000, 1)).astype(np.float32) for _ in range(2))
    c = (2.0**-9 * random.uniform(1, 2, (2000, 1))).astype(np.float32)
    arithmetic = Arithmetic.of("float32")
    form = Contraction(("nk", "nk", "nk"), "matmul", ((2000, 1),) * 3)
    bound = form(*(Bounded.input(x, arithmetic) for x in (a, b, c)))
    computed = a * b + c
    holds(computed, bound)
    once = (abs(computed - bound.value) / (arithmetic.roundoff * (abs(a * b) + c))).astype(np.float64)
    assert once.max() > 1.3


def test_a_sum_that_cancels_is_not_taken_for_exact() -> None:
    terms = np.array([1e8, 1.0, -1e8, -1.0], dtype=np.float32)
    bound = total(Bounded.input(terms, Arithmetic.of("float32")))
    assert bound.value == 0
    computed = np.asarray(dot(terms, np.ones_like(terms), "sequential", np.random.default_rng(0), "float32"))
    assert computed != 0
    holds(computed, bound)


def test_subnormal_terms_may_be_flushed() -> None:
    tiny = np.full(50, 1e-39, dtype=np.float32)
    ones = np.ones_like(tiny)
    for summation in SUMMATIONS:
        computed = np.reshape(dot(tiny, ones, summation, np.random.default_rng(0), "float32"), (1, 1))
        holds(computed, bounded_dot(tiny, ones, "float32"))


def test_convolution_windows_count_their_own_products() -> None:
    """At the border fewer products are summed, and the bound there is for fewer."""
    from conformance.catalogue.convolution.conv2d import conv2d

    arithmetic = Arithmetic.of("float32")
    image = Bounded.input(np.ones((1, 1, 4, 4), np.float32), arithmetic)
    kernel = Bounded.input(np.ones((1, 1, 3, 3), np.float32), arithmetic)
    error = conv2d(image, kernel, padding=1).error[0, 0].astype(np.float64)
    u = arithmetic.roundoff
    assert error[0, 0] == pytest.approx(4 * u * 4, rel=1e-3)
    assert error[1, 1] == pytest.approx(9 * u * 9, rel=1e-3)


def test_a_sum_of_no_products_is_zero_whatever_is_in_memory() -> None:
    """np.einsum reads what lies behind an empty operand whose strides are 0."""
    missing = np.full(15, np.nan, dtype=np.longdouble)
    empty = np.lib.stride_tricks.as_strided(missing, (0, 15), (0, 0))
    arithmetic = Arithmetic.of("float32")
    form = Contraction(("ni", "oi", "no"), "matmul", ((0, 15), (1, 15), (0, 1)))
    cotangent = Bounded(missing[:0].reshape(0, 1), missing[:0].reshape(0, 1), arithmetic)
    found = form.derive(1, (Bounded(empty, empty, arithmetic), cotangent))
    assert found.shape == (1, 15)
    assert not found.value.any()
    assert not found.error.any()
