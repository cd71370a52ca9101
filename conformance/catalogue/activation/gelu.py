"""gelu: the Gaussian error linear unit."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np
from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, Statement, refusal, value
from conformance.case import Case
from conformance.catalogue.activation._shared import any_shape, drawing, drawn, points, same_options, same_shape
from conformance.clause import documented
from conformance.data import Values
from conformance.oracle import Bounded, erf, tanh


def gelu(input: Bounded, approximate: str = "none") -> Bounded:
    """Return x times the normal distribution's cumulative function at x, or the approximation of it by tanh."""
    if approximate == "tanh":
        cube = input * input * input
        return input * 0.5 * (tanh((input + cube * 0.044715) * sqrt(2 / pi)) + 1.0)
    return input * 0.5 * (erf(input * sqrt(0.5)) + 1.0)


_AROUND_ONE = (-1.3, -1.1, -0.9, -0.75, 0.75, 0.9, 1.1, 1.3)
"""Where the two forms are farthest apart."""


def _exact(eighths: list[int]) -> Case:
    return points("drawn", *(n / 8 for n in eighths), approximate="none")


_away_from_zero = st.integers(2, 48) | st.integers(-48, -2)
_drawn = drawn(approximate=st.just("tanh")) | st.lists(_away_from_zero, min_size=1, max_size=20).map(_exact)
"""The exact form at a distance from 0, where its gradient has a clause of its own."""

CARD = OperatorCard(
    "gelu",
    documented("generated/torch.nn.GELU.html"),
    (
        value(
            "value",
            "By default gelu(x) is x times the cumulative distribution function of the standard normal distribution.",
            points("around-one", *_AROUND_ONE),
            points("far-from-zero", -30.0, -6.0, -4.0, -2.5, 2.5, 4.0, 6.0, 30.0),
            points("near-zero", -0.06, -0.03, -0.004, -1e-4, 1e-5, 0.002, 0.012, 0.05, differentiable=False),
            drawn=_drawn,
        ),
        value(
            "tanh",
            "With approximate='tanh' gelu(x) = 0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))).",
            points("around-one", *_AROUND_ONE, approximate="tanh"),
            drawing("many", (4, 9), approximate="tanh"),
            points("far-from-zero", -30.0, -6.0, -4.0, -2.5, 2.5, 4.0, 6.0, 30.0, approximate="tanh"),
        ),
        value(
            "none",
            "approximate='none' names the exact form, which is the default.",
            points("around-one", *_AROUND_ONE, approximate="none"),
        ),
        any_shape("gelu"),
        Statement(
            "gradient-near-zero",
            "The vector-Jacobian product of gelu is that of its formula also near 0, where the density adds little.",
            "gradient",
            (Case("near-zero", {"input": Values(np.linspace(0.004, 0.06, 64).tolist())}),),
            link=documented("autograd.html"),
        ),
        refusal(
            "approximate-name",
            "An approximation other than 'none' and 'tanh' is refused.",
            points("unknown", 0.5, -1.0, approximate="sigmoid"),
        ),
    ),
    definition=gelu,
    output_shape=same_shape,
    layer=Layer("GELU", same_options),
    smooth=True,
)
