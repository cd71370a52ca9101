"""Sums of half types: what is rounded on the way, where that is admissible, and where it is not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from conformance.catalogue.convolution._shared import convolution
from conformance.dtypes import HALVES
from conformance.oracle import (
    Arithmetic,
    Bounded,
    Contraction,
    broadcast_to,
    numpy_dtype,
    scatter,
    vector_jacobian_product,
)
from tests.oracle._bounds import holds, ratios

SEEDS = range(20)


def drawn(seed: int, shape: tuple[int, ...], dtype: str) -> Any:
    return np.random.default_rng(seed).standard_normal(shape).astype(numpy_dtype(dtype))


def declared(dtype: str) -> Arithmetic:
    """Return the arithmetic of a backend that adds up what meets in one place in the half type itself."""
    return Arithmetic.of(dtype, scattered=dtype)


def added(terms: Any) -> Any:
    """Return the sum of the first axis, rounded to the type of ``terms`` at each step."""
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


@pytest.mark.parametrize("dtype", HALVES)
def test_what_meets_in_one_place_is_rounded_on_the_way_only_where_that_is_declared(dtype: str) -> None:
    target = np.repeat(np.arange(4), 12).reshape(4, 12).T.astype(np.intp)
    worst = []
    for seed in SEEDS:
        x = drawn(seed, (12, 4), dtype)
        holds(added(x), scatter(Bounded.input(x, declared(dtype)), target, (4,)))
        worst.append(ratios(added(x), scatter(Bounded.input(x, Arithmetic.of(dtype)), target, (4,))).max())
        once = x.astype(np.float32).sum(axis=0).astype(x.dtype)
        holds(once, scatter(Bounded.input(x, Arithmetic.of(dtype)), target, (4,)))
    assert max(worst) > 1


@pytest.mark.parametrize("dtype", HALVES)
def test_a_gradient_of_what_is_repeated_is_one_sum_all_the_same(dtype: str) -> None:
    """A bias is no place that elements are sent to: its gradient is a sum like any other."""
    worst = []
    for seed in SEEDS:
        cotangent = drawn(seed, (12, 4), dtype)
        for arithmetic in (declared(dtype), Arithmetic.of(dtype)):
            bias = Bounded.input(drawn(seed, (4,), dtype), arithmetic)
            (bound,) = vector_jacobian_product(
                broadcast_to(bias, (12, 4)), Bounded.input(cotangent, arithmetic), [bias]
            )
            holds(cotangent.astype(np.float32).sum(axis=0).astype(cotangent.dtype), bound)
            worst.append(ratios(added(cotangent), bound).max())
    assert max(worst) > 1


@pytest.mark.parametrize("dtype", HALVES)
def test_windows_of_a_transposed_convolution_meet_in_the_declared_type(dtype: str) -> None:
    worst = []
    for seed in SEEDS:
        x, w, c = drawn(seed, (1, 2, 9), dtype), drawn(seed + 50, (3, 2, 4), dtype), drawn(seed + 99, (1, 3, 6), dtype)
        columns = np.einsum("fck,nfo->kcno", w.astype(np.float32), c.astype(np.float32)).astype(x.dtype)
        computed = np.zeros_like(x)
        for k in range(4):
            for place in range(6):
                computed[0, :, place + k] = computed[0, :, place + k] + columns[k, :, 0, place]
        for arithmetic in (declared(dtype), Arithmetic.of(dtype)):
            given = Bounded.input(x, arithmetic)
            output = convolution(given, Bounded.input(w, arithmetic), None, 1, 0, 1, 1)
            (bound,) = vector_jacobian_product(output, Bounded.input(c, arithmetic), [given])
            worst.append(ratios(computed, bound).max())
    assert max(worst[::2]) <= 1
    assert max(worst[1::2]) > 1


@pytest.mark.parametrize("dtype", HALVES)
def test_an_addend_may_find_the_sum_rounded_but_no_part_of_it(dtype: str) -> None:
    worst = []
    for seed in SEEDS:
        a, b, bias = drawn(seed, (3, 16), dtype), drawn(seed + 50, (16, 5), dtype), drawn(seed + 99, (3, 5), dtype)
        arithmetic = Arithmetic.of(dtype)
        form = Contraction(("nk", "km", "nm"), "matmul", ((3, 16), (16, 5), (3, 5)))
        bound = form(*(Bounded.input(one, arithmetic) for one in (a, b)), Bounded.input(bias, arithmetic))
        wide = a.astype(np.float32), b.astype(np.float32)
        holds((wide[0] @ wide[1]).astype(a.dtype) + bias, bound)
        holds((wide[0] @ wide[1] + bias.astype(np.float32)).astype(a.dtype), bound)
        parts = added(np.einsum("nk,km->knm", *wide).astype(a.dtype))
        worst.append(ratios(parts + bias, bound).max())
    assert max(worst) > 1


def test_a_declared_type_that_is_longer_than_the_accumulator_changes_nothing() -> None:
    plain = Arithmetic.of("float32")
    assert Arithmetic.of("float32", scattered="float64").scattering.accumulator_roundoff == plain.accumulator_roundoff
    assert plain.scattering is plain
    assert declared("bfloat16").scattering.accumulator_roundoff == plain.accumulator_roundoff * 2**16
