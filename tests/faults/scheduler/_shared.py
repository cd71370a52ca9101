"""Slips that any learning-rate schedule can have, planted in one class of the reference backend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from conformance.strength import Fault
from tests.faults._planting import Planter, method


@dataclass(frozen=True)
class Scheduler:
    """One schedule of the reference backend: its card's name, and its class."""

    card: str
    name: str

    def place(self, member: str) -> str:
        """Return where a member of the class is."""
        return f"schedulers.{self.card}:{self.name}.{member}"

    def fault(self, name: str, clause: str, plant: Planter, *also: str) -> Fault:
        """Return a fault that the card's ``clause`` must catch."""
        return Fault(f"{self.card}-{name}", f"{self.card}.{clause}", plant, tuple(also))

    def option(self, option: str, change: Callable[[Any], Any]) -> Planter:
        """Return what changes an option that is given, on its way to the constructor."""

        def wrong(right: Any, self: Any, *given: Any, **options: Any) -> None:
            right(self, *given, **({**options, option: change(options[option])} if option in options else options))

        return method(self.place("__init__"), wrong)

    def default(self, option: str, value: Any) -> Planter:
        """Return what gives the constructor another default."""

        def wrong(right: Any, self: Any, *given: Any, **options: Any) -> None:
            right(self, *given, **{option: value, **options})

        return method(self.place("__init__"), wrong)

    def step_shifted(self, member: str = "factor") -> Planter:
        """Return what acts a step late."""
        return method(self.place(member), lambda right, self, step: right(self, step - 1) if step > 0 else 1.0)

    def first_for_all(self) -> Planter:
        """Return what gives every group the first one's rate."""

        def wrong(right: Any, self: Any) -> Any:
            rates = right(self)
            return [rates[0]] * len(rates)

        return method(self.place("get_lr"), wrong)

    def first_of_list(self, option: str) -> Planter:
        """Return what takes the first element of a list for all groups."""
        return self.option(option, lambda value: value[0] if isinstance(value, list) else value)

    def state(self, *also: str) -> tuple[Fault, Fault]:
        """Return the slips of what is saved and told: begun anew after loading, and one rate for all groups."""

        def anew(right: Any, self: Any, state_dict: dict[str, Any]) -> None:
            del right, state_dict
            for group in self.optimizer.param_groups:
                group["lr"] = group.get("initial_lr", 1.0)

        def first(right: Any, self: Any) -> list[float]:
            return right(self)[:1] * len(self.optimizer.param_groups)

        return (
            self.fault("state-not-loaded", "state-dict", method(self.place("load_state_dict"), anew), *also),
            self.fault("first-rate-told-for-all", "last-rates", method(self.place("get_last_lr"), first)),
        )


RESUMED_WITHIN = ("sequential_lr.state-dict", "chained_scheduler.state-dict")
"""What needs the states of the schedules that it is made of."""

COMPOSED = (
    *RESUMED_WITHIN,
    "sequential_lr.rates",
    "sequential_lr.last-rates",
    "chained_scheduler.rates",
    "chained_scheduler.last-rates",
)
"""What is made of other schedules, and so may fail with them."""


def momentum_dropped(right: Any, self: Any, optimizer: Any, *given: Any, **options: Any) -> None:
    """Without cycles of the momentum there is none."""
    right(self, optimizer, *given, **options)
    if not options.get("cycle_momentum", True):
        for group in optimizer.param_groups:
            group["momentum"] = 0.0
