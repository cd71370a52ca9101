"""Images resized by taps along each dimension: the functions on the tape, and what the operators' options mean."""

from __future__ import annotations

import warnings
from math import floor
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.vision._taps import Line, Taps, taps_of
from adapters.reference.tensor import Tensor

DIMENSIONS = {"linear": (1,), "bilinear": (2,), "bicubic": (2,), "trilinear": (3,), "lanczos": (2,)}
"""How many spatial dimensions a mode is for, where it is not for all of them."""
_ANTIALIASED = ("bilinear", "bicubic", "lanczos")
_CORNERED = ("linear", "bilinear", "bicubic", "trilinear")


class ResizeBackward(Function):
    """Weighed sums of pixels along each spatial dimension in turn."""

    __slots__ = ("lengths", "taps")

    def forward(self, x: Array, taps: tuple[Taps, ...]) -> Array:
        """The sums, the first dimension first."""
        self.taps, self.lengths = taps, x.shape[2:]
        for axis, (indices, weights) in enumerate(taps, start=2):
            own = weights.astype(x.dtype).reshape(*weights.shape, *(1,) * (x.ndim - axis - 1))
            total: Any = 0
            for number in range(indices.shape[1]):
                total = total + np.take(x, indices[:, number], axis=axis) * own[:, number]
            x = total
        return x

    def backward(self, gradient: Array) -> Array:
        """Each pixel's share back to it, the last dimension first."""
        for axis in range(gradient.ndim - 1, 1, -1):
            indices, weights = self.taps[axis - 2]
            moved = np.moveaxis(gradient, axis, 0)
            change = np.zeros((self.lengths[axis - 2], *moved.shape[1:]), dtype=gradient.dtype)
            own = weights.astype(gradient.dtype).reshape(*weights.shape, *(1,) * (gradient.ndim - 1))
            for number in range(indices.shape[1]):
                np.add.at(change, indices[:, number], moved * own[:, number])
            gradient = np.moveaxis(change, 0, axis)
        return gradient


def _node(name: str, meaning: str) -> type[ResizeBackward]:
    return type(name, (ResizeBackward,), {"__slots__": (), "__doc__": meaning})


def _nodes() -> dict[tuple[str, int, bool], type[ResizeBackward]]:
    """Return the functions on the tape by mode, number of dimensions and filtering, named as torch names them."""
    found = {}
    for n in (1, 2, 3):
        found["nearest", n, False] = _node(f"UpsampleNearest{n}DBackward0", "The nearest pixel.")
        found["nearest-exact", n, False] = _node(f"UpsampleNearestExact{n}DBackward0", "The pixel of the centre.")
        found["area", n, False] = _node(f"AdaptiveAvgPool{n}DBackward0", "The mean of the pixels of an area.")
    for mode, (n,) in DIMENSIONS.items():
        found[mode, n, False] = _node(f"Upsample{mode.capitalize()}{n}DBackward0", "Weighed sums.")
        found[mode, n, True] = _node(f"Upsample{mode.capitalize()}{n}DAaBackward0", "Sums weighed by a filter.")
    return found


NODES = _nodes()


def resized(
    name: str,
    input: Tensor,
    size: Any,
    scale_factor: Any,
    mode: str,
    align_corners: bool | None,
    recompute_scale_factor: bool | None,
    antialias: bool = False,
) -> Tensor:
    """Return ``input`` resized; the arguments are those of the operator ``name``."""
    n = _checked(name, input, mode, align_corners, antialias=antialias)
    sizes = _each(name, "size", size, n)
    factors = _each(name, "scale_factor", scale_factor, n)
    if (sizes is None) == (factors is None):
        raise ValueError(f"{name}: expected either size or scale_factor, not {size!r} and {scale_factor!r}")
    if recompute_scale_factor and factors is None:
        raise ValueError(f"{name}: recompute_scale_factor: expected scale_factor to be given with it, not size")
    lengths = input.array.shape[2:]
    if sizes is None:
        sizes = tuple(floor(length * float(factor)) for length, factor in zip(lengths, factors or (), strict=True))
    if min(sizes) < 1 or min(lengths) < 1:
        raise RuntimeError(f"{name}: expected sizes above 0, not {sizes} of an input of shape {tuple(input.shape)}")
    direct = (None,) * n if factors is None or recompute_scale_factor else factors
    taps = tuple(
        taps_of(mode, Line(length, output, bool(align_corners), factor), antialias=antialias)
        for length, output, factor in zip(lengths, sizes, direct, strict=True)
    )
    result: Tensor = NODES[mode, n, antialias].apply((input,), taps)
    return result


def deprecated(name: str) -> None:
    """Warn whoever called the operator ``name`` that it is an older name."""
    warnings.warn(f"{name} is deprecated: use interpolate instead", UserWarning, stacklevel=3)


def _checked(name: str, input: Any, mode: str, align_corners: bool | None, *, antialias: bool) -> int:
    """Return the number of spatial dimensions, after checking that the mode is for as many, and its flags."""
    require_tensor(input, f"{name}: input")
    n = int(input.ndim - 2)
    if n not in (1, 2, 3):
        raise NotImplementedError(f"{name}: input: expected 3, 4 or 5 dimensions, not shape {tuple(input.shape)}")
    known = sorted({mode for mode, _, _ in NODES})
    if mode not in known or n not in DIMENSIONS.get(mode, (1, 2, 3)):
        raise NotImplementedError(
            f"{name}: mode: expected one of {', '.join(known)} that is for {n} spatial dimensions, not {mode!r}"
        )
    if antialias and mode not in _ANTIALIASED:
        raise ValueError(f"{name}: antialias: expected one of the modes {', '.join(_ANTIALIASED)}, not {mode!r}")
    if mode == "lanczos" and not antialias:
        raise ValueError(f"{name}: mode: lanczos needs antialias=True")
    if align_corners is not None and mode not in _CORNERED and (align_corners or mode != "lanczos"):
        raise ValueError(f"{name}: align_corners: expected one of the modes {', '.join(_CORNERED)}, not {mode!r}")
    return n


def _each(name: str, option: str, given: Any, n: int) -> tuple[Any, ...] | None:
    """Return one number for each dimension, or ``None`` for an option that is not given."""
    if given is None:
        return None
    entries = tuple(given) if isinstance(given, (tuple, list)) else (given,) * n
    if len(entries) != n:
        raise ValueError(f"{name}: {option}: expected {n} numbers, one a spatial dimension, not {given!r}")
    return entries
