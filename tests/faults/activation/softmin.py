"""Faults of softmin."""

from __future__ import annotations

from typing import Any

from tests.faults.activation._normalized import common
from tests.faults.activation._shared import F, instead, slip


def _unshifted(input: Any, dim: int) -> Any:
    """Exponentials of numbers as large as they come."""
    powers = (-input).exp()
    return powers / powers.sum(dim, keepdim=True)


FAULTS = (
    slip("softmin", "value", "one-less-softmax", instead("softmin", lambda x, dim: 1 - F.softmax(x, dim))),
    slip("softmin", "large-numbers", "not-shifted", instead("softmin", _unshifted)),
    *common("softmin", "Softmin"),
)
