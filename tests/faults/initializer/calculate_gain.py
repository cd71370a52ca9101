"""Slips of calculate_gain."""

from __future__ import annotations

from functools import partial

from conformance.strength import Fault
from tests.faults._planting import everywhere
from tests.faults.initializer._shared import slip


def _gain_of(nonlinearity: str, value: float) -> Fault:
    """Another entry of the table."""
    behaviour = "convolution" if nonlinearity.startswith("conv") else nonlinearity
    drawn = () if behaviour == "convolution" else ("kaiming_*.nonlinearity",)
    more = ("kaiming_*.fan-out", "kaiming_*.slope") if behaviour == "relu" else ()
    return Fault(
        f"another-gain-of-{nonlinearity.replace('_', '-')}",
        f"calculate_gain.{behaviour}",
        everywhere("nn.filling:_GAINS", lambda right: {**right, nonlinearity: value}),
        also=(*drawn, *more),
    )


def _linear_for_unknown(right: object, nonlinearity: str, param: float | None = None) -> float:
    """Take what is not in the table for linear."""
    try:
        return right(nonlinearity, param)  # type: ignore[operator, no-any-return]
    except ValueError:
        return 1.0


FAULTS = (
    _gain_of("linear", 2.0),
    _gain_of("conv3d", 1.5),
    _gain_of("sigmoid", 4.0),
    _gain_of("tanh", 1.6),
    _gain_of("relu", 2.0),
    _gain_of("selu", 1.0),
    slip(
        "calculate_gain.leaky-relu",
        "slope-not-squared",
        "filling:calculate_gain",
        ("slope**2", "abs(slope)"),
        also=("kaiming_*.slope", "*.initial-weight"),
    ),
    Fault(
        "linear-for-unknown",
        "calculate_gain.unknown",
        everywhere("nn.filling:calculate_gain", lambda right: partial(_linear_for_unknown, right)),
    ),
)
