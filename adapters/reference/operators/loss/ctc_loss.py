"""ctc_loss: connectionist temporal classification, by the forward-backward recursion of Graves et al. (2006)."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.arithmetic.elementwise import div
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import FLOATING, INTEGER, Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.loss._alignments import backward_sums, forward_sums, labels_of, total_of
from adapters.reference.operators.loss._shared import LossModule, chosen_reduction, reduced
from adapters.reference.tensor import Tensor, wrap

__all__ = ["CTCLoss", "ctc_loss"]


class CtcLossBackward0(Function):
    """Minus the logarithms of the probabilities of targets."""

    __slots__ = ("blank", "infinite", "steps", "targets")

    def forward(
        self, logarithms: Array, targets: list[list[int]], steps: list[int], blank: int, zero_infinity: bool
    ) -> Array:
        """One loss for each sample of (T, N, C); an infinite one is 0 where ``zero_infinity``."""
        self.targets, self.steps, self.blank = targets, steps, blank
        losses = np.zeros(len(targets), dtype=logarithms.dtype)
        for n, target in enumerate(targets):
            labels = labels_of(target, blank)
            losses[n] = -total_of(forward_sums(logarithms[: steps[n], n], labels, blank))
        self.infinite = np.isinf(losses) & zero_infinity
        self.saved = (logarithms, losses)
        return np.where(self.infinite, losses.dtype.type(0), losses)

    def backward(self, gradient: Array) -> Array:
        """``g`` times the probabilities less the alignments' shares; 0 after the end and where it was infinite."""
        logarithms, losses = self.saved
        result: Array = np.zeros_like(logarithms)
        for n, target in enumerate(self.targets):
            if self.infinite[n]:
                continue
            own = logarithms[: self.steps[n], n]
            labels = labels_of(target, self.blank)
            both = forward_sums(own, labels, self.blank) + backward_sums(own, labels, self.blank)
            shares = np.zeros_like(own)
            through = np.exp(both - own[:, labels] + losses[n])
            for state, label in enumerate(labels):
                shares[:, label] += through[:, state]
            result[: self.steps[n], n] = gradient[n] * (np.exp(own) - shares)
        return result


def ctc_loss(
    log_probs: Tensor,
    targets: Tensor,
    input_lengths: Tensor | tuple[int, ...],
    target_lengths: Tensor | tuple[int, ...],
    blank: int = 0,
    reduction: str = "mean",
    zero_infinity: bool = False,
) -> Tensor:
    """Return minus the logarithms of the probabilities of ``targets``, reduced.

    Args:
        log_probs: Logarithms of probabilities: (T, N, C) or (T, C).
        targets: Labels: (N, S), padded, or all of them one after the other.
        input_lengths: How many of the T steps of each sample count.
        target_lengths: How many labels each target has.
        blank: The class of no label.
        reduction: ``"none"``, ``"mean"`` (of the losses over the lengths of their targets) or ``"sum"``.
        zero_infinity: Count infinite losses as 0.

    Raises:
        ValueError: ``reduction`` is none of the three.
        RuntimeError: Types, shapes or lengths do not fit each other.
    """
    reduction = chosen_reduction("ctc_loss", reduction)
    require_tensor(log_probs, "ctc_loss: log_probs")
    require_tensor(targets, "ctc_loss: targets")
    if log_probs.dtype.category != FLOATING or targets.dtype.category != INTEGER:
        came = f"{log_probs.dtype} and {targets.dtype}"
        raise RuntimeError(f"ctc_loss: expected floating-point log_probs and integer targets, not {came}")
    if log_probs.ndim not in (2, 3):
        raise RuntimeError(f"ctc_loss: log_probs: expected two or three dimensions, not {tuple(log_probs.shape)}")
    batch = log_probs if log_probs.ndim == 3 else log_probs.unsqueeze(1)
    length, samples, classes = batch.array.shape
    if not 0 <= blank < classes:
        raise RuntimeError(f"ctc_loss: blank: expected a class from 0 to {classes - 1}, not {blank}")
    steps = _lengths(input_lengths, "input_lengths", samples, length)
    sizes = _lengths(target_lengths, "target_lengths", samples, None)
    labels = _split(targets.array, sizes)
    losses: Tensor = CtcLossBackward0.apply((batch,), labels, steps, blank, zero_infinity)
    if reduction == "mean":
        losses = div(losses, wrap(np.maximum(sizes, 1).astype(losses.array.dtype)))
    result = reduced(losses, reduction)
    return result if log_probs.ndim == 3 or reduction != "none" else result.squeeze(0)


def _lengths(given: Any, name: str, samples: int, most: int | None) -> list[int]:
    found = [int(one) for one in np.reshape(given.array if isinstance(given, Tensor) else given, -1)]
    if len(found) != samples:
        raise RuntimeError(f"ctc_loss: {name}: expected {samples}, one a sample, not {len(found)}")
    if any(one < 0 or (most is not None and one > most) for one in found):
        raise RuntimeError(f"ctc_loss: {name}: expected lengths from 0 to {most}, not {found}")
    return found


def _split(targets: Array, sizes: list[int]) -> list[list[int]]:
    """Return the labels of each target."""
    if targets.ndim == 2:
        if targets.shape[0] != len(sizes) or max(sizes, default=0) > targets.shape[1]:
            raise RuntimeError(
                f"ctc_loss: targets: expected {len(sizes)} rows of at least {sizes}, not {targets.shape}"
            )
        return [row[:size].tolist() for row, size in zip(targets, sizes, strict=True)]
    if targets.ndim != 1 or sum(sizes) != targets.size:
        raise RuntimeError(f"ctc_loss: targets: expected {sum(sizes)} labels in one dimension, not {targets.shape}")
    return [part.tolist() for part in np.split(targets, np.cumsum(sizes)[:-1])]


class CTCLoss(LossModule):
    """Connectionist temporal classification, as a module; see :func:`ctc_loss` for its arguments."""

    def __init__(self, blank: int = 0, reduction: str = "mean", zero_infinity: bool = False) -> None:
        super().__init__(reduction=reduction)
        self.blank = blank
        self.zero_infinity = zero_infinity

    def forward(
        self,
        log_probs: Tensor,
        targets: Tensor,
        input_lengths: Tensor | tuple[int, ...],
        target_lengths: Tensor | tuple[int, ...],
    ) -> Tensor:
        """Return the loss of ``log_probs`` against ``targets``."""
        return ctc_loss(
            log_probs, targets, input_lengths, target_lengths, self.blank, self.reduction, self.zero_infinity
        )
