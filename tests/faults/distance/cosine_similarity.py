"""Faults of cosine_similarity."""

from __future__ import annotations

from typing import Any

from tests.faults._card import Slips
from tests.faults._planting import edited

_COSINE = Slips("cosine_similarity", "distance.cosine_similarity", "CosineSimilarity", "x1")
_FORWARD = "operators.distance.cosine_similarity:CosineSimilarityBackward0.forward"
_BACKWARD = "operators.distance.cosine_similarity:CosineSimilarityBackward0.backward"


def _own_dimension(right: Any, x1: Any, x2: Any, dim: Any, eps: Any) -> Any:
    """Dim counts in the first input's shape."""
    missing = max(x2.ndim - x1.ndim, 0)
    return right(x1, x2, dim % max(x1.ndim, 1) if missing else dim, eps)


def _kept(right: Any, x1: Any, x2: Any, dim: Any, eps: Any) -> Any:
    result = right(x1, x2, dim, eps)
    return result.unsqueeze(0) if x1.ndim == x2.ndim == 3 or result.ndim == 2 else result


FAULTS = (
    _COSINE.fault(
        "norms-summed",
        "value",
        edited(
            _FORWARD,
            ("np.sqrt((one * one).sum(axis=axis, keepdims=True))", "np.abs(one).sum(axis=axis, keepdims=True)"),
        ),
        "*",
    ),
    _COSINE.fault(
        "first-dimension-ignored", "dim", _COSINE.given(dim=lambda dim: 1 if dim == 0 else dim), "*", stumbles=True
    ),
    _COSINE.fault("own-dimension", "broadcasts", _COSINE.wrong(_own_dimension), "gradient", "layer"),
    _COSINE.fault(
        "product-of-norms",
        "eps",
        edited(
            _FORWARD,
            (
                "divisors = [np.maximum(one, x.dtype.type(eps)) for one in norms]",
                "floor = np.maximum(norms[0] * norms[1], x.dtype.type(eps)); divisors = [floor, np.ones_like(floor)]",
            ),
        ),
        "*",
    ),
    _COSINE.fault(
        "eps-added",
        "eps",
        edited(_FORWARD, ("np.maximum(one, x.dtype.type(eps))", "one + x.dtype.type(eps)")),
        "*",
    ),
    _COSINE.fault("eps-forgotten", "zero-vector", edited(_FORWARD, ("np.maximum(one, x.dtype.type(eps))", "one")), "*"),
    _COSINE.fault(
        "clamp-passed",
        "gradient-eps",
        edited(
            _BACKWARD,
            ("np.where(size1 < by1, 0, cosine * first)", "cosine * first"),
            ("np.where(size2 < by2, 0, cosine * second)", "cosine * second"),
        ),
    ),
    _COSINE.fault(
        "eps-squared-in-the-layer",
        "layer-eps",
        edited("operators.distance.cosine_similarity:CosineSimilarity.forward", ("self.eps", "1e-8")),
    ),
    _COSINE.fault("dimension-kept", "output-size", _COSINE.wrong(_kept), "*"),
    *_COSINE.derived(
        edited("operators.distance.cosine_similarity:CosineSimilarity.forward", ("self.dim", "1")),
        gradients=("gradient-eps",),
    ),
)
