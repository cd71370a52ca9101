"""Faults of softmax."""

from __future__ import annotations

from typing import Any

from tests.faults.activation._normalized import common
from tests.faults.activation._shared import instead, slip


def _unshifted(input: Any, dim: int) -> Any:
    """Exponentials of numbers as large as they come."""
    powers = input.exp()
    return powers / powers.sum(dim, keepdim=True)


FAULTS = (
    slip(
        "softmax",
        "value",
        "squares-for-exponentials",
        instead("softmax", lambda x, dim: x * x / (x * x).sum(dim, keepdim=True)),
    ),
    slip("softmax", "large-numbers", "not-shifted", instead("softmax", _unshifted)),
    *common("softmax", "Softmax"),
)
