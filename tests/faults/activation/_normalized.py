"""Slips that an implementer of softmax or of its kin may make."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults.activation._shared import F, derived, filled, forced, layer, refused_empty, slip


def _axes_left_moved(right: Any, input: Any, dim: int, **others: Any) -> Any:
    """The first dimension was moved to the end for the sums, and stays there."""
    result = right(input, dim, **others)
    return result.permute(1, 2, 0) if dim == 0 and input.ndim == 3 else result


def common(name: str, class_name: str) -> tuple[Fault, ...]:
    """Return faults of the clauses that the operators have in common."""
    return (
        slip(
            name,
            "dim",
            "always-the-last",
            forced(name, dim=-1),
        ),
        slip(name, "output-size", "axes-left-moved", filled(name, _axes_left_moved)),
        slip(
            name,
            "dimension-range",
            "counted-round",
            filled(name, lambda right, input, dim, **given: right(input, dim % input.ndim, **given)),
            alone=True,
        ),
        refused_empty(name),
        layer(name, class_name, lambda _right, _module, input: getattr(F, name)(input, dim=0), "layer-takes-the-first"),
        *derived(name),
    )
