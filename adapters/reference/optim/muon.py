"""Muon: momentum of matrices, orthogonalized by Newton-Schulz iterations.

The definition is that of torch's documentation. With gradient G, momentum m, and A, B the matrix's dimensions:

    B = m B + G,   D = G + m B with nesterov, otherwise B,   O = orthogonalized D
    P = P - lr weight_decay P - lr' O,   lr' = lr sqrt(max(1, A / B)) or 0.2 lr sqrt(max(A, B))
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.optim._elementwise import ElementwiseOptimizer, _Kept, blend, require_at_least_zero

__all__ = ["Muon"]


class Muon(ElementwiseOptimizer):
    """Muon, for parameters of two dimensions.

    Raises:
        ValueError: A parameter has not two dimensions, or an option is out of its range.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        weight_decay: float = 0.1,
        momentum: float = 0.95,
        nesterov: bool = True,
        ns_coefficients: tuple[float, float, float] = (3.4445, -4.775, 2.0315),
        eps: float = 1e-7,
        ns_steps: int = 5,
        adjust_lr_fn: str | None = None,
    ) -> None:
        require_at_least_zero("Muon", lr=lr, weight_decay=weight_decay, momentum=momentum)
        if adjust_lr_fn not in (None, "original", "match_rms_adamw"):
            raise ValueError(f"Muon: adjust_lr_fn: expected 'original' or 'match_rms_adamw', not {adjust_lr_fn!r}")
        options = {
            "lr": lr,
            "weight_decay": weight_decay,
            "momentum": momentum,
            "nesterov": nesterov,
            "ns_coefficients": ns_coefficients,
            "eps": eps,
            "ns_steps": ns_steps,
            "adjust_lr_fn": adjust_lr_fn,
            "maximize": False,
        }
        super().__init__(params, options, {})

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Add a group of parameters of two dimensions."""
        super().add_param_group(param_group)
        for parameter in self.param_groups[-1]["params"]:
            if parameter.array.ndim != 2:
                raise ValueError(f"Muon: expected parameters of 2 dimensions, not of shape {parameter.array.shape}")

    def update(self, p: Array, g: Array, kept: _Kept, group: dict[str, Any]) -> Array:
        """Return the parameter after one step."""
        lr, momentum = float(group["lr"]), group["momentum"]
        buffer = kept["momentum_buffer"] = blend(kept.get("momentum_buffer", np.zeros_like(g)), g, momentum)
        direction = blend(buffer, g, momentum) if group["nesterov"] else buffer
        direction = _orthogonalized(direction, group["ns_coefficients"], group["ns_steps"], group["eps"])
        rows, columns = p.shape
        adjusted = 0.2 * math.sqrt(max(p.shape))
        if group["adjust_lr_fn"] != "match_rms_adamw":
            adjusted = math.sqrt(max(1, rows / columns))
        return np.asarray(p * (1 - lr * group["weight_decay"]) - lr * adjusted * direction)


def _orthogonalized(matrix: Array, coefficients: tuple[float, float, float], steps: int, eps: float) -> Array:
    """Return the matrix with singular values near 1."""
    a, b, c = coefficients
    wide = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T
    wide = wide / max(float(np.sqrt(np.sum(wide * wide))), eps)
    for _ in range(steps):
        gram = wide @ wide.T
        wide = a * wide + (b * gram + c * gram @ gram) @ wide
    return wide if matrix.shape[0] <= matrix.shape[1] else wide.T
