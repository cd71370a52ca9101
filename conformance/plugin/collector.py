"""The results of a run: collected as they come, kept in a journal, written at the end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

import pytest

from conformance.plan import Entry, plan
from conformance.plugin.document import Draft
from conformance.plugin.session import RunSession
from conformance.plugin.shown import ShownFailure
from reports.files import write_whole
from reports.model import Journal, Result, ResultFile, save

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
        self.written: list[Path] = []
        self.trouble = ""
        self.document: ResultFile | None = None

    @property
    def begun(self) -> bool:
        """Whether there is anything to check."""
        return bool(self.planned)

    @property
    def claims_nothing(self) -> bool:
        """Whether there were checks, and the backends offer nothing of what they are about."""
        return bool(self._results) and all(result.verdict == "unsupported" for result in self._results.values())

    @cached_property
    def _entries(self) -> dict[Key, Entry]:
        return {(backend, entry.name(backend)): entry for backend in self._session.subjects for entry in plan()}

    def begin(self, planned: Sequence[tuple[str, str]]) -> None:
        """Note what is planned: backend and clause id of every check; open the journal.

        Raises:
            pytest.UsageError: The journal cannot be written.
        """
        self.planned = list(planned)
        if self._path is None:
            return
        try:
            self._journal = Journal(self._journal_path)
            self._journal.begin(self._draft.document(None, (), self.planned))
        except OSError as error:
            raise pytest.UsageError(f"{self._journal_path}: results cannot be kept here: {_reason(error)}") from error

    def add(self, report: pytest.TestReport, result: Result) -> None:
        """Keep one result."""
        spec = getattr(getattr(getattr(report, "node", None), "gateway", None), "spec", None)
        if getattr(spec, "ssh", None) or getattr(spec, "socket", None):
            result = replace(result, host=str(spec))
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
        self.document = self._draft.document(exit_status, tuple(self._results.values()), self.planned)
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
        failing = {key: result for key, result in self._results.items() if result.verdict in {"failed", "error"}}
        broken: dict[tuple[str, bool], set[str]] = {}
        for result in failing.values():
            broken.setdefault((result.backend, False), set()).add(result.clause)
            if result.law == "refusal":
                broken.setdefault((result.backend, True), set()).add(result.clause)
        for key, result in failing.items():
            patterns = self._entries[key].clause.follows_from
            # That something is not refused follows from no wrong number.
            others = sorted(broken[result.backend, result.law == "refusal"] - {result.clause})
            causes = tuple(name for name in others if any(fnmatchcase(name, pattern) for pattern in patterns))
            if causes:
                self._results[key] = replace(result, follows_from=causes)
                self._show(key)

    def _show(self, key: Key) -> None:
        """Let pytest show a failure as it is known now, and as it is shown in this process."""
        result, report = self._results[key], self._reports[key]
        if result.verdict in {"failed", "error"}:
            path, number, _ = report.location
            line = 0 if number is None else number + 1
            report.longrepr = ShownFailure(result, self._entries[key].clause, path, line)  # type: ignore[assignment]


def _reason(error: OSError) -> str:
    return error.strerror if error.strerror else type(error).__name__
