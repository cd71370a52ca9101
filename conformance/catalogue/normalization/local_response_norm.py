"""local_response_norm: division by the squares of neighbouring channels."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, gather, positions, power, total
from conformance.oracle.movement import OUTSIDE


def local_response_norm(input: Bounded, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> Bounded:
    """Return a / (k + alpha / n * sum of squares of the n channels around) ** beta.

    Shapes: input (N, C, *), output the same. ``size`` n is odd in every case: half of an even one is not documented.
    """
    half = size // 2
    squares = input.square()
    source = np.pad(
        positions(input.shape),
        [(half, half) if axis == 1 else (0, 0) for axis in range(len(input.shape))],
        constant_values=OUTSIDE,
    )
    channels = input.shape[1]
    seen = np.stack([source[:, shift : shift + channels] for shift in range(size)])
    sums = total(gather(squares, seen), (0,))
    return input / power(sums * alpha / float(size) + k, beta)


def _case(name: str, shape: tuple[int, ...], size: int, seed: int = 0, **options: Any) -> Case:
    return Case(name, {"input": Draw(shape)}, {"size": size, **options}, seed)


_drawn = st.builds(
    lambda shape, size, alpha, beta, k, seed: _case("drawn", shape, size, seed, alpha=alpha, beta=beta, k=k),
    st.lists(st.integers(1, 5), min_size=3, max_size=4).map(tuple),
    st.sampled_from([1, 3, 5]),
    st.sampled_from([0.1, 2.0]),
    st.sampled_from([0.5, 0.75, 1.5]),
    st.sampled_from([0.5, 2.0]),
    seeds,
)

CARD = OperatorCard(
    "local_response_norm",
    documented("generated/torch.nn.LocalResponseNorm.html"),
    (
        value(
            "value",
            "Each element is divided by a power of k plus alpha times the mean square of the channels around its own, "
            "those beyond the ends counting as zero.",
            _case("images", (2, 7, 3, 4), 3, alpha=1.5, beta=0.6, k=0.8),
            _case("series", (2, 5, 4), 5, alpha=0.9, beta=1.25, k=2.0),
            drawn=_drawn,
        ),
        value(
            "defaults",
            "alpha is 0.0001, beta 0.75 and k 1 unless they are given.",
            Case("large-data", {"input": Draw((2, 5, 4), "wide")}, {"size": 3}),
        ),
        value(
            "wide-neighbourhood",
            "size may pass the number of channels.",
            _case("nine-of-four", (2, 4, 3), 9, alpha=3.0),
        ),
    ),
    definition=local_response_norm,
    layer=Layer("LocalResponseNorm", lambda case: dict(case.options)),
    smooth=True,
)
