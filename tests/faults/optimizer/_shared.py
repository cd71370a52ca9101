"""Slips that any optimizer can have, planted in one class of the reference backend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import Planter, method

Change = Callable[..., tuple[Any, Any, Any, dict[str, Any]]]


@dataclass(frozen=True)
class Optimizer:
    """One optimizer of the reference backend: its card's name, and its class."""

    card: str
    name: str

    @property
    def everywhere(self) -> tuple[str, ...]:
        """Every clause of the card: what a slip in the update itself may fail."""
        return (f"{self.card}.*",)

    def place(self, member: str) -> str:
        """Return where a member of the class is."""
        return f"optim.{self.card}:{self.name}.{member}"

    def fault(self, name: str, clause: str, plant: Planter, *also: str) -> Fault:
        """Return a fault that the card's ``clause`` must catch."""
        others = tuple(f"{self.card}.{other}" for other in also)
        heirs = ("adamw.*",) if self.card == "adam" else ()  # the reference's AdamW is an Adam
        return Fault(f"{self.card}-{name}", f"{self.card}.{clause}", plant, (*others, *heirs))

    def update(self, change: Change) -> Planter:
        """Return what changes the parameter, gradient, kept arrays or options on their way to the update."""

        def wrong(right: Any, self: Any, p: Any, g: Any, kept: Any, group: dict[str, Any]) -> Any:
            return right(self, *change(self, p, g, kept, group))

        return method(self.place("update"), wrong)

    def replaced(self, option: str, value: Any) -> Planter:
        """Return what makes the update see ``value`` for an option, whatever is given; a function is applied to it."""

        def change(_: Any, p: Any, g: Any, kept: Any, group: dict[str, Any]) -> Any:
            return p, g, kept, {**group, option: value(group[option]) if callable(value) else value}

        return self.update(change)

    def default(self, option: str, value: Any) -> Planter:
        """Return what gives the class another default."""

        def wrong(right: Any, self: Any, params: Any, *given: Any, **options: Any) -> None:
            right(self, params, *given, **{option: value, **options})

        return method(self.place("__init__"), wrong)

    def accepting(self, option: str, harmless: Any) -> Planter:
        """Return what takes any value of an option: a harmless one is checked in its place."""

        def wrong(right: Any, self: Any, params: Any, *given: Any, **options: Any) -> None:
            if option not in options:
                right(self, params, *given, **options)
                return
            groups = [{option: options[option], **group} for group in params]
            right(self, groups, *given, **{**options, option: harmless})

        return method(self.place("__init__"), wrong)

    def stale_rate(self) -> Planter:
        """Return what takes the learning rate that the optimizer was constructed with, in every group."""
        return self.update(lambda own, p, g, kept, group: (p, g, kept, {**group, "lr": own.defaults["lr"]}))

    def zero_for_missing(self) -> Planter:
        """Return what takes a missing gradient for zeros."""

        def wrong(right: Any, self: Any, closure: Any = None) -> Any:
            for group in self.param_groups:
                for parameter in group["params"]:
                    if parameter.grad is None:
                        parameter.grad = type(parameter.detach())(np.zeros_like(parameter.detach().numpy()))
            return right(self, closure)

        return method(self.place("step"), wrong)

    def decay_reversed(self) -> Planter:
        """Return what takes weight decay off the gradient."""
        return self.replaced("weight_decay", lambda decay: -decay)

    def not_maximizing(self) -> Planter:
        """Return what goes down under ``maximize`` as well."""

        def wrong(right: Any, self: Any, parameter: Any, gradient: Any, group: dict[str, Any]) -> None:
            right(self, parameter, gradient, {**group, "maximize": False})

        return method(self.place("_move"), wrong)

    def late(self) -> Planter:
        """Return what counts steps from 2."""

        def wrong(right: Any, self: Any, parameter: Any, gradient: Any, group: dict[str, Any]) -> None:
            self.state[parameter].setdefault("step", 1)
            right(self, parameter, gradient, group)

        return method(self.place("_move"), wrong)

    def forgetting(self, entry: str, *also: str) -> Fault:
        """Return the slip that what is kept under ``entry`` is lost in loading."""

        def wrong(right: Any, self: Any, state_dict: dict[str, Any]) -> None:
            right(self, state_dict)
            for state in self.state.values():
                state.pop(entry, None)

        plant = method(self.place("load_state_dict"), wrong)
        fault = self.fault(f"{entry.replace('_', '-')}-not-loaded", "state-dict", plant)
        return Fault(fault.name, fault.breaks, fault.plant, (*fault.also, *also))

    def common(self, *, weight_decay: bool = True) -> tuple[Fault, ...]:
        """Return the slips of groups, missing gradients, ``maximize``, weight decay and the check of the rate."""
        faults = [
            self.fault("learning-rate-of-construction", "group-options", self.stale_rate()),
            self.fault("missing-gradient-as-zero", "missing-gradient", self.zero_for_missing()),
            self.fault("maximize-ignored", "maximize", self.not_maximizing()),
            self.fault("negative-rate-accepted", "negative-learning-rate", self.accepting("lr", 0.1)),
        ]
        if weight_decay:
            decays = ("maximize", "group-options", "missing-gradient", "amsgrad", "decoupled-weight-decay", "defaults")
            faults.append(self.fault("decay-of-wrong-sign", "weight-decay", self.decay_reversed(), *decays))
        return tuple(faults)


def betas_swapped(betas: tuple[float, float]) -> tuple[float, float]:
    """Return the betas in the other order."""
    return betas[1], betas[0]
