"""What convolutions have in common: the windows of an image as columns of a matrix, and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import as_strided

from adapters.reference.dtype import Array


@dataclass(frozen=True, slots=True)
class Geometry:
    """How windows lie on an image. All pairs are (height, width), in elements.

    Args:
        kernel: Size of a window, in elements that it reads.
        stride: Distance between windows.
        dilation: Distance between the elements of a window.
        padding: Zeros added (top, bottom, left, right).
    """

    kernel: tuple[int, int]
    stride: tuple[int, int]
    dilation: tuple[int, int]
    padding: tuple[int, int, int, int]

    def padded(self, height: int, width: int) -> tuple[int, int]:
        """Return the size of an image with its padding."""
        top, bottom, left, right = self.padding
        return height + top + bottom, width + left + right

    def extent(self) -> tuple[int, int]:
        """Return how much of the image a window spans."""
        return (self.kernel[0] - 1) * self.dilation[0] + 1, (self.kernel[1] - 1) * self.dilation[1] + 1

    def output(self, height: int, width: int) -> tuple[int, int]:
        """Return how many windows fit, one below the other and side by side; 0 or less where none does."""
        padded, extent = self.padded(height, width), self.extent()
        return (padded[0] - extent[0]) // self.stride[0] + 1, (padded[1] - extent[1]) // self.stride[1] + 1


def columns_of(images: Array, geometry: Geometry) -> Array:
    """Return every window as a column: shape (N, C, kernel height, kernel width, output height, output width).

    A view where the windows are single elements side by side; else a contiguous copy, the one copy that a convolution
    needs to become a matrix product.
    """
    batch, channels, height, width = images.shape
    rows, columns = geometry.output(height, width)
    (kernel_height, kernel_width), (down, right) = geometry.kernel, geometry.stride
    padded = _with_padding(images, geometry)
    by_image, by_channel, by_row, by_column = padded.strides
    windows = as_strided(
        padded,
        (batch, channels, kernel_height, kernel_width, rows, columns),
        (
            by_image,
            by_channel,
            by_row * geometry.dilation[0],
            by_column * geometry.dilation[1],
            by_row * down,
            by_column * right,
        ),
        writeable=False,
    )
    return np.ascontiguousarray(windows)


def _with_padding(images: Array, geometry: Geometry) -> Array:
    if geometry.padding == (0, 0, 0, 0):
        return images
    batch, channels, height, width = images.shape
    top, _, left, _ = geometry.padding
    padded = np.zeros((batch, channels, *geometry.padded(height, width)), dtype=images.dtype)
    padded[:, :, top : top + height, left : left + width] = images
    return padded


def images_from(columns: Array, shape: tuple[int, ...], geometry: Geometry) -> Array:
    """Return the images of ``shape`` that sum, at every element, the columns' elements that were read from it."""
    batch, channels, height, width = shape
    top, _, left, _ = geometry.padding
    padded = np.zeros((batch, channels, *geometry.padded(height, width)), dtype=columns.dtype)
    rows, across = columns.shape[-2:]
    for i in range(geometry.kernel[0]):
        below = strided_slice(i * geometry.dilation[0], geometry.stride[0], rows)
        for j in range(geometry.kernel[1]):
            beside = strided_slice(j * geometry.dilation[1], geometry.stride[1], across)
            padded[:, :, below, beside] += columns[:, :, i, j]
    return padded[:, :, top : top + height, left : left + width]


def strided_slice(start: int, step: int, count: int) -> slice:
    """Return the slice of ``count`` elements, ``step`` apart, from ``start``."""
    return slice(start, start + step * (count - 1) + 1, step)
