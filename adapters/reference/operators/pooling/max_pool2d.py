"""max_pool2d: the largest element of every window of an image."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import BOOLEAN, Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import kept, pair, require_tensor
from adapters.reference.operators.pooling._shared import Window, Windows, elements, framed, largest, positions
from adapters.reference.tensor import Tensor, wrap

__all__ = ["MaxPool2d", "max_pool2d", "max_pool2d_with_indices"]


class MaxPool2DWithIndicesBackward0(Function):
    """The largest element of every window."""

    __slots__ = ("counts", "windows")

    def forward(self, x: Array, windows: Windows, counts: tuple[int, int]) -> Array:
        """The maximum over the window's elements, all windows at a time; padding counts as minus infinity."""
        self.windows, self.counts = windows, counts
        lowest = -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min
        result = largest(framed(x, windows, counts, lowest), windows, counts)
        self.saved = (x, result)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g`` to the first largest element of each window, and to the last NaN of a window with NaN."""
        x, result = self.saved
        if (result > -np.inf).all():  # no NaN, and no window whose largest element could be taken for padding
            return _routed(gradient, x, result, self.windows, self.counts)
        where = positions(x, self.windows, self.counts).reshape(-1, self.counts[0] * self.counts[1])
        total = np.zeros(x.shape, dtype=gradient.dtype)
        image = np.arange(len(where))[:, None]
        flat = np.where(where >= 0, gradient.reshape(where.shape), 0).astype(gradient.dtype, copy=False)
        np.add.at(total.reshape(len(where), -1), (image, np.maximum(where, 0)), flat)
        return total


def _routed(gradient: Array, x: Array, result: Array, windows: Windows, counts: tuple[int, int]) -> Array:
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
    top, left = windows[0].padding, windows[1].padding
    return total[..., top : top + x.shape[-2], left : left + x.shape[-1]]


def max_pool2d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """Return the largest element of every window of ``input``.

    Args:
        input: Of shape (N, C, H, W), or (C, H, W).
        kernel_size: Size of a window, one int or two (height, width); so are the next three.
        stride: Distance between windows, ``kernel_size`` where not given.
        padding: Places, counted as minus infinity, at each side; at most half of the window.
        dilation: Distance between the elements of a window.
        ceil_mode: Let a last window reach beyond the end, if it does not start there.
        return_indices: Return the positions too: row times width plus column, within each channel.

    Raises:
        RuntimeError: A shape, or options that do not fit together; the text says which.
        TypeError: An option is not an int, or ``input`` no tensor.
    """
    require_tensor(input, "max_pool2d: input")
    windows = _windows(kernel_size, stride, padding, dilation)
    counts = _counts(input, windows, ceil_mode=ceil_mode)
    result: Tensor = MaxPool2DWithIndicesBackward0.apply((input,), windows, counts)
    if not return_indices:
        return result
    return result, wrap(positions(input.array, windows, counts))


def max_pool2d_with_indices(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = True,
) -> tuple[Tensor, Tensor]:
    """Return what :func:`max_pool2d` does, and the positions in any case; ``return_indices`` is ignored."""
    del return_indices
    pooled, indices = max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices=True)
    return pooled, indices


def _windows(kernel_size: Any, stride: Any, padding: Any, dilation: Any) -> Windows:
    kernel = pair(kernel_size, "max_pool2d: kernel_size")
    given = stride is not None and not (isinstance(stride, (tuple, list)) and not stride)
    strides = pair(stride, "max_pool2d: stride") if given else kernel
    paddings, dilations = pair(padding, "max_pool2d: padding"), pair(dilation, "max_pool2d: dilation")
    for name, values in (("kernel_size", kernel), ("stride", strides), ("dilation", dilations)):
        if min(values) < 1:
            raise RuntimeError(f"max_pool2d: {name}: expected 1 or more, greater than zero, not {values}")
    for size, width in zip(kernel, paddings, strict=True):
        if width < 0:
            raise RuntimeError(f"max_pool2d: padding: expected 0 or more (non-negative), not {padding!r}")
        if width > size // 2:
            raise RuntimeError(f"max_pool2d: padding: expected at most half of kernel_size {kernel}, not {padding!r}")
    vertical, horizontal = zip(kernel, strides, paddings, dilations, strict=True)
    return Window(*vertical), Window(*horizontal)


def _counts(input: Tensor, windows: Windows, *, ceil_mode: bool) -> tuple[int, int]:
    shape = input.array.shape
    if len(shape) not in (3, 4) or 0 in shape[-3:]:
        raise RuntimeError(
            f"max_pool2d: input: expected 3 (unbatched) or 4 dimensions, none but the batch empty, not shape {shape}"
        )
    if input.dtype.category == BOOLEAN:
        raise RuntimeError("max_pool2d: input: expected numbers, not torch.bool")
    counts = tuple(
        window.output(length, ceil_mode=ceil_mode) for window, length in zip(windows, shape[-2:], strict=True)
    )
    if min(counts) < 1:
        raise RuntimeError(f"max_pool2d: input of shape {shape} would give an output of size {counts}: it is too small")
    return counts[0], counts[1]


class MaxPool2d(Module):
    """The largest element of every window, as a module.

    Args:
        kernel_size: As of :func:`max_pool2d`; so are the others.
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

    def forward(self, input: Tensor) -> Any:
        """Return the pooled input, and the positions where they are wanted."""
        return max_pool2d(
            input, self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode, self.return_indices
        )

    def extra_repr(self) -> str:
        """Return the options."""
        return (
            f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, "
            f"dilation={self.dilation}, ceil_mode={self.ceil_mode}"
        )
