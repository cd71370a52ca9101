"""Variances, softmax and sums of exponentials, as frameworks compute them, stay within their bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from conformance import oracle
from conformance.data import REGIMES
from conformance.oracle import Arithmetic, Bounded, vector_jacobian_product
from tests.oracle._bounds import holds, ratios

_settings = settings(max_examples=40, deadline=None, derandomize=True, database=None)
_regimes = st.sampled_from(sorted(REGIMES))
_seeds = st.integers(0, 2**20)
_sizes = st.tuples(st.integers(1, 4), st.integers(1, 40))


def _drawn(regime: str, size: tuple[int, int], seed: int, dtype: str) -> tuple[NDArray, Bounded]:
    x = REGIMES[regime](np.random.default_rng(seed), size).astype(dtype)
    return x, Bounded.input(x, Arithmetic.of(dtype))


def _welford(x: NDArray) -> NDArray:
    """Return the variance by one pass, a mean and a sum of squares updated in the type of ``x``."""
    mean, squares = np.zeros_like(x[:, 0]), np.zeros_like(x[:, 0])
    for k in range(x.shape[1]):
        delta = x[:, k] - mean
        mean = mean + delta / x.dtype.type(k + 1)
        squares = squares + delta * (x[:, k] - mean)
    return squares / x.dtype.type(x.shape[1])


def _chan(x: NDArray, random: np.random.Generator) -> NDArray:
    """Return the variance by merging parts in a random tree, in the type of ``x``."""
    one = x.dtype.type(1)
    parts = [(one, x[:, k], np.zeros_like(x[:, 0])) for k in range(x.shape[1])]
    while len(parts) > 1:
        n_a, mean_a, squares_a = parts.pop(int(random.integers(len(parts))))
        n_b, mean_b, squares_b = parts.pop(int(random.integers(len(parts))))
        n, delta = n_a + n_b, mean_b - mean_a
        merged = mean_a + delta * (n_b / n)
        parts.append((n, merged, squares_a + squares_b + delta * delta * (n_a * n_b / n)))
    return parts[0][2] / parts[0][0]


def _two_pass(x: NDArray) -> NDArray:
    centred = x - x.mean(axis=1, keepdims=True, dtype=x.dtype)
    return (centred * centred).mean(axis=1, dtype=x.dtype)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@_settings
@given(_regimes, _sizes, _seeds)
def test_variances(dtype: str, regime: str, size: tuple[int, int], seed: int) -> None:
    x, bounded = _drawn(regime, size, seed, dtype)
    holds(_two_pass(x), oracle.variance(bounded, (1,)))
    welford = oracle.welford_variance(bounded, (1,))
    holds(_welford(x), welford)
    holds(_chan(x, np.random.default_rng(seed)), welford)


@pytest.mark.parametrize("size", [64, 1000])
def test_the_variance_as_a_difference_of_means_of_squares_is_caught(size: int) -> None:
    """E[x^2] - E[x]^2 is no admissible formula, and data whose mean is a hundred times its spread shows it."""
    x, bounded = _drawn("offset", (8, size), 3, "float32")
    wrong = (x * x).mean(axis=1) - x.mean(axis=1) ** 2
    assert ratios(wrong, oracle.variance(bounded, (1,))).max() > 1
    assert ratios(_two_pass(x), oracle.variance(bounded, (1,))).max() < 1


def _exponentials(x: NDArray) -> tuple[NDArray, NDArray]:
    shift = x.max(axis=1, keepdims=True)
    return np.exp(x - shift), shift


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@_settings
@given(_regimes, _sizes, _seeds)
def test_softmax_and_its_backward_formulas(dtype: str, regime: str, size: tuple[int, int], seed: int) -> None:
    x, bounded = _drawn(regime, size, seed, dtype)
    c, cotangent = _drawn("normal", size, seed + 1, dtype)
    with np.errstate(under="ignore"):
        numerator, _ = _exponentials(x)
        denominator = numerator.sum(axis=1, keepdims=True)
        y = numerator / denominator
        weighed = (c * y).sum(axis=1, keepdims=True)
        backward = {
            "factored": y * (c - weighed),
            "expanded": c * y - y * weighed,
            "composed": numerator * (c / denominator - (c * numerator).sum(axis=1, keepdims=True) / denominator**2),
        }
    for name, computed in backward.items():
        result = oracle.softmax(bounded, 1, backward=name)  # type: ignore[arg-type]
        holds(y, result)
        (gradient,) = vector_jacobian_product(result, cotangent, [bounded])
        holds(computed, gradient)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@_settings
@given(_regimes, _sizes, _seeds)
def test_logarithms_of_sums_of_exponentials(dtype: str, regime: str, size: tuple[int, int], seed: int) -> None:
    x, bounded = _drawn(regime, size, seed, dtype)
    c, cotangent = _drawn("normal", size, seed + 1, dtype)
    with np.errstate(under="ignore"):
        numerator, shift = _exponentials(x)
        total = numerator.sum(axis=1, keepdims=True)
        y = np.log(total) + shift
        gradients = {"quotient": c[:, :1] / total * numerator, "exponential": c[:, :1] * np.exp(x - y)}
        shifted, difference = (x - shift) - np.log(total), x - y
        of_shifted = c - np.exp(shifted) * c.sum(axis=1, keepdims=True)
    for name, computed in gradients.items():
        result = oracle.logsumexp(bounded, (1,), keepdims=True, backward=name)  # type: ignore[arg-type]
        holds(y, result)
        column = oracle.rearrange(cotangent, lambda p: p[:, :1])
        holds(computed, vector_jacobian_product(result, column, [bounded])[0])
    holds(shifted, oracle.log_softmax(bounded, 1))
    holds(difference, oracle.log_softmax(bounded, 1, formula="difference"))
    holds(of_shifted, vector_jacobian_product(oracle.log_softmax(bounded, 1), cotangent, [bounded])[0])


def test_sums_of_exponentials_of_infinities() -> None:
    x = Bounded.input(np.array([[-np.inf, -np.inf], [1.0, np.inf], [-np.inf, 2.0]]), Arithmetic.of("float64"))
    found = oracle.logsumexp(x, (1,))
    assert found.value.tolist() == [-np.inf, np.inf, 2.0]
    assert np.isfinite(found.error).all()


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_the_mean_of_a_half_type_may_have_a_sum_beyond_its_range(dtype: str) -> None:
    x = np.full(4000, 100.0).astype(oracle.numpy_dtype(dtype))
    bounded = oracle.mean(Bounded.input(x, Arithmetic.of(dtype)))
    assert bounded.value == 100
    assert bounded.error < 7 * Arithmetic.of(dtype).roundoff * 100
    holds(np.asarray(x.astype(np.float32).mean()).astype(x.dtype), bounded)
