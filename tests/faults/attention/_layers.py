"""Faults that layers of encoders and of decoders have in common, and how those of one of them are planted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conformance.strength import Fault
from tests.faults._planting import Planter, edited, method

_SHARED = "operators.attention._layers:AttentionLayer"


@dataclass(frozen=True)
class Stacked:
    """A layer, or a stack of layers: the card's name, the class's name, the argument that it takes first."""

    card: str
    class_name: str

    @property
    def place(self) -> str:
        """Where the class is."""
        return f"operators.attention.{self.card}:{self.class_name}"

    def fault(self, name: str, clause: str, plant: Planter, *also: str, above: tuple[str, ...] = ()) -> Fault:
        """Return a fault that ``clause`` must catch; ``above`` names clauses of other cards that fail with it."""
        others = tuple(f"{self.card}.{other}" for other in also) + above
        return Fault(f"{self.card}-{name}", f"{self.card}.{clause}", plant, others)

    def forward(self, *changes: tuple[str, str]) -> Planter:
        """Return what changes words of the forward pass."""
        return edited(f"{self.place}.forward", *changes)

    def common(self, *above: str) -> tuple[Fault, ...]:
        """Return the slips of dtype, purity and shape that any of them may have."""
        return (
            self.fault("float64-always", "dtype", method(f"{self.place}.forward", _widened), above=above),
            self.fault("over-its-input", "purity", method(f"{self.place}.forward", _over_its_input), "*", above=above),
            self.fault(
                "first-dimension-joined",
                "output-size",
                method(f"{self.place}.forward", _joined),
                "*",
                above=(*above, *(("transformer.custom-decoder",) if "encoder" in self.card else ())),
            ),
        )


def within(*changes: tuple[str, str], of: str = "added") -> Planter:
    """Return what changes words of a method that all layers share."""
    return edited(f"{_SHARED}.{of}", *changes)


def _widened(right: Any, layer: Any, *inputs: Any, **options: Any) -> Any:
    return right(layer, *inputs, **options).double()


def _over_its_input(right: Any, layer: Any, first: Any, *inputs: Any, **options: Any) -> Any:
    """Leave something else in the memory of the first input."""
    result = right(layer, first, *inputs, **options)
    first.array *= 0.5
    return result


def _joined(right: Any, layer: Any, *inputs: Any, **options: Any) -> Any:
    """Give rows, whatever the dimensions before the last."""
    result = right(layer, *inputs, **options)
    return result.reshape(-1, result.shape[-1])
