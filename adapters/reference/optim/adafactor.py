"""Adafactor: steps relative to the parameter's size, by second moments kept as rows and columns.

The definition is that of torch's documentation, with means in the place of sums. With gradient g and the step t from 1:

    b = 1 - t^beta2_decay,   a = max(eps2, rms(p)) min(lr, 1 / sqrt(t)),   p = p - lr weight_decay p
    v = b v + (1 - b) g g                           of a vector; of a matrix, by the means of its rows and columns,
    r = b r + (1 - b) row means,   c = b c + (1 - b) column means,   v = r c / max(mean(r), eps1)
    u = g / max(sqrt(v), eps1),    p = p - a u / max(1, rms(u) / d)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.optim._elementwise import ElementwiseOptimizer, _Kept, blend, require_at_least_zero

__all__ = ["Adafactor"]


class Adafactor(ElementwiseOptimizer):
    """Adafactor.

    Args:
        params: As of :class:`Optimizer`.
        lr: The largest relative step size, and the rate of weight decay.
        beta2_decay: The power of the step's number, 0 or less, by which the second moment is renewed.
        eps: The least root of the second moment, the type's own epsilon where None, and the least size of a parameter.
        d: The largest root mean square of an update, 1 or more.
        weight_decay: How fast the parameters shrink.
        maximize: Go up and not down.
        compatible: As of :class:`ElementwiseOptimizer`.

    Raises:
        ValueError: An option is out of its range.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        beta2_decay: float = -0.8,
        eps: tuple[float | None, float] = (None, 1e-3),
        d: float = 1.0,
        weight_decay: float = 0.0,
        *,
        maximize: bool = False,
        **compatible: Any,
    ) -> None:
        first = 0.0 if eps[0] is None else eps[0]
        require_at_least_zero(
            "Adafactor", lr=lr, eps=min(first, eps[1]), weight_decay=weight_decay, beta2_decay=-beta2_decay
        )
        if not d >= 1:
            raise ValueError(f"Adafactor: d: expected 1 or more, not {d!r}")
        options = {
            "lr": lr,
            "beta2_decay": beta2_decay,
            "eps": eps,
            "d": d,
            "weight_decay": weight_decay,
            "maximize": maximize,
        }
        super().__init__(params, options, compatible)

    def update(self, p: Array, g: Array, kept: _Kept, group: dict[str, Any]) -> Array:
        """Return the parameter after one step."""
        lr, (eps1, eps2) = float(group["lr"]), group["eps"]
        least = float(np.finfo(p.dtype).eps) if eps1 is None else float(eps1)
        rate = max(eps2, _root_mean_square(p)) * min(lr, kept.step**-0.5)
        if group["weight_decay"] != 0:
            p = p * (1 - lr * group["weight_decay"])
        second = _second_moment(g * g, kept, 1 - kept.step ** group["beta2_decay"], least)
        update = g / np.maximum(np.sqrt(second), least)
        return np.asarray(p - rate / max(1.0, _root_mean_square(update) / group["d"]) * update)


def _second_moment(squares: Array, kept: _Kept, weight: float, least: float) -> Array:
    """Return the second moment, kept whole for vectors and as rows and columns for matrices."""
    if squares.ndim < 2:
        return _renewed("variance", squares, kept, weight)
    rows = _renewed("row_var", squares.mean(axis=-1, keepdims=True), kept, weight)
    columns = _renewed("col_var", squares.mean(axis=-2, keepdims=True), kept, weight)
    return np.asarray(rows * columns / np.maximum(rows.mean(axis=-2, keepdims=True), least))


def _renewed(name: str, squares: Array, kept: _Kept, weight: float) -> Array:
    renewed = blend(kept.get(name, np.zeros_like(squares)), squares, weight)
    kept[name] = renewed
    return renewed


def _root_mean_square(array: Array) -> float:
    return float(np.sqrt(np.mean(array * array))) if array.size else 0.0
