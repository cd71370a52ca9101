"""The arithmetic of attention on arrays, forward and backward, fused into one function on the tape."""

from __future__ import annotations

import numpy as np

from adapters.reference.arithmetic._shared import reduced_to
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.generator import default_generator


class ScaledDotProductFlashAttentionForCpuBackward0(Function):
    """``softmax(q k^T scale + mask) v``, with dropout of the weights.

    Besides the output, the weights come out: ``several`` results, of which the second may be left alone.
    """

    __slots__ = ("factors", "mask_shape", "scale")
    several = True

    def forward(
        self, q: Array, k: Array, v: Array, mask: Array | None, scale: float, dropout: float
    ) -> tuple[Array, Array]:
        """The weights, and the values weighed by them."""
        self.scale = q.dtype.type(scale)
        self.mask_shape = None if mask is None else mask.shape
        scaled = q * self.scale
        weights = np.matmul(scaled, k.swapaxes(-1, -2))
        if mask is not None:
            if mask.dtype == np.bool_:
                np.copyto(weights, -np.inf, where=~mask)
            else:
                weights += mask
        shares(weights)
        self.factors = factors_of_dropout(weights, dropout)
        dropped = weights if self.factors is None else weights * self.factors
        self.saved = (q, k, v, weights)
        return np.matmul(dropped, v), dropped

    def backward(self, gradients: list[Array | None]) -> tuple[Array | None, ...]:
        """Those of the value by the weights, those of query, key and mask through the softmax."""
        q, k, v, weights = self.saved
        of_output, of_weights = gradients[0], gradients[1] if len(gradients) > 1 else None
        to_v = change = None
        if of_output is not None:
            if self.needs[2]:
                dropped = weights if self.factors is None else weights * self.factors
                to_v = reduced_to(np.matmul(dropped.swapaxes(-1, -2), of_output), v.shape)
            change = np.matmul(of_output, v.swapaxes(-1, -2))
        if of_weights is not None:
            change = of_weights if change is None else change + of_weights
        if change is None or not (self.needs[0] or self.needs[1] or self.needs[3]):
            return None, None, to_v, None
        if self.factors is not None:
            change = change * self.factors
        change = weights * (change - (change * weights).sum(axis=-1, keepdims=True))
        to_q = reduced_to(np.matmul(change, k), q.shape) * self.scale if self.needs[0] else None
        to_k = reduced_to(np.matmul(change.swapaxes(-1, -2), q * self.scale), k.shape) if self.needs[1] else None
        to_mask = reduced_to(change, self.mask_shape) if self.needs[3] and self.mask_shape is not None else None
        return to_q, to_k, to_v, to_mask


def shares(numbers: Array) -> None:
    """Turn scores into their softmax over the last axis, in place; a row of negative infinities becomes zeros."""
    if numbers.size == 0:
        return
    largest = numbers.max(axis=-1, keepdims=True)
    largest[np.isneginf(largest)] = 0
    numbers -= largest
    np.exp(numbers, out=numbers)
    sums = numbers.sum(axis=-1, keepdims=True)
    sums[sums == 0] = 1
    numbers /= sums


def factors_of_dropout(weights: Array, probability: float) -> Array | None:
    """Return 0 where a weight is dropped and 1 / (1 - p) elsewhere; None where nothing is dropped."""
    if probability == 0:
        return None
    if probability == 1:
        return np.zeros_like(weights)
    staying = default_generator.stream.random(weights.shape, dtype=np.float32) >= probability
    return np.divide(staying, 1 - probability, dtype=weights.dtype)
