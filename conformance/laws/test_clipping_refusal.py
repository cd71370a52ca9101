"""The refusal law of clipping: what the documentation rules out raises an error."""

from __future__ import annotations

from conformance.card import ClippingCard
from conformance.clipping import Clipping
from conformance.law import Law
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.trial import Trial, quiet

LAW = Law("clipping_refusal", Profile.OPTIMIZER, ClippingCard, dtypes=("float32",))


def test_clipping_refusal(trial: Trial) -> None:
    """Clip what must be refused."""
    check = trial.check
    case: Clipping = check.case
    with quiet(), refused(case.call(check.card.name, check.dtype), *check.statement.raises):
        trial.backend.clipped(check.card.name, case.arrays(check.dtype), case.options)
