"""Faults that unfold and fold have in common: how their options are taken."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._card import Slips
from tests.faults._planting import constant, swapped


def _last_alone(neutral: int) -> Any:
    """Return what takes a number for the width alone."""
    return lambda given: (neutral, given) if isinstance(given, int) else given


def _as_given(given: Any) -> Any:
    """Refuse a tuple of one number."""
    if isinstance(given, tuple) and len(given) == 1:
        raise RuntimeError("expected a tuple of 2 numbers")
    return given


def options(slips: Slips) -> tuple[Fault, ...]:
    """Return the faults of the options' clauses."""
    neutral = {"dilation": 1, "padding": 0, "stride": 1}
    faults = [
        slips.fault(f"{name}-swapped", name, slips.given(**{name: swapped}), "*", stumbles=slips.card == "fold")
        for name in ("dilation", "padding", "stride")
    ]
    return (
        *faults,
        slips.fault("padding-ignored", "padding", slips.given(padding=constant(0)), "*", stumbles=slips.card == "fold"),
        slips.fault(
            "number-for-the-width",
            "number",
            slips.given(**{name: _last_alone(value) for name, value in neutral.items()}),
            "*",
            stumbles=slips.card == "fold",
        ),
        slips.fault("single-tuple-refused", "single-tuple", slips.given(kernel_size=_as_given), "*", stumbles=True),
    )
