"""Infinities, NaN, overflow and undecided comparisons: what is certain has no error, what is open an infinite one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from conformance import oracle
from conformance.oracle import Arithmetic, Bounded, numpy_dtype, vector_jacobian_product

SINGLE = Arithmetic.of("float32")
_NAN, _INF = np.nan, np.inf


def given(*numbers: float, error: float = 0.0, arithmetic: Arithmetic = SINGLE) -> Bounded:
    return Bounded(np.array(numbers), np.full(len(numbers), error), arithmetic)


CERTAIN: dict[str, tuple[Callable[[Bounded], Bounded], list[float], list[float]]] = {
    "sum": (lambda x: x + 1.0, [_INF, -_INF, _NAN], [_INF, -_INF, _NAN]),
    "difference": (lambda x: x - x, [_INF, 3.0], [_NAN, 0.0]),
    "product": (lambda x: x * -0.1, [_INF, -_INF, _NAN, 0.0], [-_INF, _INF, _NAN, 0.0]),
    "product-with-zero": (lambda x: x * 0.0, [_INF, _NAN, 3.0], [_NAN, _NAN, 0.0]),
    "quotient": (lambda x: x / 0.0, [1.0, -2.0, 0.0, _NAN], [_INF, -_INF, _NAN, _NAN]),
    "quotient-by-infinity": (lambda x: 3.0 / x, [_INF, -_INF], [0.0, 0.0]),
    "square": (lambda x: x.square(), [_INF, -_INF, _NAN], [_INF, _INF, _NAN]),
    "exp": (oracle.exp, [-_INF, _INF, _NAN], [0.0, _INF, _NAN]),
    "log": (oracle.log, [0.0, -1.0, _INF], [-_INF, _NAN, _INF]),
    "sqrt": (oracle.sqrt, [0.0, -1.0, _INF], [0.0, _NAN, _INF]),
    "tanh": (oracle.tanh, [_INF, -_INF, 0.0], [1.0, -1.0, 0.0]),
    "sigmoid": (oracle.sigmoid, [_INF, -_INF], [1.0, 0.0]),
    "erf": (oracle.erf, [_INF, -_INF, 0.0], [1.0, -1.0, 0.0]),
    "relu": (oracle.relu, [_INF, -_INF, _NAN, -0.0], [_INF, 0.0, _NAN, 0.0]),
    "absolute": (oracle.absolute, [-_INF, _NAN], [_INF, _NAN]),
    "clamp": (lambda x: oracle.clamp(x, -1.0, 2.0), [-_INF, _INF, _NAN], [-1.0, 2.0, _NAN]),
    "larger": (lambda x: oracle.larger(x, 1.0), [_NAN, -_INF, _INF], [_NAN, 1.0, _INF]),
    "smaller": (lambda x: oracle.smaller(1.0, x), [_NAN, -_INF, _INF], [_NAN, -_INF, 1.0]),
    "maximum": (lambda x: oracle.amax(x, (0,), keepdims=True), [1.0, _NAN, _INF], [_NAN]),
    "total": (lambda x: oracle.total(x, keepdims=True), [1.0, _INF, -2.0], [_INF]),
    "cancelling-infinities": (lambda x: oracle.total(x, keepdims=True), [1.0, _INF, -_INF], [_NAN]),
    "mean-of-none": (lambda x: oracle.reshape(oracle.mean(x), (1,)), [], [_NAN]),
    "cumsum": (lambda x: oracle.cumsum(x, 0), [1.0, _INF, 2.0], [1.0, _INF, _INF]),
    "power": (lambda x: oracle.power(x, 2.0), [_INF, _NAN, 0.0], [_INF, _NAN, 0.0]),
    "gelu": (lambda x: x * 0.5 * (oracle.erf(x * 0.7071) + 1.0), [_INF, _NAN], [_INF, _NAN]),
}


@pytest.mark.parametrize("name", sorted(CERTAIN))
def test_certain_infinities_and_nan_have_no_error(name: str) -> None:
    function, numbers, expected = CERTAIN[name]
    found = function(given(*numbers))
    np.testing.assert_array_equal(found.value.astype(np.float64), expected)
    certain = ~np.isfinite(found.value) | (found.value == 0)
    assert not found.error[certain].any()
    assert np.isfinite(found.error).all()


OPEN: dict[str, Callable[[], Bounded]] = {
    "overflow": lambda: given(3e38) + given(3e38),
    "overflow-of-a-product": lambda: given(1e20) * given(1e20),
    "overflow-in-a-partial-sum": lambda: oracle.total(given(3e38, 3e38, -3e38), keepdims=True),
    "what-follows-from-overflow": lambda: 1.0 / (given(1e20) * given(1e20)),
    "division-by-what-may-be-zero": lambda: 1.0 / given(0.0, error=1e-9),
    "logarithm-of-what-may-be-zero": lambda: oracle.log(given(1e-9, error=1e-8)),
    "root-of-what-may-be-negative": lambda: oracle.sqrt(given(1e-9, error=1e-8)),
    "infinity-times-what-may-be-zero": lambda: given(_INF) * given(0.0, error=1e-9),
    "zero-times-anything": lambda: given(0.0) * given(1.0, error=_INF),
    "maximum-with-anything": lambda: oracle.maximum(
        oracle.reshape(oracle.concatenate([given(_INF), given(_INF, error=_INF)]), (1, 2))
    ),
    "power-of-what-may-be-negative": lambda: oracle.power(given(1e-9, error=1e-8), 0.5),
    "half-overflow": lambda: given(300.0, arithmetic=Arithmetic.of("float16")).square(),
}


@pytest.mark.parametrize("name", sorted(OPEN))
def test_what_may_be_anything_has_an_infinite_error(name: str) -> None:
    with np.errstate(all="ignore"):
        assert np.isinf(OPEN[name]().error).all()


def test_bounds_are_never_nan() -> None:
    numbers = given(_NAN, _INF, -_INF, 0.0, 1.0)
    for error in (0.0, 1e-3, _INF):
        x = Bounded(numbers.value, np.where(np.isfinite(numbers.value), error, 0), SINGLE)
        y = Bounded(numbers.value[::-1].copy(), x.error[::-1].copy(), SINGLE)
        for result in (x + y, x - y, x * y, x / y, oracle.larger(x, y), oracle.where(x > y, x, y), oracle.power(x, y)):
            assert not np.isnan(result.error).any()


def test_comparisons_within_the_error_are_undecided() -> None:
    near = given(1.0, 2.0, 0.5, error=0.1) > given(1.05, 1.0, 1.0)
    assert near.truth.tolist() == [False, True, False]
    assert near.undecided.tolist() == [True, False, False]
    exact = given(1.0) > given(1.0)
    assert not exact.truth.any()
    assert not exact.undecided.any()
    assert not (given(_NAN) < given(1.0, error=5.0)).undecided.any()


def test_decisions_combine() -> None:
    x = given(0.0, 1.0, 5.0, error=0.5)
    inside = (x > -1.0) & (x < 1.2)
    assert inside.truth.tolist() == [True, True, False]
    assert inside.undecided.tolist() == [False, True, False]
    outside = ~inside
    assert outside.truth.tolist() == [False, False, True]
    assert outside.undecided.tolist() == [False, True, False]
    either = (x > 4.0) | (x < 0.2)
    assert either.truth.tolist() == [True, False, True]
    assert either.undecided.tolist() == [True, False, False]


def test_an_undecided_selection_covers_both_sides() -> None:
    x = given(0.01, 3.0, error=0.1)
    chosen = oracle.where(x > 0.0, x, 10.0)
    assert chosen.value.tolist() == [pytest.approx(0.01), 3.0]
    assert chosen.error[0] >= 10 - 0.01
    assert chosen.error[1] == np.longdouble(0.1)
    one = given(1.0, 1.0)
    (gradient,) = vector_jacobian_product(chosen, one, [x])
    assert gradient.error.tolist() == [1.0, 0.0]


def test_an_undecided_sign_or_mask_may_be_any() -> None:
    x = given(0.01, -3.0, error=0.1)
    assert oracle.sign(x).error.tolist() == [2.0, 0.0]
    (of_absolute,) = vector_jacobian_product(oracle.absolute(x), given(1.0, 1.0), [x])
    assert of_absolute.value.tolist() == [1.0, -1.0]
    assert of_absolute.error.tolist() == [2.0, 0.0]
    (of_relu,) = vector_jacobian_product(oracle.relu(x), given(1.0, 1.0), [x])
    assert of_relu.error.tolist() == [1.0, 0.0]


def test_the_derivative_of_a_hinge_at_its_kink_may_be_any_subgradient() -> None:
    x = given(0.0, 2.0, -3.0)
    (of_hinge,) = vector_jacobian_product(oracle.hinge(x), given(1.0, 1.0, 1.0), [x])
    assert of_hinge.value.tolist() == [0.0, 1.0, 0.0]
    assert of_hinge.error.tolist() == [1.0, 0.0, 0.0]
    (of_relu,) = vector_jacobian_product(oracle.relu(x), given(1.0, 1.0, 1.0), [x])
    assert of_relu.error.tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("tie", "expected"), [("first", [6.0, 0.0, 0.0]), ("last", [0.0, 0.0, 6.0]), ("even", [3.0, 0.0, 3.0])]
)
def test_ties_of_a_maximum(tie: str, expected: list[float]) -> None:
    x = given(2.0, 1.0, 2.0)
    largest = oracle.amax(x, tie=tie)  # type: ignore[arg-type]
    (gradient,) = vector_jacobian_product(largest, Bounded.input(np.array(6.0), SINGLE), [x])
    assert gradient.value.tolist() == expected


def test_an_undecided_maximum_may_send_its_gradient_anywhere() -> None:
    x = given(2.0, 1.99, -5.0, error=0.1)
    (gradient,) = vector_jacobian_product(oracle.amax(x), Bounded.input(np.array(1.0), SINGLE), [x])
    assert gradient.value.tolist() == [1.0, 0.0, 0.0]
    assert gradient.error.tolist() == [1.0, 1.0, 0.0]


@pytest.mark.parametrize(("tie", "share"), [("first", (1.0, 0.0)), ("last", (0.0, 1.0)), ("even", (0.5, 0.5))])
def test_ties_of_the_larger_of_two(tie: str, share: tuple[float, float]) -> None:
    a, b = given(1.0), given(1.0)
    for function in (oracle.larger, oracle.smaller):
        products = vector_jacobian_product(function(a, b, tie), given(4.0), [a, b])  # type: ignore[arg-type]
        assert [float(p.value[0]) for p in products] == [4 * share[0], 4 * share[1]]


def test_what_is_not_selected_has_a_gradient_of_zero_even_where_its_own_is_infinite() -> None:
    x = given(0.0, 4.0)
    safe = oracle.where(x > 0.0, oracle.sqrt(x), 0.0)
    (gradient,) = vector_jacobian_product(safe, given(1.0, 1.0), [x])
    assert np.isfinite(gradient.value[1])
    assert gradient.value[1] == 0.25


def test_short_constants_are_exact_and_long_ones_rounded() -> None:
    for short in (0.0, 2.0, -0.5, 20.0, 1.5):
        assert Bounded.constant(short, SINGLE).error == 0
    for long in (0.1, 1 / 3, 0.7071067811865476):
        assert Bounded.constant(long, Arithmetic.of("float64")).error > 0
    assert Bounded.constant(1e5, Arithmetic.of("float16")).error > 0


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_constants_below_the_smallest_normal_number_may_vanish(dtype: str) -> None:
    arithmetic = Arithmetic.of(dtype)
    for number in (arithmetic.smallest_normal / 3, -arithmetic.smallest_normal / 4):
        found = Bounded.constant(number, arithmetic)
        kept = np.asarray(number).astype(numpy_dtype(dtype)).astype(found.value.dtype)
        assert abs(kept - found.value) <= found.error
        assert found.error == abs(found.value)
    assert Bounded.constant(arithmetic.smallest_normal, arithmetic).error < arithmetic.smallest_normal
    assert Bounded.constant(0.0, arithmetic).error == 0
    assert Bounded.constant(1e-320, Arithmetic.exact(Fraction)).error == 0


def test_a_bound_for_every_element_is_required() -> None:
    with pytest.raises(ValueError, match="a bound for every element"):
        Bounded(np.zeros(3), np.zeros(2), SINGLE)


def test_where_wants_a_bounded_array() -> None:
    with pytest.raises(TypeError, match="expected a bounded array"):
        oracle.where(np.array([True]), 1.0, 2.0)
    with pytest.raises(TypeError, match="expected a bounded array"):
        oracle.larger(1.0, 2.0)


def test_shapes_that_do_not_fit_are_refused() -> None:
    x = given(1.0, 2.0, 3.0)
    with pytest.raises(ValueError, match="lengths that sum to 3"):
        oracle.split(x, [1, 1])
    with pytest.raises(ValueError, match=r"second operand \(\*, 3, m\)"):
        oracle.matmul(oracle.reshape(x, (1, 3)), oracle.reshape(x, (1, 3)))
