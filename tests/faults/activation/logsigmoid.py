"""Faults of logsigmoid."""

from __future__ import annotations

from tests.faults.activation._shared import F, derived, elementwise, instead, slip, twice

FAULTS = (
    slip("logsigmoid", "value", "negative-softplus", instead("logsigmoid", lambda input: -F.softplus(input))),
    slip("logsigmoid", "far-below-zero", "one-after-the-other", instead("logsigmoid", lambda x: F.sigmoid(x).log())),
    twice("logsigmoid", "LogSigmoid"),
    *elementwise("logsigmoid"),
    *derived("logsigmoid"),
)
