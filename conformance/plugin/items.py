"""From a pytest item to the check that it is, and back to the command line that runs it alone."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

import pytest

from conformance.clause import Clause
from conformance.dtypes import USUAL
from conformance.plan import Entry, entry_of_check, entry_of_test, plan


def entry_of(item: pytest.Item) -> tuple[str, Entry] | None:
    """Return the backend's name and the plan's entry of ``item``; None for a test that is no conformance check."""
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    if "trial" in parameters and hasattr(getattr(item, "module", None), "LAW"):
        if not isinstance(parameters["trial"], tuple):  # what pytest puts there for a law that no card is held to
            return None
        name, check = parameters["trial"]
        return name, entry_of_check(check)
    function = getattr(item, "function", None)
    clause = getattr(function, "__clause__", None)
    if isinstance(clause, Clause) and isinstance(parameters.get("subject"), str) and function is not None:
        return parameters["subject"], entry_of_test(clause, function.__name__, function.__module__)
    return None


def is_hollow(item: pytest.Item) -> bool:
    """Say whether ``item`` is what pytest makes of a law or a semantic test for which the run has no check."""
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    is_ours = hasattr(getattr(item, "module", None), "LAW") or hasattr(getattr(item, "function", None), "__clause__")
    return is_ours and bool(parameters.keys() & {"trial", "subject"}) and entry_of(item) is None


class Directory:
    """Finds the checks of node ids that another process collected.

    Args:
        backends: The names of the run's backends.
        dtypes: The floating-point types that checks are made in.
    """

    def __init__(self, backends: Iterable[str], dtypes: tuple[str, ...]) -> None:
        self._entries = {entry.name(backend): (backend, entry) for backend in backends for entry in plan(dtypes)}

    def find(self, node_id: str) -> tuple[str, Entry] | None:
        """Return the backend's name and the plan's entry; the path of a node id starts at any folder, or is empty."""
        path, _, name = node_id.partition("::")
        found = self._entries.get(name)
        file = path.replace("\\", "/").rpartition("/")[2].removesuffix(".py")
        return found if found is not None and file in {"", found[1].module.rpartition(".")[2]} else None


def reproduction(entry: Entry, name: str, text: str, arguments: Sequence[str]) -> str:
    """Return the command line that runs one check alone.

    Args:
        entry: The check.
        name: What node ids call the backend.
        text: What ``--backend`` calls it.
        arguments: The other options that the verdict depends on.
    """
    asked = [] if entry.is_in(USUAL) else [f"--dtype={entry.dtype}"]
    node = f"{entry.module}::{entry.name(name)}"
    return shlex.join(["pytest", f"--backend={text}", *asked, *arguments, "--pyargs", node])
