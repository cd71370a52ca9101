"""What the laws of gradients share: a function of some inputs of a case, and the cotangents of its outputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from adapters.contract import Native
from conformance.case import Case
from conformance.expectation import Outputs, cotangent, expected_outputs, flattened, named
from conformance.trial import Trial

Call = Callable[[Mapping[str, Native]], Native]
"""Takes every input by name to what the backend gives."""


def outputs_of(trial: Trial, case: Case) -> Outputs:
    """Return what the card's first formula gives."""
    check = trial.check
    return expected_outputs(check.card, check.card.all_formulas[0], case, check.dtype, trial.arithmetic)


def function_of(
    names: Sequence[str], fixed: Mapping[str, Native], call: Call, outputs: Outputs
) -> Callable[..., Native]:
    """Return the function of the inputs ``names``, the others being ``fixed``, to those outputs that have gradients."""

    def function(*varied: Native) -> Native:
        found = named(flattened(call({**fixed, **dict(zip(names, varied, strict=True))})))
        return found["output"] if "output" in found else tuple(found[name] for name in outputs.floating)

    return function


def cotangents_of(trial: Trial, case: Case, outputs: Outputs) -> Native | tuple[Native, ...]:
    """Return the cotangents of those outputs, one alone if there is but one output."""
    pulled = tuple(
        trial.backend.from_numpy(cotangent(case, outputs.arrays[name].shape, trial.check.dtype, name))
        for name in outputs.floating
    )
    return pulled[0] if "output" in outputs.arrays else pulled
