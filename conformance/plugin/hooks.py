"""The hooks that every process of a run has: checks carried out, and what happened turned into verdicts."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest

from conformance.plugin.containment import contained, kept_random_state
from conformance.plugin.interruption import Interruption
from conformance.plugin.items import entry_of
from conformance.plugin.marking import mark
from conformance.plugin.memory import MemoryLimit
from conformance.plugin.recorder import Recorder
from conformance.plugin.session import RunSession
from conformance.plugin.timeout import time_limit
from conformance.plugin.verdicts import result_of


def register(config: pytest.Config, session: RunSession) -> None:
    """Register the suite's hooks: those that carry out, and in the first process those that keep and show."""
    is_worker = hasattr(config, "workerinput")
    config.add_cleanup(gc.unfreeze)  # asked for before pytest asks for its own, and so done after that
    config.pluginmanager.register(Carrier(session, is_worker=is_worker), "conformance-carrier")
    if not is_worker:
        config.pluginmanager.register(Recorder(config, session), "conformance-recorder")


class Carrier:
    """Carries out checks, each on its own: in the backend's session, within a time limit, with its effects undone."""

    def __init__(self, session: RunSession, *, is_worker: bool) -> None:
        self._session = session
        self._is_worker = is_worker
        self._memory = MemoryLimit(session.settings.memory_limit)
        self._interruption = Interruption()
        self._interruption.install(terminate=not is_worker)
        self._restore_random_state = kept_random_state()

    def pytest_unconfigure(self) -> None:
        """Give back the signals and the global generators."""
        self._interruption.uninstall()
        self._restore_random_state()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Collect without looking for garbage: thousands of checks are made here, and stay for as long as the run does.

        Nor are they looked through afterwards, each time that the collector runs.
        """
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            return (yield)
        finally:
            gc.freeze()
            if was_enabled:
                gc.enable()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave what this run takes of what is selected."""
        self._session.choose(config, items)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Undo what a backend changes in the process while it is checked."""
        if entry_of(item) is None:
            return (yield)
        with contained():
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, None, None]:
        """Set up a check as it is carried out: the adapter's code runs here too."""
        with self._guarded(item):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        """Carry out a check."""
        with self._guarded(item):
            return (yield)

    @contextmanager
    def _guarded(self, item: pytest.Item) -> Iterator[None]:
        """Be in the backend's session, for as long as a check may take."""
        found = entry_of(item)
        if found is None:
            yield
            return
        with (
            self._interruption.told_apart(),
            self._memory.applied(),
            time_limit(self._session.settings.case_timeout),
            self._session.subjects[found[0]].backend.session(),
        ):
            yield

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Turn what happened into a verdict."""
        report = yield
        found = entry_of(item)
        concerns_check = call.when == "call" or (call.when == "setup" and call.excinfo is not None)
        if found is not None and concerns_check and not self._interruption.came:
            mark(report, result_of(item, call, *found, self._session), found[1])
            item.user_properties[:] = report.user_properties  # JUnit XML has those of the teardown's report
            if call.excinfo is not None and self._memory.is_spent(call.excinfo.value):
                self._give_up(item)
        return report

    def _give_up(self, item: pytest.Item) -> None:
        """End a process whose memory is spent: the next checks would bear the blame of this one."""
        if self._is_worker:
            os._exit(1)  # pytest-xdist starts another and says that this check ended the process
        item.session.shouldstop = (
            "the backend keeps the memory that it took up to --memory-limit, so that no further check can have any; "
            "under -n 1 the process would be replaced"
        )
