"""Whether a run may go on with what an earlier one has done: only where both are the same run but for time and host."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.identity import difference, of_one_run
from reports.model import ResultFile


def require_same(earlier: ResultFile, now: ResultFile, path: Path | None) -> None:
    """Raise where the earlier run is not what this one would be.

    Args:
        earlier: What the earlier run left.
        now: What this run's result file says before there are results.
        path: Where the earlier run's is.

    Raises:
        pytest.UsageError: They differ; the text says in what.
    """
    facts = (*of_one_run(), ("the part of the plan", lambda file: str(file.run.shard or "1/1")))
    found = difference(now, earlier, facts)
    if found is not None:
        what, expected, came = found
        raise pytest.UsageError(
            f"--resume={path}: expected {what} of this run, {expected}, not {came}. Only what is the same run can be "
            "gone on with: give the same options as then, or leave --resume out."
        )
