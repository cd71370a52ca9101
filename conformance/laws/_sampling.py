"""What the laws of initial values share: samples against a documented distribution."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.card import InitializerCard
from conformance.data import seed_of
from conformance.distribution import FALSE_ALARM, Distribution, allowed_distance, distance
from conformance.failure import ConformanceFailure, Evidence
from conformance.initial import Filling
from conformance.judgement import Measurement, number
from conformance.law import Check
from conformance.trial import Trial, quiet


def filled(trial: Trial, case: Filling) -> NDArray[Any]:
    """Return what the backend's initializer makes of the case's tensor, of its shape and dtype."""
    card, dtype = trial.check.card, trial.check.dtype
    before = case.before(dtype)
    with quiet():
        found = trial.backend.initializer(card.name, before, case.options, seed_of(card.name, case.name))
    actual = trial.numeric(found, "initializer")
    if (actual.shape, actual.dtype) != (before.shape, before.dtype):
        raise ConformanceFailure(
            Evidence(
                "the tensor has another shape or dtype than before",
                case.call(card.name, dtype),
                expected=f"{before.dtype}{list(before.shape)}",
                actual=f"{actual.dtype}{list(actual.shape)}",
            )
        )
    return actual


def distribution_of(trial: Trial, case: Filling) -> Distribution:
    """Return the documented distribution of a case.

    Raises:
        AssertionError: The card has none.
    """
    card: InitializerCard = trial.check.card
    if card.distribution is None:
        raise AssertionError(f"{card.name}: the card states a distribution and gives none")
    return card.distribution(case.shape, trial.arithmetic, **{**card.defaults, **case.options})


def chance(check: Check) -> float:
    """Return the chance of a false alarm that one check of a clause has: its share of the clause's."""
    return FALSE_ALARM / (len(check.statement.cases) * len(check.law.dtypes))


def require_drawn_from(trial: Trial, samples: NDArray[Any], distribution: Distribution, call: str, what: str) -> None:
    """Fail unless ``samples`` are as close to ``distribution`` as their number demands.

    Raises:
        ConformanceFailure: They are not.
    """
    if samples.size == 0 or np.isnan(samples).any():
        raise ConformanceFailure(Evidence(f"the {what} has no samples, or NaN among them", call))
    found = distance(samples, distribution, trial.arithmetic.roundoff)
    probability = chance(trial.check)
    allowed = allowed_distance(samples.size, probability)
    trial.measurement = trial.measurement.joined(
        Measurement(ratio=found.size / allowed, elements=samples.size, cases=1, worst_call=call)
    )
    if found.size > allowed:
        raise ConformanceFailure(
            Evidence(
                f"the {what} is drawn from another distribution: of {samples.size} elements, the share up to "
                f"{number(found.at)} is wrong",
                call,
                expected=number(found.documented),
                actual=number(found.share),
                error=f"{found.size:.3g}",
                allowed=f"{allowed:.3g}, which elements drawn as documented pass with a chance of {probability:.0e}",
            )
        )


def require_within(samples: NDArray[Any], distribution: Distribution, call: str, what: str) -> None:
    """Fail unless every sample is within the limits of ``distribution``.

    Raises:
        ConformanceFailure: One is not.
    """
    low, high = distribution.limits()
    wrong = ~((samples >= low) & (samples <= high))
    if wrong.any():
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise ConformanceFailure(
            Evidence(
                f"{int(wrong.sum())} of {samples.size} elements of the {what} are out of bounds",
                call,
                index=index,
                expected=f"from {number(low)} to {number(high)}",
                actual=number(samples[index]),
            )
        )
