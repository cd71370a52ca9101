"""Faults of log_softmax."""

from __future__ import annotations

from typing import Any

from tests.faults.activation._normalized import common
from tests.faults.activation._shared import F, instead, slip


def _unshifted(input: Any, dim: int) -> Any:
    """Exponentials of numbers as large as they come."""
    return input - input.exp().sum(dim, keepdim=True).log()


FAULTS = (
    slip(
        "log_softmax",
        "value",
        "sum-not-of-exponentials",
        instead("log_softmax", lambda x, dim: x - x.abs().sum(dim, keepdim=True).log()),
    ),
    slip("log_softmax", "large-numbers", "not-shifted", instead("log_softmax", _unshifted)),
    slip(
        "log_softmax",
        "no-underflow",
        "one-after-the-other",
        instead("log_softmax", lambda x, dim: F.softmax(x, dim).log()),
    ),
    *common("log_softmax", "LogSoftmax"),
)
