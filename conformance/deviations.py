"""Known deviations: a backend's documented failures, kept in a TOML file that is a checked contract."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from conformance.plan import Entry


class DeviationsError(Exception):
    """A deviations file is not what it must be; the text names the file, the entry and what was expected."""


@dataclass(frozen=True)
class Deviation:
    """One known failure.

    Args:
        clause: The clause's id, or a shell pattern over ids where one cause fails several.
        reason: One sentence: what the backend does instead.
        link: Where that is documented or reported.
        looks_like: A regular expression that the failure's text must match; another failure is not this one.
        versions: The backend's versions that it holds for, as a PEP 440 specifier.
        case: A shell pattern over the names of the cases that fail.
        dtype: A shell pattern over the dtypes that fail.
        law: A shell pattern over the laws that fail.
    """

    clause: str
    reason: str
    link: str
    looks_like: str
    versions: str = ""
    case: str = "*"
    dtype: str = "*"
    law: str = "*"

    def covers(self, entry: Entry, version: str) -> bool:
        """Say whether this is about ``entry`` in ``version`` of the backend."""
        return (
            fnmatchcase(entry.clause.id, self.clause)
            and fnmatchcase(entry.case or "", self.case)
            and fnmatchcase(entry.dtype or "", self.dtype)
            and fnmatchcase(entry.law, self.law)
            and self.holds_for(version)
        )

    def holds_for(self, version: str) -> bool:
        """Say whether ``version`` is among the versions; one that is not PEP 440 only where none are named."""
        try:
            return Version(version) in SpecifierSet(self.versions, prereleases=True)
        except InvalidVersion:
            return not self.versions


_REQUIRED = ("clause", "reason", "link", "looks_like")


def read(path: Path) -> tuple[Deviation, ...]:
    """Return the deviations in ``path``.

    Raises:
        DeviationsError: The file cannot be read, is not TOML, or an entry is incomplete.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise DeviationsError(f"deviations file {path}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise DeviationsError(f"deviations file {path}: expected TOML: {error}") from error
    unknown = sorted(set(document) - {"deviation"})
    entries = document.get("deviation", [])
    if unknown or not isinstance(entries, list):
        raise DeviationsError(
            f"deviations file {path}: expected [[deviation]] entries only, not {unknown or entries!r}"
        )
    return tuple(_deviation(path, number, entry) for number, entry in enumerate(entries, 1))


def _deviation(path: Path, number: int, entry: Mapping[str, Any]) -> Deviation:
    where = f"deviations file {path}, entry {number} ({entry.get('clause', 'no clause')!r})"
    known = {field.name for field in fields(Deviation)}
    unknown = sorted(set(entry) - known)
    if unknown:
        raise DeviationsError(f"{where}: unknown {', '.join(unknown)}; expected {', '.join(sorted(known))}")
    texts = {key: value for key, value in entry.items() if isinstance(value, str)}
    missing = [key for key in _REQUIRED if not texts.get(key, "").strip()]
    missing += sorted(set(entry) - set(texts))
    if missing:
        raise DeviationsError(f"{where}: expected a text for {', '.join(missing)}")
    if not texts["link"].startswith("https://"):
        raise DeviationsError(f"{where}: expected an https:// link, not {texts['link']!r}")
    try:
        re.compile(texts["looks_like"])
        SpecifierSet(texts.get("versions", ""))
    except (re.error, InvalidSpecifier) as error:
        raise DeviationsError(f"{where}: {error}") from error
    return Deviation(**texts)


def require_known(path: Path, deviations: Iterable[Deviation], entries: Iterable[Entry], version: str) -> None:
    """Raise where a deviation is about nothing that the suite checks.

    Raises:
        DeviationsError: The clause does not exist, or none of its checks matches the entry's patterns.
    """
    known = tuple(entries)
    for number, deviation in enumerate(deviations, 1):
        where = f"deviations file {path}, entry {number}"
        if not any(fnmatchcase(entry.clause.id, deviation.clause) for entry in known):
            raise DeviationsError(f"{where}: there is no clause like {deviation.clause!r}")
        applicable = deviation.holds_for(version)
        if applicable and not any(deviation.covers(entry, version) for entry in known):
            raise DeviationsError(
                f"{where}: no check of {deviation.clause!r} has a case like {deviation.case!r}, a dtype like "
                f"{deviation.dtype!r} and a law like {deviation.law!r}"
            )
