"""Faults of gaussian_nll_loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._base import torch
from tests.faults._planting import method, operator
from tests.faults.loss._shared import accepted, derived, empty, ignored, mean_by, reductions, scaled, shapes, slip

_NAME = "gaussian_nll_loss"


def _eps_added(right: Any, var: Any, eps: float, **given: Any) -> Any:
    """Eps is added to the variance."""
    return right(var=var + eps, eps=0.0, **given)


def _clamp_differentiated(right: Any, node: Any, x: Any, y: Any, var: Any, full: bool, eps: float) -> Any:
    """Clamped variances have no gradient."""
    to_x, to_y, to_var = right(node, x, y, var, full, eps)
    return to_x, to_y, np.where(var < eps, 0, to_var).astype(x.dtype)


def _heteroscedastic_only(right: Any, input: Any, var: Any, **given: Any) -> Any:
    if var.shape != input.shape:
        raise ValueError("gaussian_nll_loss: expected one variance for each element")
    return right(input=input, var=var, **given)


def _target_alike(right: Any, input: Any, target: Any, **given: Any) -> Any:
    if target.shape != input.shape:
        raise ValueError("gaussian_nll_loss: expected a target of the input's shape")
    return right(input=input, target=target, **given)


def _first_variance(right: Any, input: Any, var: Any, **given: Any) -> Any:
    fits = var.shape in (input.shape, input.shape[:-1], (*input.shape[:-1], 1))
    return right(input=input, var=var if fits else var[:1] * torch.ones_like(input), **given)


FAULTS = (
    mean_by(_NAME, "value", "mean-over-the-batch", lambda input, **_: input.shape[0] if input.ndim else 1),
    scaled(_NAME, "value", "without-the-half", lambda **_: 2.0),
    ignored(_NAME, "full", full=False),
    ignored(_NAME, "eps", eps=1e-6),
    slip(_NAME, "eps", "eps-added", operator(_NAME, _eps_added)),
    slip(
        _NAME,
        "gradient",
        "clamp-differentiated",
        method("operators.loss.gaussian_nll_loss:GaussianNllLossBackward0.slopes", _clamp_differentiated),
        alone=True,
    ),
    slip(_NAME, "homoscedastic", "one-variance-refused", operator(_NAME, _heteroscedastic_only), stumbles=True),
    slip(_NAME, "target-broadcasts", "target-not-broadcast", operator(_NAME, _target_alike), stumbles=True),
    *reductions(_NAME),
    shapes(_NAME, scalar=False),
    empty(_NAME),
    accepted(_NAME, "negative-variance", "absolute-variance", var=lambda v: abs(v) if (v.array < 0).any() else v),
    slip(_NAME, "variance-shape", "first-for-all", operator(_NAME, _first_variance), alone=True),
    *derived(_NAME, "GaussianNLLLoss"),
)
