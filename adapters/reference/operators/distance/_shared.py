"""Norms of any degree, and their derivatives."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.recorded import arrayed
from adapters.reference.dtype import Array


def norm_of(x: Array, p: float, axis: int) -> Array:
    """Return the norm of degree ``p`` along ``axis``, which is kept."""
    size = np.abs(x)
    if p == np.inf:
        return arrayed(size.max(axis=axis, keepdims=True))
    if p == 0:
        return arrayed((x != 0).sum(axis=axis, keepdims=True).astype(x.dtype))
    if p == 1:
        return arrayed(size.sum(axis=axis, keepdims=True))
    if p == 2:
        return arrayed(np.sqrt((x * x).sum(axis=axis, keepdims=True)))
    return arrayed((size**p).sum(axis=axis, keepdims=True) ** (1 / p)).astype(x.dtype)


def slope_of(x: Array, norm: Array, p: float, axis: int) -> Array:
    """Return the derivative of a norm in each element: ``sign(x) (|x| / norm) ** (p - 1)``, and 0 where the norm is."""
    if p == 0:
        return np.zeros_like(x)
    if p == np.inf:
        largest = np.abs(x) == norm
        return arrayed(np.sign(x) * largest / largest.sum(axis=axis, keepdims=True)).astype(x.dtype)
    if p == 1:
        return np.sign(x)
    share = np.abs(x) / np.where(norm == 0, 1, norm)
    return arrayed(np.where(norm == 0, 0, np.sign(x) * share ** (p - 1))).astype(x.dtype)
