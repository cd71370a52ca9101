"""Faults of poisson_nll_loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._planting import method
from tests.faults.loss._shared import derived, empty, ignored, mean_by, reductions, scaled, shapes, slip

_NAME = "poisson_nll_loss"


def _for_all(right: Any, node: Any, x: Any, t: Any, log_input: bool, full: bool, eps: float) -> Any:
    """Stirling's term for every target."""
    losses = right(node, x, t, log_input, False, eps)
    safe = np.where(t > 0, t, 1)
    return losses + (safe * np.log(safe) - safe + 0.5 * np.log(2 * np.pi * safe)) if full else losses


FAULTS = (
    mean_by(_NAME, "value", "mean-over-the-batch", lambda input, **_: input.shape[0] if input.ndim else 1),
    scaled(_NAME, "value", "half-of-it", lambda **_: 0.5),
    ignored(_NAME, "log-input", log_input=True),
    ignored(_NAME, "eps", eps=1e-8),
    ignored(_NAME, "full", full=False),
    slip(
        _NAME,
        "full",
        "stirling-for-all",
        method("operators.loss.poisson_nll_loss:PoissonNllLossBackward0.losses", _for_all),
    ),
    *reductions(_NAME),
    shapes(_NAME),
    empty(_NAME),
    *derived(_NAME, "PoissonNLLLoss"),
)
