"""A result file as a whole: everything that one run found, checked as it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reports.decoding import DecodingError, decode, excerpt
from reports.records import BackendIdentity, ClauseEntry, Result, ResultFileError, Run, Suite, plain

FORMAT = "nn-conformance-result"
VERSION = 1


@dataclass(frozen=True)
class ResultFile:
    """Everything that one run found. Backends keep the order of the command line; the rest is sorted."""

    suite: Suite
    run: Run
    machine: Mapping[str, str]
    backends: tuple[BackendIdentity, ...]
    clauses: tuple[ClauseEntry, ...]
    results: tuple[Result, ...]

    def sorted(self) -> ResultFile:
        """Return the same with clauses by id and results by backend and check, so that equal runs give equal bytes."""
        order = {backend.name: place for place, backend in enumerate(self.backends)}
        return replace(
            self,
            machine=dict(sorted(self.machine.items())),
            clauses=tuple(sorted(self.clauses, key=lambda clause: clause.id)),
            results=tuple(sorted(self.results, key=lambda r: (order.get(r.backend, len(order)), r.check))),
        )

    def to_json(self) -> dict[str, Any]:
        """Return the document as JSON holds it, sorted."""
        return {"format": FORMAT, "version": VERSION, **plain(self.sorted())}

    @classmethod
    def from_json(cls, document: Any) -> ResultFile:
        """Read a document that ``json.loads`` gave.

        Raises:
            ResultFileError: when it is of another format or version, a member is missing, unknown or of another
                type, or a result names a backend or clause that is not there.
        """
        members = _checked_header(document)
        try:
            result_file = decode(cls, members)
        except DecodingError as error:
            raise ResultFileError(str(error)) from None
        _check_references(result_file)
        return result_file


def _checked_header(document: Any) -> dict[str, Any]:
    """Return the members but ``format`` and ``version``, which must be ours."""
    if not isinstance(document, dict):
        raise ResultFileError(f"expected a JSON object, not {excerpt(document)}")
    if document.get("format") != FORMAT:
        came = excerpt(document["format"]) if "format" in document else "a document without it"
        raise ResultFileError(f"format: expected {FORMAT!r}, not {came}")
    version = document.get("version")
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        raise ResultFileError(
            f"version: expected {VERSION}, not {version}: a newer release wrote this file; update to read it"
        )
    if version != VERSION or isinstance(version, bool):
        raise ResultFileError(f"version: expected {VERSION}, not {excerpt(version)}")
    return {name: member for name, member in document.items() if name not in ("format", "version")}


def _check_references(result_file: ResultFile) -> None:
    backends = _unique("backends", "name", [backend.name for backend in result_file.backends])
    clauses = _unique("clauses", "id", [clause.id for clause in result_file.clauses])
    checks: set[tuple[str, str]] = set()
    for place, result in enumerate(result_file.results):
        if result.backend not in backends:
            raise ResultFileError(
                f"results[{place}].backend: expected one of {sorted(backends)}, not {result.backend!a}"
            )
        if result.clause not in clauses:
            raise ResultFileError(f"results[{place}].clause: expected the id of a clause, not {result.clause!a}")
        if (result.backend, result.check) in checks:
            raise ResultFileError(
                f"results[{place}].check: expected each check once for each backend, not {result.check!a} again"
            )
        checks.add((result.backend, result.check))


def _unique(where: str, member: str, names: Sequence[str]) -> frozenset[str]:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise ResultFileError(f"{where}: expected each {member} once, not {excerpt(twice[0])} twice")
    return frozenset(names)
