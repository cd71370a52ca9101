"""What it means that a bound holds, and that it is not silly."""

from __future__ import annotations

import ml_dtypes
import numpy as np
from numpy.typing import NDArray

from conformance.judgement import error_ratio
from conformance.oracle import Bounded


def ratios(actual: NDArray, bounded: Bounded) -> NDArray[np.float64]:
    """Return the error over the bound, element by element."""
    wide = actual.astype(np.float32) if actual.dtype == np.dtype(ml_dtypes.bfloat16) else actual
    with np.errstate(all="ignore"):
        return error_ratio(wide.astype(np.longdouble), bounded.value, bounded)


def holds(actual: NDArray, bounded: Bounded) -> None:
    """Assert that what was really computed is within the bound."""
    found = ratios(np.asarray(actual), bounded)
    assert found.shape == bounded.shape
    if found.size and found.max() > 1:
        worst = np.unravel_index(int(found.argmax()), found.shape)
        raise AssertionError(
            f"{found[worst]:.3g} times the bound at {worst}: computed {actual[worst]!r}, "
            f"exact {bounded.value[worst]!r}, bound {bounded.error[worst]!r}"
        )
