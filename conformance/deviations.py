"""Known deviations: a backend's documented failures, kept in a TOML file that is a checked contract."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

if TYPE_CHECKING:
    from conformance.plan import Entry


class DeviationsError(Exception):
    """A deviations file is not what it must be; the text names the file, the entry and what was expected."""


@dataclass(frozen=True)
class Deviation:
    """One known failure.

    Patterns are those of a shell; ``|`` separates several of them.

    Args:
        clause: The clause's id, or a pattern over ids where one cause fails several.
        reason: One sentence: what the backend does instead.
        link: Where that is documented or reported.
        looks_like: A regular expression that the failure's text must match; another failure is not this one.
        backend: A pattern over the names of the backends that fail, for a file that is about several.
        versions: The backend's versions that it holds for, as a PEP 440 specifier.
        case: A pattern over the names of the cases that fail.
        dtype: A pattern over the dtypes that fail.
        law: A pattern over the laws that fail.
        depends_on: What decides whether it fails at all, such as ``"the processor"``. Where it does not, that proves
            nothing, and the entry is not out of date.
    """

    clause: str
    reason: str
    link: str
    looks_like: str
    backend: str = "*"
    versions: str = ""
    case: str = "*"
    dtype: str = "*"
    law: str = "*"
    depends_on: str = ""

    def covers(self, entry: Entry, backend: str, version: str) -> bool:
        """Say whether this is about ``entry`` in ``version`` of the backend called ``backend``."""
        return (
            _matches(entry.clause.id, self.clause)
            and _matches(entry.case or "", self.case)
            and _matches(entry.dtype or "", self.dtype)
            and _matches(entry.law, self.law)
            and self.holds_for(backend, version)
        )

    def holds_for(self, backend: str, version: str) -> bool:
        """Say whether it is about ``version`` of ``backend``; one that is not PEP 440 only where no range is named."""
        if not _matches(backend, self.backend):
            return False
        try:
            return Version(version) in SpecifierSet(self.versions, prereleases=True)
        except InvalidVersion:
            return not self.versions

    def parts(self) -> Iterator[Deviation]:
        """Return this with each one of its alternatives alone, field by field: each must be about something."""
        for name in ("clause", "case", "dtype", "law"):
            for alternative in getattr(self, name).split("|"):
                yield replace(self, **{name: alternative})


def _matches(text: str, patterns: str) -> bool:
    return any(fnmatchcase(text, pattern) for pattern in patterns.split("|"))


_REQUIRED = ("clause", "reason", "link", "looks_like")


def read(path: Path) -> tuple[Deviation, ...]:
    """Return the deviations in ``path``.

    Raises:
        DeviationsError: The file cannot be read, is not TOML, or an entry is incomplete.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror if error.strerror else type(error).__name__
        raise DeviationsError(f"deviations file {path}: cannot be read: {reason}") from error
    except UnicodeDecodeError as error:
        raise DeviationsError(f"deviations file {path}: expected UTF-8, but byte {error.start} is not") from error
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError, or a number of more digits than Python reads
        raise DeviationsError(f"deviations file {path}: expected TOML: {error}") from error
    unknown = sorted(set(document) - {"deviation"})
    entries = document.get("deviation", [])
    if unknown or not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        came = f"{', '.join(unknown)}" if unknown else f"{entries!r:.200}"
        raise DeviationsError(f"deviations file {path}: expected [[deviation]] entries only, not {came}")
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
        for bound in SpecifierSet(texts.get("versions", "")):
            bound.contains("0")  # only now are its numbers read
    except (re.error, OverflowError, RecursionError) as error:
        raise DeviationsError(f"{where}: expected looks_like to be a regular expression: {error}") from error
    except ValueError as error:  # an InvalidSpecifier, or a number of more digits than Python reads
        raise DeviationsError(f"{where}: expected versions to be a range such as '>=2.0,<3': {error}") from error
    return Deviation(**{**texts, "reason": " ".join(texts["reason"].split())})


def require_known(
    path: Path,
    deviations: Iterable[Deviation],
    entries: Iterable[Entry],
    further: Callable[[Iterable[Entry]], Iterable[Entry]],
    backend: str,
    version: str,
) -> None:
    """Raise where a deviation of a backend is about nothing that the suite checks.

    Args:
        path: The file that has them.
        deviations: The deviations.
        entries: The checks that runs have where nothing else is asked for.
        further: Takes some of them to the like ones that runs have where they are asked for.
        backend: The backend's name.
        version: Its version.

    Raises:
        DeviationsError: The clause does not exist, or none of its checks matches the entry's patterns.
    """
    known = tuple(entries)
    for number, whole in enumerate(deviations, 1):
        where = f"deviations file {path}, entry {number}"
        applicable = whole.holds_for(backend, version)
        for deviation in whole.parts():
            named = [entry for entry in known if _matches(entry.clause.id, deviation.clause)]
            if not named:
                raise DeviationsError(
                    f"{where}: there is no clause like {deviation.clause!r}; `python -m conformance clauses` lists them"
                )
            likely = chain(named, further(named)) if applicable else ()
            if applicable and not any(deviation.covers(entry, backend, version) for entry in likely):
                raise DeviationsError(
                    f"{where}: no check of {deviation.clause!r} has a case like {deviation.case!r}, a dtype like "
                    f"{deviation.dtype!r} and a law like {deviation.law!r}; `pytest --collect-only` lists the checks"
                )
