"""Faults of precision in the half types: sums kept in them where float32 is declared, rounding twice, cutting off."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import numpy as np

from conformance.dtypes import HALVES
from conformance.strength import Fault
from tests.faults._planting import Planter, backward, forward, operator, these

Array = Any


def _in_half(node: Any, terms: Iterable[Array]) -> Array:
    """Return the sum of float32 ``terms``, each sum of two rounded to the half type that ``node`` computes in."""
    total = None
    for term in terms:
        total = term if total is None else total + term
        total = total.astype(node.half).astype(np.float32)
    return total


def _addmm(terms: Any) -> Planter:
    """Return what makes the sums of an affine map of a half type the sums of what ``terms`` makes of the factors."""

    def wrong(right: Any, node: Any, c: Array, a: Array, b: Array, beta: Any, alpha: Any) -> Array:
        result = right(node, c, a, b, beta, alpha)
        return result if node.half is None or not a.size else _in_half(node, terms(a, b)) + beta * c

    return forward("AddmmBackward0", wrong)


def _products(a: Array, b: Array) -> Iterable[Array]:
    return (a[:, [k]] * b[[k]] for k in range(a.shape[1]))


def _two_parts(a: Array, b: Array) -> Iterable[Array]:
    middle = a.shape[1] // 2
    return (a[:, :middle] @ b[:middle], a[:, middle:] @ b[middle:])


def _cut_off(right: Any, node: Any, *given: Any) -> Array:
    result = np.asarray(right(node, *given))
    if node.half is None or result.dtype != np.float32:
        return result
    return (np.ascontiguousarray(result).view(np.uint32) & np.uint32(0xFFFF0000)).view(np.float32)


def _channel_by_channel(
    right: Any, node: Any, x: Array, w: Array, b: Array | None, geometry: Any, groups: int
) -> Array:
    result = right(node, x, w, b, geometry, groups)
    if node.half is None or groups > 1 or not result.size:
        return result
    aside = SimpleNamespace(needs=(False, False, False))
    parts = (right(aside, x[:, [c]], w[:, [c]], None, geometry, 1) for c in range(x.shape[1]))
    total = _in_half(node, parts)
    return total if b is None else total + b[:, None, None]


def _image_by_image(right: Any, node: Any, gradient: Array) -> Any:
    to_x, to_w, to_b = right(node, gradient)
    if node.half is None or to_w is None or not gradient.size:
        return to_x, to_w, to_b
    parts = []
    for image in range(len(gradient)):
        alone = np.zeros_like(gradient)
        alone[image] = gradient[image]
        parts.append(right(node, alone)[1])
    return to_x, _in_half(node, parts), to_b


def _shares(right: Any, node: Any, x: Array, axis: int) -> Array:
    result = right(node, x, axis)
    if node.half is None or not x.size or not x.ndim:
        return result
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    wrong = powers / _in_half(node, np.split(powers, x.shape[axis], axis))
    node.saved = (wrong,)
    return wrong


def _squares(right: Any, node: Any, x: Array, y: Array, reduction: str) -> Array:
    result = right(node, x, y, reduction)
    if node.half is None or reduction == "none" or not x.size:
        return result
    total = np.asarray(_in_half(node, ((x - y) ** 2).reshape(-1)))
    return np.asarray(total / np.float32(x.size)) if reduction == "mean" else total


def _centred(right: Any, node: Any, x: Array, axes: tuple[int, ...], eps: float) -> Array:
    result = right(node, x, axes, eps)
    if node.half is None or not x.size:
        return result
    moved = np.moveaxis(x, axes, range(len(axes)))
    rows = moved.reshape(-1, *moved.shape[len(axes) :])
    mean = np.expand_dims(_in_half(node, rows) / np.float32(len(rows)), axes)
    wrong = (x - mean) / np.sqrt(np.square(x - mean).mean(axis=axes, keepdims=True) + np.float32(eps))
    node.saved = (wrong, node.saved[1])
    return wrong


def _looked_up(right: Any, node: Any, gradient: Array) -> Array:
    index, half = node.index.reshape(-1), node.half
    node.half, kept = None, right(node, gradient)
    node.half = half
    if half is None or node.by_frequency:
        return kept
    for row in set(index.tolist()) - {node.padding}:
        kept[row] = _in_half(node, gradient.reshape(index.size, -1)[index == row])
    return kept


def _windows(right: Any, node: Any, gradient: Array) -> Array:
    result = right(node, gradient)
    if node.half is None or not gradient.size:
        return result
    total, alone = np.zeros_like(result), np.zeros_like(gradient)
    places = gradient.shape[-len(node.counts) :]
    for window in np.ndindex(*places):
        alone[...] = 0
        alone[(..., *window)] = gradient[(..., *window)]
        total = _in_half(node, (total, right(node, alone)))
    return total


def _is_half(tensor: Any) -> bool:
    return str(tensor.dtype).rpartition(".")[2] in HALVES


def _as_float32(right: Any, input: Any, **given: Any) -> Any:
    result = right(input=input, **given)
    return result.float() if _is_half(input) else result


def _by_bfloat16(right: Any, input: Any, **given: Any) -> Any:
    return right(input=input.bfloat16(), **given).half() if _is_half(input) else right(input=input, **given)


FAULTS = (
    Fault("summed-in-the-half-type", "linear.value", _addmm(_products), dtypes=HALVES),
    Fault("rounded-halfway", "linear.value", _addmm(_two_parts), dtypes=HALVES),
    Fault("cut-off", "linear.value", forward("AddmmBackward0", _cut_off), dtypes=("bfloat16",)),
    Fault(
        "channels-summed-in-the-half-type",
        "conv2d.value",
        forward("ConvolutionBackward0", _channel_by_channel),
        these("conv2d: *"),
        dtypes=HALVES,
    ),
    Fault(
        "images-summed-in-the-half-type",
        "conv2d.gradient",
        backward("ConvolutionBackward0", _image_by_image),
        dtypes=HALVES,
    ),
    Fault("summed-in-the-half-type", "softmax.value", forward("SoftmaxBackward0", _shares), dtypes=HALVES),
    Fault("summed-in-the-half-type", "mse_loss.value", forward("MseLossBackward0", _squares), dtypes=HALVES),
    Fault("mean-in-the-half-type", "layer_norm.value", forward("StandardizeBackward0", _centred), dtypes=HALVES),
    Fault(
        "repeated-rows-summed-in-the-half-type",
        "embedding.gradient",
        backward("EmbeddingBackward0", _looked_up),
        these("embedding: padding-from-the-end"),
        dtypes=HALVES,
    ),
    Fault(
        "windows-that-meet-summed-in-the-half-type",
        "max_pool2d.gradient",
        backward("MaxPool2DWithIndicesBackward0", _windows),
        dtypes=HALVES,
    ),
    Fault(
        "half-given-back-as-float32",
        "relu.dtype",
        operator("relu", _as_float32),
        these("triplet_margin_loss: dtype", "triplet_margin_with_distance_loss: dtype"),
        dtypes=HALVES,
    ),
    Fault("by-way-of-bfloat16", "relu.value", operator("relu", _by_bfloat16), dtypes=("float16",)),
)
