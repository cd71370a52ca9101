"""The law of random operators in place: what they return is in the memory of their input."""

from __future__ import annotations

import numpy as np

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.law import Law
from conformance.laws._random import expected, fates, seeded
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("random_in_place", Profile.FUNCTIONAL, OperatorCard, dtypes=("float32",))


def test_random_in_place(trial: Trial) -> None:
    """Compare the output with what is documented, and the input after the call with the output."""
    check = trial.check

    def verify(case: Case) -> None:
        seeded(trial)
        natives = trial.natives(case)
        with quiet():
            output = trial.array(trial.apply(trial.operator(), case, natives))
        mask = fates(trial, case, output)
        trial.compare(
            output,
            lambda _, arithmetic: expected(check.card, case, check.dtype, arithmetic, mask),
            call=case.call(check.card.name, check.dtype),
        )
        for name, native in natives.items():
            if not np.array_equal(trial.array(native), output, equal_nan=True):
                trial.fail(f"the result is not in the memory of {name}", case, f"{name} to be the output", "otherwise")

    trial.each_case(verify)
