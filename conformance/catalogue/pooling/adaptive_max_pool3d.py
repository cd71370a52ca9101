"""adaptive_max_pool3d: the largest elements of as many windows of volumes as are asked for."""

from __future__ import annotations

from typing import Any

from conformance.catalogue.pooling._adaptive import Rule, Sizes, adaptive_card, adaptive_positions
from conformance.catalogue.pooling._adaptive_maximum import adaptive_elements
from conformance.catalogue.pooling._maximum import maxima, tie_formulas
from conformance.oracle import Bounded
from conformance.oracle.selection import Tie


def adaptive_max_pool3d(
    input: Bounded, output_size: Sizes, return_indices: bool = False, rule: Rule = "outward", tie: Tie = "first"
) -> Any:
    """Return the largest of each window, and where it is; ``rule`` says where if sizes do not divide."""
    seen, _ = adaptive_positions(input.shape, output_size, 3, rule)
    return maxima(input, seen, 3, tie, return_indices=return_indices)


CARD = adaptive_card("max", 3, adaptive_max_pool3d, adaptive_elements(3), tie_formulas(adaptive_max_pool3d))
