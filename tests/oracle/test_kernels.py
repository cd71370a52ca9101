"""The plain values of elementary and special functions, against ball arithmetic: rigorous, and not mpmath's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.oracle import kernels
from tests.oracle._exactly import CONTEXT, exactly

_settings = settings(max_examples=150, deadline=None, derandomize=True, database=None)
_NAN, _INF = float("nan"), float("inf")


def ball(number: Any) -> flint.arb:
    """Return a finite number of any type as a ball of radius 0."""
    exact = CONTEXT.convert(number)
    mantissa, exponent = abs(exact).man_exp
    size = flint.arb(int(mantissa)) * flint.arb(2) ** int(exponent)
    return -size if exact < 0 else size


def _power(exponent: float) -> Callable[[flint.arb], flint.arb]:
    return lambda x: x**exponent


def _log_gamma(x: flint.arb) -> flint.arb:
    return abs(x.gamma()).log()


def _trigamma(x: flint.arb) -> flint.arb:
    return flint.arb(2).zeta(x)


_real = st.floats(-300, 300, allow_subnormal=True)
_any = st.one_of(_real, st.floats(allow_nan=False, allow_infinity=False))
_positive = st.floats(5e-324, 1.7e308)
_gamma = st.floats(-60, 1e6).filter(lambda x: x > 0 or x != round(x))

FUNCTIONS: dict[str, tuple[Callable[..., Any], Callable[[flint.arb], flint.arb], st.SearchStrategy[float]]] = {
    "exp": (kernels.exp, flint.arb.exp, st.floats(-700, 700)),
    "expm1": (kernels.expm1, flint.arb.expm1, st.floats(-700, 700)),
    "log": (kernels.log, flint.arb.log, _positive),
    "log1p": (kernels.log1p, flint.arb.log1p, st.one_of(st.floats(-0.999, 3.0), st.floats(-1e-300, 1e-300), _positive)),
    "sqrt": (kernels.sqrt, flint.arb.sqrt, _positive),
    "tanh": (kernels.tanh, flint.arb.tanh, _any),
    "sin": (kernels.sin, flint.arb.sin, _any),
    "cos": (kernels.cos, flint.arb.cos, _any),
    "arctan": (kernels.arctan, flint.arb.atan, _any),
    "erf": (kernels.erf, flint.arb.erf, _any),
    "cube": (lambda x: kernels.power(x, 3 * np.ones_like(x)), _power(3), st.floats(-1e90, 1e90)),
    "root": (lambda x: kernels.power(x, np.ones_like(x) / 4), _power(0.25), _positive),
    "log-gamma": (kernels.log_gamma, _log_gamma, _gamma),
    "digamma": (kernels.polygamma(0), flint.arb.digamma, _gamma),
    "trigamma": (kernels.polygamma(1), _trigamma, st.floats(1e-8, 1e6)),
}


def _compare(found: Any, x: float, true: Callable[[flint.arb], flint.arb], bits: int, precision: int) -> None:
    before = flint.ctx.prec
    flint.ctx.prec = precision
    try:
        expected = true(ball(x))
        assert expected.is_finite(), f"the ball at {x!r} says nothing"
        tolerance = abs(expected) * flint.arb(2) ** -bits + flint.arb(2) ** -16000
        assert abs(ball(found) - expected) <= tolerance, (x, found, expected)
    finally:
        flint.ctx.prec = before


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_extended_precision(name: str) -> None:
    kernel, true, domain = FUNCTIONS[name]

    @_settings
    @given(domain)
    def check(x: float) -> None:
        found = kernel(np.array(x, dtype=np.longdouble))[()]
        _compare(found, x, true, 62, 2600)  # two units of the extended type

    check()


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_400_bits(name: str) -> None:
    kernel, true, domain = FUNCTIONS[name]

    @settings(_settings, max_examples=20)
    @given(domain)
    def check(x: float) -> None:
        found = kernel(exactly(np.array([x])))[0]
        _compare(found, x, true, 380, 2600)

    check()


_ZEROS_AND_INFINITIES: dict[str, dict[float, float]] = {
    "exp": {0.0: 1.0, _INF: _INF, -_INF: 0.0, _NAN: _NAN},
    "expm1": {0.0: 0.0, _INF: _INF, -_INF: -1.0, _NAN: _NAN},
    "log": {0.0: -_INF, 1.0: 0.0, -1.0: _NAN, _INF: _INF, _NAN: _NAN},
    "log1p": {0.0: 0.0, -1.0: -_INF, -2.0: _NAN, _INF: _INF, _NAN: _NAN},
    "sqrt": {0.0: 0.0, 4.0: 2.0, -1.0: _NAN, _INF: _INF, _NAN: _NAN},
    "tanh": {0.0: 0.0, _INF: 1.0, -_INF: -1.0, _NAN: _NAN},
    "sin": {0.0: 0.0, _INF: _NAN, _NAN: _NAN},
    "cos": {0.0: 1.0, -_INF: _NAN, _NAN: _NAN},
    "arctan": {0.0: 0.0, _NAN: _NAN},
    "erf": {0.0: 0.0, _INF: 1.0, -_INF: -1.0, _NAN: _NAN},
    "log-gamma": {1.0: 0.0, 2.0: 0.0, 0.0: _INF, -3.0: _INF, _INF: _INF, _NAN: _NAN},
    "digamma": {_INF: _INF, -1.0: _NAN, _NAN: _NAN},
    "trigamma": {_INF: 0.0, -1.0: _INF, _NAN: _NAN},
}


@pytest.mark.parametrize("name", sorted(_ZEROS_AND_INFINITIES))
def test_zeros_infinities_and_nan(name: str) -> None:
    kernel = FUNCTIONS[name][0]
    for x, expected in _ZEROS_AND_INFINITIES[name].items():
        for array in (np.array([x], dtype=np.longdouble), exactly(np.array([x]))):
            np.testing.assert_array_equal(kernel(array).astype(np.float64), [expected], err_msg=f"{name}({x})")


@pytest.mark.parametrize("dtype", [np.longdouble, object])
def test_powers_of_zero_and_below(dtype: Any) -> None:
    base = [0.0, 0.0, 0.0, -2.0, -2.0, -2.0, _INF, _NAN]
    exponent = [2.0, 0.0, -1.0, 3.0, -2.0, 0.5, -1.0, 0.0]
    expected = [0.0, 1.0, _INF, -8.0, 0.25, _NAN, 0.0, 1.0]
    arrays = [
        np.array(a, dtype=np.longdouble) if dtype is not object else exactly(np.array(a)) for a in (base, exponent)
    ]
    found = kernels.power(*arrays).astype(np.float64)
    if dtype is object:
        found, expected = found[:-1], expected[:-1]  # mpmath has NaN to the power of 0 as NaN
    np.testing.assert_array_equal(found, expected)


def test_an_empty_array_stays_empty() -> None:
    for kernel, _, _ in FUNCTIONS.values():
        assert kernel(np.zeros((0, 3), dtype=np.longdouble)).shape == (0, 3)
        assert kernel(np.zeros((0, 3), dtype=object)).shape == (0, 3)
