"""What makes two result files parts of one run: facts in which they must agree, each with its name in a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reports.document import ResultFile
    from reports.records import BackendIdentity

    Fact = tuple[str, Callable[[ResultFile], str]]

PER_MACHINE = frozenset({"host", "hostname"})
"""Facts that may differ between the machines that share a plan."""

PER_MODEL = PER_MACHINE | {"platform", "processor", "cores"}
"""Facts that may differ between machines of different make, where that is permitted."""


def of_one_suite() -> tuple[Fact, ...]:
    """Return what runs of different backends have in common that can be put side by side."""
    return (
        ("the suite", lambda file: f"{file.suite.name} {file.suite.version} ({file.suite.digest[:12]})"),
        ("the effort", lambda file: file.run.effort),
        ("the selection", lambda file: repr(file.run.selection)),
    )


def of_one_run(*, mixed: bool = False) -> tuple[Fact, ...]:
    """Return what the parts of one run have in common; ``mixed`` permits machines of different make."""
    free = PER_MODEL if mixed else PER_MACHINE
    return (
        *of_one_suite(),
        ("the plan", lambda file: f"{file.run.planned} checks"),
        ("the seed", lambda file: str(file.run.seed)),
        ("the backends", lambda file: "; ".join(sorted(map(_identity, file.backends)))),
        ("the environment", lambda file: _facts((n, v) for n, v in file.machine.items() if n not in free)),
    )


def difference(file: ResultFile, other: ResultFile, facts: Iterable[Fact]) -> tuple[str, str, str] | None:
    """Return the first fact in which two files differ: its name, and what each says; None if they agree."""
    for what, of in facts:
        if of(file) != of(other):
            return what, of(file), of(other)
    return None


def _identity(backend: BackendIdentity) -> str:
    declared = _facts(backend.declarations.items())
    return f"{backend.name}: {backend.framework} {backend.version} on {backend.device} ({declared})"


def _facts(items: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {value}" for name, value in sorted(items))
