"""torch's learning-rate schedules as those of ``paddle.optimizer.lr``, one for each parameter group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from paddle.optimizer import lr

from adapters.contract import Unsupported
from adapters.paddle.functions import in_its_own_words
from adapters.translation import lacking, names_of, renamed

_SCHEDULES: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "CosineAnnealingLR": ("CosineAnnealingDecay", "T_max eta_min", {}),
    "CosineAnnealingWarmRestarts": ("CosineAnnealingWarmRestarts", "T_0 T_mult eta_min", {}),
    "ExponentialLR": ("ExponentialDecay", "gamma", {}),
    "LambdaLR": ("LambdaDecay", "lr_lambda", {}),
    "LinearLR": ("LinearLR", "start_factor end_factor total_iters=total_steps", {"total_iters": 5}),
    "MultiStepLR": ("MultiStepDecay", "milestones gamma", {}),
    "MultiplicativeLR": ("MultiplicativeDecay", "lr_lambda", {}),
    "PolynomialLR": ("PolynomialDecay", "total_iters=decay_steps power end_lr", {"total_iters": 5, "end_lr": 0.0}),
    "ReduceLROnPlateau": (
        "ReduceOnPlateau",
        "mode factor patience threshold threshold_mode cooldown min_lr eps=epsilon",
        {},
    ),
    "StepLR": ("StepDecay", "step_size gamma", {}),
}
"""Paddle's class, its names of the options that it offers, and torch's documented defaults where Paddle's differ."""


class PaddleSchedules:
    """Paddle's schedules at work.

    Args:
        name: The schedule's name in torch.
        rates: The rate that each of them starts from.
        options: The schedule's options, where a list of functions or of bounds has one for each group.
    """

    def __init__(self, name: str, rates: Sequence[float], options: Mapping[str, Any]) -> None:
        functions = options.get("lr_lambda")
        uneven = isinstance(functions, (list, tuple)) and len(functions) != len(rates)
        lacking(f"lr_scheduler.{name}: functions for all groups at once", when=uneven)
        self._made_of = (name, rates, options)
        self._schedules = [_made(name, rate, place, options) for place, rate in enumerate(rates)]

    def rates(self) -> Sequence[float]:
        """Return what every schedule gives an optimizer."""
        return [float(schedule()) for schedule in self._schedules]

    def last_rates(self) -> Sequence[float]:
        """Return what every schedule calls its last rate."""
        return [float(schedule.last_lr) for schedule in self._schedules]

    def step(self, metric: float | None = None) -> None:
        """Go one step on."""
        for schedule in self._schedules:
            schedule.step(*([] if metric is None else [metric]))

    def resumed(self) -> PaddleSchedules:
        """Make the schedules anew and set their states."""
        other = PaddleSchedules(*self._made_of)
        for new, old in zip(other._schedules, self._schedules, strict=True):
            new.set_state_dict(old.state_dict())
        return other


def _made(name: str, rate: float, place: int, options: Mapping[str, Any]) -> Any:
    if name not in _SCHEDULES:
        raise Unsupported(f"lr_scheduler.{name}")
    made, arguments, defaults = _SCHEDULES[name]
    given = {
        option: value[place] if option in {"lr_lambda", "min_lr"} and isinstance(value, (list, tuple)) else value
        for option, value in {**defaults, **options}.items()
    }
    lacking(f"lr_scheduler.{name}", when=not hasattr(lr, made))
    own = renamed(f"lr_scheduler.{name}", given, names_of(arguments))
    with in_its_own_words():
        return getattr(lr, made)(rate, **own)
