"""hardtanh: limiting to a range."""

from __future__ import annotations

import warnings

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied, with_inplace
from adapters.reference.tensor import Tensor

__all__ = ["Hardtanh", "hardtanh"]


class HardtanhBackward0(Function):
    """``min(max(x, lowest), highest)``."""

    __slots__ = ("limits",)

    def forward(self, x: Array, lowest: float, highest: float) -> Array:
        """The limited number; NaN stays NaN."""
        self.saved, self.limits = (x,), (lowest, highest)
        result: Array = np.clip(x, lowest, highest)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g`` strictly between the limits, 0 elsewhere."""
        (x,) = self.saved
        lowest, highest = self.limits
        return np.where((x <= lowest) | (x >= highest), 0, gradient)


def hardtanh(input: Tensor, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Tensor:
    """Return ``input`` limited to the range from ``min_val`` to ``max_val``.

    Raises:
        ValueError: ``min_val`` is greater than ``max_val``.
    """
    if min_val > max_val:
        raise ValueError(f"hardtanh: expected min_val not to be greater than max_val, not {min_val!r} and {max_val!r}")
    return applied(HardtanhBackward0, "hardtanh", input, min_val, max_val, inplace=inplace)


class Hardtanh(Module):
    """Limiting to a range, as a module.

    Args:
        min_val: The lower end of the range.
        max_val: The upper end.
        inplace: Write the result into the memory of the input.
        min_value: Deprecated name of ``min_val``.
        max_value: Deprecated name of ``max_val``.
    """

    def __init__(
        self,
        min_val: float = -1.0,
        max_val: float = 1.0,
        inplace: bool = False,
        min_value: float | None = None,
        max_value: float | None = None,
    ) -> None:
        super().__init__()
        for old, new, given in (("min_value", "min_val", min_value), ("max_value", "max_val", max_value)):
            if given is not None:
                warnings.warn(f"{old} is deprecated: use {new}", FutureWarning, stacklevel=2)
        self.min_val = min_val if min_value is None else min_value
        self.max_val = max_val if max_value is None else max_value
        self.inplace = inplace
        if not self.max_val > self.min_val:
            raise AssertionError(
                f"Hardtanh: expected max_val to be greater than min_val, not {self.max_val!r} and {self.min_val!r}"
            )

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input`` limited to the range."""
        return hardtanh(input, self.min_val, self.max_val, self.inplace)

    def extra_repr(self) -> str:
        """Return the options."""
        return with_inplace(f"min_val={self.min_val}, max_val={self.max_val}", self)
