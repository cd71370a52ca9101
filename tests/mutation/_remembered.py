"""What was measured of checks, remembered in a file for as long as their sources, and what they run, stay alike."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from conformance import catalogue
from conformance.catalogue import cards, family
from conformance.strength import Check
from tests.mutation._mutants import Mutant


@dataclass(frozen=True)
class Measured:
    """One check, measured.

    Args:
        sources: The sum of the files that it is written in.
        verdict: Its verdict without any mutant.
        seconds: How long it takes.
        sites: By module, a hexadecimal number whose bit k says that it evaluates what the module's mutant k changes.
    """

    sources: str
    verdict: str
    seconds: float
    sites: Mapping[str, str]


class Memory:
    """The file.

    Args:
        path: Where it is; None for none.
        made: All mutants: what is remembered of a module is forgotten when it, or its mutants, are others.
    """

    def __init__(self, path: Path | None, made: Sequence[Mutant]) -> None:
        self.path, self.modules = path, _modules(made)
        self.known = self._read()

    def keep(self, more: Mapping[str, Measured]) -> None:
        """Remember what was measured, beside what others have written meanwhile."""
        self.known = {**self.known, **self._read(), **more}
        if self.path is None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        checks = {name: asdict(one) for name, one in self.known.items()}
        text = json.dumps({"modules": self.modules, "checks": checks})
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        beside.write_bytes(zlib.compress(text.encode(), 1))
        beside.replace(self.path)

    def _read(self) -> dict[str, Measured]:
        if self.path is None or not self.path.exists():
            return {}
        held = json.loads(zlib.decompress(self.path.read_bytes()))
        same = {module for module, found in held["modules"].items() if self.modules.get(module) == found}
        return {name: Measured(**row) for name, row in held["checks"].items() if same.issuperset(row["sites"])}


class Sources:
    """Sums of the files that checks are written in: its law or semantic test, its card, what its family shares."""

    def __init__(self) -> None:
        self._families = {card.name: family(card.name) for card in cards()}
        self._sums: dict[tuple[Path, ...], str] = {}

    def of(self, check: Check) -> str:
        """Return the sum of the files of one check."""
        entry, _ = check
        files = [Path(str(import_module(entry.module).__file__))]
        card = entry.clause.id.partition(".")[0]
        if card in self._families:
            folder = Path(catalogue.__path__[0]) / self._families[card]
            files += [folder / f"{card}.py", *sorted(folder.glob("_*.py"))]
        key = tuple(files)
        if key not in self._sums:
            self._sums[key] = _sum(file.read_bytes() for file in files)
        return self._sums[key]


def _modules(made: Iterable[Mutant]) -> dict[str, str]:
    """Return the sum of each module: of its file, and of what its mutants are."""
    parts: dict[str, list[bytes]] = {}
    for mutant in made:
        if mutant.module not in parts:
            parts[mutant.module] = [Path(mutant.function.__code__.co_filename).read_bytes()]
        parts[mutant.module].append(mutant.key.encode())
    return {module: _sum(found) for module, found in parts.items()}


def _sum(parts: Iterable[bytes]) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
