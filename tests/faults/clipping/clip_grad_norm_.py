"""Slips of clip_grad_norm_."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited
from tests.faults.clipping._shared import measuring, scaling

_PLACE = "nn.utils:clip_grad_norm_"

FAULTS = (
    *measuring("clip_grad_norm_"),
    *scaling("clip_grad_norm_", "norm"),
    Fault(
        "clip_grad_norm-each-gradient-by-itself",
        "clip_grad_norm_.norm",
        edited(
            _PLACE,
            (
                "clip_grads_with_norm_(listed, max_norm, norm, foreach)",
                "[clip_grads_with_norm_(one, max_norm, get_total_norm(_gradients([one])), foreach) for one in listed]",
            ),
        ),
        also=("clip_grad_norm_.*", "clip_grad.*"),
    ),
    Fault(
        "clip_grad_norm-norm-afterwards-returned",
        "clip_grad_norm_.norm",
        edited(_PLACE, ("    return norm", "    return get_total_norm(_gradients(listed), norm_type)")),
        also=("clip_grad_norm_.*", "clip_grad.*"),
    ),
)
