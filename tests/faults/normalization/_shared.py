"""Slips that an implementer of any normalization may make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import Planter, backward, changed, method, operator, through, together

STANDARDIZE = "operators.normalization._shared"


@dataclass(frozen=True)
class Normalization:
    """One normalization of the reference backend: its card's name, the class of its layer, its function on the tape."""

    card: str
    layer: str = ""
    of_layer: tuple[str, ...] = ()
    """The card's other clauses that call the layer."""

    def fault(self, name: str, clause: str, plant: Planter, *also: str, stumbles: bool = False) -> Fault:
        """Return a fault that the card's ``clause`` must catch; ``also`` names other clauses of the card."""
        others = tuple(f"{self.card}.{other}" for other in also)
        return Fault(f"{self.card}-{name}", f"{self.card}.{clause}", plant, others, stumbles)

    def standard(self, name: str, clause: str, plant: Planter, *also: str) -> Fault:
        """Return a fault of the standardizing step, which four normalizations of the reference share."""
        fault = self.fault(name, clause, plant, *also)
        return replace(
            fault,
            also=(*fault.also, "layer_norm.*", "group_norm.*", "instance_norm.*", "batch_norm.*", "transformer_*"),
        )

    def wrong(self, change: Callable[[Any, dict[str, Any]], Any]) -> Planter:
        """Return what computes ``change(right, arguments by name)`` in place of the operator."""
        return operator(self.card, lambda right, **arguments: change(right, arguments))

    def option(self, option: str, value: Callable[[Any], Any]) -> Planter:
        """Return what changes an argument on its way to the operator."""
        return self.wrong(lambda right, given: right(**{**given, option: value(given[option])}))

    def behind(self, change: Callable[[Any], Any]) -> Planter:
        """Return what changes the elements of the result behind the tape's back."""
        return self.wrong(lambda right, given: changed(right(**given), change))

    def common(self) -> tuple[Fault, ...]:
        """Return the slips of dtype, purity, gradient and layer."""
        faults = [
            self.fault("float64-through-float32", "dtype", self.wrong(_narrowed), "*"),
            self.fault("input-changed", "purity", self.wrong(_scaling_its_input), "*"),
        ]
        if self.layer:
            place = f"operators.normalization.{self.card}:{self.layer}.forward"
            faults.append(
                self.fault(
                    "layer-of-twice-the-input",
                    "layer",
                    method(place, _twice),
                    *self.of_layer,
                )
            )
        return tuple(faults)


def _narrowed(right: Any, given: dict[str, Any]) -> Any:
    result = right(**given)
    return result.float() if str(result.dtype).endswith("64") else result.double()


def _scaling_its_input(right: Any, given: dict[str, Any]) -> Any:
    result = right(**given)
    given["input"].array[...] = given["input"].array * 2
    return result


def _twice(right: Any, self: Any, input: Any) -> Any:
    return right(self, input) * 1.5


def rounded() -> Callable[[Any], Any]:
    """Return what rounds elements to sixteen bits."""
    return through("float16")


def unbiased(right: Any, self: Any, x: Any, axes: tuple[int, ...], eps: float) -> Any:
    """Standardize by the unbiased variance."""
    count = np.prod([x.shape[axis] for axis in axes])
    if count < 2:
        return right(self, x, axes, eps)
    centred = x - x.mean(axis=axes, keepdims=True)
    spread = np.sqrt(x.var(axis=axes, keepdims=True, ddof=1) + eps).astype(x.dtype)
    self.axes = axes
    result = (centred / spread).astype(x.dtype)
    self.saved = (result, spread)
    return result


def eps_outside(right: Any, self: Any, x: Any, axes: tuple[int, ...], eps: float) -> Any:
    """Add eps to the standard deviation instead of the variance."""
    del right
    centred = x - x.mean(axis=axes, keepdims=True)
    spread = (np.sqrt(x.var(axis=axes, keepdims=True)) + eps).astype(x.dtype)
    self.axes = axes
    result = (centred / spread).astype(x.dtype)
    self.saved = (result, spread)
    return result


def drowned(right: Any, self: Any, x: Any, axes: tuple[int, ...], eps: float) -> Any:
    """Take the variance as the mean square less the squared mean."""
    del right
    mean = x.mean(axis=axes, keepdims=True, dtype=x.dtype)
    variance = np.square(x).mean(axis=axes, keepdims=True, dtype=x.dtype) - mean * mean
    spread = np.sqrt(np.maximum(variance, 0) + x.dtype.type(eps))
    self.axes = axes
    result = (x - mean) / spread
    self.saved = (result, spread)
    return result


def mean_forgotten(right: Any, self: Any, gradient: Any) -> Any:
    """Leave the mean's part out of the gradient."""
    del right
    y, spread = self.saved
    return (gradient - y * (gradient * y).mean(axis=self.axes, keepdims=True)) / spread


__all__ = [
    "STANDARDIZE",
    "Normalization",
    "backward",
    "drowned",
    "eps_outside",
    "mean_forgotten",
    "rounded",
    "together",
    "unbiased",
]


def thousandth(right: Any, self: Any, num_features: int, eps: float = 1e-3, **others: Any) -> None:
    """The default eps of another framework."""
    right(self, num_features, eps, **others)
