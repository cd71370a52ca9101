"""The results of a run: collected as they come, kept in a journal, written at the end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pytest

from conformance.plan import Entry, plan
from conformance.plugin.document import Draft, clause_entries
from conformance.plugin.resumption import require_same
from conformance.plugin.session import RunSession
from conformance.plugin.shown import ShownFailure
from conformance.plugin.verdicts import judged_anew
from reports.files import write_whole
from reports.model import Journal, Result, ResultFile, save
from reports.relations import related

Key = tuple[str, str]
"""A backend's name and a check's."""


class Collector:
    """Collects results and writes them.

    Args:
        config: pytest's.
        session: What the run is about.
    """

    def __init__(self, config: pytest.Config, session: RunSession) -> None:
        self._session = session
        self._draft = Draft(config, session)
        self._results: dict[Key, Result] = {}
        self._reports: dict[Key, pytest.TestReport] = {}
        self._journal: Journal | None = None
        report = session.settings.report
        self._path = None if report is None or config.option.collectonly else report.absolute()
        self.planned: list[Key] = []
        self._whole = 0
        self.written: list[Path] = []
        self.trouble = ""
        self.document: ResultFile | None = None

    @property
    def begun(self) -> bool:
        """Whether there is anything to check."""
        return bool(self._whole)

    @property
    def claims_nothing(self) -> bool:
        """Whether there were checks, and the backends offer nothing of what they are about."""
        return bool(self._results) and all(result.verdict == "unsupported" for result in self._results.values())

    @property
    def has_failures(self) -> bool:
        """Whether a check has failed, in this run or the one that it goes on with."""
        return any(result.verdict in {"failed", "error"} for result in self._results.values())

    @cached_property
    def _entries(self) -> dict[Key, Entry]:
        entries = plan(self._session.settings.dtypes)
        return {(backend, entry.name(backend)): entry for backend in self._session.subjects for entry in entries}

    def begin(self, planned: Sequence[tuple[str, str]], whole: int) -> None:
        """Note what is planned; take over what an earlier run has done; open the journal.

        Args:
            planned: Backend and clause id of every check of this run's part.
            whole: How many checks all parts have.

        Raises:
            pytest.UsageError: The journal cannot be written, or the earlier run was another.
        """
        header = self._draft.document(None, (), planned, whole)
        if self._session.resumed is not None:
            require_same(self._session.resumed, header, self._session.settings.resume)
            self._results = {(one.backend, one.check): self._anew(one) for one in self._session.resumed.results}
        self.planned, self._whole = list(planned), whole  # only now is there anything that may be written
        if self._path is None:
            return
        try:
            self._journal = Journal(self._journal_path, header, tuple(self._results.values()))
        except OSError as error:
            raise pytest.UsageError(f"{self._journal_path}: results cannot be kept here: {_reason(error)}") from error

    def _anew(self, result: Result) -> Result:
        entry = self._entries.get((result.backend, result.check))
        return result if entry is None else judged_anew(result, entry, self._session)

    def add(self, report: pytest.TestReport, result: Result) -> None:
        """Keep one result."""
        result = replace(result, host=_host(report))
        key = (result.backend, result.check)
        self._results[key] = result
        self._reports[key] = report
        self._show(key)
        if self._journal is not None:
            try:
                self._journal.append(result)
            except OSError:  # a full disk must not end the run; the final write says so
                with suppress(OSError):
                    self._journal.close()
                self._journal = None

    def finish(self, exit_status: int) -> None:
        """Say which failures follow from others, and write the result file and the report."""
        self._relate()
        self.document = self._draft.document(exit_status, tuple(self._results.values()), self.planned, self._whole)
        if self._path is not None:
            try:
                self._write(self._path, self.document)
            except OSError as error:
                kept = f"; the results are in {self._journal_path}" if self._journal_path.exists() else ""
                self.trouble = f"The report cannot be written: {_reason(error)}{kept}"

    def _write(self, path: Path, document: ResultFile) -> None:
        from reports.html import render  # noqa: PLC0415 - Jinja2 is needed only here

        save(document, path.with_suffix(".json"))
        self.written.append(path.with_suffix(".json"))
        if self._journal is not None:
            self._journal.close()
        self._journal_path.unlink(missing_ok=True)
        write_whole(path, render([document]))
        self.written.insert(0, path)

    @property
    def _journal_path(self) -> Path:
        if self._path is None:
            raise ValueError("there is no journal without --report")
        return self._path.with_suffix(".partial.jsonl")

    def _relate(self) -> None:
        """Note on every failure which failed clauses it follows from, and show it."""
        for result in related(self._results.values(), clause_entries()):
            key = (result.backend, result.check)
            if result != self._results[key]:
                self._results[key] = result
                self._show(key)

    def _show(self, key: Key) -> None:
        """Let pytest show a failure as it is known now, and as it is shown in this process."""
        result, report = self._results[key], self._reports.get(key)
        if report is not None and result.verdict in {"failed", "error"}:
            path, number, _ = report.location
            line = 0 if number is None else number + 1
            report.longrepr = ShownFailure(result, self._entries[key].clause, path, line)  # type: ignore[assignment]


def _host(report: pytest.TestReport) -> str | None:
    """Return where a worker of pytest-xdist ran the check, as ``--tx`` names it; None for this machine."""
    spec = getattr(getattr(getattr(report, "node", None), "gateway", None), "spec", None)
    reached = ((way, getattr(spec, way, None)) for way in ("ssh", "socket", "vagrant_ssh"))
    return next((f"{way}={host}" for way, host in reached if host), None)


def _reason(error: OSError) -> str:
    return error.strerror if error.strerror else type(error).__name__
