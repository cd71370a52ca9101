"""Resizing images: where each output pixel lies in the input, and the definition that four operators share."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.case import Case
from conformance.catalogue.vision._sampling import linear_weight, nearest, sampled
from conformance.data import Draw
from conformance.oracle import Arithmetic, Bounded, broadcast_to, clamp, reshape

Size = int | tuple[int, ...]
Factor = float | tuple[float, ...]

LINEAR = ("linear", "bilinear", "trilinear")


def each(given: Any, dimensions: int) -> tuple[Any, ...]:
    """Return one number for each dimension: a single one counts for all."""
    return given if isinstance(given, tuple) else (given,) * dimensions


def output_lengths(lengths: tuple[int, ...], size: Size | None, scale_factor: Factor | None) -> tuple[int, ...]:
    """Return ``size``, or floor(length x scale_factor) for each dimension."""
    if scale_factor is None:
        return each(size, len(lengths))
    factors = each(scale_factor, len(lengths))
    return tuple(floor(length * Fraction(factor)) for length, factor in zip(lengths, factors, strict=True))


def resize(
    input: Bounded,
    size: Size | None = None,
    scale_factor: Factor | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
    antialias: bool = False,
) -> Bounded:
    """Return ``input`` (N, C, *lengths) resized, by the nearest pixel or linearly in every dimension."""
    if antialias or mode not in {"nearest", "nearest-exact", *LINEAR}:
        raise ValueError(f"mode: no formula is documented for {mode!r}{' with antialias' if antialias else ''}")
    lengths = input.shape[2:]
    n = len(lengths)
    outputs = output_lengths(lengths, size, scale_factor)
    direct = scale_factor is not None and not recompute_scale_factor
    ratios = [
        1 / Fraction(factor) if direct else Fraction(length, output)
        for length, output, factor in zip(lengths, outputs, each(scale_factor, n), strict=True)
    ]
    along = tuple(zip(lengths, outputs, ratios, strict=True))
    if mode not in LINEAR:
        shift = Fraction(1, 2) if mode == "nearest-exact" else Fraction(0)
        return nearest(input, np.ix_(np.zeros(1, dtype=np.intp), *[_nearest(*one, shift) for one in along])[1:])
    places = []
    for axis, one in enumerate(along):
        line = _corners(*one[:2], input.arithmetic) if align_corners else _edges(*one, input.arithmetic)
        shape = (1, *(length if other == axis else 1 for other, length in enumerate(outputs)))
        places.append(broadcast_to(reshape(line, shape), (1, *outputs)))
    return sampled(input, places, linear_weight, (-1, 1))


def _nearest(length: int, output: int, ratio: Fraction, shift: Fraction) -> NDArray[np.intp]:
    return np.array([min(floor((i + shift) * ratio), length - 1) for i in range(output)], dtype=np.intp)


def _corners(length: int, output: int, arithmetic: Arithmetic) -> Bounded:
    """Return where the output's pixels lie if the centres of the corner pixels are aligned."""
    step = Bounded.input(np.asarray(float(length - 1)), arithmetic) / float(max(output - 1, 1))
    return Bounded.input(np.arange(float(output)), arithmetic) * step


def _edges(length: int, output: int, ratio: Fraction, arithmetic: Arithmetic) -> Bounded:
    """Return where the output's pixels lie if the edges of the images are aligned; no further out than the centres."""
    numerator = Bounded.input(np.asarray(float(ratio.numerator)), arithmetic)
    place = (Bounded.input(np.arange(float(output)) + 0.5, arithmetic)) * (numerator / float(ratio.denominator)) - 0.5
    return clamp(place, 0.0, float(length - 1))


def output_shape(
    input: tuple[int, ...], size: Size | None = None, scale_factor: Factor | None = None, **_: Any
) -> tuple[int, ...]:
    """Return the output's shape."""
    return (*input[:2], *output_lengths(input[2:], size, scale_factor))


def case(name: str, image: tuple[int, ...], regime: str = "normal", seed: int = 0, **options: Any) -> Case:
    """Return a case of images of shape ``image``, batch and channels first."""
    return Case(name, {"input": Draw(image, regime)}, options, seed)
