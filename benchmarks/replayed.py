"""The results of a file as tests that end as the file says: what another reporter is given to report."""

from __future__ import annotations

import os

import pytest

from reports.model import Result, load

RESULTS = load(os.environ["REPLAYED_RESULTS"]).results


@pytest.mark.parametrize("result", [pytest.param(result, id=result.check) for result in RESULTS])
def test_result(result: Result) -> None:
    """End as the result did, with the text of its failure."""
    if result.verdict == "unsupported":
        pytest.skip(str(result.reason))
    if result.failure is not None:
        told = (result.failure.summary, result.failure.call, result.failure.surroundings, result.reproduce)
        pytest.fail("\n".join(part for part in told if part), pytrace=False)
