"""Decisions: comparisons whose outcome the error may leave open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Decision:
    """What a comparison gives for every element.

    Args:
        truth: The outcome for the exact values; False where one of them is NaN.
        undecided: Where an admissible evaluation may come to the other outcome.
    """

    truth: NDArray[np.bool_]
    undecided: NDArray[np.bool_]

    def __invert__(self) -> Decision:
        return Decision(~self.truth, self.undecided)

    def __and__(self, other: Decision) -> Decision:
        possible = (self.truth | self.undecided) & (other.truth | other.undecided)
        certain = (self.truth & ~self.undecided) & (other.truth & ~other.undecided)
        return Decision(self.truth & other.truth, possible & ~certain)

    def __or__(self, other: Decision) -> Decision:
        return ~(~self & ~other)
