"""Faults of ctc_loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._base import torch
from tests.faults._planting import edited, operator
from tests.faults.loss._shared import derived, ignored, reductions, scaled, slip

_NAME = "ctc_loss"
_FUNCTION = "operators.loss.ctc_loss:CtcLossBackward0"


def _mean_of_losses(right: Any, reduction: str, **given: Any) -> Any:
    """The mean does not divide by the lengths of the targets."""
    return right(reduction="none", **given).mean() if reduction == "mean" else right(reduction=reduction, **given)


def _mean_over_all(right: Any, reduction: str, target_lengths: Any, **given: Any) -> Any:
    """The mean divides the sum by the sum of the lengths."""
    if reduction != "mean":
        return right(reduction=reduction, target_lengths=target_lengths, **given)
    return right(reduction="sum", target_lengths=target_lengths, **given) / int(np.sum(target_lengths.array))


def _padded_with_zeros(right: Any, targets: Any, target_lengths: Any, **given: Any) -> Any:
    """The lengths of padded targets are taken from where there are zeros."""
    if targets.ndim == 2 and targets.shape[1] > 0 and given["blank"] == 0:
        target_lengths = torch.from_numpy((targets.array != 0).sum(axis=1))
    return right(targets=targets, target_lengths=target_lengths, **given)


def _every_step(right: Any, log_probs: Any, input_lengths: Any, **given: Any) -> Any:
    steps = np.full(np.shape(getattr(input_lengths, "array", input_lengths)), log_probs.shape[0])
    return right(log_probs=log_probs, input_lengths=torch.from_numpy(steps), **given)


def _batch_kept(right: Any, log_probs: Any, reduction: str, **given: Any) -> Any:
    result = right(log_probs=log_probs, reduction=reduction, **given)
    return result.reshape(1) if log_probs.ndim == 2 and reduction == "none" else result


def _tensors_only(right: Any, input_lengths: Any, **given: Any) -> Any:
    if isinstance(input_lengths, tuple):
        raise RuntimeError("ctc_loss: input_lengths: expected a tensor")
    return right(input_lengths=input_lengths, **given)


def _steps_cut(right: Any, log_probs: Any, input_lengths: Any, **given: Any) -> Any:
    lengths = getattr(input_lengths, "array", input_lengths)
    cut = torch.from_numpy(np.asarray(np.minimum(lengths, log_probs.shape[0])))
    return right(log_probs=log_probs, input_lengths=cut, **given)


def _labels_cut(right: Any, targets: Any, target_lengths: Any, **given: Any) -> Any:
    if targets.ndim == 2:
        lengths = getattr(target_lengths, "array", target_lengths)
        target_lengths = torch.from_numpy(np.asarray(np.minimum(lengths, targets.shape[1])))
    return right(targets=targets, target_lengths=target_lengths, **given)


def _labels_repeated(right: Any, targets: Any, target_lengths: Any, **given: Any) -> Any:
    if targets.ndim == 1:
        number = int(np.sum(getattr(target_lengths, "array", target_lengths)))
        targets = torch.from_numpy(np.resize(targets.array, number))
    return right(targets=targets, target_lengths=target_lengths, **given)


FAULTS = (
    scaled(_NAME, "value", "half-of-it", lambda **_: 0.5),
    slip(_NAME, "value", "mean-of-losses", operator(_NAME, _mean_of_losses)),
    slip(_NAME, "value", "mean-over-all-labels", operator(_NAME, _mean_over_all)),
    slip(
        _NAME,
        "repeated-labels",
        "blank-not-needed",
        edited(
            "operators.loss._alignments:_skips",
            ("(labels[2:] != blank) & (labels[2:] != labels[:-2])", "labels[2:] != blank"),
        ),
    ),
    ignored(_NAME, "blank", blank=0),
    slip(_NAME, "padding", "zeros-are-padding", operator(_NAME, _padded_with_zeros)),
    slip(
        _NAME,
        "concatenated",
        "from-the-last",
        edited("operators.loss.ctc_loss:_split", ("np.cumsum(sizes)[:-1]", "np.cumsum(sizes[::-1])[:-1]")),
    ),
    slip(_NAME, "input-lengths", "every-step-counts", operator(_NAME, _every_step)),
    slip(_NAME, "unbatched", "batch-of-one-kept", operator(_NAME, _batch_kept)),
    slip(_NAME, "lengths-as-tuples", "tensors-only", operator(_NAME, _tensors_only), alone=True, stumbles=True),
    slip(
        _NAME,
        "empty-targets",
        "nothing-to-lose",
        edited(f"{_FUNCTION}.forward", ("-total_of(", "-bool(target) * total_of(")),
    ),
    ignored(_NAME, "too-short", zero_infinity=True),
    ignored(_NAME, "zero-infinity", zero_infinity=False),
    slip(
        _NAME,
        "zero-infinity-gradient",
        "gradient-not-zeroed",
        edited(f"{_FUNCTION}.backward", ("if self.infinite[n]:", "if not self.steps[n]:")),
        alone=True,
    ),
    slip(
        _NAME,
        "gradient",
        "step-counted-twice",
        edited(f"{_FUNCTION}.backward", ("both - own[:, labels]", "both")),
    ),
    slip(
        _NAME,
        "gradient",
        "last-use-of-a-label",
        edited(f"{_FUNCTION}.backward", ("shares[:, label] += through", "shares[:, label] = through")),
    ),
    *reductions(_NAME, "log_probs"),
    slip(_NAME, "input-length-range", "steps-cut", operator(_NAME, _steps_cut), alone=True),
    slip(_NAME, "target-length-range", "labels-cut", operator(_NAME, _labels_cut), alone=True),
    slip(_NAME, "concatenated-length", "labels-repeated", operator(_NAME, _labels_repeated), alone=True),
    *derived(_NAME, "CTCLoss", kinks=True, first="log_probs"),
)
