"""What the result file says of a run beside its results."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from conformance import SUITE, VERSION
from conformance.dtypes import USUAL
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
        self, exit_status: int | None, results: tuple[Result, ...], planned: Sequence[tuple[str, str]], whole: int
    ) -> ResultFile:
        """Return the result file.

        Args:
            exit_status: What pytest is about to return; None while the run goes on.
            results: The results so far.
            planned: Backend and clause id of every check of this run's part.
            whole: How many checks all parts have.
        """
        chosen = {clause for _, clause in planned}
        return ResultFile(
            suite=Suite(SUITE, VERSION, digest()),
            run=self._run(exit_status, whole, is_done=len(results) == len(planned)),
            machine=machine(),
            backends=tuple(_identity(subject) for subject in self._session.subjects.values()),
            clauses=tuple(entry for entry in clause_entries() if entry.id in chosen),
            results=results,
        )

    def _run(self, exit_status: int | None, whole: int, *, is_done: bool) -> Run:
        effort, resumed = self._session.effort, self._session.resumed
        started = self._started.strftime("%Y-%m-%dT%H:%M:%SZ")
        seconds = (datetime.now(UTC) - self._started).total_seconds()
        arguments = [str(argument) for argument in self._config.invocation_params.args]
        return Run(
            started=started if resumed is None else resumed.run.started,
            seconds=round(seconds if resumed is None else resumed.run.seconds + seconds, 3),
            complete=exit_status is not None and is_done,
            exit_status=exit_status,
            effort="deep" if effort.name == "deep" else "default",
            seed=effort.seed,
            selection=self._selection(),
            command=shlex.join(["pytest", *arguments]),
            planned=whole,
            shard=self._session.share.shard,
        )

    def _selection(self) -> str:
        option = self._config.option
        dtypes = self._session.settings.dtypes
        parts = [] if dtypes == USUAL else [f"--dtype={dtype}" for dtype in dtypes]
        parts += [f"-k {shlex.quote(option.keyword)}"] if option.keyword else []
        parts += [f"-m {shlex.quote(option.markexpr)}"] if option.markexpr else []
        parts += [f"--deselect {shlex.quote(prefix)}" for prefix in option.deselect or ()]
        return " ".join(parts + [str(argument) for argument in self._config.args if "::" in str(argument)])


def clause_entries() -> list[ClauseEntry]:
    """Return every clause of the suite as the result file tells of it."""
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
            clause.follows_from,
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
