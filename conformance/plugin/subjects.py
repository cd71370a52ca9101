"""The backends of a run: loaded, described, with their known deviations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from adapters.contract import Backend, Description
from adapters.registry import BackendError, load
from conformance import deviations as known
from conformance.deviations import Deviation, DeviationsError
from conformance.plan import Entry, plan


@dataclass(frozen=True)
class Subject:
    """A backend under test, with what is known of it."""

    backend: Backend
    description: Description
    deviations: tuple[Deviation, ...]

    @property
    def name(self) -> str:
        """What ``--backend`` calls it."""
        return self.backend.name

    def unsupported(self, entry: Entry) -> str | None:
        """Return why the adapter says that the framework does not offer the clause, or None."""
        for pattern, reason in self.backend.unsupported.items():
            if fnmatchcase(entry.clause.id, pattern):
                return reason
        return None

    def deviation(self, entry: Entry) -> Deviation | None:
        """Return the known deviation that is about ``entry``, or None."""
        return next((d for d in self.deviations if d.covers(entry, self.description.version)), None)


def load_subjects(names: Sequence[str], files: Sequence[Path]) -> dict[str, Subject]:
    """Return the backends called ``names``, each once, in their order.

    Raises:
        pytest.UsageError: One cannot be had, does not describe itself, or has a faulty deviations file.
    """
    found: dict[str, Subject] = {}
    try:
        for name in names:
            backend = load(name)
            if backend.name not in found:
                found[backend.name] = _subject(backend)
        _add_files(found, files)
    except (BackendError, DeviationsError) as error:
        raise pytest.UsageError(str(error)) from error
    return found


def _subject(backend: Backend) -> Subject:
    try:
        description = backend.describe()
    except Exception as error:  # an adapter is anybody's code
        raise BackendError(f"backend {backend.name!r} does not describe itself: describe() raised {error!r}") from error
    if not isinstance(description, Description):
        raise BackendError(
            f"backend {backend.name!r}: expected describe() to return an adapters.contract.Description, "
            f"not {description!r}"
        )
    for pattern in backend.unsupported:
        if not any(fnmatchcase(entry.clause.id, pattern) for entry in plan()):
            raise BackendError(f"backend {backend.name!r}: unsupported names no clause: {pattern!r}")
    deviations: tuple[Deviation, ...] = ()
    if backend.deviations is not None:
        deviations = known.read(backend.deviations)
        known.require_known(backend.deviations, deviations, plan(), description.version)
    return Subject(backend, description, deviations)


def _add_files(found: dict[str, Subject], files: Sequence[Path]) -> None:
    for path in files:
        deviations = known.read(path)
        for name, subject in found.items():
            known.require_known(path, deviations, plan(), subject.description.version)
            found[name] = Subject(subject.backend, subject.description, deviations + subject.deviations)
