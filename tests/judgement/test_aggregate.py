"""The third tier: the errors of a contraction as a whole, and what it shows that no single element does."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance import oracle
from conformance.judgement import aggregate_ratio, error_ratio, judge
from conformance.oracle import Arithmetic, Bounded, Contraction, vector_jacobian_product
from tests.oracle._evaluations import SUMMATIONS, dot
from tests.oracle.test_tightness import bounded_product, matrices, product, tensor_float32

SINGLE = Arithmetic.of("float32")


def aggregate(actual: NDArray, bounded: Bounded) -> float:
    return aggregate_ratio(actual.astype(np.longdouble), bounded.value, bounded)


def largest(actual: NDArray, bounded: Bounded) -> float:
    return float(error_ratio(actual.astype(np.longdouble), bounded.value, bounded).max())


def truncated(a: NDArray, b: NDArray) -> NDArray:
    """Return a product whose every addition is rounded towards zero, as some accelerators do."""
    total = np.zeros((a.shape[0], b.shape[1]), dtype=np.float32)
    for k in range(a.shape[1]):
        exact = total.astype(np.float64) + a[:, k, None].astype(np.float64) * b[None, k, :].astype(np.float64)
        near = exact.astype(np.float32)
        total = np.where(abs(near.astype(np.float64)) > abs(exact), np.nextafter(near, np.float32(0)), near)
    return total


def statistical(a: NDArray, b: NDArray) -> Bounded:
    return bounded_product(a, b, SINGLE.statistically())


@pytest.mark.parametrize("size", [60, 120])
def test_rounding_one_way_is_shown_by_the_aggregate_alone(size: int) -> None:
    a, b = (abs(m) for m in matrices(size))
    computed = truncated(a, b)
    assert largest(computed, bounded_product(a, b)) < 1
    assert largest(computed, statistical(a, b)) < 1
    assert aggregate(computed, bounded_product(a, b)) > 1
    judgement = judge(computed, bounded_product(a, b), lambda: statistical(a, b), call="matmul", what="output")
    assert judgement.evidence is None
    assert judgement.measurement.imprecise


def test_factors_cut_short_are_shown_where_no_element_passes_its_bound() -> None:
    a, b = matrices(6000)
    computed = (tensor_float32(a).astype(np.float64) @ tensor_float32(b).astype(np.float64)).astype(np.float32)
    assert largest(computed, bounded_product(a, b)) < 1
    assert largest(computed, statistical(a, b)) < 1
    assert aggregate(computed, bounded_product(a, b)) > 1


@pytest.mark.parametrize("summation", sorted(SUMMATIONS))
@pytest.mark.parametrize("sign", ["either", "positive"])
def test_honest_summations_are_not_shown(summation: str, sign: str) -> None:
    random = np.random.default_rng(4)
    for size in (1, 2, 5, 40, 300):
        a, b = (random.standard_normal(shape).astype(np.float32) for shape in ((8, size), (size, 8)))
        if sign == "positive":
            a, b = abs(a), abs(b)
        computed = np.array([[dot(row, column, summation, random, "float32") for column in b.T] for row in a])
        assert aggregate(computed, bounded_product(a, b)) < 1


@pytest.mark.parametrize("dtype", ["float64", "float16", "bfloat16"])
def test_other_types_are_measured_by_their_own_roundings(dtype: str) -> None:
    a, b = matrices(200, dtype=dtype)
    wide = np.float64 if dtype == "float64" else np.float32
    bound = bounded_product(a, b, Arithmetic.of(dtype))
    computed = product(a, b, wide).astype(a.dtype).astype(np.float64)
    assert 0.001 < aggregate(computed, bound) < 1
    worse = product(a, b, np.float16 if dtype != "float64" else np.float32).astype(np.float64)
    assert aggregate(worse, bound) > 1 or dtype == "bfloat16"


def test_few_elements_are_too_few() -> None:
    a, b = (m[:5, :5] for m in (abs(m) for m in matrices(60)))
    wrong = (a.astype(np.float64) @ b.astype(np.float64) * (1 + 1e-6)).astype(np.float32)
    assert aggregate(wrong, bounded_product(a, b)) == 0


def test_what_the_terms_are_is_known_after_moving_and_in_gradients() -> None:
    a, b = (Bounded.input(m, SINGLE) for m in matrices(40))
    output = oracle.matmul(a, b)
    moved = -oracle.rearrange(output, lambda p: p.T[::2])
    cotangent = Bounded.input(np.ones(output.shape, dtype=np.float32), SINGLE)
    gradients = vector_jacobian_product(output, cotangent, [a, b])
    for contraction, number in ((output, 40), (moved, 40), (moved.detached(), 40), (gradients[0], 32)):
        assert contraction.terms is not None
        assert np.all(contraction.terms.number == number)
        assert contraction.terms.magnitude.shape == contraction.shape


def test_only_contractions_of_exact_numbers_have_terms() -> None:
    a, b = (Bounded.input(m, SINGLE) for m in matrices(40))
    assert (oracle.matmul(a, b) * 2.0).terms is None
    assert oracle.matmul(oracle.exp(a), b).terms is None
    assert oracle.relu(oracle.matmul(a, b)).terms is None
    assert aggregate_ratio(a.value, a.value, a) == 0


def test_a_declared_reduction_of_precision_is_not_held_against_the_whole() -> None:
    declared = Arithmetic.of("float32", tensor_float32=frozenset({"matmul"}))
    form = Contraction(("nk", "km", "nm"), "matmul", ((32, 40), (40, 32), (32, 32)))
    a, b = (Bounded.input(m, declared) for m in matrices(40))
    assert form(a, b).terms is None


def test_elements_that_are_not_constrained_are_left_out() -> None:
    a, b = matrices(64)
    a[:16] = 3e38
    with np.errstate(all="ignore"):
        computed = product(a, b)
    assert not np.isfinite(computed).all()
    assert aggregate(computed, bounded_product(a, b)) < 1
