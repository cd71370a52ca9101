"""clip_grad_norm_: gradients scaled down to a norm."""

from __future__ import annotations

from conformance.card import ClippingCard
from conformance.catalogue.clipping._shared import (
    SEVERAL,
    TINY,
    clipping,
    nonfinite,
    norm_of,
    norm_types,
    page,
    refused,
    scaled,
)
from conformance.clipping import Clipping
from conformance.data import Draw
from conformance.oracle import Bounded


def clip(
    gradients: list[Bounded], max_norm: float, norm_type: float | str = 2.0, error_if_nonfinite: bool = False
) -> tuple[Bounded, list[Bounded]]:
    """Return the norm, and the gradients times min(max_norm / (norm + 1e-6), 1)."""
    del error_if_nonfinite
    norm = norm_of(gradients, norm_type)
    return norm, scaled(gradients, max_norm, norm)


CARD = ClippingCard(
    "clip_grad_norm_",
    page("clip_grad_norm_"),
    (
        clipping(
            "norm",
            "All gradients are multiplied by one factor, so that the norm of all as one vector is max_norm; the norm "
            "that they had is returned.",
            Clipping("several", SEVERAL, {"max_norm": 0.75}),
            Clipping("many-magnitudes", (Draw((4, 3), "wide"), Draw((7,), "small")), {"max_norm": 1.5}),
            Clipping("single", (Draw((2, 5)),), {"max_norm": 0.3}),
        ),
        clipping("norm-type", "norm_type is the order of the norm, infinity among them.", *norm_types(max_norm=0.4)),
        clipping(
            "small-norm",
            "1e-6 is added to the norm before max_norm is divided by it.",
            Clipping("tiny", TINY, {"max_norm": 2e-6}),
            link=page("clip_grads_with_norm_"),
        ),
        clipping(
            "no-amplification",
            "Gradients of a norm below max_norm stay exactly as they are.",
            Clipping("below", SEVERAL, {"max_norm": 40.0}),
            link=page("clip_grads_with_norm_"),
        ),
        refused(
            "error-if-nonfinite",
            "With error_if_nonfinite a norm that is infinite or NaN is an error.",
            *nonfinite(max_norm=1.0),
        ),
    ),
    definition=clip,
)
