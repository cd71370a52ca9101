"""What the losses of triplets share: the distance, the smaller of two, and the hinge."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from adapters.reference.arithmetic.elementwise import add, sub
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.recorded import arrayed
from adapters.reference.dtype import Array
from adapters.reference.operators.activation.relu import relu
from adapters.reference.operators.loss._shared import reduced
from adapters.reference.tensor import Tensor

Distance = Callable[[Tensor, Tensor], Tensor]


class NormBackward1(Function):
    """The norm of degree ``p`` along the last axis."""

    __slots__ = ("p",)

    def forward(self, x: Array, p: float) -> Array:
        """``sum(|x| ** p) ** (1 / p)``."""
        self.p = p
        if p == 1:
            norm = arrayed(np.abs(x).sum(axis=-1))
        elif p == 2:
            norm = arrayed(np.sqrt((x * x).sum(axis=-1)))
        else:
            norm = arrayed((np.abs(x) ** p).sum(axis=-1) ** (1 / p))
        self.saved = (x, norm)
        return arrayed(norm)

    def backward(self, gradient: Array) -> Array:
        """``g sign(x) (|x| / norm) ** (p - 1)``, and 0 where the norm is."""
        x, norm = self.saved
        if self.p == 1:
            return arrayed(gradient[..., None] * np.sign(x))
        share: Array = x / norm[..., None]
        slope = share if self.p == 2 else np.sign(x) * np.abs(share) ** (self.p - 1)
        return np.where(norm[..., None] == 0, gradient.dtype.type(0), gradient[..., None] * slope)


class MinimumBackward0(Function):
    """The smaller of two, element by element."""

    __slots__ = ()

    def forward(self, x: Array, y: Array) -> Array:
        """The smaller; NaN where there is one."""
        self.saved = (x, y)
        return arrayed(np.minimum(x, y))

    def backward(self, gradient: Array) -> tuple[Array, Array]:
        """``g`` for the smaller one, half of it for each of equal ones."""
        x, y = self.saved
        share = np.where(x == y, 0.5, x < y).astype(gradient.dtype)
        return gradient * share, gradient * (1 - share)


def norm_distance(p: float, eps: float) -> Distance:
    """Return the distance ``||x - y + eps||`` in the norm of degree ``p``."""

    def distance(x: Tensor, y: Tensor) -> Tensor:
        result: Tensor = NormBackward1.apply((add(sub(x, y), eps),), p)
        return result

    return distance


def triplet_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    distance: Distance,
    *,
    margin: float,
    swap: bool,
    reduction: str,
) -> Tensor:
    """Return ``max(0, d(a, p) - d(a, n) + margin)``, reduced; with ``swap``, ``d(p, n)`` where it is the smaller."""
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = MinimumBackward0.apply((far, distance(positive, negative)))
    return reduced(relu(add(sub(near, far), margin)), reduction)


def require_alike(what: str, anchor: Tensor, positive: Tensor, negative: Tensor) -> None:
    """Refuse triplets of different numbers of dimensions.

    Raises:
        RuntimeError: They differ.
    """
    if not anchor.ndim == positive.ndim == negative.ndim:
        raise RuntimeError(
            f"{what}: expected anchor, positive and negative of one number of dimensions, not of shapes "
            f"{tuple(anchor.shape)}, {tuple(positive.shape)} and {tuple(negative.shape)}"
        )
