"""The state of a run: its backends, its effort, and how tests are made of checks."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from adapters.contract import Backend, Unsupported
from adapters.registry import BackendError
from conformance.catalogue import CatalogueError, cards
from conformance.clause import Clause, InvalidClauseError
from conformance.deviations import Deviation, DeviationsError
from conformance.generation import Effort, effort
from conformance.law import Law
from conformance.plan import Entry, entry_of_check, entry_of_test
from conformance.plugin.items import entry_of, is_hollow
from conformance.plugin.options import Settings
from conformance.plugin.share import Share, costs_of, name_of
from conformance.plugin.subjects import Subject, subjects
from conformance.trial import Trial
from reports.model import ResultFile

TRIAL = pytest.StashKey[Trial]()
"""Where a law's item keeps its trial."""

DIALECT = pytest.StashKey[str]()
"""Where a semantic test's item keeps the alternative that the backend chose."""


class RunSession:
    """What a run is about.

    Args:
        config: pytest's.
        settings: What the command line asks for.
        backends: The backends, each by the text of ``--backend``.
        deviations: What the user's files of known deviations hold.
        resumed: What an earlier run left, which this one goes on with.
        measured: The result file that says what checks cost.

    Raises:
        pytest.UsageError: A backend does not describe itself, or a file of known deviations is faulty.
    """

    def __init__(
        self,
        config: pytest.Config,
        settings: Settings,
        backends: Mapping[str, Backend],
        deviations: Mapping[Path, tuple[Deviation, ...]],
        resumed: ResultFile | None = None,
        measured: ResultFile | None = None,
    ) -> None:
        self.settings = settings
        self.resumed = resumed
        self.effort = _effort(config, settings, resumed)
        self.collected: list[tuple[str, tuple[str, Entry] | None]] = []
        try:
            self.subjects = subjects(backends, deviations)
        except (BackendError, DeviationsError, CatalogueError, InvalidClauseError) as error:
            raise pytest.UsageError(str(error)) from error
        self.share = self._share(config, measured)

    def _share(self, config: pytest.Config, measured: ResultFile | None) -> Share:
        """Return what this run takes of the plan; a worker of pytest-xdist is told by the first process."""
        given = getattr(config, "workerinput", {}).get("conformance_share")
        if given is not None:
            return Share.in_worker(given)
        done = () if self.resumed is None else (result.check for result in self.resumed.results)
        costs = {} if measured is None else costs_of(measured)
        return Share(self.settings.shard, costs, tuple(self.subjects), frozenset(done))

    def choose(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave of the collected tests those that this run carries out, and keep what there was.

        A worker of pytest-xdist keeps the others behind those, so that the first process knows the whole plan: it
        passes over them.
        """
        if hollow := [item for item in items if is_hollow(item)]:
            items[:] = [item for item in items if not is_hollow(item)]
            config.hook.pytest_deselected(items=hollow)
        self.collected = [(item.nodeid, entry_of(item)) for item in items]
        if self.share.is_whole:
            return
        left = self.share.left([name_of(item.nodeid) for item in items])
        kept = [item for item in items if name_of(item.nodeid) in left]
        others = [item for item in items if name_of(item.nodeid) not in left]
        if hasattr(config, "workerinput"):
            items[:] = kept + others
        else:
            items[:] = kept
            config.hook.pytest_deselected(items=others)

    @property
    def arguments(self) -> list[str]:
        """The options that the reproduction of a verdict needs beside the backend."""
        seed = [] if self.effort.seed is None else ["--effort=deep", f"--seed={self.effort.seed}"]
        return seed + self.settings.arguments

    def parametrize(self, metafunc: pytest.Metafunc) -> None:
        """Give a law's test its checks, and a semantic test its backends."""
        law = getattr(metafunc.module, "LAW", None)
        clause = getattr(metafunc.function, "__clause__", None)
        if isinstance(law, Law) and "trial" in metafunc.fixturenames:
            mark = getattr(pytest.mark, law.profile.value)
            parameters = [
                pytest.param((name, check), id=entry_of_check(check).identifier(name), marks=mark)
                for check in law.checks(cards(), self.settings.dtypes)
                for name in self.subjects
            ]
            metafunc.parametrize("trial", parameters, indirect=True)
        elif isinstance(clause, Clause) and "subject" in metafunc.fixturenames:
            mark = getattr(pytest.mark, clause.profile.value)
            entry = entry_of_test(clause, metafunc.function.__name__, metafunc.module.__name__)
            names = self.subjects if entry.is_in(self.settings.dtypes) else ()
            parameters = [pytest.param(name, id=entry.identifier(name), marks=mark) for name in names]
            metafunc.parametrize("subject", parameters, indirect=True)

    def trial(self, request: pytest.FixtureRequest) -> Trial:
        """Return the trial of the check that ``request`` is for."""
        name, check = request.param
        subject = self.subjects[name]
        _refuse_unsupported(request.node, subject)
        made = Trial(check, subject.backend, subject.description, self.effort)
        made.require_dtype()
        request.node.stash[TRIAL] = made
        return made

    def subject(self, request: pytest.FixtureRequest) -> Subject:
        """Return the backend of the semantic test that ``request`` is for."""
        found = self.subjects[request.param]
        _refuse_unsupported(request.node, found)
        return found

    def dialect(self, request: pytest.FixtureRequest) -> Callable[[str], None]:
        """Return what notes which of the clause's permitted alternatives the backend chose."""
        item = request.node
        found = entry_of(item)
        permitted = {} if found is None else found[1].clause.dialects

        def choose(name: str) -> None:
            if name not in permitted:
                raise ValueError(f"{item.name}: expected one of the clause's dialects {list(permitted)}, not {name!r}")
            item.stash[DIALECT] = name

        return choose


def _effort(config: pytest.Config, settings: Settings, resumed: ResultFile | None) -> Effort:
    """Return how much is drawn: by the seed that is given, a resumed run's, or in a worker the first process's."""
    if not settings.deep:
        return effort("default", None)
    known = resumed.run.seed if settings.seed is None and resumed is not None else settings.seed
    seed = getattr(config, "workerinput", {}).get("conformance_seed", known)
    return effort("deep", secrets.randbelow(2**31) if seed is None else seed)


def _refuse_unsupported(item: pytest.Item, subject: Subject) -> None:
    found = entry_of(item)
    reason = None if found is None else subject.unsupported(found[1])
    if reason is not None:
        raise Unsupported(reason)
