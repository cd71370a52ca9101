"""Power-average pools over any number of spatial dimensions."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.pooling._maximum import maximum_pool
from adapters.reference.operators.pooling._spatial import Spatial, counts_of, elements, framed, unframed, windows_of
from adapters.reference.tensor import Tensor


class _PowerAverageBackward(Function):
    """The p-th root of the sum of every window's p-th powers."""

    __slots__ = ("counts", "norm", "windows")

    def forward(self, x: Array, norm: float, windows: Spatial, counts: tuple[int, ...]) -> Array:
        """Sums of powers over the window's elements, all windows at a time; beyond the end there is nothing."""
        self.norm, self.windows, self.counts = norm, windows, counts
        total = np.zeros((*x.shape[: -len(counts)], *counts), dtype=x.dtype)
        for part in elements(framed(x**norm, windows, counts, 0), windows, counts):
            total += part
        self.saved = (x, total)
        return np.where(total == 0, total, total ** (1 / norm))

    def backward(self, gradient: Array) -> Array:
        """``g s^(1/p - 1) x^(p - 1)``, s being the window's sum; nothing where the sum is 0."""
        x, total = self.saved
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(total == 0, total, gradient * total ** (1 / self.norm - 1))
            frame = framed(np.zeros(x.shape, dtype=gradient.dtype), self.windows, self.counts, 0)
            for place in elements(frame, self.windows, self.counts):
                np.add(place, share, out=place)
            spread = unframed(frame, self.windows, x.shape)
            return np.where(spread == 0, spread, spread * x ** (self.norm - 1))


class LPPool1DBackward0(_PowerAverageBackward):
    """Power averages along one dimension."""

    __slots__ = ()


class LPPool2DBackward0(_PowerAverageBackward):
    """Power averages over height and width."""

    __slots__ = ()


class LPPool3DBackward0(_PowerAverageBackward):
    """Power averages over depth, height and width."""

    __slots__ = ()


_NODES = {1: LPPool1DBackward0, 2: LPPool2DBackward0, 3: LPPool3DBackward0}


def power_average_pool(
    n: int, input: Tensor, norm_type: float, kernel_size: Any, stride: Any, ceil_mode: bool
) -> Tensor:
    """Return the power average of every window over the last ``n`` dimensions; the arguments are the operators'."""
    name = f"lp_pool{n}d"
    require_tensor(input, f"{name}: input")
    result: Tensor
    if norm_type == float("inf"):
        result = maximum_pool(n, input.abs(), kernel_size, stride, 0, 1, ceil_mode, return_indices=False)
        return result
    windows = windows_of(name, n, kernel_size, stride, 0)
    counts = counts_of(name, input, windows, ceil_mode=ceil_mode)
    result = _NODES[n].apply((input,), float(norm_type), windows, counts)
    return result


class PowerAveragePool(Module):
    """What the modules of power-average pools share.

    Args:
        norm_type: The exponent.
        kernel_size: Size of a window; an int, or one for each dimension.
        stride: ``kernel_size`` where not given.
        ceil_mode: Let a last window reach beyond the end.
    """

    def __init__(self, norm_type: float, kernel_size: Any, stride: Any = None, ceil_mode: bool = False) -> None:
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode

    def extra_repr(self) -> str:
        """Return the options."""
        return (
            f"norm_type={self.norm_type}, kernel_size={self.kernel_size}, stride={self.stride}, "
            f"ceil_mode={self.ceil_mode}"
        )
