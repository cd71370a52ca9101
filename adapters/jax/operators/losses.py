"""Losses: those of optax, averaged with ``jax.numpy`` as the documentation of both libraries does it."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import optax

from adapters.contract import Native
from adapters.functional import FunctionalBackend
from adapters.translation import lacking


class Losses(FunctionalBackend):
    """Those whose documented formula is torch's. Not so ``optax.triplet_margin_loss``, whose eps stands elsewhere."""

    def mse_loss(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        _require_alike(input, target)
        return _reduced(optax.squared_error(input, target), reduction)

    def huber_loss(self, input: Native, target: Native, *, reduction: str = "mean", delta: float = 1.0) -> Native:
        return _reduced(optax.huber_loss(input, target, delta=delta), reduction)

    def smooth_l1_loss(self, input: Native, target: Native, *, reduction: str = "mean", beta: float = 1.0) -> Native:
        lacking("smooth_l1_loss: beta other than 1, where it is huber_loss", when=beta != 1)
        return self.huber_loss(input, target, reduction=reduction)

    def kl_div(self, input: Native, target: Native, *, reduction: str = "mean", log_target: bool = False) -> Native:
        _require_alike(input, target)
        divergence = optax.losses.kl_divergence_with_log_targets if log_target else optax.losses.kl_divergence
        if reduction == "batchmean":
            return divergence(input, target, axis=None) / input.shape[0]
        return _reduced(divergence(input, target, axis=()), reduction)

    def binary_cross_entropy_with_logits(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        _require_alike(input, target)
        return _reduced(optax.sigmoid_binary_cross_entropy(input, target), reduction)

    def cross_entropy(
        self, input: Native, target: Native, *, reduction: str = "mean", label_smoothing: float = 0.0
    ) -> Native:
        classes = min(1, input.ndim - 1)
        are_indices = jnp.issubdtype(target.dtype, jnp.integer)
        if are_indices and not label_smoothing:
            losses = optax.softmax_cross_entropy_with_integer_labels(input, target, axis=classes)
        else:
            labels = jax.nn.one_hot(target, input.shape[classes], dtype=input.dtype) if are_indices else None
            labels = jnp.moveaxis(target, classes, -1) if labels is None else labels
            labels = optax.smooth_labels(labels, label_smoothing) if label_smoothing else labels
            losses = optax.softmax_cross_entropy(jnp.moveaxis(input, classes, -1), labels)
        return _reduced(losses, reduction)

    def ctc_loss(
        self,
        log_probs: Native,
        targets: Native,
        input_lengths: Native,
        target_lengths: Native,
        *,
        blank: int = 0,
        reduction: str = "mean",
    ) -> Native:
        if log_probs.ndim == 2:
            losses = self.ctc_loss(
                log_probs[:, None], targets[None], input_lengths, target_lengths, blank=blank, reduction=reduction
            )
            return losses[0] if reduction == "none" else losses
        lacking("ctc_loss: targets one after the other", when=targets.ndim == 1)
        lengths = np.asarray(target_lengths).reshape(-1)
        losses = optax.ctc_loss(
            jnp.swapaxes(log_probs, 0, 1),
            _padding(log_probs.shape[0], np.asarray(input_lengths).reshape(-1)),
            targets,
            _padding(targets.shape[1], lengths),
            blank_id=blank,
        )
        return _reduced(losses / lengths if reduction == "mean" else losses, reduction)


def _padding(steps: int, lengths: Native) -> Native:
    """Return what optax takes in place of lengths: 1 from the length of each on, and 0 before."""
    lacking("ctc_loss: lengths beyond the padded one", when=bool((lengths > steps).any()))
    return (np.arange(steps) >= lengths[:, None]).astype(np.float32)


def _require_alike(input: Native, target: Native) -> None:
    lacking("losses of an input and a target of different shapes", when=input.shape != target.shape)


def _reduced(losses: Native, reduction: str) -> Native:
    if reduction == "none":
        return losses
    lacking(f"reduction={reduction!r}", when=reduction not in {"mean", "sum"})
    return jnp.mean(losses) if reduction == "mean" else jnp.sum(losses)
