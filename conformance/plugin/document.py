"""What the result file says of a run beside its results."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from conformance import SUITE, VERSION
from conformance.plan import clauses, digest, plan
from conformance.plugin.machine import machine
from conformance.plugin.session import RunSession
from conformance.plugin.subjects import Subject
from reports.model import BackendIdentity, ClauseEntry, Result, ResultFile, Run, Suite


class Draft:
    """Makes the result file of a run.

    Args:
        config: pytest's.
        session: What the run is about.
    """

    def __init__(self, config: pytest.Config, session: RunSession) -> None:
        self._config = config
        self._session = session
        self._started = datetime.now(UTC)

    def document(
        self, exit_status: int | None, results: tuple[Result, ...], planned: Sequence[tuple[str, str]]
    ) -> ResultFile:
        """Return the result file.

        Args:
            exit_status: What pytest is about to return; None while the run goes on.
            results: The results so far.
            planned: Backend and clause id of every check.
        """
        chosen = {clause for _, clause in planned}
        return ResultFile(
            suite=Suite(SUITE, VERSION, digest()),
            run=self._run(exit_status, len(results), len(planned)),
            machine=machine(),
            backends=tuple(_identity(subject) for subject in self._session.subjects.values()),
            clauses=tuple(entry for entry in _clause_entries() if entry.id in chosen),
            results=results,
        )

    def _run(self, exit_status: int | None, done: int, planned: int) -> Run:
        effort = self._session.effort
        arguments = [str(argument) for argument in self._config.invocation_params.args]
        return Run(
            started=self._started.strftime("%Y-%m-%dT%H:%M:%SZ"),
            seconds=round((datetime.now(UTC) - self._started).total_seconds(), 3),
            complete=exit_status is not None and done == planned,
            exit_status=exit_status,
            effort="deep" if effort.name == "deep" else "default",
            seed=effort.seed,
            selection=self._selection(),
            command=shlex.join(["pytest", *arguments]),
            planned=planned,
        )

    def _selection(self) -> str:
        option = self._config.option
        parts = [f"-k {shlex.quote(option.keyword)}"] if option.keyword else []
        parts += [f"-m {shlex.quote(option.markexpr)}"] if option.markexpr else []
        parts += [f"--deselect {shlex.quote(prefix)}" for prefix in option.deselect or ()]
        return " ".join(parts + [str(argument) for argument in self._config.args if "::" in str(argument)])


def _clause_entries() -> list[ClauseEntry]:
    families = {entry.clause.id: entry.family for entry in plan()}
    return [
        ClauseEntry(
            clause.id,
            clause.sentence,
            clause.link,
            clause.profile.value,
            clause.subject,
            families[clause.id],
            dict(clause.dialects),
        )
        for clause in clauses().values()
    ]


def _identity(subject: Subject) -> BackendIdentity:
    said = subject.description
    return BackendIdentity(
        subject.name,
        said.framework,
        said.version,
        said.device,
        tuple(subject.backend.dtypes),
        dict(said.declarations),
    )
