"""The schedules that compositions are made of: what each makes of a rate, by class name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from conformance.case import Part
from conformance.catalogue.scheduler import constant_lr, exponential_lr, linear_lr, step_lr
from conformance.oracle import Bounded

_RATES: Mapping[str, Callable[..., Bounded]] = {
    "ConstantLR": constant_lr.rate,
    "ExponentialLR": exponential_lr.rate,
    "LinearLR": linear_lr.rate,
    "StepLR": step_lr.rate,
}


def rate_of(part: Part, initial: Bounded, step: int) -> Bounded:
    """Return the rate that ``part`` makes of the initial one, ``step`` steps after its beginning."""
    return _RATES[part.name](initial, step, **part.options)


CONSTANT = Part("ConstantLR", {"factor": 0.25, "total_iters": 6})
EXPONENTIAL = Part("ExponentialLR", {"gamma": 0.9})
LINEAR = Part("LinearLR", {"start_factor": 0.5, "total_iters": 10})
STEPS = Part("StepLR", {"step_size": 4, "gamma": 0.75})
