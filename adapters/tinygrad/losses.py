"""Losses by torch's names and arguments, each one method of ``tinygrad.Tensor``."""

from __future__ import annotations

from adapters.contract import Native
from adapters.functional import FunctionalBackend
from adapters.translation import lacking


class Losses(FunctionalBackend):
    """The losses that tinygrad lists among its functional operations."""

    def binary_cross_entropy(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        return input.binary_crossentropy(target, reduction)

    def binary_cross_entropy_with_logits(
        self,
        input: Native,
        target: Native,
        weight: Native | None = None,
        pos_weight: Native | None = None,
        *,
        reduction: str = "mean",
    ) -> Native:
        lacking("binary_cross_entropy_with_logits: weight=", when=weight is not None)
        return input.binary_crossentropy_logits(target, reduction, pos_weight)

    def cross_entropy(
        self,
        input: Native,
        target: Native,
        *,
        ignore_index: int | None = None,
        reduction: str = "mean",
        label_smoothing: float = 0.0,
    ) -> Native:
        if ignore_index is None:
            return input.cross_entropy(target, reduction, label_smoothing)
        # tinygrad offers it in a loss of its own, whose classes stand last.
        scores = input if input.ndim == 1 else input.permute(0, *range(2, input.ndim), 1)
        return scores.sparse_categorical_crossentropy(target, ignore_index, label_smoothing, reduction)

    def nll_loss(
        self,
        input: Native,
        target: Native,
        weight: Native | None = None,
        *,
        ignore_index: int = -100,
        reduction: str = "mean",
    ) -> Native:
        lacking("nll_loss without a batch", when=input.ndim < 2)
        return input.nll_loss(target, weight, ignore_index, reduction)
