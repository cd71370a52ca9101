"""The refusal law of initializers: tensors and options that the documentation rules out raise an error."""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.initial import Filling
from conformance.law import Law
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.trial import Trial, quiet

LAW = Law("initializer_refusal", Profile.INITIALIZER, InitializerCard, dtypes=("float32",))


def test_initializer_refusal(trial: Trial) -> None:
    """Call the initializer with what it must refuse."""
    check = trial.check
    case: Filling = check.case
    with quiet(), refused(case.call(check.card.name, check.dtype), *check.statement.raises):
        trial.backend.initializer(check.card.name, case.before(check.dtype), case.options, 0)
