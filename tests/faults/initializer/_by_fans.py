"""Slips of initial values that are scaled by fans, of whichever card."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, everywhere
from tests.faults.initializer._shared import own, slip


def glorot(card: str, numerator: str) -> tuple[Fault, ...]:
    """Return slips of Glorot's initializers; ``numerator`` is the text of the formula's numerator."""
    place = f"scaled:{card}"
    bounds = (f"{card}.bounds",) if card == "xavier_uniform_" else ()
    return (
        slip(
            f"{card}.distribution",
            "fan-in-alone",
            place,
            ("sum(fans(tensor))", "(2 * fans(tensor)[0])"),
            also=own(card),
        ),
        slip(f"{card}.distribution", "three-for-two", place, (numerator, f"1.5 * {numerator}"), also=own(card)),
        slip(f"{card}.gain", "gain-under-the-root", place, ("gain * math", "gain**0.5 * math"), also=bounds),
        _channels_alone(card),
        _one_dimension(card),
    )


def he(card: str) -> tuple[Fault, ...]:
    """Return slips of He's initializers."""
    place = f"scaled:{card}"
    heirs = ("*.initial-weight",) if card == "kaiming_uniform_" else ()  # layers begin with it
    inside = ("_deviation(tensor, a, mode, nonlinearity)",)
    return (
        slip(
            f"{card}.distribution",
            "fans-exchanged",
            place,
            (*inside, '_deviation(tensor, a, "fan_in" if mode == "fan_out" else "fan_out", nonlinearity)'),
            also=(*own(card), *heirs),
        ),
        slip(
            f"{card}.fan-out",
            "always-fan-in",
            place,
            (*inside, '_deviation(tensor, a, "fan_in", nonlinearity)'),
            also=own(card),
        ),
        slip(
            f"{card}.nonlinearity",
            "always-leaky-relu",
            place,
            (*inside, '_deviation(tensor, a, mode, "leaky_relu")'),
            also=own(card),
        ),
        slip(
            f"{card}.slope",
            "slope-ignored",
            place,
            (*inside, "_deviation(tensor, 0, mode, nonlinearity)"),
            also=(*heirs, f"{card}.bounds") if heirs else (),
        ),
        slip(f"{card}.mode-name", "unknown-mode-as-fan-in", place, ("_check_mode(mode)", "mode = str(mode)")),
        _channels_alone(card),
        _one_dimension(card),
    )


def _channels_alone(card: str) -> Fault:
    """Fans without the elements of the kernel."""
    return Fault(
        f"{card.strip('_')}-kernel-not-counted",
        f"{card}.kernel",
        edited("nn.filling:fans", ("math.prod(shape[2:])", "1")),
        also=("*.kernel", "*.gain", "*.slope", "*.bounds", "*.initial-*"),
    )


def _one_dimension(card: str) -> Fault:
    """A vector's fans are its length."""
    return Fault(
        f"{card.strip('_')}-vector-as-matrix",
        f"{card}.too-few-dimensions",
        everywhere(
            "nn.filling:fans",
            lambda right: lambda tensor: (1, 1) if len(tensor.array.shape) < 2 else right(tensor),
        ),
        also=("*.too-few-dimensions",),
    )
