"""Slips of clip_grads_with_norm_."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited
from tests.faults.clipping._shared import scaling

FAULTS = (
    *scaling("clip_grads_with_norm_", "scale"),
    Fault(
        "norm-measured-all-the-same",
        "clip_grads_with_norm_.scale",
        edited(
            "nn.utils:clip_grads_with_norm_",
            ("    del foreach", "    del foreach\n    total_norm = get_total_norm(_gradients(_listed(parameters)))"),
        ),
        also=("clip_grad_norm_.*", "clip_grads_with_norm_.*"),
    ),
)
