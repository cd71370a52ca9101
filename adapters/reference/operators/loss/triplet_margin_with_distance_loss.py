"""triplet_margin_with_distance_loss: the loss of triplets by any distance."""

from __future__ import annotations

from adapters.reference.operators.loss._shared import LossModule, chosen_reduction
from adapters.reference.operators.loss._triplets import Distance, norm_distance, require_alike, triplet_loss
from adapters.reference.tensor import Tensor

__all__ = ["TripletMarginWithDistanceLoss", "triplet_margin_with_distance_loss"]

_EUCLIDEAN = norm_distance(2, 1e-6)


def triplet_margin_with_distance_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    distance_function: Distance | None = None,
    margin: float = 1.0,
    swap: bool = False,
    reduction: str = "mean",
) -> Tensor:
    """Return what the anchors lack by a distance, reduced.

    Args:
        anchor: Of a shape that the distance takes.
        positive: What is to be near.
        negative: What is to be far.
        distance_function: The distance; the Euclidean one along the last axis by default.
        margin: By how much the positive ones are to be nearer.
        swap: Whether the distance of positive to negative counts where it is less than that of anchor to negative.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three, or ``margin`` is negative.
        RuntimeError: The three have different numbers of dimensions.
    """
    what = "triplet_margin_with_distance_loss"
    reduction = chosen_reduction(what, reduction)
    if margin < 0:
        raise ValueError(f"{what}: margin: expected a number that is not negative, not {margin!r}")
    require_alike(what, anchor, positive, negative)
    distance = _EUCLIDEAN if distance_function is None else distance_function
    return triplet_loss(anchor, positive, negative, distance, margin=margin, swap=swap, reduction=reduction)


class TripletMarginWithDistanceLoss(LossModule):
    """What anchors lack by a distance, as a module; see :func:`triplet_margin_with_distance_loss`."""

    def __init__(
        self,
        *,
        distance_function: Distance | None = None,
        margin: float = 1.0,
        swap: bool = False,
        reduction: str = "mean",
    ) -> None:
        super().__init__(reduction=reduction)
        self.distance_function, self.margin, self.swap = distance_function, margin, swap

    def forward(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
        """Return the loss of the triplets."""
        return triplet_margin_with_distance_loss(
            anchor,
            positive,
            negative,
            distance_function=self.distance_function,
            margin=self.margin,
            swap=self.swap,
            reduction=self.reduction,
        )
