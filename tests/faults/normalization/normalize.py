"""Slips of normalize."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import backward
from tests.faults.normalization._shared import Normalization

_NORM = Normalization("normalize")


def _squared(right: Any, given: dict[str, Any]) -> Any:
    """Divide by the norm twice."""
    x = given["input"]
    once = right(**given)
    return once * once / x if x.numel() else once


def _eps_added(right: Any, given: dict[str, Any]) -> Any:
    """Add eps to the norm instead of taking the larger."""
    x, y = given["input"], right(**{**given, "eps": 1e-30})
    return x / (x / y + given["eps"]) if given["eps"] > 0.5 else y


def _norm_constant(right: Any, self: Any, gradient: Any) -> Any:
    """Differentiate as if the norm were a constant."""
    del right
    return gradient / self.saved[2]


FAULTS = (
    *_NORM.common(),
    _NORM.fault("squared-norm", "value", _NORM.wrong(_squared), "*"),
    _NORM.fault("p-ignored", "p", _NORM.option("p", lambda _: 2.0), "value", "gradient"),
    _NORM.fault("first-dimension", "dim", _NORM.option("dim", lambda dim: 1 if dim == 0 else dim), "value", "gradient"),
    _NORM.fault("eps-added", "eps", _NORM.wrong(_eps_added), "*"),
    _NORM.fault("norm-constant", "gradient", backward("NormalizeBackward0", _norm_constant), "*"),
)
