"""The base class of learning-rate schedules, and the one for those that multiply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adapters.reference.optim.optimizer import Optimizer

__all__ = ["LRScheduler"]


class LRScheduler:
    """Sets the learning rate of every parameter group as steps go by. A subclass defines :meth:`get_lr`.

    Args:
        optimizer: The optimizer whose groups' ``lr`` is set.
        last_epoch: -1, or the number of the step at which an earlier schedule ended.

    Raises:
        TypeError: It is no optimizer.
        KeyError: The schedule is to go on, and a group does not say where it began.
    """

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1) -> None:
        if not isinstance(optimizer, Optimizer):
            raise TypeError(f"{type(self).__name__}: expected an Optimizer, not {optimizer!r}")
        self.optimizer = optimizer
        for place, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                group.setdefault("initial_lr", group["lr"])  # an earlier schedule's beginning is this one's too
            elif "initial_lr" not in group:
                raise KeyError(f"{type(self).__name__}: group {place} has no 'initial_lr' to go on from")
        self.base_lrs = [float(group["initial_lr"]) for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        self.step()

    def get_lr(self) -> list[float]:
        """Return the rates for the step ``last_epoch``."""
        raise NotImplementedError(f"{type(self).__name__} must define get_lr()")

    def get_last_lr(self) -> list[float]:
        """Return the rates that were set last."""
        return list(self._last_lr)

    def step(self) -> None:
        """Go one step on."""
        self.last_epoch += 1
        self.set_rates(self.get_lr())

    def set_rates(self, rates: list[float]) -> None:
        """Set the rate of every group."""
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            group["lr"] = rate
        self._last_lr = rates

    def rates(self) -> list[float]:
        """Return the rates as they are, whoever set them."""
        return [float(group["lr"]) for group in self.optimizer.param_groups]

    def state_dict(self) -> dict[str, Any]:
        """Return everything but the optimizer."""
        return {name: value for name, value in vars(self).items() if name != "optimizer"}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take what :meth:`state_dict` gave."""
        vars(self).update(state_dict)


class ComposedLR(LRScheduler):
    """A schedule made of other ones, ``schedulers``; its state has theirs."""

    schedulers: list[LRScheduler]

    def state_dict(self) -> dict[str, Any]:
        """Return everything but the optimizer, the schedules by their own states."""
        return {**super().state_dict(), "schedulers": [scheduler.state_dict() for scheduler in self.schedulers]}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take what :meth:`state_dict` gave."""
        super().load_state_dict({name: value for name, value in state_dict.items() if name != "schedulers"})
        for scheduler, state in zip(self.schedulers, state_dict["schedulers"], strict=True):
            scheduler.load_state_dict(state)


class MultiplyingLR(LRScheduler):
    """A schedule that multiplies the rates, so that others may act on them too. A subclass defines :meth:`factor`."""

    def factor(self, step: int) -> float:
        """Return what the rates are multiplied by at ``step``, from 0."""
        raise NotImplementedError(f"{type(self).__name__} must define factor()")

    def get_lr(self) -> list[float]:
        """Return the present rates, multiplied."""
        factor = self.factor(self.last_epoch)
        return [rate * factor for rate in self.rates()]


def for_each_group(value: Any, optimizer: Optimizer, what: str) -> list[Any]:
    """Return ``value`` for every group, or the list that it is.

    Raises:
        ValueError: The list is not as long as there are groups.
    """
    groups = len(optimizer.param_groups)
    if not isinstance(value, (list, tuple)):
        return [value] * groups
    if len(value) != groups:
        raise ValueError(f"{what}: expected one for each of {groups} groups, not {len(value)}")
    return list(value)


Factor = Callable[[int], float]


def set_momenta(optimizer: Optimizer, momenta: list[float]) -> None:
    """Set the momentum of every group, or the first of its betas."""
    for group, momentum in zip(optimizer.param_groups, momenta, strict=True):
        if "betas" in group:
            group["betas"] = (momentum, *group["betas"][1:])
        else:
            group["momentum"] = momentum


def require_momentum(optimizer: Optimizer, name: str) -> None:
    """Raise where the optimizer has no momentum to cycle.

    Raises:
        ValueError: It has neither the option ``momentum`` nor ``betas``.
    """
    if not {"momentum", "betas"} & set(optimizer.defaults):
        raise ValueError(f"{name}: cycle_momentum: expected an optimizer with momentum or betas, not {optimizer!r}")
