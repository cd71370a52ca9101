"""The plan: every check of the suite, law by law and semantic test by semantic test, before any backend is asked."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType, ModuleType

import conformance.laws
import conformance.semantics
from conformance.catalogue import cards, family
from conformance.clause import Clause, InvalidClauseError
from conformance.dtypes import HALVES, USUAL
from conformance.law import Check, Law

LAWS = conformance.laws
SEMANTICS = conformance.semantics


@dataclass(frozen=True)
class Entry:
    """What the suite knows of a check without running it.

    Args:
        clause: The clause that it shows.
        family: The card's family, or the group of semantic tests.
        law: The law, or ``semantics``.
        test: The test's name: of the function, and of the file it is in.
        module: The module that the test is in.
        case: The case's name, if there are cases.
        dtype: The floating-point type, if there is one.
    """

    clause: Clause
    family: str
    law: str
    test: str
    module: str
    case: str | None = None
    dtype: str | None = None

    def is_in(self, dtypes: Collection[str]) -> bool:
        """Say whether a run in ``dtypes`` has it; what names no type computes in float32, the default one."""
        return ("float32" if self.dtype is None else self.dtype) in dtypes

    def identifier(self, backend: str) -> str:
        """Return what stands between the brackets of the node id."""
        return "-".join(part for part in (backend, self.clause.id, self.case, self.dtype) if part is not None)

    def name(self, backend: str) -> str:
        """Return the check's name: the last part of its node id."""
        return f"{self.test}[{self.identifier(backend)}]"


def entry_of_check(check: Check) -> Entry:
    """Return the entry of a law's check."""
    test = f"test_{check.law.name}"
    return Entry(
        check.clause,
        family(check.card.name),
        check.law.name,
        test,
        f"{LAWS.__name__}.{test}",
        check.case_name,
        check.dtype,
    )


def entry_of_test(clause: Clause, test: str, module: str) -> Entry:
    """Return the entry of a semantic test."""
    return Entry(clause, module.rpartition(".")[2].removeprefix("test_"), "semantics", test, module)


def laws() -> Iterator[Law]:
    """Return every law, by a sorted walk of ``conformance/laws``."""
    for module in test_modules(LAWS):
        yield module.LAW


def law_entries(dtypes: Collection[str]) -> Iterator[Entry]:
    """Return the entries of all laws' checks in ``dtypes``."""
    for law in laws():
        for check in law.checks(cards(), dtypes):
            yield entry_of_check(check)


def in_halves(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Return the entries of the half types: first those of the same cases as ``entries``, which are soon found."""
    having = {law.name for law in laws() if law.halves}
    for entry in entries:
        if entry.law in having and entry.dtype == USUAL[0]:
            yield from (replace(entry, dtype=dtype) for dtype in HALVES)
    yield from plan(HALVES)


def semantic_entries() -> Iterator[Entry]:
    """Return the entries of all semantic tests."""
    for module in test_modules(SEMANTICS):
        for name, clause in tests_of(module):
            yield entry_of_test(clause, name, module.__name__)


def tests_of(module: ModuleType) -> Iterator[tuple[str, Clause]]:
    """Return the names of a module's semantic tests, sorted, each with its clause."""
    for name, test in sorted(vars(module).items()):
        clause = getattr(test, "__clause__", None)
        if name.startswith("test_") and isinstance(clause, Clause):
            yield name, clause


@lru_cache(maxsize=4)
def plan(dtypes: tuple[str, ...] = USUAL) -> tuple[Entry, ...]:
    """Return every entry of the suite that a run in ``dtypes`` has.

    Raises:
        InvalidClauseError: Two different clauses have one id, or two checks one name.
    """
    entries = (*law_entries(dtypes), *(entry for entry in semantic_entries() if entry.is_in(dtypes)))
    _require_distinct(entries)
    clauses: dict[str, Entry] = {}
    for entry in entries:
        other = clauses.setdefault(entry.clause.id, entry)
        if other.clause != entry.clause:
            raise InvalidClauseError(
                f"two clauses are called {entry.clause.id!r}: one in {other.module}, one in {entry.module}"
            )
    return entries


def _require_distinct(entries: tuple[Entry, ...]) -> None:
    names: set[str] = set()
    for entry in entries:
        if entry.name("") in names:
            raise InvalidClauseError(f"two checks are called {entry.name('')!r}: give their cases different names")
        names.add(entry.name(""))


@lru_cache(maxsize=1)
def clauses() -> Mapping[str, Clause]:
    """Return every clause of the suite by id, sorted."""
    return MappingProxyType(dict(sorted({entry.clause.id: entry.clause for entry in plan()}.items())))


@lru_cache(maxsize=1)
def digest() -> str:
    """Return the SHA-256 of all clauses and of which checks show them: the identity of what is specified."""
    lines = sorted(f"{entry.identifier('')}|{entry.test}|{entry.clause!r}" for entry in plan())
    lines += [f"{law.name}|{law.all_dtypes}" for law in laws()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_modules(package: ModuleType) -> Iterator[ModuleType]:
    """Return the test modules of a package, sorted."""
    for module in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        if module.startswith("test_"):
            yield importlib.import_module(f"{package.__name__}.{module}")
