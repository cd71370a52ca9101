"""clip_grad_value_: the elements of gradients clamped."""

from __future__ import annotations

from conformance.card import ClippingCard
from conformance.catalogue.clipping._shared import SEVERAL, clipping, page
from conformance.clipping import Clipping
from conformance.data import Draw, Values
from conformance.oracle import Bounded, clamp


def clip(gradients: list[Bounded], clip_value: float) -> tuple[None, list[Bounded]]:
    """Return the gradients within -clip_value and clip_value."""
    return None, [clamp(gradient, -clip_value, clip_value) for gradient in gradients]


CARD = ClippingCard(
    "clip_grad_value_",
    page("clip_grad_value_"),
    (
        clipping(
            "value",
            "Elements above clip_value become clip_value, those below -clip_value become -clip_value.",
            Clipping("half", SEVERAL, {"clip_value": 0.5}),
            Clipping("many-magnitudes", (Draw((4, 5), "wide"),), {"clip_value": 2.0}),
            Clipping("whole-number", (Draw((3, 3), "wide"),), {"clip_value": 1}),
        ),
        clipping(
            "within",
            "Elements from -clip_value to clip_value stay as they are.",
            Clipping("at-the-bounds", (Values((-0.25, 0.25, 0.0, -0.125)),), {"clip_value": 0.25}),
            Clipping("far-within", SEVERAL, {"clip_value": 100.0}),
        ),
    ),
    definition=clip,
)
