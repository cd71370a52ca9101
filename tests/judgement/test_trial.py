"""Trials: a drawn failure is made small, and stays what it was."""

from __future__ import annotations

import pytest

from adapters.contract import Unsupported
from adapters.registry import load
from conformance.catalogue.activation import relu
from conformance.failure import ConformanceFailure, Evidence
from conformance.laws.test_value import LAW
from conformance.trial import Trial

LARGE = 20


@pytest.mark.parametrize("other", [ValueError, AssertionError, Unsupported])
def test_what_smaller_cases_do_does_not_take_a_failures_place(other):
    check = next(check for check in LAW.checks([relu.CARD]) if check.case is None)
    backend = load("ref")
    failed, refused = [], []

    def verify(case):
        if case.size >= LARGE:
            failed.append(case)
            raise ConformanceFailure(Evidence("it is wrong"))
        if failed:
            refused.append(case)
            raise other("it is too small")

    with pytest.raises(ConformanceFailure, match="it is wrong"):
        Trial(check, backend, backend.describe()).each_case(verify)
    assert refused
    assert failed[-1].size == min(case.size for case in failed)
