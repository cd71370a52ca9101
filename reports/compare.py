"""Two runs against each other: what fails newly, what passes newly, what became less or more precise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from reports import keys
from reports.records import ResultFileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.document import ResultFile
    from reports.records import BackendIdentity, Result

Kind = Literal[
    "newly failing",
    "newly passing",
    "no longer offered",
    "newly offered",
    "other verdict",
    "less precise",
    "more precise",
    "added",
    "removed",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
FACTOR = 2.0
"""How many times error against budget must grow or shrink to be told."""
NEGLIGIBLE = 0.01
"""Error against budget below which even twice as much is nothing."""


@dataclass(frozen=True)
class Change:
    """One check whose outcome differs. ``before`` or ``after`` is None where the check was not run."""

    kind: Kind
    key: str
    before: Result | None
    after: Result | None

    @property
    def result(self) -> Result:
        """The later result, or the earlier one where there is no later."""
        result = self.before if self.after is None else self.after
        assert result is not None
        return result


@dataclass(frozen=True)
class Comparison:
    """A backend in an earlier and in a later run."""

    before: BackendIdentity
    after: BackendIdentity
    changes: tuple[Change, ...]

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)


@dataclass(frozen=True)
class ClauseChange:
    """A behaviour that the two suites state differently, or that only one of them has."""

    id: str
    before: str | None
    after: str | None


def compare(before: ResultFile, after: ResultFile, backends: tuple[str, str] | None = None) -> tuple[Comparison, ...]:
    """Compare every backend that both runs have; or one backend of the first with one of the second.

    Args:
        before: The earlier run.
        after: The later run.
        backends: The names to compare, of ``before`` and of ``after``; by default those that are in both, and where
            each run has a single backend, these two.

    Raises:
        ResultFileError: where the runs have no backend in common, or a name that is asked for is not there.
    """
    first = {backend.name: backend for backend in before.backends}
    second = {backend.name: backend for backend in after.backends}
    pairs = _pairs(list(first), list(second)) if backends is None else [backends]
    for name, known in [(pair[0], first) for pair in pairs] + [(pair[1], second) for pair in pairs]:
        if name not in known:
            raise ResultFileError(f"expected one of the backends {', '.join(known)}, not {name!r}")
    return tuple(Comparison(first[a], second[b], _changes(_by_key(before, a), _by_key(after, b))) for a, b in pairs)


def _pairs(first: list[str], second: list[str]) -> list[tuple[str, str]]:
    common = [name for name in second if name in first]
    if common:
        return [(name, name) for name in common]
    if len(first) == 1 and len(second) == 1:
        return [(first[0], second[0])]
    raise ResultFileError(
        "expected a backend that both runs have, but the first has "
        f"{', '.join(first)} and the second {', '.join(second)}; name two with --backends"
    )


def _by_key(run: ResultFile, backend: str) -> dict[str, Result]:
    return {keys.key(result.check, backend): result for result in run.results if result.backend == backend}


def _changes(before: Mapping[str, Result], after: Mapping[str, Result]) -> tuple[Change, ...]:
    changes = []
    for key in sorted(before.keys() | after.keys()):
        kind = kind_of(before.get(key), after.get(key))
        if kind is not None:
            changes.append(Change(kind, key, before.get(key), after.get(key)))
    return tuple(changes)


def kind_of(before: Result | None, after: Result | None) -> Kind | None:
    """Return in which way a check's outcome changed, or None where it did not."""
    if before is None or after is None:
        return "added" if before is None else "removed"
    if before.verdict != after.verdict:
        return verdict_change(before.verdict, after.verdict)
    if before.measurement is None or after.measurement is None:
        return None
    return precision_change(before.measurement.ratio, after.measurement.ratio)


def verdict_change(was: str, now: str) -> Kind:
    """Return in which way one verdict became another."""
    if "unsupported" in {was, now}:
        return "newly offered" if was == "unsupported" else "no longer offered"
    if "passed" in {was, now}:
        return "newly failing" if was == "passed" else "newly passing"
    return "other verdict"


def precision_change(was: float, now: float) -> Kind | None:
    """Return how an error against budget changed, where it did by a factor of two and is not negligible."""
    if max(was, now) < NEGLIGIBLE or was == now:
        return None
    if now >= FACTOR * was:
        return "less precise"
    return "more precise" if was >= FACTOR * now else None


def clause_changes(before: ResultFile, after: ResultFile) -> tuple[ClauseChange, ...]:
    """Return the behaviours in which the suites of the two runs differ; none where their digests agree.

    A file has the behaviours that were selected. Of two selections, what is in both alone can be compared.
    """
    if before.suite.digest == after.suite.digest:
        return ()
    first = {clause.id: clause for clause in before.clauses}
    second = {clause.id: clause for clause in after.clauses}
    alike = before.run.selection == after.run.selection
    return tuple(
        ClauseChange(
            id_,
            first[id_].sentence if id_ in first else None,
            second[id_].sentence if id_ in second else None,
        )
        for id_ in sorted(first.keys() | second.keys() if alike else first.keys() & second.keys())
        if first.get(id_) != second.get(id_)
    )


def environment_changes(before: ResultFile, after: ResultFile, pair: Comparison) -> tuple[tuple[str, str, str], ...]:
    """Return the facts of framework, machine and settings that differ: name, earlier value, later value."""
    first, second = _environment(before, pair.before), _environment(after, pair.after)
    names = list(dict.fromkeys([*first, *second]))
    return tuple(
        (name, first.get(name, "not stated"), second.get(name, "not stated"))
        for name in names
        if first.get(name) != second.get(name)
    )


def _environment(run: ResultFile, backend: BackendIdentity) -> dict[str, str]:
    seed = "none" if run.run.seed is None else str(run.run.seed)
    return {
        "framework": f"{backend.framework} {backend.version}",
        "device": backend.device,
        "suite": f"{run.suite.name} {run.suite.version}",
        "inputs": f"{run.run.effort}, seed {seed}",
        "selection": run.run.selection if run.run.selection else "everything",
        **backend.declarations,
        **run.machine,
        **backend.machine,
    }
