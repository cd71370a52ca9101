"""Faults of celu."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults.activation._shared import (
    F,
    afterwards,
    at,
    defaults_only,
    derived,
    elementwise,
    instead,
    mistaken,
    nan_at_infinity,
    slip,
    steeper,
)


def _short_alpha(x: Any, alpha: float = 1.0) -> Any:
    """The derivative is computed with alpha in float32."""
    below = np.minimum(x, 0)
    return np.exp(below / float(np.float32(alpha))) - np.exp(below / alpha)


FAULTS = (
    slip("celu", "value", "alpha-not-in-the-exponent", instead("celu", F.elu)),
    slip("celu", "alpha", "default-of-a-half", mistaken("celu", "alpha", 1.0, 0.5)),
    slip("celu", "infinities", "nan-at-infinity", afterwards("celu", nan_at_infinity), alone=True),
    slip("celu", "gradient-decimal-alpha", "alpha-in-float32", steeper("celu", _short_alpha), alone=True),
    slip("celu", "gradient-at-zero", "half-at-zero", steeper("celu", at(0.0, by=-0.5)), alone=True),
    defaults_only("celu", "CELU"),
    *elementwise("celu", in_place=True),
    *derived("celu", kinks=True),
)
