"""The gain law: the factor by which a nonlinearity wants the deviation of initial values enlarged."""

from __future__ import annotations

import numpy as np

from conformance.card import InitializerCard
from conformance.initial import Gain
from conformance.law import Law
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("gain", Profile.INITIALIZER, InitializerCard, dtypes=("float64",))


def test_gain(trial: Trial) -> None:
    """Compare the gain with the documented one."""
    check = trial.check

    def verify(case: Gain) -> None:
        found = trial.backend.gain(case.nonlinearity, case.parameter)
        trial.compare(
            np.asarray(found, dtype=np.float64),
            lambda _, arithmetic: check.card.values((), arithmetic, case.nonlinearity, case.parameter),
            call=case.call(check.card.name, check.dtype),
            what="gain",
        )

    trial.each_case(verify)
