"""Slips of trunc_normal_."""

from __future__ import annotations

from tests.faults.initializer._shared import own, slip

_PLACE = "filling:trunc_normal_"

FAULTS = (
    slip(
        "trunc_normal_.distribution",
        "clamped-and-not-drawn-again",
        _PLACE,
        ("drawn[(drawn >= a) & (drawn <= b)]", "np.clip(drawn, a, b)"),
        also=own("trunc_normal_"),
    ),
    slip(
        "trunc_normal_.distribution",
        "cutoffs-in-deviations",
        _PLACE,
        ("drawn[(drawn >= a) & (drawn <= b)]", "drawn[(drawn >= mean + std * a) & (drawn <= mean + std * b)]"),
        also=own("trunc_normal_"),
    ),
    slip(
        "trunc_normal_.cutoffs",
        "one-in-a-thousand-beyond",
        _PLACE,
        ("(drawn >= a) & (drawn <= b)", "(drawn >= a) & (drawn <= b + 1e-3 * (b - a))"),
    ),
    slip(
        "trunc_normal_.defaults",
        "cutoff-of-three",
        _PLACE,
        ("b: float = 2.0", "b: float = 3.0"),
        also=own("trunc_normal_"),
    ),
)
