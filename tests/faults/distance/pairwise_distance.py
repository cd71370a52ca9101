"""Faults of pairwise_distance."""

from __future__ import annotations

from typing import Any

from tests.faults._card import Slips
from tests.faults._planting import edited

_DISTANCE = Slips("pairwise_distance", "distance.pairwise_distance", "PairwiseDistance", "x1")


def _squared(right: Any, p: Any, **others: Any) -> Any:
    """The root of the sum of squares is forgotten."""
    result = right(p=p, **others)
    return result * result if p == 2.0 else result


def _positive(right: Any, p: Any, **others: Any) -> Any:
    return right(p=abs(p), **others)


def _eps_after_the_norm(right: Any, eps: Any, **others: Any) -> Any:
    return right(eps=0.0, **others) + eps if eps > 1e-3 else right(eps=eps, **others)


def _eps_outward(right: Any, x1: Any, x2: Any, eps: Any, **others: Any) -> Any:
    """Eps is added to the absolute difference."""
    if eps < 1e-3:
        return right(x1=x1, x2=x2, eps=eps, **others)
    return right(x1=(x1 - x2).abs(), x2=(x2 - x2), eps=eps, **others)


def _only_matrices(right: Any, x1: Any, **others: Any) -> Any:
    if x1.ndim == 1:
        raise RuntimeError("pairwise_distance: expected a batch")
    return right(x1=x1, **others)


def _one_dropped(right: Any, **given: Any) -> Any:
    result = right(**given)
    return result.reshape(()) if tuple(result.shape) == (1,) and not given["keepdim"] else result


FAULTS = (
    _DISTANCE.fault("root-forgotten", "value", _DISTANCE.wrong(_squared), "*"),
    _DISTANCE.ignored("p", "*", p=2.0),
    _DISTANCE.fault("minus-forgotten", "negative-p", _DISTANCE.wrong(_positive), "gradient", "layer"),
    _DISTANCE.fault("eps-after-the-norm", "eps", _DISTANCE.wrong(_eps_after_the_norm), "*"),
    _DISTANCE.fault("eps-outward", "eps", _DISTANCE.wrong(_eps_outward), "value", "gradient", "layer"),
    _DISTANCE.ignored("keepdim", "*", keepdim=False),
    _DISTANCE.fault("only-matrices", "unbatched", _DISTANCE.wrong(_only_matrices), "*", stumbles=True),
    _DISTANCE.empty(),
    _DISTANCE.fault("single-distance-scalar", "output-size", _DISTANCE.wrong(_one_dropped), "*"),
    *_DISTANCE.derived(
        edited("operators.distance.pairwise_distance:PairwiseDistance.forward", ("self.eps, self.keepdim", "self.eps"))
    ),
)
