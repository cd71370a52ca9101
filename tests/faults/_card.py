"""Faults that the operator of any card may have: of its dtype, of its inputs' memory, of its gradient, of its layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import Planter, changed, constant, method, operator, option, tape, widened

Wrong = Callable[..., Any]


@dataclass(frozen=True)
class Slips:
    """The faults of one card.

    Args:
        card: The card's name, which is the operator's.
        place: The module of the operator below ``adapters.reference.operators``, such as ``linear.bilinear``.
        layer: The class of its layer.
        first: The first argument's name.
        users: The cards of operators that are made of this one, and fail with it.
    """

    card: str
    place: str
    layer: str = ""
    first: str = "input"
    users: tuple[str, ...] = ()

    def fault(self, name: str, behaviour: str, plant: Planter, *also: str, stumbles: bool = False) -> Fault:
        """Return a fault that the clause ``behaviour`` catches; ``also`` names other clauses of the card."""
        others = tuple(other if "." in other else f"{self.card}.{other}" for other in also)
        return Fault(name, f"{self.card}.{behaviour}", plant, others, stumbles)

    def wrong(self, change: Wrong) -> Planter:
        """Return what computes ``change(right, **arguments)`` in the place of the operator."""
        return operator(self.card, change)

    def given(self, **changes: Callable[[Any], Any]) -> Planter:
        """Return what changes arguments on their way to the operator."""
        return option(self.card, **changes)

    def ignored(self, behaviour: str, *also: str, **values: Any) -> Fault:
        """Return the fault of taking options for fixed values, whatever is given."""
        name = f"{'-'.join(values)}-ignored".replace("_", "-")
        plant = self.given(**{key: constant(value) for key, value in values.items()})
        return self.fault(name, behaviour, plant, *also)

    def behind(self, change: Callable[[Any], Any]) -> Planter:
        """Return what changes the elements of the result behind the tape's back."""
        return self.wrong(lambda right, **given: changed(right(**given), change))

    def accepted(self, behaviour: str, name: str, **changes: Callable[[Any], Any]) -> Fault:
        """Return the fault of arguments that are made to fit where they should be refused."""
        return self.fault(name, behaviour, self.given(**changes))

    def empty(self, behaviour: str = "empty-batch") -> Fault:
        """Return the fault of an empty batch that makes the operator stumble."""

        def wrong(right: Any, **given: Any) -> Any:
            if 0 in given[self.first].shape:
                raise RuntimeError(f"{self.card}: the batch is empty")
            return right(**given)

        return self.fault("empty-batch-refused", behaviour, self.wrong(wrong), "*", stumbles=True)

    def derived(
        self, layer: Planter | None = None, *, gradients: tuple[str, ...] = (), layers: tuple[str, ...] = ()
    ) -> tuple[Fault, ...]:
        """Return faults of what every card has: gradient, dtype, leaving its inputs alone, and a layer.

        Args:
            layer: What plants the layer's fault; by default it computes one and a half times its result.
            gradients: The other clauses that fail with a wrong gradient.
            layers: The other clauses that fail with a wrong layer.
        """
        unchained = tape("Unchained", np.copy, lambda _, gradient: np.ones_like(gradient))

        def in_memory_of_input(right: Any, **given: Any) -> Any:
            result = right(**{**given, self.first: given[self.first].clone()})
            given[self.first].array[...] = 0.5
            return result

        faults = [
            self.fault(
                "chain-rule-forgotten",
                "gradient",
                self.wrong(lambda right, **given: unchained(right(**given))),
                *gradients,
                *(f"{user}.*gradient" for user in self.users),
            ),
            self.fault("result-always-float64", "dtype", widened(self.card), *(f"{user}.dtype" for user in self.users)),
            self.fault(
                "in-memory-of-input",
                "purity",
                self.wrong(in_memory_of_input),
                *(f"{user}.purity" for user in self.users),
            ),
        ]
        if self.layer:
            plant = method(f"operators.{self.place}:{self.layer}.forward", _half_more) if layer is None else layer
            faults.append(self.fault("layer-does-otherwise", "layer", plant, *layers))
        return tuple(faults)


def _half_more(right: Any, module: Any, *inputs: Any) -> Any:
    return right(module, *inputs) * 1.5
