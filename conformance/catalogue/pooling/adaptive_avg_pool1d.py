"""adaptive_avg_pool1d: averages of as many windows of signals as are asked for."""

from __future__ import annotations

import numpy as np

from conformance.catalogue.pooling._adaptive import Rule, Sizes, adaptive_card, adaptive_positions
from conformance.oracle import Bounded, gather, total


def adaptive_avg_pool1d(input: Bounded, output_size: Sizes, rule: Rule = "outward") -> Bounded:
    """Return the average of each window; ``rule`` says where they lie where the sizes do not divide."""
    seen, numbers = adaptive_positions(input.shape, output_size, 1, rule)
    sums = total(gather(input, seen), (-1,))
    return sums / Bounded.input(np.broadcast_to(numbers, sums.shape).astype(np.float64), input.arithmetic)


CARD = adaptive_card("avg", 1, adaptive_avg_pool1d)
