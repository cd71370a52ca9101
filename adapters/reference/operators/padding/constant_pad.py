"""constant_pad: modules that pad with one value or zeros."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.padding._layers import PaddingLayer

__all__ = [
    "ConstantPad1d",
    "ConstantPad2d",
    "ConstantPad3d",
    "ZeroPad1d",
    "ZeroPad2d",
    "ZeroPad3d",
]


class _ConstantPad(PaddingLayer):
    """An edge of ``value``; the other argument is that of :class:`PaddingLayer`."""

    mode = "constant"

    def __init__(self, padding: Any, value: float) -> None:
        super().__init__(padding)
        self.value = value

    def extra_repr(self) -> str:
        """Return the widths and the value."""
        return f"padding={self.padding}, value={self.value}"


class _ZeroPad(_ConstantPad):
    """An edge of zeros."""

    def __init__(self, padding: Any) -> None:
        super().__init__(padding, 0.0)

    def extra_repr(self) -> str:
        """Return the widths."""
        return f"{self.padding}"


class ConstantPad1d(_ConstantPad):
    """An edge along the last dimension: one value."""

    dimensions = 1


class ConstantPad2d(_ConstantPad):
    """An edge around the last two dimensions: one value."""

    dimensions = 2


class ConstantPad3d(_ConstantPad):
    """An edge around the last three dimensions: one value."""

    dimensions = 3


class ZeroPad1d(_ZeroPad):
    """An edge along the last dimension: zeros."""

    dimensions = 1


class ZeroPad2d(_ZeroPad):
    """An edge around the last two dimensions: zeros."""

    dimensions = 2


class ZeroPad3d(_ZeroPad):
    """An edge around the last three dimensions: zeros."""

    dimensions = 3
