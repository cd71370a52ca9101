"""Element types: what ``torch.float32`` is here, and how types meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

BOOLEAN, INTEGER, FLOATING = 0, 1, 2
"""The categories of types, in the order in which a higher one wins when two tensors meet."""


@dataclass(frozen=True, eq=False)
class DType:
    """The type of a tensor's elements; one object a type, compared by identity.

    Args:
        name: NumPy's name of the type, which is torch's too.
        category: ``BOOLEAN``, ``INTEGER`` or ``FLOATING``.
        itemsize: Bytes an element.
    """

    name: str
    category: int
    itemsize: int

    @property
    def is_floating_point(self) -> bool:
        """Whether the type is a floating-point type, so that its tensors can require gradients."""
        return self.category == FLOATING

    @property
    def is_signed(self) -> bool:
        """Whether the type can represent negative numbers."""
        return self.category == FLOATING or self.name.startswith("int")

    @property
    def numpy(self) -> np.dtype[Any]:
        """NumPy's type of the same elements.

        Raises:
            TypeError: NumPy does not know the type: ``bfloat16`` where no package has registered it.
        """
        known = _NUMPY.get(self)
        if known is None:
            try:
                known = np.dtype(self.name)
            except TypeError as error:
                raise TypeError(
                    f"NumPy has no type named {self.name!r} here: import the package ml_dtypes, which registers it"
                ) from error
            _NUMPY[self] = known
        return known

    def __repr__(self) -> str:
        return f"torch.{self.name}"


_NUMPY: dict[DType, np.dtype[Any]] = {}

float16 = DType("float16", FLOATING, 2)
bfloat16 = DType("bfloat16", FLOATING, 2)
float32 = DType("float32", FLOATING, 4)
float64 = DType("float64", FLOATING, 8)
uint8 = DType("uint8", INTEGER, 1)
int8 = DType("int8", INTEGER, 1)
int16 = DType("int16", INTEGER, 2)
int32 = DType("int32", INTEGER, 4)
int64 = DType("int64", INTEGER, 8)
bool_ = DType("bool", BOOLEAN, 1)

ALL = (float16, bfloat16, float32, float64, uint8, int8, int16, int32, int64, bool_)
ALIASES = {"half": float16, "float": float32, "double": float64, "short": int16, "int": int32, "long": int64}

_BY_NAME = {dtype.name: dtype for dtype in ALL}
_BY_NUMPY: dict[np.dtype[Any], DType] = {}


def dtype_of(numpy_dtype: np.dtype[Any]) -> DType:
    """Return the type of tensors whose arrays have ``numpy_dtype``.

    Raises:
        TypeError: There is no such tensor type (complex numbers, strings, objects ...).
    """
    known = _BY_NUMPY.get(numpy_dtype)
    if known is None:
        known = _BY_NAME.get(numpy_dtype.name)
        if known is None or not numpy_dtype.isnative:
            raise TypeError(
                f"expected an array of one of {', '.join(_BY_NAME)} in native byte order, not {numpy_dtype!r}"
            )
        _BY_NUMPY[numpy_dtype] = known
    return known


def is_half(numpy_dtype: np.dtype[Any]) -> bool:
    """Whether ``numpy_dtype`` is a 16-bit floating-point type, which is computed with in float32."""
    return numpy_dtype.itemsize == 2 and numpy_dtype.kind not in "iu"


def promoted(first: DType, second: DType) -> DType:
    """Return the type in which two tensors of as many dimensions meet (torch's table of ``promote_types``)."""
    if first is second:
        return first
    if first.category != second.category:
        return first if first.category > second.category else second
    if first.category == FLOATING:
        if first.itemsize == second.itemsize:
            return float32
        return first if first.itemsize > second.itemsize else second
    return dtype_of(np.promote_types(first.numpy, second.numpy))
