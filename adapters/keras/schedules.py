"""torch's learning-rate schedules as those of ``keras.optimizers.schedules``: functions of the count of steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from keras.optimizers import schedules

from adapters.contract import Unsupported

Rate = Callable[[int], float]


def schedule(name: str, rate: float, options: Mapping[str, float]) -> Rate:
    """Return Keras's schedule from ``rate`` for ``torch.optim.lr_scheduler.<name>(**options)``."""
    if name not in _SCHEDULES:
        raise Unsupported(f"lr_scheduler.{name}")
    return _SCHEDULES[name](rate, **options)


def _constant(rate: float, factor: float = 1 / 3, total_iters: int = 5) -> Rate:
    return schedules.PiecewiseConstantDecay([total_iters - 1], [rate * factor, rate])


def _linear(rate: float, start_factor: float = 1 / 3, end_factor: float = 1.0, total_iters: int = 5) -> Rate:
    return schedules.PolynomialDecay(rate * start_factor, total_iters, rate * end_factor)


def _polynomial(rate: float, total_iters: int = 5, power: float = 1.0) -> Rate:
    return schedules.PolynomialDecay(rate, total_iters, 0.0, power)


def _exponential(rate: float, gamma: float) -> Rate:
    return schedules.ExponentialDecay(rate, 1, gamma)


def _steps(rate: float, step_size: int, gamma: float = 0.1) -> Rate:
    return schedules.ExponentialDecay(rate, step_size, gamma, staircase=True)


def _milestones(rate: float, milestones: Sequence[int], gamma: float = 0.1) -> Rate:
    rates = [rate * gamma**passed for passed in range(len(milestones) + 1)]
    return schedules.PiecewiseConstantDecay([at - 1 for at in sorted(milestones)], rates)  # which are included in Keras


def _cosine(rate: float, T_max: int, eta_min: float = 0.0) -> Rate:  # noqa: N803 - as torch documents it
    course = schedules.CosineDecay(rate, T_max, eta_min / rate)

    def until_the_minimum(count: int) -> float:
        if count > T_max:
            raise Unsupported("CosineAnnealingLR after T_max steps, where Keras's schedule stays at its minimum")
        return float(course(count))

    return until_the_minimum


def _restarts(rate: float, T_0: int, T_mult: int = 1, eta_min: float = 0.0) -> Rate:  # noqa: N803
    return schedules.CosineDecayRestarts(rate, T_0, float(T_mult), 1.0, eta_min / rate)


_SCHEDULES: Mapping[str, Callable[..., Rate]] = {
    "ConstantLR": _constant,
    "CosineAnnealingLR": _cosine,
    "CosineAnnealingWarmRestarts": _restarts,
    "ExponentialLR": _exponential,
    "LinearLR": _linear,
    "MultiStepLR": _milestones,
    "PolynomialLR": _polynomial,
    "StepLR": _steps,
}
