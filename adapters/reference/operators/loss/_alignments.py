"""Alignments of a sequence with a target: the sums of their probabilities, forward and backward."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.dtype import Array


def labels_of(target: list[int], blank: int) -> Array:
    """Return the labels that an alignment goes through: the target's, a blank before, between and after them."""
    labels = np.full(2 * len(target) + 1, blank, dtype=np.intp)
    labels[1::2] = target
    return labels


def _skips(labels: Array, blank: int) -> Array:
    """Return which states may be reached over the blank before them: labels unlike the one before."""
    allowed = np.zeros(len(labels), dtype=bool)
    allowed[2:] = (labels[2:] != blank) & (labels[2:] != labels[:-2])
    return allowed


def _moved(sums: Array, by: int) -> Array:
    """Return sums of the states that lie ``by`` before each; minus infinity where there is none."""
    result = np.full_like(sums, -np.inf)
    result[by:] = sums[: len(sums) - by]
    return result


def _step(sums: Array, skips: Array) -> Array:
    """Return the logarithms of the sums over the states from which each may be reached."""
    over = np.where(skips, _moved(sums, 2), sums.dtype.type(-np.inf))
    return np.asarray(np.logaddexp(np.logaddexp(sums, _moved(sums, 1)), over))


def forward_sums(logarithms: Array, labels: Array, blank: int) -> Array:
    """Return, of shape (T, states), the logarithms of the probabilities of all ways to be in a state at a step."""
    own = logarithms[:, labels]
    sums = np.full_like(own, -np.inf)
    skips = _skips(labels, blank)
    for step in range(len(own)):
        if step == 0:
            sums[0, :2] = own[0, :2]
        else:
            sums[step] = own[step] + _step(sums[step - 1], skips)
    return sums


def backward_sums(logarithms: Array, labels: Array, blank: int) -> Array:
    """Return the same of all ways from a state at a step to the end, the step's own probability included."""
    return forward_sums(logarithms[::-1], labels[::-1], blank)[::-1, ::-1]


def total_of(sums: Array) -> Any:
    """Return the logarithm of the probability of all alignments: those that end in one of the last two states."""
    if len(sums) == 0:
        return sums.dtype.type(0 if sums.shape[1] == 1 else -np.inf)
    return np.logaddexp.reduce(sums[-1, -2:])
