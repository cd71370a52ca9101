"""Slips of get_total_norm."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited
from tests.faults.clipping._shared import measuring

FAULTS = (
    *measuring("get_total_norm"),
    Fault(
        "nan-left-out",
        "get_total_norm.nonfinite",
        edited("nn.utils:_norm", ("np.sum(array * array)", "np.nansum(array * array)")),
        also=("*.error-if-nonfinite",),
    ),
)
