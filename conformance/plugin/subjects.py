"""The backends of a run: described, checked, with their known deviations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from adapters.contract import Backend, Description, Unsupported
from adapters.registry import BackendError, shortened, told
from conformance.deviations import Deviation, read, require_known
from conformance.plan import Entry, in_halves, plan
from conformance.plugin.namespace import Namespace


@dataclass(frozen=True)
class Subject:
    """A backend under test, with what is known of it.

    Args:
        text: What ``--backend`` was given to reach it.
        backend: The backend.
        description: What it says of itself.
        deviations: Its known failures.
    """

    text: str
    backend: Backend
    description: Description
    deviations: tuple[Deviation, ...]

    @property
    def name(self) -> str:
        """What node ids and the report call it."""
        return self.backend.name

    def unsupported(self, entry: Entry) -> str | None:
        """Return why the adapter says that the framework does not offer the clause, or None."""
        for pattern, reason in self.backend.unsupported.items():
            if fnmatchcase(entry.clause.id, pattern):
                return reason
        return None

    def known(self, entry: Entry) -> list[Deviation]:
        """Return the known deviations that are about ``entry``."""
        return [known for known in self.deviations if known.covers(entry, self.name, self.description.version)]

    def torch(self) -> Any:
        """Return the backend's torch-shaped namespace, seeded if it can be; a name that it lacks is unsupported."""
        namespace = Namespace(self.backend.namespace(), "torch")
        with suppress(Unsupported):
            namespace.manual_seed(0)
        return namespace


def subjects(backends: Mapping[str, Backend], shared: Mapping[Path, tuple[Deviation, ...]]) -> dict[str, Subject]:
    """Return the backends of a run by name, in their order.

    Args:
        backends: Each backend by the text of ``--backend``.
        shared: What the user's files of known deviations hold.

    Raises:
        BackendError: Two have one name, or one does not describe itself.
        DeviationsError: A file of known deviations is faulty.
    """
    found: dict[str, Subject] = {}
    for text, backend in backends.items():
        if backend.name in found:
            raise BackendError(
                f"--backend={found[backend.name].text} and --backend={text}: expected backends of different names, but "
                f"both are called {backend.name!r}. Give one adapter another name: the attribute is `name`."
            )
        _require_attributes(backend)
        description = _description(backend)
        own = {path: read(path) for path in _files(backend.deviations)}
        known = {**shared, **own}
        for path, listed in known.items():
            require_known(path, listed, plan(), in_halves, backend.name, description.version)
        entries = tuple(deviation for listed in known.values() for deviation in listed)
        found[backend.name] = Subject(text, backend, description, entries)
    return found


def _description(backend: Backend) -> Description:
    try:
        description = backend.describe()
    except (Exception, SystemExit) as error:  # an adapter is anybody's code
        raise BackendError(f"backend {backend.name!r}: describe() raised {told(error)}") from error
    if not isinstance(description, Description):
        raise BackendError(
            f"backend {backend.name!r}: expected describe() to return an adapters.contract.Description, "
            f"not an object of type {type(description).__name__!r}"
        )
    expectations: dict[str, tuple[str, Callable[[Any], bool]]] = {
        "framework": ("a line of text", _is_line),
        "version": ("a line of text", _is_line),
        "device": ("a line of text", _is_line),
        "declarations": ("lines of text by name", _are_lines_by_name),
        "tensor_float32": ("a set of names of contractions", _are_names),
        "accumulator": ("names of dtypes by name", _are_lines_by_name),
        "scattered": ("names of dtypes by name", _are_lines_by_name),
    }
    for member, (expected, holds) in expectations.items():
        value = getattr(description, member)
        if not holds(value):
            raise BackendError(
                f"backend {backend.name!r}: expected the {member} that describe() gives to be {expected}, "
                f"not {shortened(value)}"
            )
    return description


def _require_attributes(backend: Backend) -> None:
    expectations: dict[str, tuple[str, Callable[[Any], bool]]] = {
        "dtypes": ("a tuple of names of floating-point types", lambda value: bool(value) and _are_names(value)),
        "unsupported": ("reasons by the ids of clauses", _are_lines_by_name),
        "deviations": ("a pathlib.Path, several in a tuple, or None", _are_files),
    }
    for member, (expected, holds) in expectations.items():
        value = getattr(backend, member)
        if not holds(value):
            raise BackendError(
                f"backend {backend.name!r}: expected its attribute `{member}` to be {expected}, not {shortened(value)}"
            )
    clauses = {entry.clause.id for entry in plan()}
    for pattern in backend.unsupported:
        if not any(fnmatchcase(clause, pattern) for clause in clauses):
            raise BackendError(
                f"backend {backend.name!r}: expected every key of `unsupported` to be the id of a clause or a shell "
                f"pattern over ids, and {pattern!r} is neither; `python -m conformance clauses` lists them"
            )


def _files(value: Path | tuple[Path, ...] | None) -> tuple[Path, ...]:
    return () if value is None else (value,) if isinstance(value, Path) else value


def _are_files(value: object) -> bool:
    paths = value if isinstance(value, tuple) else () if value is None else (value,)
    return all(isinstance(path, Path) for path in paths)


def _is_line(value: object) -> bool:
    return isinstance(value, str) and bool(value) and value.isprintable()


def _are_names(value: object) -> bool:
    return isinstance(value, (tuple, list, set, frozenset)) and all(map(_is_line, value))


def _are_lines_by_name(value: object) -> bool:
    return isinstance(value, Mapping) and all(_is_line(name) and _is_line(text) for name, text in value.items())
