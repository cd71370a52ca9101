"""Where a component of a grid points to: the pixels around the place, what they count, and how that changes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.operators.vision._taps import cubic_kernel

PADDINGS = ("zeros", "border", "reflection")
_ALPHA = -0.75


class Axis(NamedTuple):
    """For each place of a grid and each pixel around it, along one dimension; all of shape (number, N, *outputs)."""

    indices: Array
    weights: Array
    slopes: Array
    """The derivatives of the weights in the grid's component."""


def axis_of(component: Array, length: int, mode: str, padding: str, *, corners: bool) -> Axis:
    """Return the pixels of a line of ``length`` around the places that ``component``, from -1 to 1, names."""
    known = np.where(np.isnan(component), component.dtype.type(-1), component)
    half = component.dtype.type((length - 1) / 2 if corners else length / 2)
    place = (known + 1) * half - component.dtype.type(0 if corners else 0.5)
    bend = np.full_like(place, half)
    if padding != "zeros" and mode != "bicubic":
        place, turned = _bounded(place, length, padding, corners=corners)
        bend = bend * turned
    if mode == "nearest":
        indices = np.rint(place)[None]
        return Axis(indices.astype(np.int64), np.ones_like(indices), np.zeros_like(indices))
    first = np.floor(place)
    if mode == "bilinear":
        part = place - first
        slopes = np.stack([-bend, bend])
        return Axis(np.stack([first, first + 1]).astype(np.int64), np.stack([1 - part, part]), slopes)
    indices = np.stack([first + offset for offset in (-1, 0, 1, 2)])
    distance = place - indices
    if padding != "zeros":
        indices, _ = _bounded(indices, length, padding, corners=corners)
    slopes = _cubic_slope(distance) * bend
    return Axis(indices.astype(np.int64), cubic_kernel(distance, _ALPHA).astype(place.dtype), slopes)


def _bounded(place: Array, length: int, padding: str, *, corners: bool) -> tuple[Array, Array]:
    """Return places brought inside, and how they move when the ones outside do: 1, -1 or 0."""
    turned = np.ones_like(place)
    if padding == "reflection":
        low, high = (0.0, length - 1.0) if corners else (-0.5, length - 0.5)
        place, turned = _reflected(place, low, high - low)
    inside = (place >= 0) & (place <= length - 1)
    return np.clip(place, 0, length - 1), turned * inside


def _reflected(place: Array, low: float, span: float) -> tuple[Array, Array]:
    """Return places reflected by both borders until they lie between them, and by which sign they move."""
    if span == 0:
        return np.full_like(place, low), np.zeros_like(place)
    beyond = np.abs(place - place.dtype.type(low))
    even = np.floor(beyond / span) % 2 == 0
    rest = np.fmod(beyond, place.dtype.type(span))
    found = np.where(even, rest, span - rest) + low
    return found.astype(place.dtype), (np.where(place < low, -1, 1) * np.where(even, 1, -1)).astype(place.dtype)


def _cubic_slope(distance: Array) -> Array:
    """Return the derivative of the kernel of cubic convolution."""
    d = np.abs(distance)
    near = (3 * (_ALPHA + 2) * d - 2 * (_ALPHA + 3)) * d
    far = (3 * _ALPHA * d - 10 * _ALPHA) * d + 8 * _ALPHA
    slope = np.where(d <= 1, near, np.where(d < 2, far, 0))
    return np.asarray(np.sign(distance) * slope).astype(distance.dtype)
