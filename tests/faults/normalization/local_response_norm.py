"""Slips of local_response_norm."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import backward
from tests.faults.normalization._shared import Normalization

_NORM = Normalization("local_response_norm", "LocalResponseNorm")


def _sum_for_mean(right: Any, given: dict[str, Any]) -> Any:
    """Take the sum of the squares for their mean."""
    return right(**{**given, "alpha": given["alpha"] * given["size"]})


def _clipped(right: Any, given: dict[str, Any]) -> Any:
    """Divide by the number of channels where it is less than the size."""
    fewer = min(given["size"], given["input"].shape[1])
    return right(**{**given, "alpha": given["alpha"] * given["size"] / max(fewer, 1)})


def _own_alone(right: Any, self: Any, gradient: Any) -> Any:
    """Differentiate as if the neighbours were constants."""
    del right
    return gradient / self.saved[1] ** self.options[2]


FAULTS = (
    *_NORM.common(),
    _NORM.fault("sum-for-mean", "value", _NORM.wrong(_sum_for_mean), "*"),
    _NORM.fault(
        "alpha-of-0.001", "defaults", _NORM.option("alpha", lambda alpha: 1e-3 if alpha == 1e-4 else alpha), "*"
    ),
    _NORM.fault(
        "no-wider-than-channels", "wide-neighbourhood", _NORM.wrong(_clipped), "value", "gradient", "layer", "*"
    ),
    _NORM.fault("neighbours-constant", "gradient", backward("LocalResponseNormBackward0", _own_alone), "*"),
)
