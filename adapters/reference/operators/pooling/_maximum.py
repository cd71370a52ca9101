"""Max pools over any number of spatial dimensions: the largest elements, where they are, and their gradients."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import kept, require_tensor
from adapters.reference.operators.pooling._spatial import Spatial, counts_of, elements, framed, unframed, windows_of
from adapters.reference.tensor import Tensor, wrap


class _MaximumBackward(Function):
    """The largest element of every window."""

    __slots__ = ("counts", "windows")

    def forward(self, x: Array, windows: Spatial, counts: tuple[int, ...]) -> Array:
        """The maximum over the window's elements, all windows at a time; padding counts as minus infinity."""
        self.windows, self.counts = windows, counts
        parts = elements(framed(x, windows, counts, _lowest(x)), windows, counts)
        result = next(parts).copy()
        for part in parts:
            np.maximum(result, part, out=result)
        self.saved = (x, result)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g`` to the first largest element of each window, and to the last NaN of a window with NaN."""
        x, result = self.saved
        if (result > -np.inf).all():  # no NaN, and no window whose largest element could be taken for padding
            return _routed(gradient, x, result, self.windows, self.counts)
        return sent(gradient, positions(x, self.windows, self.counts), x.shape, len(self.counts))


class MaxPool1DWithIndicesBackward0(_MaximumBackward):
    """Maxima along one dimension."""

    __slots__ = ()


class MaxPool2DWithIndicesBackward0(_MaximumBackward):
    """Maxima over height and width."""

    __slots__ = ()


class MaxPool3DWithIndicesBackward0(_MaximumBackward):
    """Maxima over depth, height and width."""

    __slots__ = ()


_NODES = {1: MaxPool1DWithIndicesBackward0, 2: MaxPool2DWithIndicesBackward0, 3: MaxPool3DWithIndicesBackward0}


def maximum_pool(
    n: int,
    input: Tensor,
    kernel_size: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    ceil_mode: bool,
    return_indices: bool,
) -> Any:
    """Return the maximum of every window over the last ``n`` dimensions; the arguments are those of the operators."""
    name = f"max_pool{n}d"
    require_tensor(input, f"{name}: input")
    windows = windows_of(name, n, kernel_size, stride, padding, dilation)
    counts = counts_of(name, input, windows, ceil_mode=ceil_mode)
    result: Tensor = _NODES[n].apply((input,), windows, counts)
    return (result, wrap(positions(input.array, windows, counts))) if return_indices else result


def positions(x: Array, windows: Spatial, counts: tuple[int, ...]) -> Array:
    """Return where among the elements of its channel, in reading order, the largest element of each window is.

    The first of equal ones; with NaN, the last NaN. Padding is never chosen: -1 for a window that has nothing else.
    """
    n, sizes, lengths = len(windows), [window.size for window in windows], x.shape[-len(windows) :]
    pairs = list(zip(windows, counts, strict=True))
    first = np.ravel_multi_index(np.ix_(*(window.first_inside(count) for window, count in pairs)), sizes, mode="clip")
    chosen = np.broadcast_to(first, (*x.shape[:-n], *counts)).copy()
    best = np.full(chosen.shape, _lowest(x), dtype=x.dtype)
    for number, part in enumerate(elements(framed(x, windows, counts, _lowest(x)), windows, counts)):
        better = (part > best) | np.isnan(part)
        np.copyto(best, part, where=better)
        np.copyto(chosen, number, where=better)
    starts = np.ix_(*(np.arange(count) * window.stride - window.padding for window, count in pairs))
    places = [
        start + inner * window.dilation
        for start, inner, window in zip(starts, np.unravel_index(chosen, sizes), windows, strict=True)
    ]
    inside = np.logical_and.reduce([place < length for place, length in zip(places, lengths, strict=True)])
    return np.where(inside, np.ravel_multi_index(places, lengths, mode="clip"), -1)


def sent(gradient: Array, where: Array, shape: tuple[int, ...], dimensions: int) -> Array:
    """Return an array of ``shape``: in each channel the sum of the gradients sent to each element; -1 is nowhere."""
    channels = prod(shape[:-dimensions])
    flat = where.reshape(channels, -1)
    total = np.zeros(shape, dtype=gradient.dtype)
    given = np.where(flat >= 0, gradient.reshape(flat.shape), 0).astype(gradient.dtype, copy=False)
    np.add.at(total.reshape(channels, -1), (np.arange(channels)[:, None], np.maximum(flat, 0)), given)
    return total


def _routed(gradient: Array, x: Array, result: Array, windows: Spatial, counts: tuple[int, ...]) -> Array:
    """Return the gradient sent to the first element of each window that equals the window's largest."""
    frame = framed(x, windows, counts, -np.inf)
    total = np.zeros(frame.shape, dtype=gradient.dtype)
    open_windows = np.ones(result.shape, dtype=np.bool_)
    apart = all(window.stride > (window.size - 1) * window.dilation for window in windows)
    for part, place in zip(elements(frame, windows, counts), elements(total, windows, counts), strict=True):
        chosen = part == result
        chosen &= open_windows
        open_windows ^= chosen
        if apart:
            kept(gradient, chosen, out=place)
        else:
            np.add(place, kept(gradient, chosen), out=place)
    return unframed(total, windows, x.shape)


def _lowest(x: Array) -> Any:
    return np.iinfo(x.dtype).min if x.dtype.kind in "iu" else -np.inf


class MaximumPool(Module):
    """What the modules of max pools share.

    Args:
        kernel_size: As of the function; so are the others.
        stride: ``kernel_size`` where not given.
        padding: 0.
        dilation: 1.
        return_indices: Return the positions too.
        ceil_mode: Let a last window reach beyond the end.
    """

    def __init__(
        self,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        dilation: Any = 1,
        return_indices: bool = False,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

    def extra_repr(self) -> str:
        """Return the options."""
        return (
            f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, "
            f"dilation={self.dilation}, ceil_mode={self.ceil_mode}"
        )
