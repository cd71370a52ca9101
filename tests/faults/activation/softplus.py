"""Faults of softplus."""

from __future__ import annotations

from tests.faults.activation._shared import defaults_only, derived, elementwise, filled, forced, mistaken, slip

FAULTS = (
    slip(
        "softplus",
        "value",
        "not-divided-by-beta",
        filled("softplus", lambda right, input, beta, threshold: right(input * beta, 1.0, threshold)),
    ),
    slip("softplus", "defaults", "threshold-of-ten", mistaken("softplus", "threshold", 20.0, 10.0)),
    slip("softplus", "defaults", "beta-of-two", mistaken("softplus", "beta", 1.0, 2.0)),
    slip(
        "softplus",
        "linear-above-threshold",
        "never-linear",
        forced("softplus", threshold=float("inf")),
    ),
    slip(
        "softplus",
        "curved-up-to-threshold",
        "threshold-for-the-input",
        filled("softplus", lambda right, input, beta, threshold: right(input, beta, threshold * beta)),
    ),
    defaults_only("softplus", "Softplus"),
    *elementwise("softplus"),
    *derived("softplus"),
)
