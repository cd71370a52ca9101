"""What normalizations share: standardizing over axes, and the affine map after it."""

from __future__ import annotations

from collections.abc import Sequence

from conformance.data import Draw, Recipe
from conformance.oracle import Bounded, broadcast_to, mean, one_of, reshape, rsqrt, sqrt, variance, welford_variance

NEAR_EPS = 0.05
"""An eps that weighs against the variance of data of size 0.1 to 1: inside the root or outside of it shows."""


def standardized(x: Bounded, axes: Sequence[int], eps: float) -> Bounded:
    """Return (x - mean) / sqrt(variance + eps) over ``axes``, the variance biased.

    The variance may be taken by two passes or by Welford's updates, and the root's reciprocal at once.
    """
    centred = x - mean(x, axes, keepdims=True)
    two_passes = variance(x, axes, keepdims=True) + eps
    updated = welford_variance(x, axes, keepdims=True) + eps
    return one_of([centred / sqrt(two_passes), centred * rsqrt(two_passes), centred / sqrt(updated)], [x])


def affine(x: Bounded, weight: Bounded | None, bias: Bounded | None, shape: Sequence[int]) -> Bounded:
    """Return x * weight + bias, both reshaped to ``shape`` and repeated."""
    if weight is not None:
        x = x * broadcast_to(reshape(weight, shape), x.shape)
    return x if bias is None else x + broadcast_to(reshape(bias, shape), x.shape)


def normalized(
    x: Bounded, axes: Sequence[int], eps: float, weight: Bounded | None, bias: Bounded | None, shape: Sequence[int]
) -> Bounded:
    """Return ``x`` standardized over ``axes``, times weight plus bias, both reshaped to ``shape`` and repeated.

    It may be computed as ((x - m) / s) w + b, as (x r - m r) w + b with r = 1 / s, or as x a + c with a = w / s.
    """
    centre = mean(x, axes, keepdims=True)
    inverse = 1.0 / sqrt(variance(x, axes, keepdims=True) + eps)
    at_once = affine(x * inverse - centre * inverse, weight, bias, shape)
    factor = affine(broadcast_to(inverse, x.shape), weight, None, shape)
    shift = affine(-(broadcast_to(centre, x.shape) * factor), None, bias, shape)
    variables = [one for one in (x, weight, bias) if one is not None]
    return one_of([affine(standardized(x, axes, eps), weight, bias, shape), at_once, x * factor + shift], variables)


def channel_shape(dimensions: int, channels: int) -> tuple[int, ...]:
    """Return the shape in which one number for each channel meets an input of so many dimensions."""
    return (1, channels, *(1 for _ in range(dimensions - 2)))


def with_affine(
    shape: tuple[int, ...], own: tuple[int, ...], regime: str = "normal", *, weight: bool = True, bias: bool = True
) -> dict[str, Recipe | None]:
    """Return the inputs of a case: ``input`` of ``shape``, weight and bias of shape ``own``."""
    return {
        "input": Draw(shape, regime),
        "weight": Draw(own) if weight else None,
        "bias": Draw(own) if bias else None,
    }
