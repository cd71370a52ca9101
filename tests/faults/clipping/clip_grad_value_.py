"""Slips of clip_grad_value_."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited

_PLACE = "nn.utils:clip_grad_value_"
_OTHERS = ("clip_grad_value_.*", "clip_grad.*")

FAULTS = (
    Fault(
        "above-alone",
        "clip_grad_value_.value",
        edited(_PLACE, ("np.clip(gradient.array, -bound, bound)", "np.minimum(gradient.array, bound)")),
        also=_OTHERS,
    ),
    Fault(
        "zeroed-and-not-clamped",
        "clip_grad_value_.value",
        edited(
            _PLACE,
            (
                "np.clip(gradient.array, -bound, bound)",
                "np.where(abs(gradient.array) > bound, 0, gradient.array)",
            ),
        ),
        also=_OTHERS,
    ),
    Fault(
        "smoothly-limited",
        "clip_grad_value_.within",
        edited(_PLACE, ("np.clip(gradient.array, -bound, bound)", "bound * np.tanh(gradient.array / bound)")),
        also=_OTHERS,
    ),
)
