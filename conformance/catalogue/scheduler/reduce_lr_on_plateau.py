"""reduce_lr_on_plateau: a smaller rate when a metric no longer improves."""

from __future__ import annotations

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import constant, course, refused
from conformance.clause import documented
from conformance.oracle import Bounded


def rates(
    initial: Bounded,
    steps: int,
    group: int,
    metrics: tuple[float, ...],
    mode: str = "min",
    factor: float = 0.1,
    patience: int = 10,
    threshold: float = 1e-4,
    threshold_mode: str = "rel",
    cooldown: int = 0,
    min_lr: float | list[float] = 0.0,
    eps: float = 1e-8,
) -> list[Bounded]:
    """Return the rates under the given metrics; comparisons are of numbers far apart, so they are decided."""
    lowest = constant(min_lr[group] if isinstance(min_lr, list) else min_lr, initial)
    found, best, bad, resting = [initial], None, 0, 0
    for metric in metrics[:steps]:
        if best is None or _better(metric, best, mode, threshold, threshold_mode):
            best, bad = metric, 0
        else:
            bad += 1
        if resting > 0:
            resting, bad = resting - 1, 0
        rate = found[-1]
        if bad > patience:
            reduced = rate * factor
            reduced = lowest if reduced.value < lowest.value else reduced
            rate = reduced if rate.value - reduced.value > eps else rate
            resting, bad = cooldown, 0
        found.append(rate)
    return found


def _better(metric: float, best: float, mode: str, threshold: float, threshold_mode: str) -> bool:
    sign = -1 if mode == "min" else 1
    bar = best * (1 + sign * threshold) if threshold_mode == "rel" else best + sign * threshold
    return sign * metric > sign * bar


_STALE = (8.0, 5.0, 6.0, 6.5, 7.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 9.5, 3.0, 4.0, 4.0, 5.0)
_RISING = tuple(-metric for metric in _STALE)
_SLOW = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0, 3.5, 3.0, 2.5)


def _course(name: str, metrics: tuple[float, ...] = _STALE, **options: object) -> Course:
    return Course(name, {"factor": 0.5, **options}, steps=len(metrics), metrics=metrics)


CARD = SchedulerCard(
    "reduce_lr_on_plateau",
    documented("generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html"),
    (
        course(
            "rates",
            "The rate is multiplied by the factor once the metric has not improved for more than patience steps.",
            _course("patience-two", patience=2),
            _course("patience-one", patience=1, factor=0.3),
        ),
        course(
            "no-patience",
            "With no patience the rate falls at each step that is no better than the best so far.",
            _course("zero", patience=0),
            _course("level", (3.0, 3.0, 2.0, 2.0, 1.0, 1.5), patience=0, threshold=0.0),
        ),
        course(
            "defaults",
            "The metric is to fall, the factor is 0.1 and the patience 10 unless they are given.",
            Course("stale", steps=26, metrics=tuple(float(metric) for metric in range(26))),
        ),
        course("mode-max", "In mode max the metric is to rise.", _course("rising", _RISING, mode="max", patience=1)),
        course(
            "relative-threshold",
            "An improvement must be by more than the threshold's share of the best.",
            _course("large", _SLOW, patience=1, threshold=0.3),
            _course("large-max", tuple(10 - m for m in _SLOW), mode="max", patience=1, threshold=0.4),
        ),
        course(
            "absolute-threshold",
            "With threshold_mode='abs' an improvement must be by more than the threshold itself.",
            _course("large", _SLOW, patience=1, threshold=1.25, threshold_mode="abs"),
        ),
        course(
            "cooldown",
            "After the rate has fallen, cooldown steps are not counted.",
            _course("three", patience=1, cooldown=3),
        ),
        course(
            "lowest-rate",
            "The rate does not fall below min_lr, which may be a list with one for each group.",
            _course("number", patience=0, min_lr=0.03),
            _course("list", patience=0, min_lr=[0.2, 0.01]),
        ),
        course("eps", "A change of the rate by no more than eps is left out.", _course("large", patience=0, eps=0.05)),
        refused("factor-range", "A factor of 1 or more is refused.", Course("one", {"factor": 1.0})),
        refused(
            "threshold-mode-name",
            "A threshold_mode other than 'rel' and 'abs' is refused.",
            Course("other", {"threshold_mode": "relative"}),
        ),
        refused("mode-name", "A mode other than 'min' and 'max' is refused.", Course("middle", {"mode": "middle"})),
    ),
    class_name="ReduceLROnPlateau",
    course=rates,
)
