"""The law of random spreads: an operator that draws from a range stays within it, and draws uniformly.

That it draws uniformly is judged by how far what was drawn is from that (see :mod:`conformance.distribution`): a
backend that draws as is documented fails a check with a chance below 1e-9, whatever the seed.
"""

from __future__ import annotations

import numpy as np

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.distribution import FALSE_ALARM, Uniform, allowed_distance, distance
from conformance.law import Law
from conformance.laws._random import outputs
from conformance.laws._spread import ends, place
from conformance.oracle import Bounded
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("random_spread", Profile.FUNCTIONAL, OperatorCard, dtypes=("float32",))


def test_random_spread(trial: Trial) -> None:
    """Compare each element with the nearest of its range, and the places of all within theirs with the uniform law."""
    check = trial.check

    def verify(case: Case) -> None:
        (output,) = outputs(trial, case)
        _, low, high = ends(check.card, case, check.dtype, trial.arithmetic)
        if output.shape != low.shape:
            trial.fail("the output has another shape", case, f"shape {list(low.shape)}", f"shape {list(output.shape)}")
        drawn = place(output, low, high)
        within = np.clip(np.nan_to_num(drawn.value), 0, 1)
        nearest = low.value + (high.value - low.value) * within
        error = np.maximum(low.error, high.error)
        trial.compare(
            output,
            lambda _, arithmetic: Bounded(nearest, error, arithmetic),
            call=case.call(check.card.name, check.dtype),
        )
        random = low.value != high.value
        coarse = float(drawn.error[random].max(initial=0))  # what rounding may move a place by
        unit = Uniform(Bounded.constant(0.0, trial.arithmetic), Bounded.constant(1.0, trial.arithmetic))
        found = distance(within[random], unit, coarse)
        if found.size > (allowed := allowed_distance(int(random.sum()), FALSE_ALARM)):
            told = f"{found.share:.3g} of {int(random.sum())} elements are up to {found.at:.3g} of the way"
            trial.fail(f"it does not draw uniformly: {told}", case, f"within {allowed:.3g}", f"off by {found.size:.3g}")

    trial.each_case(verify)
