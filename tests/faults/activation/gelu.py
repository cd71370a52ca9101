"""Faults of gelu."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults.activation._shared import (
    defaults_only,
    derived,
    elementwise,
    filled,
    functional,
    mistaken,
    slip,
    steeper,
)


def _named(right: Any, input: Any, approximate: str = "") -> Any:
    """Any name that is given asks for the approximation."""
    return right(input, "tanh" if approximate else "none")


def _short_error_function(x: Any, **_: Any) -> Any:
    """The error function is one that is good to 1e-6 in absolute terms."""
    return np.where((np.abs(x) < 0.1) & (x != 0), 1e-6, 0.0)


FAULTS = (
    slip("gelu", "value", "tanh-by-default", mistaken("gelu", "approximate", "none", "tanh")),
    slip("gelu", "tanh", "never-approximate", mistaken("gelu", "approximate", "tanh", "none")),
    slip("gelu", "none", "any-name-is-tanh", functional("gelu", _named)),
    slip("gelu", "gradient-near-zero", "short-error-function", steeper("gelu", _short_error_function)),
    slip(
        "gelu",
        "approximate-name",
        "unknown-is-none",
        filled("gelu", lambda right, input, approximate: right(input, "tanh" if approximate == "tanh" else "none")),
        alone=True,
    ),
    defaults_only("gelu", "GELU"),
    *elementwise("gelu"),
    *derived("gelu", kinks=True),
)
