"""Losses by torch's names and arguments, each one of ``keras.losses`` with its own reduction."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from adapters.contract import Native, Unsupported
from adapters.functional import FunctionalBackend


class Losses(FunctionalBackend):
    """Losses of Keras average over the last dimension first: where torch's do not, it is one of a single element."""

    def mse_loss(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        return _elementwise(keras.losses.MeanSquaredError, input, target, reduction)

    def l1_loss(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        return _elementwise(keras.losses.MeanAbsoluteError, input, target, reduction)

    def huber_loss(self, input: Native, target: Native, *, reduction: str = "mean", delta: float = 1.0) -> Native:
        return _elementwise(keras.losses.Huber, input, target, reduction, delta=delta)

    def binary_cross_entropy(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        return _elementwise(keras.losses.BinaryCrossentropy, input, target, reduction)

    def binary_cross_entropy_with_logits(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        return _elementwise(keras.losses.BinaryCrossentropy, input, target, reduction, from_logits=True)

    def cross_entropy(
        self,
        input: Native,
        target: Native,
        *,
        ignore_index: int = -100,
        reduction: str = "mean",
        label_smoothing: float = 0.0,
    ) -> Native:
        scores = ops.moveaxis(input, min(1, len(input.shape) - 1), -1)  # classes are last in Keras
        if keras.backend.is_float_dtype(keras.backend.standardize_dtype(target.dtype)):
            if ignore_index != -100:
                raise Unsupported("cross_entropy: ignore_index= of probabilities")
            probable = ops.moveaxis(target, min(1, len(target.shape) - 1), -1)
            categorical = keras.losses.CategoricalCrossentropy
            loss = _made(categorical, input, reduction, from_logits=True, label_smoothing=label_smoothing)
            return loss(probable, scores)
        if label_smoothing:
            raise Unsupported("cross_entropy: label_smoothing= of labels")
        sparse = keras.losses.SparseCategoricalCrossentropy
        return _made(sparse, input, reduction, from_logits=True, ignore_class=ignore_index)(target, scores)


def _made(loss: type, input: Native, reduction: str, **options: Any) -> Any:
    if reduction not in {"mean", "sum", "none"}:
        raise Unsupported(f"reduction={reduction!r}")
    return loss(reduction=reduction, dtype=keras.backend.standardize_dtype(input.dtype), **options)


def _elementwise(loss: type, input: Native, target: Native, reduction: str, **options: Any) -> Native:
    if tuple(input.shape) != tuple(target.shape):
        raise Unsupported("losses of an input and a target of different shapes")
    return _made(loss, input, reduction, **options)(ops.expand_dims(target, -1), ops.expand_dims(input, -1))
