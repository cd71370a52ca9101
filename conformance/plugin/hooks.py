"""The hooks of a run: checks carried out, verdicts collected, results kept and shown."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from conformance.plan import Entry, plan
from conformance.plugin.collector import Collector
from conformance.plugin.items import entry_of
from conformance.plugin.session import RunSession
from conformance.plugin.terminal import show_clauses, show_summary
from conformance.plugin.timeout import time_limit
from conformance.plugin.verdicts import PROPERTY, arguments_of, crashed, mark, result_of

_LETTERS = {"failed": "F", "error": "E", "deviation": "d", "unsupported": "u", "passed": "."}
_COLOURS = {"failed": "red", "error": "red", "deviation": "yellow", "unsupported": "cyan", "passed": "green"}


class ConformancePlugin:
    """Carries out checks in every process of a run, and collects their results in the first."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._session = RunSession(config)
        self._is_worker = hasattr(config, "workerinput")
        self._collector = Collector(config, self._session)
        self._entries: dict[str, tuple[str, Entry]] = {}
        if self._session.named and not config.option.help:
            _ = self._session.subjects, self._session.effort

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Give every worker of pytest-xdist the same seed."""
        node.workerinput["conformance_seed"] = self._session.effort.seed

    def pytest_report_header(self) -> list[str]:
        """Say what is under test."""
        if not self._session.named:
            return []
        return self._collector.header()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note what will be checked, before the first check."""
        found = [entry for item in session.items if (entry := entry_of(item)) is not None]
        if found and not self._is_worker:
            self._collector.begin([(name, entry.clause.id) for name, entry in found])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: Any, ids: list[str]) -> None:
        """Note what the workers will check; all of them have collected the same."""
        del node
        if not self._collector.begun:
            found = [entry for node_id in ids if (entry := self._entry(node_id)) is not None]
            if found:
                self._collector.begin([(name, entry.clause.id) for name, entry in found])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Carry out a check in the backend's session, for as long as it may take."""
        found = entry_of(item)
        if found is None:
            return (yield)
        with (
            self._session.subjects[found[0]].backend.session(),
            time_limit(self._config.getoption("case_timeout")),
        ):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Turn what happened into a verdict."""
        report = yield
        found = entry_of(item)
        concerns_check = call.when == "call" or (call.when == "setup" and call.excinfo is not None)
        if found is not None and concerns_check and not _stopped(call):
            result = result_of(item, call, *found, self._session)
            mark(report, result, found[1])
        return report

    @pytest.hookimpl(optionalhook=True)
    def pytest_handlecrashitem(self, crashitem: str, report: pytest.TestReport) -> None:
        """Make an error of a check whose worker died."""
        found = self._entry(crashitem)
        if found is not None:
            backend, entry = found
            told = "the process ended while this check ran: it crashed, or hung past --case-timeout in native code"
            mark(report, crashed(entry, backend, crashitem, told, arguments_of(self._session)), entry)

    def _entry(self, node_id: str) -> tuple[str, Entry] | None:
        """Return the backend and the entry of a node id that another process collected."""
        if not self._entries:
            named = [(backend, entry) for backend in self._session.subjects for entry in plan()]
            self._entries = {f"{entry.module}::{entry.name(backend)}": (backend, entry) for backend, entry in named}
        path, _, name = node_id.partition("::")
        module = path.removesuffix(".py").replace("/", ".")
        return next(
            (self._entries[key] for key in (f"{part}::{name}" for part in _tails(module)) if key in self._entries), None
        )

    def pytest_report_teststatus(
        self, report: pytest.CollectReport | pytest.TestReport
    ) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
        """Name a verdict as the suite does."""
        verdict = dict(getattr(report, "user_properties", ())).get("verdict")
        if verdict not in _LETTERS or report.when == "teardown":
            return None
        return verdict, _LETTERS[verdict], (verdict.upper(), {_COLOURS[verdict]: True})

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep a result, on disk too."""
        carried = dict(report.user_properties).get(PROPERTY)
        if carried is not None and report.when != "teardown" and not self._is_worker:
            self._collector.add(report, str(carried))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(
        self, session: pytest.Session, exitstatus: int | pytest.ExitCode
    ) -> Generator[None, None, None]:
        """Say which failures follow from others, write the report, and do not call nothing a success."""
        if not self._is_worker and not self._config.option.collectonly:
            if self._collector.claims_nothing and exitstatus == pytest.ExitCode.OK:
                session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED
            self._collector.finish(int(session.exitstatus))
        return (yield)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show the verdicts by profile, and where the report is."""
        if self._config.option.collectonly:
            show_clauses(terminalreporter, self._collector.planned)
        elif self._collector.begun:
            show_summary(terminalreporter, self._collector)


def _stopped(call: pytest.CallInfo[None]) -> bool:
    return call.excinfo is not None and isinstance(call.excinfo.value, (KeyboardInterrupt, pytest.exit.Exception))


def _tails(module: str) -> list[str]:
    """Return a dotted name and what is left of it after each dot: a node id's path starts anywhere."""
    parts = module.split(".")
    return [".".join(parts[start:]) for start in range(len(parts))]
