"""The law of initial sparsity: in each column, the documented fraction of elements is zero.

A number that is drawn can be zero as well: where normal numbers are made of uniform ones on a grid of 2^-24, two at a
time, with a chance of 2^-24 for each two. Two such pairs are admitted in a matrix; of a matrix with fewer than 700
elements, three have them with a chance below 1e-14.
"""

from __future__ import annotations

import numpy as np

from conformance.card import InitializerCard
from conformance.failure import ConformanceFailure, Evidence
from conformance.initial import Filling
from conformance.law import Law
from conformance.laws._sampling import filled
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("initial_sparsity", Profile.INITIALIZER, InitializerCard)

_BY_CHANCE = 4
"""So many zeros may have been drawn."""


def test_initial_sparsity(trial: Trial) -> None:
    """Count the zeros of each column."""
    check = trial.check

    def verify(case: Filling) -> None:
        documented = int(case.options["sparsity"] * case.shape[0])  # the cases' products are whole numbers
        zeros = (filled(trial, case) == 0).sum(axis=0)
        if (zeros < documented).any() or (zeros - documented).sum() > _BY_CHANCE:
            column = int(np.argmax(zeros != documented))
            raise ConformanceFailure(
                Evidence(
                    f"{int((zeros != documented).sum())} of {zeros.size} columns have another number of zeros",
                    case.call(check.card.name, check.dtype),
                    index=(column,),
                    expected=str(documented),
                    actual=str(int(zeros[column])),
                )
            )

    trial.each_case(verify)
