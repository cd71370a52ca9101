"""The state of a run: its backends, its effort, and how tests are made of checks."""

from __future__ import annotations

import secrets
from functools import cached_property

import pytest

from conformance.catalogue import CatalogueError, cards
from conformance.clause import Clause
from conformance.generation import Effort, effort
from conformance.law import Law
from conformance.plan import entry_of_check, entry_of_test
from conformance.plugin.subjects import Subject, load_subjects
from conformance.trial import Trial

DIALECT = pytest.StashKey[str]()
"""Where a semantic test's item keeps the alternative that the backend chose."""

_SESSION = pytest.StashKey["RunSession"]()


class RunSession:
    """What a run is about, made of the command line; loads backends when they are first asked for."""

    trial_key = pytest.StashKey[Trial]()

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        config.stash[_SESSION] = self

    @property
    def named(self) -> bool:
        """Whether the command line names a backend."""
        return bool(self._config.getoption("backend"))

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """The backends by name, in the order of the command line; ``ref`` if there is none."""
        return load_subjects(self._config.getoption("backend") or ["ref"], self._config.getoption("deviations"))

    @cached_property
    def effort(self) -> Effort:
        """How much is drawn."""
        worker = getattr(self._config, "workerinput", {})
        name = self._config.getoption("effort")
        given = worker.get("conformance_seed", self._config.getoption("seed"))
        if name == "default":
            if given is not None:
                raise pytest.UsageError("--seed is for --effort=deep: the default effort draws the same in every run")
            return effort(name, None)
        return effort(name, secrets.randbelow(2**31) if given is None else given)

    def parametrize(self, metafunc: pytest.Metafunc) -> None:
        """Give a law's test its checks, and a semantic test its backends."""
        law = getattr(metafunc.module, "LAW", None)
        clause = getattr(metafunc.function, "__clause__", None)
        if isinstance(law, Law) and "trial" in metafunc.fixturenames:
            mark = getattr(pytest.mark, law.profile.value)
            try:
                checks = list(law.checks(cards()))
            except CatalogueError as error:
                raise pytest.UsageError(str(error)) from error
            metafunc.parametrize(
                "trial",
                [
                    pytest.param((name, check), id=entry_of_check(check).identifier(name), marks=mark)
                    for check in checks
                    for name in self.subjects
                ],
                indirect=True,
            )
        elif isinstance(clause, Clause) and "subject" in metafunc.fixturenames:
            mark = getattr(pytest.mark, clause.profile.value)
            entry = entry_of_test(clause, metafunc.function.__name__, metafunc.module.__name__)
            metafunc.parametrize(
                "subject",
                [pytest.param(name, id=entry.identifier(name), marks=mark) for name in self.subjects],
                indirect=True,
            )


def session_of(config: pytest.Config) -> RunSession:
    """Return the state of the run."""
    return config.stash[_SESSION]
