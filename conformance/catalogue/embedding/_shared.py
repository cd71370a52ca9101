"""What lookups share: rows by their indices, their gradients, and rows made shorter before they are looked up."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.catalogue._norms import norm
from conformance.data import Values
from conformance.oracle import Bounded, gather, positions, scatter, where

Indices = NDArray[np.integer[Any]]

SOURCE = "_modules/torch/nn/functional.html"
"""The source of the functions, as the documentation publishes it."""


def indices(values: Any, dtype: str = "int64") -> Values:
    """Return indices written out."""
    return Values(values, dtype=dtype)


def row_of(index: int | None, weight: tuple[int, ...]) -> int | None:
    """Return the row that an index, which counts from the end if it is negative, stands for."""
    return None if index is None else index % weight[0]


def looked_up(
    weight: Bounded, index: Indices, padding_idx: int | None = None, scale_grad_by_freq: bool = False
) -> Bounded:
    """Return the rows of ``weight`` (V, D) at ``index`` (*), of shape (*, D).

    What is pulled back to a row is the sum over its lookups: nothing for the row of ``padding_idx``, and with
    ``scale_grad_by_freq`` divided by how often the row is looked up.
    """
    places = positions(weight.shape)[index]
    found = gather(weight, places)
    counted = np.broadcast_to((index != row_of(padding_idx, weight.shape))[..., None], places.shape)
    often = np.bincount(index.reshape(-1), minlength=weight.shape[0])[index][..., None]

    def pullback(c: Bounded) -> Bounded:
        shares = c / Bounded.input(np.maximum(often, 1), c.arithmetic) if scale_grad_by_freq else c
        return scatter(where(counted, shares, 0.0), places, weight.shape)

    return Bounded(found.value, found.error, weight.arithmetic, ((weight, pullback),))


def shortened(weight: Bounded, index: Indices, max_norm: float | None, norm_type: float) -> Bounded:
    """Return ``weight`` with those rows at ``index`` whose norm is above ``max_norm`` scaled to have that norm."""
    if max_norm is None:
        return weight
    lengths = norm(weight, norm_type, 1)
    scaled = where(lengths > max_norm, weight * (max_norm / lengths), weight)
    used = np.isin(np.arange(weight.shape[0]), index)[:, None]
    return where(used, scaled, weight)
