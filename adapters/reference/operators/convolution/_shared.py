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


def images_from(kernels: Array, gradient: Array, shape: tuple[int, ...], geometry: Geometry) -> Array:
    """Return the gradient of images of ``shape``: each element's sum over the windows that read it.

    Args:
        kernels: Of shape (groups, elements of a window, outputs of a group).
        gradient: Of shape (N, groups, outputs of a group, output height, output width).
        shape: (N, C, height, width).
        geometry: How the windows lie.
    """
    if geometry.stride == (1, 1):
        padded = _images_from_rows(kernels, gradient, shape, geometry)
    else:
        padded = _images_from_windows(kernels, gradient, shape, geometry)
    top, _, left, _ = geometry.padding
    return padded[:, :, top : top + shape[2], left : left + shape[3]]


def _images_from_windows(kernels: Array, gradient: Array, shape: tuple[int, ...], geometry: Geometry) -> Array:
    batch, channels, height, width = shape
    rows, across = gradient.shape[-2:]
    flat = gradient.reshape(*gradient.shape[:3], rows * across)
    columns = np.matmul(kernels, flat).reshape(batch, channels, *geometry.kernel, rows, across)
    padded = np.zeros((batch, channels, *geometry.padded(height, width)), dtype=gradient.dtype)
    for i in range(geometry.kernel[0]):
        below = _strided(i * geometry.dilation[0], geometry.stride[0], rows)
        for j in range(geometry.kernel[1]):
            beside = _strided(j * geometry.dilation[1], geometry.stride[1], across)
            padded[:, :, below, beside] += columns[:, :, i, j]
    return padded


def _images_from_rows(kernels: Array, gradient: Array, shape: tuple[int, ...], geometry: Geometry) -> Array:
    """Do the same for windows side by side, adding whole images at once.

    With the output's rows filled up with zeros to the width of the padded image, element (i, j) of all windows is the
    flat image from one place on: long contiguous additions in the place of many short ones.
    """
    batch, channels = shape[:2]
    rows, across = gradient.shape[-2:]
    height, width = geometry.padded(shape[2], shape[3])
    wide = np.zeros((*gradient.shape[:4], width), dtype=gradient.dtype)
    wide[..., :across] = gradient
    columns = np.matmul(kernels, wide.reshape(*gradient.shape[:3], rows * width))
    columns = columns.reshape(batch, channels, *geometry.kernel, rows * width)
    flat = np.zeros((batch, channels, height * width + width), dtype=gradient.dtype)  # zeros may pass the end
    for i in range(geometry.kernel[0]):
        for j in range(geometry.kernel[1]):
            start = i * geometry.dilation[0] * width + j * geometry.dilation[1]
            flat[:, :, start : start + rows * width] += columns[:, :, i, j]
    return flat[:, :, : height * width].reshape(batch, channels, height, width)


def _strided(start: int, step: int, count: int) -> slice:
    return slice(start, start + step * (count - 1) + 1, step)
