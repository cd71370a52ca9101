"""The warning law: what the documentation says is warned of is warned of, in Python's own way."""

from __future__ import annotations

import warnings

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.law import Law
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("warning", Profile.FUNCTIONAL, OperatorCard, dtypes=("float32",))


def test_warning(trial: Trial) -> None:
    """Call the operator and look for a warning."""

    def verify(case: Case) -> None:
        operator, natives = trial.operator(), trial.natives(case)
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            trial.backend.to_numpy(trial.apply(operator, case, natives))
        if not any(issubclass(warning.category, (UserWarning, RuntimeWarning)) for warning in seen):
            trial.fail("there was no warning", case, "a UserWarning", "none")

    trial.each_case(verify)
