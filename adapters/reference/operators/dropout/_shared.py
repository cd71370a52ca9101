"""What kinds of dropout share: the decisions, what is made of them, and modules."""

from __future__ import annotations

from math import sqrt

import numpy as np

from adapters.reference.arithmetic.elementwise import add, mul
from adapters.reference.dtype import FLOATING, Array
from adapters.reference.generator import default_generator
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor, wrap

_SATURATION = 1.7580993408473766
"""Minus the value that SELU tends to for small inputs: its scale times its alpha."""


def require_dropout(what: str, input: Tensor, p: float) -> None:
    """Refuse what is no probability, or no tensor of floating-point numbers.

    Raises:
        TypeError: ``input`` is not a tensor.
        ValueError: ``p`` is not between 0 and 1.
        RuntimeError: ``input`` has no floating-point numbers.
    """
    require_tensor(input, f"{what}: input")
    require_probability(what, p)
    if input.dtype.category != FLOATING:
        raise RuntimeError(f"{what}: input: expected a floating point dtype, not {input.dtype}")


def require_probability(what: str, p: float) -> None:
    """Refuse what is no probability.

    Raises:
        ValueError: ``p`` is not between 0 and 1.
    """
    if not 0 <= p <= 1:
        raise ValueError(f"{what}: p: expected a probability from 0 to 1, not {p}")


def require_dimensions(what: str, input: Tensor, numbers: tuple[int, ...]) -> None:
    """Refuse an input that has not channels.

    Raises:
        RuntimeError: ``input`` has another number of dimensions.
    """
    require_tensor(input, f"{what}: input")
    if input.ndim not in numbers:
        expected = " or ".join(str(number) for number in numbers)
        raise RuntimeError(f"{what}: input: expected {expected} dimensions, not shape {tuple(input.shape)}")


def channels(input: Tensor, leading: int) -> tuple[int, ...]:
    """Return the shape of one decision for each channel: the ``leading`` dimensions, and 1 for the others."""
    return input.array.shape[:leading] + (1,) * (input.ndim - leading)


def decisions(shape: tuple[int, ...], p: float) -> Array:
    """Return what is kept, each with probability ``1 - p``."""
    return np.asarray(default_generator.stream.random(shape) >= p)


def dropped(what: str, input: Tensor, shape: tuple[int, ...], p: float, *, training: bool, inplace: bool) -> Tensor:
    """Return ``input`` where it is kept over ``1 - p``, and 0 elsewhere; decisions are of ``shape``."""
    require_dropout(what, input, p)
    if not training or p == 0:
        return input
    factor = decisions(shape, p) / (1 - p) if p < 1 else np.zeros(shape)
    return _times(input, factor, inplace=inplace)


def saturated(what: str, input: Tensor, shape: tuple[int, ...], p: float, *, training: bool, inplace: bool) -> Tensor:
    """Return a x + b, x being ``input`` where it is kept and SELU's saturation elsewhere; see :func:`dropped`."""
    require_dropout(what, input, p)
    if not training or p == 0:
        return input
    if p == 1:
        return _times(input, np.zeros(shape), inplace=inplace)
    kept = decisions(shape, p)
    scale = 1 / sqrt((1 - p) * (1 + p * _SATURATION**2))
    shift = np.where(kept, p, p - 1) * scale * _SATURATION
    result = _times(input, kept * scale, inplace=inplace)
    summand = wrap(shift.astype(input.array.dtype))
    moved: Tensor = result.add_(summand) if inplace else add(result, summand)
    return moved


def _times(input: Tensor, factor: Array, *, inplace: bool) -> Tensor:
    noise = wrap(factor.astype(input.array.dtype))
    result: Tensor = input.mul_(noise) if inplace else mul(input, noise)
    return result


class DropoutModule(Module):
    """A kind of dropout, as a module.

    Args:
        p: The probability of being dropped.
        inplace: Write the result into the memory of the input.

    Raises:
        ValueError: ``p`` is not between 0 and 1.
    """

    def __init__(self, p: float = 0.5, inplace: bool = False) -> None:
        super().__init__()
        require_probability(type(self).__name__, p)
        self.p = p
        self.inplace = inplace

    def extra_repr(self) -> str:
        """Return the options."""
        return f"p={self.p}, inplace={self.inplace}"
