"""Faults of pdist."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._card import Slips
from tests.faults._planting import edited, operator

_PDIST = Slips("pdist", "distance.pdist")


def _column_by_column(right: Any, input: Any, p: Any) -> Any:
    """The triangle is read column after column."""
    rows = input.shape[0]
    first, second = np.triu_indices(rows, 1)
    order = np.lexsort((first, second)).tolist()
    return right(input, p)[order] if rows > 1 else right(input, p)


def _largest_signed(right: Any, input: Any, p: Any) -> Any:
    """The largest difference is taken with its sign."""
    if p != float("inf") or input.shape[0] < 2:
        return right(input, p)
    first, second = (index.tolist() for index in np.triu_indices(input.shape[0], 1))
    return (input[first] - input[second]).amax(-1)


def _a_distance_of_its_own(right: Any, input: Any, p: Any) -> Any:
    """A single row has the distance 0."""
    return input[:, 0] * 0 if input.shape[0] == 1 else right(input, p)


def _mean_of_p(right: Any, input: Any, p: Any) -> Any:
    """The share of elements that differ, as the Hamming distance has it."""
    return right(input, p) / input.shape[1] if p == 0 else right(input, p)


def _column(right: Any, input: Any, p: Any) -> Any:
    result = right(input, p)
    return result.reshape(-1, 1) if result.shape[0] == 1 else result


FAULTS = (
    _PDIST.fault("column-by-column", "value", operator("pdist", _column_by_column), "*"),
    _PDIST.ignored("p", "*", p=2.0),
    _PDIST.fault("sign-kept", "p-infinity", operator("pdist", _largest_signed), "gradient"),
    _PDIST.fault("share-of-differences", "p-zero", operator("pdist", _mean_of_p)),
    _PDIST.fault("distance-of-its-own", "one-row", operator("pdist", _a_distance_of_its_own), "value", "gradient"),
    _PDIST.fault("column", "output-size", operator("pdist", _column), "value", "gradient"),
    _PDIST.fault(
        "second-row-forgotten",
        "gradient",
        edited("operators.distance.pdist:PdistBackward0.backward", ("np.subtract.at(change, second, share)", "pass")),
    ),
    *_PDIST.derived(),
)
