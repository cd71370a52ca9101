"""What of a bounded number is certain: infinities and NaN that every evaluation comes to, and comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from conformance.oracle.bounded import Bounded


def is_certain(x: Bounded) -> NDArray[np.bool_]:
    """Say where an infinity or NaN that follows from ``x`` follows from all that an evaluation may have for it."""
    return np.asarray(np.isfinite(x.error) & ((x.error == 0) | (abs(x.value) > x.error)))


def is_missing(x: Bounded) -> NDArray[np.bool_]:
    """Say where every evaluation has NaN for ``x``."""
    return np.asarray(np.isnan(x.value) & np.isfinite(x.error))


def unless_exceptional(result: NDArray[Any], propagated: NDArray[Any], a: Bounded, b: Bounded) -> NDArray[Any]:
    """Return what is propagated, but 0 where the result is infinite or NaN for certain and infinity where it may be."""
    if np.isfinite(result).all():
        return propagated
    certain = (is_certain(a) & is_certain(b)) | is_missing(a) | is_missing(b)
    return np.where(np.isfinite(result), propagated, np.where(certain, 0, np.inf))


def undecided(a: Bounded, b: Bounded) -> NDArray[np.bool_]:
    """Say where a comparison of ``a`` with ``b`` may come out either way. With a certain NaN it is always false."""
    if a.arithmetic.is_exact:
        return np.zeros(a.shape, dtype=np.bool_)
    error = a.error + b.error
    with np.errstate(all="ignore"):
        within = ~(abs(a.value - b.value) > error)
    return np.asarray((error > 0) & within & ~is_missing(a) & ~is_missing(b))
