"""What kinds of dropout share: what a kept and a dropped element become, and what is decided at once."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import numpy as np
from numpy.typing import NDArray

from conformance.card import Choice
from conformance.oracle import Bounded, broadcast_to, sqrt, where

_SELU_SATURATION = np.longdouble("1.758099340847376624")
"""Minus the value that SELU tends to for small inputs: its scale times its alpha."""


def all_dropped(input: Bounded) -> Bounded:
    """Return zeros, which do not depend on ``input``."""
    return where(np.zeros(input.shape, dtype=np.bool_), input, 0.0)


def identity_or_zeros(input: Bounded, p: float = 0.5, training: bool = True, inplace: bool = False) -> Bounded:
    """Return what is left to no chance: the input in evaluation or if p is 0, zeros if p is 1.

    Raises:
        ValueError: It is left to chance.
    """
    del inplace
    if training and p == 1:
        return all_dropped(input)
    return identity(input, p, training)


def identity(input: Bounded, p: float = 0.5, training: bool = False, inplace: bool = False) -> Bounded:
    """Return the input, in evaluation or if p is 0.

    Raises:
        ValueError: It is left to chance.
    """
    del inplace
    if training and p != 0:
        raise ValueError(f"p: expected a case that is not left to chance, not {p} in training")
    return where(np.ones(input.shape, dtype=np.bool_), input, 0.0)


def scaled(input: Bounded, p: float = 0.5, training: bool = True, inplace: bool = False) -> Bounded:
    """Return x / (1 - p)."""
    del training, inplace
    return input / (1.0 - p)


def zeroed(input: Bounded, p: float = 0.5, training: bool = True, inplace: bool = False) -> Bounded:
    """Return zeros."""
    del p, training, inplace
    return all_dropped(input)


def affine(input: Bounded, p: float = 0.5, training: bool = False, inplace: bool = False) -> Bounded:
    """Return a x + b: a and b keep mean 0 and variance 1 where a share p of the elements is at SELU's saturation."""
    del training, inplace
    factor, saturation = _factor(input, p)
    return input * factor + saturation * factor * p


def saturated(input: Bounded, p: float = 0.5, training: bool = False, inplace: bool = False) -> Bounded:
    """Return a s + b, s being SELU's negative saturation."""
    del training, inplace
    factor, saturation = _factor(input, p)
    return all_dropped(input) + broadcast_to(saturation * factor * p - saturation * factor, input.shape)


def _factor(input: Bounded, p: float) -> tuple[Bounded, Bounded]:
    """Return a = ((1 - p) (1 + p s^2))^(-1/2), and the size of the saturation s."""
    saturation = Bounded.constant(_SELU_SATURATION, input.arithmetic)  # type: ignore[arg-type]
    return 1.0 / sqrt((saturation * saturation * p + 1.0) * (1.0 - p)), saturation


def _share_kept(p: float = 0.5, training: bool = True, inplace: bool = False) -> float:
    del training, inplace
    return 1.0 - p


def elements(shape: tuple[int, ...]) -> NDArray[np.intp]:
    """Return the number of each element."""
    return np.arange(prod(shape)).reshape(shape)


def channels(leading: Callable[[int], int]) -> Callable[[tuple[int, ...]], NDArray[np.intp]]:
    """Return what numbers the channels: ``leading`` takes the number of dimensions to how many a channel is within."""

    def numbered(shape: tuple[int, ...]) -> NDArray[np.intp]:
        count = leading(len(shape))
        first = np.arange(prod(shape[:count])).reshape(shape[:count] + (1,) * (len(shape) - count))
        return np.broadcast_to(first, shape)

    return numbered


def zeroing(units: Callable[[tuple[int, ...]], NDArray[np.intp]]) -> Choice:
    """Return the choice of dropout."""
    return Choice(scaled, zeroed, units, _share_kept)


def saturating(units: Callable[[tuple[int, ...]], NDArray[np.intp]]) -> Choice:
    """Return the choice of alpha dropout."""
    return Choice(affine, saturated, units, _share_kept)
