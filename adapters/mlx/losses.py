"""Losses by torch's names and arguments, each one function of ``mlx.nn.losses``.

``triplet_loss`` is not here, because MLX adds its ``eps`` to the sum of powers and torch to the difference, and of
``kl_div_loss`` no losses of elements, because MLX has one for each row.
"""

from __future__ import annotations

from typing import Any

from mlx.nn import losses

from adapters.contract import Native, Unsupported
from adapters.functional import FunctionalBackend
from adapters.mlx.layout import within


class Losses(FunctionalBackend):
    """``mlx.nn.losses``."""

    def mse_loss(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        return losses.mse_loss(*_alike(input, target), reduction=reduction)

    def l1_loss(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        return losses.l1_loss(*_alike(input, target), reduction=reduction)

    def smooth_l1_loss(self, input: Native, target: Native, *, reduction: str = "mean", beta: float = 1.0) -> Native:
        return losses.smooth_l1_loss(*_alike(input, target), beta, reduction)

    def huber_loss(self, input: Native, target: Native, *, reduction: str = "mean", delta: float = 1.0) -> Native:
        return losses.huber_loss(input, target, delta, reduction)

    def gaussian_nll_loss(
        self,
        input: Native,
        target: Native,
        var: Native,
        *,
        full: bool = False,
        eps: float = 1e-6,
        reduction: str = "mean",
    ) -> Native:
        _alike(input, var)
        return losses.gaussian_nll_loss(*_alike(input, target), var, full, eps, reduction)

    def margin_ranking_loss(
        self, input1: Native, input2: Native, target: Native, *, margin: float = 0.0, reduction: str = "mean"
    ) -> Native:
        _alike(input1, target)
        return losses.margin_ranking_loss(*_alike(input1, input2), target, margin, reduction)

    def binary_cross_entropy(
        self, input: Native, target: Native, weight: Native | None = None, *, reduction: str = "mean"
    ) -> Native:
        return _binary(input, target, weight, with_logits=False, reduction=reduction)

    def binary_cross_entropy_with_logits(
        self, input: Native, target: Native, weight: Native | None = None, *, reduction: str = "mean"
    ) -> Native:
        return _binary(input, target, weight, with_logits=True, reduction=reduction)

    def nll_loss(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        axis = min(1, input.ndim - 1)
        return losses.nll_loss(input, within(target, input.shape[axis]), axis, reduction)

    def cross_entropy(
        self, input: Native, target: Native, *, reduction: str = "mean", label_smoothing: float = 0.0
    ) -> Native:
        if label_smoothing == 1:
            raise Unsupported("cross_entropy: label_smoothing=1")
        axis = min(1, input.ndim - 1)
        labels = within(target, input.shape[axis])
        return losses.cross_entropy(input, labels, axis=axis, label_smoothing=label_smoothing, reduction=reduction)

    def kl_div(self, input: Native, target: Native, *, reduction: str = "mean", log_target: bool = False) -> Native:
        if not log_target:
            raise Unsupported("kl_div: a target that is not in log space")
        if reduction != "sum" and (reduction, input.ndim) != ("batchmean", 2):
            raise Unsupported(f"kl_div: reduction={reduction!r} of {input.ndim} dimensions")
        return losses.kl_div_loss(*_alike(input, target), reduction="sum" if reduction == "sum" else "mean")

    def cosine_similarity(self, x1: Native, x2: Native, dim: int = 1, eps: float = 1e-8) -> Native:
        if x1.ndim != x2.ndim:
            raise Unsupported("cosine_similarity of arrays of different numbers of dimensions")
        return losses.cosine_similarity_loss(x1, x2, dim, eps)


def _alike(input: Native, target: Native) -> tuple[Native, Native]:
    if input.shape != target.shape:
        raise Unsupported("losses of arrays of different shapes")
    return input, target


def _binary(input: Native, target: Native, weight: Native | None, **options: Any) -> Native:
    if weight is not None and weight.shape != input.shape:
        raise Unsupported("binary_cross_entropy: a weight of another shape than the losses")
    return losses.binary_cross_entropy(input, target, weight, **options)
