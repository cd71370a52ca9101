"""Faults of loss modules."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import edited, everywhere, these


class _PlainLoss:
    """A loss that can be called and is no module."""

    def __init__(self, reduction: str = "mean") -> None:
        self.reduction = reduction

    def __call__(self, input: Any, target: Any) -> Any:
        return torch.nn.functional.mse_loss(input, target, reduction=self.reduction)


FAULTS = (
    Fault(
        "mseloss-is-a-plain-callable",
        "mse_loss_module.is-a-module",
        everywhere("operators.loss.mse_loss:MSELoss", lambda _: _PlainLoss),
        also=these("mse_loss: layer"),
    ),
    Fault(
        "the-mean-is-taken-over-the-batch",
        "mse_loss_module.mean",
        edited(
            "operators.loss.mse_loss:MseLossBackward0.forward",
            (
                "total / total.dtype.type(difference.size)",
                "total / total.dtype.type(len(difference) if difference.ndim else 1)",
            ),
        ),
        also=these(
            "mse_loss: broadcasts layer value",
            "mse_loss_module: reduction",
            "tutorial: loss",
            "tutorial_network: loss five-steps",
        ),
    ),
    Fault(
        "the-module-does-not-pass-its-reduction-on",
        "mse_loss_module.reduction",
        edited(
            "operators.loss.mse_loss:MSELoss.forward",
            ("return mse_loss(input, target, reduction=self.reduction)", "return mse_loss(input, target)"),
        ),
        also=these("mse_loss_module: equals-functional"),
    ),
    Fault(
        "without-a-mean-the-module-has-a-formula-of-its-own-whose-gradient-is-half",
        "mse_loss_module.equals-functional",
        edited(
            "operators.loss.mse_loss:MSELoss.forward",
            (
                "return mse_loss(input, target, reduction=self.reduction)",
                "if self.reduction == 'mean':\n"
                "        return mse_loss(input, target)\n"
                "    difference = input - target\n"
                "    squares = difference * difference.detach()\n"
                "    return squares if self.reduction == 'none' else squares.sum()",
            ),
        ),
    ),
    Fault(
        "the-gradient-lacks-its-factor-2",
        "mse_loss_module.backward",
        edited(
            "operators.loss.mse_loss:MseLossBackward0.backward",
            ("2 / x.size if self.reduction", "1 / x.size if self.reduction"),
        ),
        also=these(
            "mse_loss: second-gradient gradient-alone",
            "mse_loss: gradient",
            "tutorial: first-bias-gradient loss-falls manual-update training-loop",
            "tutorial_network: gradient one-step five-steps",
        ),
    ),
    Fault(
        "size-average-false-means-none",
        "mse_loss_module.deprecated-reduction",
        edited(
            "operators.loss._shared:legacy_reduction",
            ('size_average else "sum"', 'size_average else "none"'),
        ),
    ),
)
