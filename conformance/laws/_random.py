"""What the laws of random operators share: calls with a seed, and which fate each element met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.data import seed_of
from conformance.distribution import FALSE_ALARM
from conformance.expectation import bounded_inputs
from conformance.oracle import Arithmetic, Bounded, where
from conformance.statistics import binomial_bounds
from conformance.trial import Trial, quiet

Mask = NDArray[np.bool_]


def seeded(trial: Trial) -> None:
    """Start the backend's random numbers from a seed that is the check's own. Any other seed would do."""
    trial.backend.seed(seed_of(trial.check.id))


def outputs(trial: Trial, case: Case, calls: int = 1) -> Iterator[NDArray[Any]]:
    """Return what the backend's operator gives for ``case``, called several times one after the other."""
    seeded(trial)
    for _ in range(calls):
        with quiet():
            (found,) = trial.call(case).values()
        yield found


def fates(trial: Trial, case: Case, output: NDArray[Any]) -> Mask:
    """Return which elements of ``output`` are kept: those that are nearer to what a kept element becomes.

    An element that is neither is judged as the nearer one.
    """
    with np.errstate(all="ignore"):
        kept, dropped = both(trial.check.card, case, trial.check.dtype, trial.arithmetic)
        if output.shape != kept.shape:
            trial.fail("the output has another shape", case, f"shape {list(kept.shape)}", f"shape {list(output.shape)}")
        seen = output.astype(np.longdouble)
        return np.asarray(abs(seen - kept.value) < abs(seen - dropped.value))


def expected(card: OperatorCard, case: Case, dtype: str, arithmetic: Arithmetic, mask: Mask) -> Bounded:
    """Return what the input becomes where the elements of ``mask`` are kept."""
    with np.errstate(all="ignore"):
        return where(mask, *both(card, case, dtype, arithmetic)).detached()


def both(card: OperatorCard, case: Case, dtype: str, arithmetic: Arithmetic) -> tuple[Bounded, Bounded]:
    """Return what the input becomes where all of it is kept, and where all of it is dropped."""
    assert card.choice is not None
    inputs = bounded_inputs(case, dtype, arithmetic)
    return card.choice.kept(**inputs, **case.options), card.choice.dropped(**inputs, **case.options)


def units(trial: Trial, case: Case, mask: Mask) -> Mask:
    """Return which units are kept; all elements of each must have met one fate.

    Raises:
        ConformanceFailure: Those of some unit have not.
    """
    label = trial.check.card.choice.units(mask.shape)
    number = int(label.max(initial=-1)) + 1
    size = np.bincount(label.reshape(-1), minlength=number)
    kept = np.bincount(label.reshape(-1), weights=mask.reshape(-1), minlength=number)
    split = (kept > 0) & (kept < size)
    if split.any():
        unit = int(np.argmax(split))
        first = [int(i) for i in np.argwhere(label == unit)[0]]
        told = f"{int(kept[unit])} of {int(size[unit])} kept, in {int(split.sum())} of {number} units alike"
        trial.fail(f"the elements of one unit, the first at {first}, met different fates", case, "one fate", told)
    return np.asarray(kept > 0)


def require_share(
    trial: Trial, case: Case, what: str, count: int, number: int, probability: float, shares: int = 1
) -> None:
    """Require a count of independent events to be one of all but the rarest.

    Args:
        trial: The trial.
        case: What was called.
        what: What is counted.
        count: How many there were.
        number: Of how many.
        probability: Of each.
        shares: How many such counts there are in the check: they share the chance of a false alarm.

    Raises:
        ConformanceFailure: It is as rare as that.
    """
    low, high = binomial_bounds(number, probability, FALSE_ALARM / shares)
    if not low <= count <= high:
        trial.fail(
            f"{what}: {count} of {number}",
            case,
            f"from {low} to {high}, each with a chance of {probability:g}: anything else is rarer than {FALSE_ALARM:g}",
            str(count),
        )
