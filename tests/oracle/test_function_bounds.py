"""No honest evaluation of an elementary function passes its bound: NumPy's, the C library's, at moved arguments."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from conformance import oracle
from conformance.oracle import Arithmetic, Bounded
from tests.oracle._bounds import holds

_settings = settings(
    max_examples=8, deadline=None, derandomize=True, database=None, phases=(Phase.generate, Phase.shrink)
)
_seeds = st.integers(0, 2**20)
_sides = st.sampled_from([-1.0, 0.3, 1.0])

Evaluate = Callable[[NDArray], NDArray]


def _each(function: Callable[[float], float]) -> Evaluate:
    """Return a C library function of float64, rounded to the type of its argument."""

    def guarded(x: float) -> float:
        try:
            return function(x)
        except (ValueError, OverflowError):
            return math.inf if function is math.lgamma else math.nan

    return lambda x: np.array([guarded(float(v)) for v in x.flat]).reshape(x.shape).astype(x.dtype)


def _digamma(x: NDArray) -> NDArray:
    """Return digamma by recurrence, series and, below 0, reflection, all in the type of ``x``."""
    one = x.dtype.type(1)
    y = np.where(x < 0, one - x, x)
    total = np.zeros_like(x)
    for _ in range(10):
        total = total - one / y
        y = y + one
    square = one / (y * y)
    tail = np.zeros_like(x)
    for coefficient in (1 / 12, -691 / 32760, 1 / 132, -1 / 240, 1 / 252, -1 / 120, 1 / 12):
        tail = square * (x.dtype.type(coefficient) + tail)
    result = total + (np.log(y) - x.dtype.type(0.5) / y - tail)
    pi = x.dtype.type(np.pi)
    return np.where(x < 0, result - pi / np.tan(pi * (x - np.rint(x))), result)


ANY, POSITIVE, ABOVE_MINUS_ONE, GAMMA, ARGUMENT = "any", "positive", "above-minus-one", "gamma", "argument"

FUNCTIONS: dict[str, tuple[Callable[[Bounded], Bounded], Evaluate, str]] = {
    "exp": (oracle.exp, np.exp, ANY),
    "expm1": (oracle.expm1, np.expm1, ANY),
    "log": (oracle.log, np.log, POSITIVE),
    "log1p": (oracle.log1p, np.log1p, ABOVE_MINUS_ONE),
    "sqrt": (oracle.sqrt, np.sqrt, POSITIVE),
    "rsqrt": (oracle.rsqrt, lambda x: 1 / np.sqrt(x), POSITIVE),
    "reciprocal": (oracle.reciprocal, lambda x: 1 / x, ANY),
    "tanh": (oracle.tanh, np.tanh, ANY),
    "sigmoid": (oracle.sigmoid, lambda x: 1 / (1 + np.exp(-x)), ANY),
    "sigmoid-of-exp": (
        oracle.sigmoid,
        lambda x: np.where(x < 0, np.exp(x) / (1 + np.exp(x)), 1 / (1 + np.exp(-x))),
        ANY,
    ),
    "sin": (oracle.sin, np.sin, ARGUMENT),
    "cos": (oracle.cos, np.cos, ARGUMENT),
    "atan": (oracle.atan, np.arctan, ANY),
    "erf": (oracle.erf, _each(math.erf), ANY),
    "lgamma": (oracle.lgamma, _each(math.lgamma), GAMMA),
    "digamma": (oracle.digamma, _digamma, GAMMA),
    "cube": (lambda x: oracle.power(x, 3.0), lambda x: np.power(x, x.dtype.type(3)), ANY),
    "cube-by-products": (lambda x: oracle.power(x, 3.0), lambda x: x * x * x, ANY),
    "root": (lambda x: oracle.power(x, 0.3), lambda x: np.power(x, x.dtype.type(0.3)), POSITIVE),
    "square": (lambda x: x.square(), lambda x: x * x, ANY),
    "relu": (oracle.relu, lambda x: np.maximum(x, 0), ANY),
    "hinge": (oracle.hinge, lambda x: np.maximum(x, 0), ANY),
    "absolute": (oracle.absolute, abs, ANY),
    "sign": (oracle.sign, np.sign, ANY),
    "clamp": (lambda x: oracle.clamp(x, -1.0, 2.0), lambda x: np.clip(x, -1, 2), ANY),
}


_RANGES = {ANY: (-90, 90), POSITIVE: (0, 90), ABOVE_MINUS_ONE: (-0.9375, 90), GAMMA: (-20, 200), ARGUMENT: (-100, 100)}

_SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, math.inf, -math.inf, math.nan, 1e-40, -1e-40, 88.8, -87.4, -104.0]


def _numbers(domain: str, dtype: str, seed: int) -> NDArray:
    """Return numbers of every kind: in the usual range, tiny, of any bit pattern, and exceptional ones."""
    random = np.random.default_rng(seed)
    low, high = _RANGES[domain]
    usual = random.uniform(low, high, 60).astype(dtype)
    tiny = (random.choice([-1, 1], 40) * 10.0 ** random.uniform(-44, 0, 40)).astype(dtype)
    patterns = random.integers(0, 256, (60, np.dtype(dtype).itemsize), dtype=np.uint8).view(dtype)[:, 0]
    together = np.concatenate([usual, tiny, patterns, np.array(_SPECIAL, dtype=dtype)])
    if domain in {GAMMA, ARGUMENT}:
        together = together[(together >= low) & (together <= high)]
        return together if domain == ARGUMENT else together[(together > 0) | (together != np.rint(together))]
    return together if domain == ANY else together[~(together < low)]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_functions_of_exact_arguments(name: str, dtype: str) -> None:
    function, evaluate, domain = FUNCTIONS[name]

    @_settings
    @given(_seeds)
    def check(seed: int) -> None:
        x = _numbers(domain, dtype, seed)
        with np.errstate(all="ignore"):
            holds(np.asarray(evaluate(x)), function(Bounded.input(x, Arithmetic.of(dtype))))

    check()


def _off_by(computed: NDArray, error: NDArray, side: float, dtype: str) -> Bounded:
    """Return a number known within ``error``, of which ``computed`` is an evaluation; infinities and NaN are exact."""
    wide = computed.astype(np.longdouble)
    moved = np.isfinite(wide) & (error > 0)
    return Bounded(
        np.where(moved, wide - side * error, wide),
        np.where(moved, error, 0).astype(np.longdouble),
        Arithmetic.of(dtype),
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_functions_of_arguments_that_are_off(name: str, dtype: str) -> None:
    """What is computed at any argument within the error of the exact one is within the bound."""
    function, evaluate, domain = FUNCTIONS[name]

    @_settings
    @given(_seeds, st.integers(-30, 2), st.sampled_from([-1.0, -0.7, 0.4, 1.0]))
    def check(seed: int, exponent: int, side: float) -> None:
        computed = _numbers(domain, dtype, seed)
        with np.errstate(all="ignore"):
            error = (abs(computed.astype(np.longdouble)) + 1) * np.exp2(np.longdouble(exponent))
            holds(np.asarray(evaluate(computed)), function(_off_by(computed, error, side, dtype)))

    check()


_TWO: dict[str, tuple[Callable[..., Bounded], Callable[..., NDArray]]] = {
    "sum": (lambda a, b: a + b, np.add),
    "difference": (lambda a, b: a - b, np.subtract),
    "product": (lambda a, b: a * b, np.multiply),
    "quotient": (lambda a, b: a / b, np.divide),
    "quotient-by-reciprocal": (lambda a, b: a / b, lambda a, b: a * (1 / b)),
    "larger": (oracle.larger, np.maximum),
    "smaller": (oracle.smaller, np.minimum),
    "where": (lambda a, b: oracle.where(a > b, a - b, b * 2.0), lambda a, b: np.where(a > b, a - b, b + b)),
    "power": (lambda a, b: oracle.power(oracle.absolute(a), b), lambda a, b: np.power(abs(a), b)),
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", sorted(_TWO))
def test_operations_of_two(name: str, dtype: str) -> None:
    function, evaluate = _TWO[name]

    @_settings
    @given(_seeds, st.sampled_from([None, -26, -10, 0]), _sides, _sides)
    def check(seed: int, exponent: int | None, first: float, second: float) -> None:
        one = _numbers(ANY, dtype, seed)
        computed = np.stack([one, np.random.default_rng(seed + 1).permutation(one)])
        sizes = 0 if exponent is None else np.exp2(np.longdouble(exponent))
        with np.errstate(all="ignore"):
            error = abs(computed.astype(np.longdouble)) * sizes
            sides = (first, second)
            operands = [_off_by(c, e, side, dtype) for c, e, side in zip(computed, error, sides, strict=True)]
            actual = np.asarray(evaluate(*computed))
            # A reciprocal that leaves the range of its type is not what a quotient may be computed by.
            fair = np.isfinite(1 / computed[1]) & (abs(1 / computed[1]) >= np.finfo(dtype).smallest_normal)
            if name == "quotient-by-reciprocal":
                actual = np.where(fair, actual, np.divide(*computed))
            holds(actual, function(*operands))

    check()


@pytest.mark.parametrize("name", ["exp", "tanh", "sigmoid", "erf", "log1p", "sqrt"])
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_half_types_evaluated_in_float32(name: str, dtype: str) -> None:
    function, evaluate, domain = FUNCTIONS[name]
    random = np.random.default_rng(3)
    x = oracle.numpy_dtype(dtype).type(0) + np.asarray(4 * random.standard_normal(500)).astype(
        oracle.numpy_dtype(dtype)
    )
    x = abs(x) if domain != ANY else x
    with np.errstate(over="ignore"):
        computed = evaluate(x.astype(np.float32)).astype(x.dtype)
    holds(computed, function(Bounded.input(x, Arithmetic.of(dtype))))


def test_the_root_of_a_sum_of_squares_is_bounded_at_zero() -> None:
    nearly = Bounded(np.array([0.0, 1e-9]), np.array([1e-8, 1e-8]), Arithmetic.of("float32"))
    assert np.all(np.isinf(oracle.sqrt(nearly).error))
    known = oracle.sqrt(nearly, nonnegative=True)
    for computed in (0.0, 1e-4):
        holds(np.array([computed, computed], dtype=np.float32), known)
    assert np.all(known.error < 1.1e-4)
