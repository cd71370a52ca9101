"""Definitions of operators on images written again as plain loops over fractions, and compared exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import floor
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from conformance.catalogue.linear.bilinear import bilinear
from conformance.catalogue.vision.fold import fold
from conformance.catalogue.vision.grid_sample import grid_sample
from conformance.catalogue.vision.interpolate import interpolate
from conformance.catalogue.vision.pixel_shuffle import pixel_shuffle
from conformance.catalogue.vision.unfold import unfold
from conformance.oracle import Bounded
from tests.oracle.test_independent_definitions import RATIONAL, fractions

_settings = settings(max_examples=40, deadline=None, derandomize=True, database=None)
_seeds = st.integers(0, 2**16)
_two = st.tuples(st.integers(1, 3), st.integers(1, 3))


def _given(array: NDArray[Any]) -> Bounded:
    return Bounded.input(array, RATIONAL)


def _same(found: Bounded, expected: NDArray[Any]) -> None:
    assert found.shape == expected.shape
    assert all(one == other for one, other in zip(found.value.flat, expected.flat, strict=True))


def _between(line: list[Any], place: Fraction) -> Fraction:
    """Return a line of numbers read at a place, the ends going on for ever."""
    inside = min(max(place, Fraction(0)), Fraction(len(line) - 1))
    first = floor(inside)
    part = inside - first
    return line[first] if part == 0 else (1 - part) * line[first] + part * line[first + 1]


def _read(image: NDArray[Any], row: Fraction, column: Fraction) -> Fraction:
    return _between([_between(list(line), column) for line in image], row)


@_settings
@given(_two, st.tuples(st.integers(2, 5), st.integers(2, 5)), st.booleans(), _seeds)
def test_bilinear_interpolation(lengths: tuple[int, int], size: tuple[int, int], corners: bool, seed: int) -> None:
    image = fractions((1, 2, *lengths), seed)
    expected = np.empty((1, 2, *size), dtype=object)
    for index in np.ndindex(*expected.shape):
        places = [
            Fraction(i * (n - 1), out - 1) if corners else (i + Fraction(1, 2)) * Fraction(n, out) - Fraction(1, 2)
            for i, n, out in zip(index[2:], lengths, size, strict=True)
        ]
        expected[index] = _read(image[index[:2]], *places)
    _same(interpolate(_given(image), size, mode="bilinear", align_corners=corners), expected)


def _into(place: Fraction, low: Fraction, high: Fraction) -> Fraction:
    """Return a place reflected, one border at a time, until it is between the two."""
    while low < high and not low <= place <= high:
        place = 2 * low - place if place < low else 2 * high - place
    return place if low < high else low


@_settings
@given(
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    _two,
    st.sampled_from(["zeros", "border", "reflection"]),
    st.booleans(),
    _seeds,
)
def test_grid_sample(lengths: tuple[int, int], size: tuple[int, int], padding: str, corners: bool, seed: int) -> None:
    image, grid = fractions((1, 2, *lengths), seed), fractions((1, *size, 2), seed + 1)
    expected = np.empty((1, 2, *size), dtype=object)
    for index in np.ndindex(*expected.shape):
        places = []
        for component, n in zip(grid[(0, *index[2:])][::-1], lengths, strict=True):
            half = Fraction(1, 2)
            place = (component + 1) * half * (n - 1) if corners else ((component + 1) * n - 1) * half
            if padding == "reflection":
                place = _into(place, Fraction(0) if corners else -half, n - 1 if corners else n - half)
            places.append(place)
        pixels = image[index[:2]]
        if padding == "zeros":  # a frame of zeros, so wide that it goes on for ever
            pixels = np.pad(pixels, 20, constant_values=Fraction(0))
            places = [place + 20 for place in places]
        expected[index] = _read(pixels, *places)
    _same(grid_sample(_given(image), _given(grid), "bilinear", padding, corners), expected)


@_settings
@given(_two, _two, st.tuples(st.integers(0, 2), st.integers(0, 2)), _two, _two, _seeds)
def test_unfold_and_fold(
    kernel: tuple[int, int],
    dilation: tuple[int, int],
    padding: tuple[int, int],
    stride: tuple[int, int],
    extra: tuple[int, int],
    seed: int,
) -> None:
    lengths = [d * (k - 1) + e for k, d, e in zip(kernel, dilation, extra, strict=True)]
    image = fractions((1, 2, *lengths), seed)
    counts = [
        floor(Fraction(n + 2 * p - d * (k - 1) - 1, s) + 1)
        for n, p, d, k, s in zip(lengths, padding, dilation, kernel, stride, strict=True)
    ]
    columns, back = [], np.full(image.shape, Fraction(0), dtype=object)
    for c, i, j in product(range(2), *map(range, kernel)):
        row = []
        for y, x in product(*map(range, counts)):
            place = (y * stride[0] + i * dilation[0] - padding[0], x * stride[1] + j * dilation[1] - padding[1])
            inside = all(0 <= at < n for at, n in zip(place, lengths, strict=True))
            row.append(image[(0, c, *place)] if inside else Fraction(0))
            if inside:
                back[(0, c, *place)] += image[(0, c, *place)]
        columns.append(row)
    options = {"dilation": dilation, "padding": padding, "stride": stride}
    found = unfold(_given(image), kernel, **options)
    _same(found, np.array([columns], dtype=object).reshape(found.shape))
    _same(fold(found, tuple(lengths), kernel, **options), back)


@_settings
@given(st.integers(1, 3), st.integers(1, 2), _two, _seeds)
def test_pixel_shuffle(factor: int, channels: int, lengths: tuple[int, int], seed: int) -> None:
    image = fractions((1, channels * factor**2, *lengths), seed)
    expected = np.empty((1, channels, lengths[0] * factor, lengths[1] * factor), dtype=object)
    for _, c, y, x in np.ndindex(*expected.shape):
        part = c * factor**2 + y % factor * factor + x % factor
        expected[0, c, y, x] = image[0, part, y // factor, x // factor]
    _same(pixel_shuffle(_given(image), factor), expected)


@_settings
@given(st.integers(0, 3), st.integers(1, 4), st.integers(1, 3), st.integers(1, 3), st.booleans(), _seeds)
def test_bilinear(rows: int, first: int, second: int, features: int, with_bias: bool, seed: int) -> None:
    x, y = fractions((rows, first), seed), fractions((rows, second), seed + 1)
    a, b = fractions((features, first, second), seed + 2), fractions((features,), seed + 3)
    expected = np.empty((rows, features), dtype=object)
    for n, o in np.ndindex(*expected.shape):
        pairs = product(range(first), range(second))
        expected[n, o] = sum((x[n, i] * a[o, i, j] * y[n, j] for i, j in pairs), b[o] if with_bias else Fraction(0))
    _same(bilinear(_given(x), _given(y), _given(a), _given(b) if with_bias else None), expected)
