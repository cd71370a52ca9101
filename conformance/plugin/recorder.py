"""The hooks of a run's first process: results kept as they come, related to each other, written and shown."""

from __future__ import annotations

import textwrap
from collections.abc import Generator, Sequence
from functools import cached_property
from typing import Any

import pytest

from conformance.dtypes import USUAL
from conformance.plan import Entry
from conformance.plugin.collector import Collector
from conformance.plugin.items import Directory
from conformance.plugin.marking import Status, mark, marked, status
from conformance.plugin.session import RunSession
from conformance.plugin.share import name_of
from conformance.plugin.shown import WIDTH
from conformance.plugin.summary import show_clauses, show_failures, show_summary
from conformance.plugin.verdicts import crashed


class Recorder:
    """Keeps and shows the results of all processes."""

    def __init__(self, config: pytest.Config, session: RunSession) -> None:
        self._config = config
        self._session = session
        self._collector = Collector(config, session)

    @cached_property
    def _directory(self) -> Directory:
        return Directory(self._session.subjects, self._session.settings.dtypes)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Give every worker of pytest-xdist the same seed, and the same share."""
        node.workerinput["conformance_seed"] = self._session.effort.seed
        node.workerinput["conformance_share"] = self._session.share.to_worker()

    def pytest_report_header(self) -> list[str]:
        """Return a line on each backend, and one on what is drawn."""
        lines = []
        for subject in self._session.subjects.values():
            said = subject.description
            declared = "".join(f"; {key}: {value}" for key, value in said.declarations.items())
            lines.append(f"backend {subject.name}: {said.framework} {said.version} on {said.device}{declared}")
        if self._session.settings.dtypes != USUAL:
            lines.append(f"types: {', '.join(self._session.settings.dtypes)}")
        if self._session.effort.seed is not None:
            lines.append(f"effort: deep, --seed={self._session.effort.seed}")
        return [part for line in lines for part in textwrap.wrap(line, WIDTH, subsequent_indent=" " * 4)]

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note what will be checked, before the first check."""
        del session
        self._begin(self._session.collected)

    @pytest.hookimpl(optionalhook=True, trylast=True)
    def pytest_xdist_node_collection_finished(self, node: Any, ids: list[str]) -> None:
        """Note what the workers will check; all of them have collected the same, what others do last."""
        del node
        if not self._collector.begun:
            self._begin([(name, self._directory.find(name)) for name in ids])
        share = self._session.share
        if not share.is_whole:
            # pytest-xdist speaks of tests by their places in this list, and carries out those that are in it.
            left = share.left([name_of(name) for name in ids])
            ids[:] = [name for name in ids if name_of(name) in left]

    def _begin(self, collected: Sequence[tuple[str, tuple[str, Entry] | None]]) -> None:
        """Note what is planned: of the checks among the collected tests, those in this run's part."""
        if self._collector.begun:
            return
        part = set(self._session.share.part([name_of(node_id) for node_id, _ in collected]))
        checks = [found for _, found in collected if found is not None]
        planned = [(name, entry.clause.id) for name, entry in checks if entry.name(name) in part]
        if checks:
            self._collector.begin(planned, len(checks))

    @pytest.hookimpl(optionalhook=True)
    def pytest_handlecrashitem(self, crashitem: str, report: pytest.TestReport) -> None:
        """Make an error of a check whose worker died."""
        found = self._directory.find(crashitem)
        if found is not None:
            mark(report, crashed(crashitem, *found, self._session), found[1])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep a result, on disk too."""
        result = marked(report)
        if result is not None:
            self._collector.add(report, result)

    def pytest_report_teststatus(self, report: pytest.CollectReport | pytest.TestReport) -> Status | None:
        """Name a verdict as the suite does."""
        return status(report)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, None, None]:
        """Say which failures follow from others, write the report, and do not call nothing a success."""
        if self._collector.begun and not self._config.option.collectonly:
            session.exitstatus = self._status(session.exitstatus)
            self._collector.finish(int(session.exitstatus))
            if self._collector.trouble and session.exitstatus == pytest.ExitCode.OK:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED
        return (yield)

    def _status(self, status: int) -> int:
        """Return the exit code in the light of what pytest does not know: other parts, an earlier run, and no claim."""
        nothing = pytest.ExitCode.NO_TESTS_COLLECTED
        if status == nothing and not self._session.share.is_whole:
            status = pytest.ExitCode.OK  # there was nothing left to do
        if status == pytest.ExitCode.OK and self._collector.has_failures:
            return pytest.ExitCode.TESTS_FAILED
        # Of a part that claims nothing, the others decide.
        if status == pytest.ExitCode.OK and self._collector.claims_nothing and self._session.share.shard is None:
            return nothing
        return status

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show what is wrong, clause by clause, then the verdicts by profile and where the report is."""
        if self._config.option.collectonly:
            show_clauses(terminalreporter, self._collector.planned)
        elif self._collector.document is not None and not self._config.option.no_summary:
            show_failures(terminalreporter, self._collector.document)
            show_summary(terminalreporter, self._collector)
