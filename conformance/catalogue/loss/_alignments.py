"""Alignments of a sequence with a target: how probable they are together, by the recursion of Graves et al. (2006)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from conformance.oracle import Bounded, gather, logsumexp, positions
from conformance.oracle.movement import OUTSIDE


def states_of(target: Sequence[int], blank: int) -> list[int]:
    """Return the labels that an alignment goes through: the target's, a blank before, between and after them."""
    return [blank, *(label for one in target for label in (one, blank))]


def predecessors(states: Sequence[int], state: int, blank: int) -> list[int]:
    """Return from which states a step leads to ``state``: itself, the one before, and over a blank between others."""
    found = [state, state - 1]
    if state >= 2 and states[state] != blank and states[state] != states[state - 2]:
        found.append(state - 2)
    return [one for one in found if one >= 0]


def log_likelihood(logarithms: Bounded, sample: Any, length: int, target: Sequence[int], blank: int) -> Bounded | None:
    """Return the logarithm of the sum of the probabilities of all alignments; None where there is none.

    Args:
        logarithms: Logarithms of probabilities, (T, N, C).
        sample: Which of the N.
        length: How many of the T steps count.
        target: Labels.
        blank: The label of no label.
    """
    states = states_of(target, blank)
    place = positions(logarithms.shape)
    reached = [state for state in (0, 1) if state < len(states)] if length else [0]
    if length == 0:
        return None if target else Bounded.input(np.zeros(()), logarithms.arithmetic)
    alpha = gather(logarithms, place[0, sample, [states[state] for state in reached]])
    for step in range(1, length):
        before = {state: row for row, state in enumerate(reached)}
        came = [[before[p] for p in predecessors(states, s, blank) if p in before] for s in range(len(states))]
        reached = [state for state, rows in enumerate(came) if rows]
        source = np.full((len(reached), 3), OUTSIDE, dtype=np.intp)
        for row, state in enumerate(reached):
            source[row, : len(came[state])] = came[state]
        own = gather(logarithms, place[step, sample, [states[state] for state in reached]])
        alpha = logsumexp(gather(alpha, source, -np.inf), (1,), backward="exponential") + own
    last = [row for row, state in enumerate(reached) if state >= len(states) - 2]
    return logsumexp(gather(alpha, np.array(last)), (0,), backward="exponential") if last else None
