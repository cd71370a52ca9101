"""Faults of the layers that pad: two for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.strength import Fault
from tests.faults._planting import method

_KINDS = {
    "constant": "ConstantPad",
    "zero": "ZeroPad",
    "reflection": "ReflectionPad",
    "replication": "ReplicationPad",
    "circular": "CircularPad",
}


_MADE = "operators.padding._layers:PaddingLayer.__init__"


def _of(name: str, change: Any) -> Any:
    """Return what changes the padding on its way into the layer ``name``."""

    def wrong(right: Any, layer: Any, padding: Any) -> None:
        right(layer, change(padding, layer.dimensions) if type(layer).__name__ == name else padding)

    return method(_MADE, wrong)


def _last_forgotten(padding: Any, _: int) -> Any:
    """The last width is that before the dimension."""
    return (*padding[:-1], padding[-2]) if isinstance(padding, tuple) else padding


def _for_one_end(padding: Any, dimensions: int) -> Any:
    """A number is the width after the elements alone."""
    return (0, padding) * dimensions if isinstance(padding, int) else padding


def layer_faults() -> Iterator[Fault]:
    """Return the faults of every layer."""
    for kind, prefix in _KINDS.items():
        for n in (1, 2, 3):
            name = f"{prefix}{n}d"
            yield Fault("last-width-forgotten", f"pad.layer-{kind}-pad{n}d", _of(name, _last_forgotten))
            yield Fault("number-for-one-end", f"pad.number-{kind}-pad{n}d", _of(name, _for_one_end))
