"""triplet_margin_loss: what anchors lack to being nearer to their like than to others by a margin."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.loss._shared import empty_sum, output_size, reduction_clauses, reductions
from conformance.catalogue.loss._triplets import norm_distance, output_shape, triplet, triplets
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded


def triplet_margin_loss(
    anchor: Bounded,
    positive: Bounded,
    negative: Bounded,
    margin: float = 1.0,
    p: float = 2,
    eps: float = 1e-6,
    swap: bool = False,
    reduction: str = "mean",
) -> Bounded:
    """Return max(0, d(a, p) - d(a, n) + margin), reduced, where d(x, y) = ||x - y + eps|| in the norm of degree p."""
    distance = norm_distance(p, eps)
    return triplets(anchor, positive, negative, distance, margin=margin, swap=swap, reduction=reduction)


def _batch(name: str, **options: Any) -> Case:
    return triplet(name, (6, 3), **options)


_drawn = st.builds(
    lambda batch, length, options, seed: Case(
        "drawn",
        {name: Draw((batch, length)) for name in ("anchor", "positive", "negative")},
        options,
        seed,
    ),
    st.integers(0, 4),
    st.integers(1, 5),
    st.fixed_dictionaries(
        {
            "margin": st.sampled_from([0.25, 1.0, 3.0]),
            "p": st.sampled_from([1, 2, 3]),
            "eps": st.sampled_from([1e-6, 0.125]),
            "swap": st.booleans(),
            "reduction": reductions,
        }
    ),
    seeds,
)

CARD = OperatorCard(
    "triplet_margin_loss",
    documented("generated/torch.nn.TripletMarginLoss.html"),
    (
        value(
            "value",
            "By default triplet_margin_loss is the mean over the batch of max(0, d(a, p) - d(a, n) + 1), d being the "
            "Euclidean distance.",
            _batch("batch"),
            drawn=_drawn,
        ),
        value(
            "margin",
            "margin is by how much the positive example must be the nearer one.",
            _batch("wide", margin=2.5),
            _batch("narrow", margin=0.25, reduction="none"),
        ),
        value(
            "p",
            "p is the degree of the norm that distances are measured with.",
            _batch("one", p=1, reduction="none"),
            _batch("three", p=3, reduction="none"),
            triplet("one-of-single-vectors", (5,), p=1),
            triplet("three-of-single-vectors", (5,), p=3),
        ),
        value(
            "eps",
            "eps is added to each difference before its norm is taken.",
            _batch("large", eps=0.25, reduction="none"),
            _batch("large-in-sum", eps=0.5, p=1),
        ),
        value(
            "swap",
            "With swap, the distance of the positive to the negative example counts for that of the anchor to the "
            "negative one where it is less.",
            _batch("batch", swap=True, reduction="none"),
            Case(
                "either-nearer",
                {
                    "anchor": Values([[0.0, 0.0], [0.0, 0.0]]),
                    "positive": Values([[1.0, 0.5], [1.0, 0.5]]),
                    "negative": Values([[2.0, 1.5], [-0.5, -1.5]]),
                },
                {"swap": True, "reduction": "none", "margin": 2.0},
            ),
        ),
        *reduction_clauses(_batch),
        value("unbatched", "Three vectors give one loss.", triplet("vectors", (4,), margin=5.0)),
        empty_sum(triplet),
        output_size(_batch, "one element a triplet"),
        refusal("margin-sign", "The margin must be greater than 0.", _batch("negative", margin=-0.5)),
    ),
    definition=triplet_margin_loss,
    output_shape=output_shape,
    layer=Layer("TripletMarginLoss", lambda case: dict(case.options)),
)
