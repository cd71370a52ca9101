"""From a pytest item to the check that it is."""

from __future__ import annotations

import pytest

from conformance.clause import Clause
from conformance.plan import Entry, entry_of_check, entry_of_test


def entry_of(item: pytest.Item) -> tuple[str, Entry] | None:
    """Return the backend's name and the plan's entry of ``item``; None for a test that is no conformance check."""
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    if "trial" in parameters:
        name, check = parameters["trial"]
        return name, entry_of_check(check)
    function = getattr(item, "function", None)
    clause = getattr(function, "__clause__", None)
    if isinstance(clause, Clause) and "subject" in parameters and function is not None:
        return parameters["subject"], entry_of_test(clause, function.__name__, function.__module__)
    return None


def reproduction(entry: Entry, backend: str, arguments: str) -> str:
    """Return the command line that runs one check alone."""
    return f"pytest --backend={backend}{arguments} --pyargs '{entry.module}::{entry.name(backend)}'"
