"""Definitions written again as plain loops over fractions, from the documented formulas, and compared exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import floor
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from conformance.catalogue.convolution.conv2d import conv2d
from conformance.catalogue.linear.linear import linear
from conformance.catalogue.loss.mse_loss import mse_loss
from conformance.catalogue.pooling.max_pool2d import max_pool2d
from conformance.oracle import Arithmetic, Bounded, vector_jacobian_product

_settings = settings(max_examples=60, deadline=None, derandomize=True, database=None)
_seeds = st.integers(0, 2**16)
RATIONAL = Arithmetic.exact(lambda number: number if isinstance(number, Fraction) else Fraction(float(number)))


def fractions(shape: tuple[int, ...], seed: int) -> NDArray[Any]:
    """Return an array of small fractions, ties among them."""
    random = np.random.default_rng(seed)
    numerators, denominators = random.integers(-6, 7, shape), random.integers(1, 4, shape)
    flat = [Fraction(int(p), int(q)) for p, q in zip(numerators.flat, denominators.flat, strict=True)]
    result = np.empty(len(flat), dtype=object)
    result[:] = flat
    return result.reshape(shape)


def _given(array: NDArray[Any]) -> Bounded:
    return Bounded.input(array, RATIONAL)


def _same(found: Bounded, expected: NDArray[Any]) -> None:
    assert found.shape == expected.shape
    for one, other in zip(found.value.flat, expected.flat, strict=True):
        assert one == other
        assert isinstance(one, (Fraction, int)), f"{one!r} is no longer exact"


def _source(index: int, length: int, mode: str) -> int | None:
    """Return which element stands at ``index`` of a padded line, None for a zero."""
    if 0 <= index < length:
        return index
    if mode == "zeros":
        return None
    if mode == "reflect":
        return -index if index < 0 else 2 * (length - 1) - index
    if mode == "replicate":
        return 0 if index < 0 else length - 1
    return index % length


def _looped_conv2d(
    image: NDArray[Any],
    weight: NDArray[Any],
    bias: NDArray[Any] | None,
    stride: tuple[int, int],
    pads: list[tuple[int, int]],
    dilation: tuple[int, int],
    groups: int,
    mode: str,
) -> NDArray[Any]:
    batch, _, height, width = image.shape
    features, channels, rows, columns = weight.shape
    lengths = [
        floor(Fraction(n + before + after - d * (k - 1) - 1, s) + 1)
        for n, (before, after), d, k, s in zip((height, width), pads, dilation, (rows, columns), stride, strict=True)
    ]
    result = np.empty((batch, features, *lengths), dtype=object)
    for n, f, y, x in product(*map(range, result.shape)):
        total = Fraction(0) if bias is None else bias[f]
        first = f // (features // groups) * channels
        for c, i, j in product(range(channels), range(rows), range(columns)):
            row = _source(y * stride[0] + i * dilation[0] - pads[0][0], height, mode)
            column = _source(x * stride[1] + j * dilation[1] - pads[1][0], width, mode)
            if row is not None and column is not None:
                total += image[n, first + c, row, column] * weight[f, c, i, j]
        result[n, f, y, x] = total
    return result


@st.composite
def _convolutions(draw: st.DrawFn) -> dict[str, Any]:
    groups = draw(st.integers(1, 2))
    kernel = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    dilation = draw(st.tuples(st.integers(1, 2), st.integers(1, 3)))
    reach = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    lengths = [draw(st.integers(max(r, 3), r + 4)) for r in reach]
    mode = draw(st.sampled_from(["zeros", "reflect", "replicate", "circular"]))
    named = draw(st.sampled_from([None, None, "same", "valid"])) if mode == "zeros" else None
    return {
        "image": (draw(st.integers(0, 2)), groups * draw(st.integers(1, 2)), *lengths),
        "features": groups * draw(st.integers(1, 2)),
        "kernel": kernel,
        "dilation": dilation,
        "stride": (1, 1) if named == "same" else draw(st.tuples(st.integers(1, 3), st.integers(1, 3))),
        "padding": draw(st.tuples(st.integers(0, 2), st.integers(0, 2))) if named is None else named,
        "groups": groups,
        "padding_mode": mode,
        "bias": draw(st.booleans()),
    }


def _pads(options: dict[str, Any]) -> list[tuple[int, int]]:
    padding = options["padding"]
    if padding == "valid":
        return [(0, 0), (0, 0)]
    if padding == "same":
        sums = [d * (k - 1) for d, k in zip(options["dilation"], options["kernel"], strict=True)]
        return [(s // 2, (s + 1) // 2) for s in sums]
    return [(p, p) for p in padding]


@_settings
@given(_convolutions(), _seeds)
def test_conv2d(options: dict[str, Any], seed: int) -> None:
    groups = options["groups"]
    image = fractions(options["image"], seed)
    weight = fractions((options["features"], options["image"][1] // groups, *options["kernel"]), seed + 1)
    bias = fractions((options["features"],), seed + 2) if options["bias"] else None
    common = {name: options[name] for name in ("stride", "dilation", "groups")}
    found = conv2d(
        _given(image),
        _given(weight),
        None if bias is None else _given(bias),
        padding=options["padding"],
        padding_mode=options["padding_mode"],
        **common,
    )
    expected = _looped_conv2d(image, weight, bias, pads=_pads(options), mode=options["padding_mode"], **common)
    _same(found, expected)


@_settings
@given(_convolutions(), _seeds)
def test_conv2d_is_linear_in_its_gradients(options: dict[str, Any], seed: int) -> None:
    """The gradients are the adjoint maps: <c, conv(x, w)> is <x, gradient of x> and <w, gradient of w>, exactly."""
    groups = options["groups"]
    image = _given(fractions(options["image"], seed))
    weight = _given(fractions((options["features"], options["image"][1] // groups, *options["kernel"]), seed + 1))
    names = ("stride", "padding", "dilation", "groups", "padding_mode")
    output = conv2d(image, weight, **{name: options[name] for name in names})
    cotangent = _given(fractions(output.shape, seed + 3))
    products = vector_jacobian_product(output, cotangent, [image, weight])
    form = sum((cotangent.value * output.value).flat)
    for operand, gradient in zip((image, weight), products, strict=True):
        assert sum((operand.value * gradient.value).flat) == form


def _looped_max_pool2d(
    image: NDArray[Any],
    kernel: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
    *,
    ceil_mode: bool,
) -> NDArray[Any]:
    lengths = image.shape[-2:]
    counts = []
    for n, k, s, p, d in zip(lengths, kernel, stride, padding, dilation, strict=True):
        exact = Fraction(n + 2 * p - d * (k - 1) - 1, s) + 1
        count = -floor(-exact) if ceil_mode else floor(exact)
        while ceil_mode and (count - 1) * s >= n + p:  # a window has to start in the image or the padding before it
            count -= 1
        counts.append(count)
    result = np.empty((*image.shape[:-2], *counts), dtype=object)
    for index in product(*map(range, result.shape)):
        *leading, y, x = index
        seen = [
            image[(*leading, row, column)]
            for i, j in product(*map(range, kernel))
            if 0 <= (row := y * stride[0] + i * dilation[0] - padding[0]) < lengths[0]
            and 0 <= (column := x * stride[1] + j * dilation[1] - padding[1]) < lengths[1]
        ]
        result[index] = max(seen)
    return result


@_settings
@given(
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.integers(1, 2), st.integers(1, 2)),
    st.tuples(st.integers(0, 5), st.integers(0, 5)),
    st.booleans(),
    _seeds,
)
def test_max_pool2d(
    kernel: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
    extra: tuple[int, int],
    ceil_mode: bool,
    seed: int,
) -> None:
    padding = (min(padding[0], kernel[0] // 2), min(padding[1], kernel[1] // 2))
    lengths = [d * (k - 1) + 1 + e for d, k, e in zip(dilation, kernel, extra, strict=True)]
    image = fractions((2, *lengths), seed)
    found = max_pool2d(_given(image), kernel, stride, padding, dilation, ceil_mode)
    _same(found, _looped_max_pool2d(image, kernel, stride, padding, dilation, ceil_mode=ceil_mode))


@_settings
@given(st.lists(st.integers(0, 3), max_size=3), st.integers(1, 5), st.integers(1, 4), st.booleans(), _seeds)
def test_linear(leading: list[int], inward: int, outward: int, with_bias: bool, seed: int) -> None:
    x, a = fractions((*leading, inward), seed), fractions((outward, inward), seed + 1)
    b = fractions((outward,), seed + 2) if with_bias else None
    expected = np.empty((*leading, outward), dtype=object)
    for index in product(*map(range, expected.shape)):
        *row, o = index
        total = Fraction(0) if b is None else b[o]
        for i in range(inward):
            total += x[(*row, i)] * a[o, i]
        expected[index] = total
    _same(linear(_given(x), _given(a), None if b is None else _given(b)), expected)


@_settings
@given(st.lists(st.integers(1, 3), max_size=3), st.sampled_from(["none", "mean", "sum"]), _seeds)
def test_mse_loss(lengths: list[int], reduction: str, seed: int) -> None:
    shape = tuple(lengths)
    x, y = fractions(shape, seed), fractions(shape, seed + 1)
    squares = np.empty(shape, dtype=object)
    total, count = Fraction(0), 0
    for index in product(*map(range, shape)):
        squares[index] = (x[index] - y[index]) * (x[index] - y[index])
        total += squares[index]
        count += 1
    expected = {"none": squares, "sum": np.array(total, dtype=object), "mean": np.array(total / count, dtype=object)}
    _same(mse_loss(_given(x), _given(y), reduction=reduction), expected[reduction])
