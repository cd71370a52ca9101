"""clip_grads_with_norm_: gradients scaled by a norm that is given."""

from __future__ import annotations

from conformance.card import ClippingCard
from conformance.catalogue.clipping._shared import SEVERAL, TINY, clipping, page, scaled
from conformance.clipping import Clipping
from conformance.oracle import Bounded


def clip(gradients: list[Bounded], max_norm: float, total_norm: float) -> tuple[None, list[Bounded]]:
    """Return the gradients times min(max_norm / (total_norm + 1e-6), 1)."""
    like = gradients[0].arithmetic
    return None, scaled(gradients, max_norm, Bounded.constant(total_norm, like))


CARD = ClippingCard(
    "clip_grads_with_norm_",
    page("clip_grads_with_norm_"),
    (
        clipping(
            "scale",
            "Every gradient is multiplied by max_norm over the given total_norm, whatever its own norm is.",
            Clipping("quarter", SEVERAL, {"max_norm": 0.5, "total_norm": 2.0}),
            Clipping("third", SEVERAL, {"max_norm": 2.0, "total_norm": 6.0}),
        ),
        clipping(
            "small-norm",
            "1e-6 is added to total_norm before max_norm is divided by it.",
            Clipping("tiny", TINY, {"max_norm": 2e-6, "total_norm": 5e-6}),
        ),
        clipping(
            "no-amplification",
            "Gradients of a total_norm below max_norm stay exactly as they are.",
            Clipping("below", SEVERAL, {"max_norm": 3.0, "total_norm": 2.0}),
            Clipping("far-below", SEVERAL, {"max_norm": 1e6, "total_norm": 0.5}),
        ),
    ),
    definition=clip,
)
