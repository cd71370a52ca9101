"""get_total_norm: the norm of several tensors as one vector."""

from __future__ import annotations

import math

from conformance.card import ClippingCard
from conformance.catalogue.clipping._shared import SEVERAL, clipping, nonfinite, norm_of, norm_types, page, refused
from conformance.clipping import Clipping
from conformance.data import Draw, Values
from conformance.oracle import Bounded


def norm(
    gradients: list[Bounded], norm_type: float | str = 2.0, error_if_nonfinite: bool = False
) -> tuple[Bounded, list[Bounded]]:
    """Return the norm; the tensors stay as they are."""
    del error_if_nonfinite
    return norm_of(gradients, norm_type), gradients


CARD = ClippingCard(
    "get_total_norm",
    page("get_total_norm"),
    (
        clipping(
            "norm",
            "The norm is that of all tensors' elements as one vector, by default the root of the sum of squares.",
            Clipping("several", SEVERAL),
            Clipping("many-magnitudes", (Draw((4, 3), "wide"), Draw((7,), "small"))),
            Clipping("single", (Draw((2, 5)),)),
        ),
        clipping("norm-type", "norm_type is the order of the norm, infinity among them.", *norm_types()),
        clipping(
            "nonfinite",
            "Without error_if_nonfinite a norm that is infinite or NaN is returned.",
            *(
                Clipping(name, (Draw((3,)), Values((1.0, number))), options)
                for name, number, options in (
                    ("nan", math.nan, {}),
                    ("infinite", -math.inf, {}),
                    ("nan-of-maximum", math.nan, {"norm_type": math.inf}),
                    ("infinite-sum", math.inf, {"norm_type": 1.0}),
                )
            ),
        ),
        refused(
            "error-if-nonfinite", "With error_if_nonfinite a norm that is infinite or NaN is an error.", *nonfinite()
        ),
    ),
    definition=norm,
)
