"""Convolutions over any number of spatial dimensions, and their transposes: three faces of one trilinear form."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators._shared import products
from adapters.reference.operators.pooling._spatial import Spatial, elements, framed, unframed
from adapters.reference.tensor import Tensor


def correlated(x: Array, w: Array, windows: Spatial, counts: tuple[int, ...], groups: int) -> Array:
    """Return the cross-correlation: shape (N, outputs, *counts), of x (N, channels, *lengths) and w (outputs, ...)."""
    frame = _grouped(framed(x, windows, counts, 0), groups)
    kernels = w.reshape(groups, -1, w.shape[1], int(np.prod(w.shape[2:])))
    total = np.zeros((x.shape[0], groups, kernels.shape[1], *counts), dtype=x.dtype)
    for index, part in enumerate(elements(frame, windows, counts)):
        total += np.einsum("gfc,ngc...->ngf...", kernels[..., index], part)
    return total.reshape(x.shape[0], w.shape[0], *counts)


def spread(y: Array, w: Array, windows: Spatial, shape: tuple[int, ...], groups: int) -> Array:
    """Return the transpose of :func:`correlated` in x: every element of ``y`` puts its kernel, times itself, down."""
    counts = y.shape[2:]
    frame = framed(np.zeros(shape, dtype=y.dtype), windows, counts, 0)
    kernels = w.reshape(groups, -1, w.shape[1], int(np.prod(w.shape[2:])))
    given = _grouped(y, groups)
    for index, place in enumerate(elements(_grouped(frame, groups), windows, counts)):
        np.add(place, np.einsum("gfc,ngf...->ngc...", kernels[..., index], given), out=place)
    return unframed(frame, windows, shape)


def kernels_of(x: Array, y: Array, windows: Spatial, shape: tuple[int, ...], groups: int) -> Array:
    """Return the transpose of :func:`correlated` in w: for each element of a kernel, the sum of its products."""
    counts = y.shape[2:]
    given = _flat(_grouped(y, groups))
    parts = [
        products("ngfo,ngco->gfc", given, _flat(part))
        for part in elements(_grouped(framed(x, windows, counts, 0), groups), windows, counts)
    ]
    return np.stack(parts, axis=-1).reshape(shape)


def _grouped(array: Array, groups: int) -> Array:
    return array.reshape(array.shape[0], groups, array.shape[1] // groups, *array.shape[2:])


def _flat(array: Array) -> Array:
    return array.reshape(*array.shape[:3], int(np.prod(array.shape[3:])))


def _with_bias(y: Array, b: Array | None) -> Array:
    return y if b is None else y + b.reshape(-1, *(1,) * (y.ndim - 2))


def _bias_of(gradient: Array) -> Array:
    total: Array = gradient.sum(axis=(0, *range(2, gradient.ndim)))
    return total


class Bilinear(Function):
    """What is linear in input and weight, plus a bias for each output channel."""

    __slots__ = ("bias", "groups", "windows")
    linear_inputs = 2
    bias: bool
    groups: int

    def linear_arrays(self) -> tuple[Array, Array, Array | None]:
        """Return input, weight, and a bias in place of the one that was added."""
        x, w = self.saved
        return x, w, np.zeros(self.outputs(w), w.dtype) if self.bias else None

    def outputs(self, w: Array) -> int:
        """Return the number of output channels."""
        return len(w)


class SpatialConvolution(Bilinear):
    """``y = b + w * x``, ``*`` the cross-correlation."""

    __slots__ = ()

    def forward(
        self, x: Array, w: Array, b: Array | None, windows: Spatial, counts: tuple[int, ...], groups: int
    ) -> Array:
        """One product of matrices for each element of the kernel."""
        self.windows, self.groups, self.saved, self.bias = windows, groups, (x, w), b is not None
        return _with_bias(correlated(x, w, windows, counts, groups), b)

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None, Array | None]:
        """The two transposes, and the sums of ``g``."""
        x, w = self.saved
        return (
            spread(gradient, w, self.windows, x.shape, self.groups) if self.needs[0] else None,
            kernels_of(x, gradient, self.windows, w.shape, self.groups) if self.needs[1] else None,
            _bias_of(gradient) if self.needs[2] else None,
        )


class TransposedConvolution(Bilinear):
    """The gradient of a convolution in its input, taken for a map of its own, plus ``b``."""

    __slots__ = ()

    def outputs(self, w: Array) -> int:
        """Return the number of output channels."""
        return int(w.shape[1]) * self.groups

    def forward(
        self, x: Array, w: Array, b: Array | None, windows: Spatial, lengths: tuple[int, ...], groups: int
    ) -> Array:
        """Every element of ``x`` puts its kernel, times itself, down."""
        self.windows, self.groups, self.saved, self.bias = windows, groups, (x, w), b is not None
        return _with_bias(spread(x, w, windows, (x.shape[0], w.shape[1] * groups, *lengths), groups), b)

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None, Array | None]:
        """The convolution of ``g``, and sums of products of ``x`` with the windows of ``g``."""
        x, w = self.saved
        return (
            correlated(gradient, w, self.windows, x.shape[2:], self.groups) if self.needs[0] else None,
            kernels_of(gradient, x, self.windows, w.shape, self.groups) if self.needs[1] else None,
            _bias_of(gradient) if self.needs[2] else None,
        )


for _function in (SpatialConvolution, TransposedConvolution):
    _function.__name__ = "ConvolutionBackward0"  # the one name that torch has for both, and for two dimensions


def applied(
    function: type[Function], input: Tensor, weight: Tensor, bias: Tensor | None, windows: Spatial, *rest: Any
) -> Tensor:
    """Return ``function`` of an input with or without a batch, the output likewise."""
    batched = input.ndim == len(windows) + 2
    result: Tensor = function.apply((input if batched else input.unsqueeze(0), weight, bias), windows, *rest)
    return result if batched else result.squeeze(0)
