"""The results of a run: collected as they come, kept in a journal, written at the end."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

import pytest

from conformance import SUITE, VERSION
from conformance.plan import Entry, clauses, digest, plan
from conformance.plugin.machine import machine
from conformance.plugin.session import RunSession
from conformance.plugin.subjects import Subject
from conformance.plugin.verdicts import shown_failure
from reports.model import BackendIdentity, ClauseEntry, Journal, Result, ResultFile, Run, Suite, save


class Collector:
    """Collects results and writes them."""

    def __init__(self, config: pytest.Config, session: RunSession) -> None:
        self._config = config
        self._session = session
        self._results: dict[tuple[str, str], Result] = {}
        self._reports: dict[tuple[str, str], pytest.TestReport] = {}
        self._journal: Journal | None = None
        self._started = datetime.now(UTC)
        self.planned: list[tuple[str, str]] = []
        self.begun = False
        self.written: list[Path] = []
        self.document: ResultFile | None = None

    @property
    def html_path(self) -> Path | None:
        """Where the report goes."""
        return self._config.getoption("report")  # type: ignore[no-any-return]

    @property
    def claims_nothing(self) -> bool:
        """Whether there were checks, and the backends offer nothing of what they are about."""
        return bool(self._results) and all(result.verdict == "unsupported" for result in self._results.values())

    @cached_property
    def _entries(self) -> dict[tuple[str, str], Entry]:
        return {(backend, entry.name(backend)): entry for backend in self._session.subjects for entry in plan()}

    def header(self) -> list[str]:
        """Return a line on each backend, and one on what is drawn."""
        lines = []
        for subject in self._session.subjects.values():
            said = subject.description
            declared = "; ".join(f"{key}: {value}" for key, value in said.declarations.items())
            lines.append(f"backend {subject.name}: {said.framework} {said.version} on {said.device}; {declared}")
        if self._session.effort.seed is not None:
            lines.append(f"effort: deep, --seed={self._session.effort.seed}")
        return lines

    def begin(self, planned: Sequence[tuple[str, str]]) -> None:
        """Note what is planned: backend and clause id of every check; open the journal.

        Raises:
            pytest.UsageError: The report cannot be written where it should be.
        """
        self.begun = True
        self.planned = list(planned)
        if self.html_path is not None and not self._config.option.collectonly:
            try:
                self.html_path.parent.mkdir(parents=True, exist_ok=True)
                self._journal = Journal(self._journal_path())
                self._journal.begin(self._document(None, ()))
            except OSError as error:
                raise pytest.UsageError(f"--report={self.html_path}: cannot be written: {error}") from error

    def add(self, report: pytest.TestReport, carried: str) -> None:
        """Keep one result, which the report carries as JSON."""
        result = Result.from_json(json.loads(carried))
        host = getattr(getattr(report, "node", None), "gateway", None)
        spec = getattr(host, "spec", None)
        if spec is not None and (getattr(spec, "ssh", None) or getattr(spec, "socket", None)):
            result = replace(result, host=str(spec))
        key = (result.backend, result.check)
        self._results[key] = result
        self._reports[key] = report
        if self._journal is not None:
            with suppress(OSError):  # a full disk must not end the run; the final write says so
                self._journal.append(result)

    def finish(self, exit_status: int) -> None:
        """Say which failures follow from others, and write the result file and the report."""
        if not self.begun:
            return
        self._relate()
        self.document = self._document(exit_status, tuple(self._results.values()))
        if self.html_path is not None:
            self._write(self.html_path, self.document)

    def _write(self, path: Path, document: ResultFile) -> None:
        from reports.html import render  # noqa: PLC0415 - Jinja2 is needed only here

        save(document, path.with_suffix(".json"))
        path.write_text(render([document]), encoding="utf-8")
        self.written = [path, path.with_suffix(".json")]
        if self._journal is not None:
            self._journal.close()
            self._journal_path().unlink(missing_ok=True)

    def _journal_path(self) -> Path:
        path: Path = self._config.getoption("report")
        return path.with_suffix(".partial.jsonl")

    def _relate(self) -> None:
        """Note on every failure which failed clauses it follows from, and show it."""
        broken: dict[str, set[str]] = {}
        for result in self._results.values():
            if result.verdict in {"failed", "error"}:
                broken.setdefault(result.backend, set()).add(result.clause)
        for key, result in self._results.items():
            if result.verdict not in {"failed", "error"}:
                continue
            entry = self._entries[key]
            causes = tuple(
                sorted(
                    other
                    for other in broken[result.backend] - {result.clause}
                    if any(fnmatchcase(other, pattern) for pattern in entry.clause.follows_from)
                )
            )
            if causes:
                self._results[key] = replace(result, follows_from=causes)
                self._reports[key].longrepr = shown_failure(result, entry, causes)

    def _document(self, exit_status: int | None, results: tuple[Result, ...]) -> ResultFile:
        effort = self._session.effort
        arguments = [str(argument) for argument in self._config.invocation_params.args]
        run = Run(
            started=self._started.strftime("%Y-%m-%dT%H:%M:%SZ"),
            seconds=round((datetime.now(UTC) - self._started).total_seconds(), 3),
            complete=exit_status is not None and len(results) == len(self.planned),
            exit_status=exit_status,
            effort="deep" if effort.name == "deep" else "default",
            seed=effort.seed,
            selection=self._selection(),
            command=shlex.join(["pytest", *arguments]),
            planned=len(self.planned),
        )
        families = {entry.clause.id: entry.family for entry in plan()}
        chosen = {clause for _, clause in self.planned}
        return ResultFile(
            suite=Suite(SUITE, VERSION, digest()),
            run=run,
            machine=machine(),
            backends=tuple(_identity(subject) for subject in self._session.subjects.values()),
            clauses=tuple(
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
                if clause.id in chosen
            ),
            results=results,
        )

    def _selection(self) -> str:
        option = self._config.option
        parts = [f"-k {shlex.quote(option.keyword)}"] if option.keyword else []
        parts += [f"-m {shlex.quote(option.markexpr)}"] if option.markexpr else []
        return " ".join(parts + [str(argument) for argument in self._config.args if "::" in str(argument)])


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
