"""triplet_margin_with_distance_loss: the loss of triplets by any distance."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.loss._shared import output_size, reduction_clauses, reductions
from conformance.catalogue.loss._triplets import norm_distance, output_shape, triplet, triplets
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded

_PAIRWISE_EPS = 1e-6
"""What PairwiseDistance, the default distance, adds to each difference."""


class _SquaredDifference:
    """A distance of single numbers that uses operators alone, which arrays of every framework have."""

    def __call__(self, x: Any, y: Any) -> Any:
        difference = x - y
        return difference * difference

    def __repr__(self) -> str:
        return "lambda x, y: (x - y) * (x - y)"


_squared = _SquaredDifference()


def triplet_margin_with_distance_loss(
    anchor: Bounded,
    positive: Bounded,
    negative: Bounded,
    distance_function: Any = None,
    margin: float = 1.0,
    swap: bool = False,
    reduction: str = "mean",
) -> Bounded:
    """Return max(0, d(a, p) - d(a, n) + margin), reduced, for the distance given; the Euclidean one by default."""
    distance = norm_distance(2, _PAIRWISE_EPS) if distance_function is None else distance_function
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
    st.integers(1, 4),
    st.integers(1, 5),
    st.fixed_dictionaries(
        {"margin": st.sampled_from([0.25, 1.0, 3.0]), "swap": st.booleans(), "reduction": reductions}
    ),
    seeds,
)

CARD = OperatorCard(
    "triplet_margin_with_distance_loss",
    documented("generated/torch.nn.TripletMarginWithDistanceLoss.html"),
    (
        value(
            "value",
            "By default triplet_margin_with_distance_loss is the mean over the batch of max(0, d(a, p) - d(a, n) + 1), "
            "d being that of PairwiseDistance.",
            _batch("batch"),
            drawn=_drawn,
        ),
        value(
            "distance-function",
            "distance_function takes the place of the default distance.",
            triplet("squared", (8,), distance_function=_squared, reduction="none"),
            triplet("squared-mean", (8,), distance_function=_squared, margin=0.5),
        ),
        value(
            "margin",
            "margin is by how much the positive example must be the nearer one.",
            _batch("wide", margin=2.5),
            _batch("narrow", margin=0.25, reduction="none"),
        ),
        value(
            "swap",
            "With swap, the distance of the positive to the negative example counts for that of the anchor to the "
            "negative one where it is less.",
            _batch("batch", swap=True, reduction="none"),
            triplet("squared", (8,), distance_function=_squared, swap=True, reduction="none"),
        ),
        *reduction_clauses(_batch),
        value(
            "more-dimensions",
            "There may be further dimensions, as the distance takes them.",
            triplet("three", (2, 3, 4), reduction="none"),
        ),
        output_size(_batch, "one element a triplet"),
        refusal("margin-sign", "A negative margin is refused.", _batch("negative", margin=-0.5)),
        refusal(
            "shape-mismatch",
            "Anchor, positive and negative examples of different numbers of dimensions are refused.",
            Case("another", {"anchor": Draw((3, 2)), "positive": Draw((3, 2)), "negative": Values([0.5, 1.0])}),
        ),
    ),
    definition=triplet_margin_with_distance_loss,
    output_shape=output_shape,
    layer=Layer("TripletMarginWithDistanceLoss", lambda case: dict(case.options)),
)
