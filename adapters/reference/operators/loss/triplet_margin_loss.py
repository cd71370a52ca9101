"""triplet_margin_loss: what anchors lack to being nearer to their like than to others by a margin."""

from __future__ import annotations

from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.loss._shared import LossModule, chosen_reduction
from adapters.reference.operators.loss._triplets import norm_distance, require_alike, triplet_loss
from adapters.reference.tensor import Tensor

__all__ = ["TripletMarginLoss", "triplet_margin_loss"]


def triplet_margin_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    margin: float = 1.0,
    p: float = 2,
    eps: float = 1e-6,
    swap: bool = False,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return what the anchors lack, reduced.

    Args:
        anchor: Vectors, (N, D) or (D).
        positive: Vectors that are to be near.
        negative: Vectors that are to be far.
        margin: By how much the positive ones are to be nearer.
        p: The degree of the norm.
        eps: What is added to each difference.
        swap: Whether the distance of positive to negative counts where it is less than that of anchor to negative.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three, or ``margin`` is not positive.
        RuntimeError: The shapes do not fit.
    """
    what = "triplet_margin_loss"
    reduction = chosen_reduction(what, reduction, size_average, reduce)
    if margin <= 0:
        raise ValueError(f"{what}: margin: expected a number greater than 0, not {margin!r}")
    for name, tensor in (("anchor", anchor), ("positive", positive), ("negative", negative)):
        require_tensor(tensor, f"{what}: {name}")
    require_alike(what, anchor, positive, negative)
    distance = norm_distance(p, eps)
    return triplet_loss(anchor, positive, negative, distance, margin=margin, swap=swap, reduction=reduction)


class TripletMarginLoss(LossModule):
    """What anchors lack, as a module; see :func:`triplet_margin_loss` for its arguments."""

    def __init__(
        self,
        margin: float = 1.0,
        p: float = 2.0,
        eps: float = 1e-6,
        swap: bool = False,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        if margin <= 0:
            raise ValueError(f"TripletMarginLoss: margin: expected a number greater than 0, not {margin!r}")
        self.margin, self.p, self.eps, self.swap = margin, p, eps, swap

    def forward(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
        """Return the loss of the triplets."""
        return triplet_margin_loss(
            anchor,
            positive,
            negative,
            margin=self.margin,
            p=self.p,
            eps=self.eps,
            swap=self.swap,
            reduction=self.reduction,
        )
