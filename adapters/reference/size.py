"""``torch.Size``: the shape of a tensor, a tuple that says what it is."""

from __future__ import annotations

from math import prod
from typing import Any, SupportsIndex


class Size(tuple[int, ...]):
    """The sizes of a tensor's dimensions."""

    __slots__ = ()

    def numel(self) -> int:
        """Return the number of elements of a tensor of this size."""
        return prod(self)

    def __getitem__(self, key: SupportsIndex | slice) -> Any:
        item = tuple.__getitem__(self, key)
        return Size(item) if isinstance(item, tuple) else item

    def __add__(self, other: tuple[Any, ...]) -> Any:
        return Size(tuple.__add__(self, tuple(other)))

    def __radd__(self, other: tuple[Any, ...]) -> Size:
        return Size(tuple.__add__(tuple(other), self))

    def __mul__(self, times: SupportsIndex) -> Size:
        return Size(tuple.__mul__(self, times))

    __rmul__ = __mul__

    def __repr__(self) -> str:
        return f"torch.Size([{', '.join(map(str, self))}])"
