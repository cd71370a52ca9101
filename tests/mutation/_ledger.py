"""What is not counted, and why: a list that is checked in, and that says when it is out of date."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutation._mutants import Mutant

LEDGER = Path(__file__).with_name("ledger.toml")

KINDS = ("equivalent", "undocumented", "text", "speed", "assertion")
"""It changes nothing that can be seen; what no documentation promises; what is said; how fast something is; what the
code asserts of itself. Not tried."""
APART = {"refusal": "what is refused", "tensor": "torch.Tensor itself"}
"""Tried, and counted apart: the documentation promises few refusals, and those that it does have clauses of their own;
what tensors do beside the tape, and how they are made, is the subject of another documentation."""


class LedgerError(Exception):
    """The list is not what it should be; the text says where and what to do."""


@dataclass(frozen=True)
class Reason:
    """Why some mutants are not counted.

    Args:
        kind: One of :data:`KINDS`.
        text: One sentence.
        mutants: The keys of mutants; a ``*`` stands for any text.
        functions: Functions, all of whose mutants are meant; a ``*`` stands for any text.
    """

    kind: str
    text: str
    mutants: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()


def reasons(path: Path = LEDGER) -> tuple[Reason, ...]:
    """Return the list.

    Raises:
        LedgerError: An entry is of another kind, says no reason, or names nothing.
    """
    found = []
    for kind, entries in tomllib.loads(path.read_text()).items():
        if kind not in {*KINDS, *APART}:
            raise LedgerError(f"{path.name}: expected one of {', '.join([*KINDS, *APART])}, not {kind!r}")
        for entry in entries:
            text = entry.get("reason", "").strip()
            reason = Reason(kind, text, tuple(entry.get("mutants", ())), tuple(entry.get("functions", ())))
            if not text or not (reason.mutants or reason.functions):
                raise LedgerError(f"{path.name}: an entry of {kind} needs a reason, and mutants or functions: {entry}")
            if kind == "equivalent" and reason.functions:
                raise LedgerError(f"{path.name}: what is equivalent is named mutant by mutant, not {reason.functions}")
            found.append(reason)
    return tuple(found)


def sorted_out(made: Sequence[Mutant], listed: Sequence[Reason]) -> dict[str, str]:
    """Return the kind of each mutant that is not counted, by rule or as listed, by its key.

    Raises:
        LedgerError: A mutant or function of the list does not exist any more, or a mutant is named twice.
    """
    keys = [mutant.key for mutant in made]
    places = sorted({mutant.place for mutant in made})
    kinds = {mutant.key: mutant.kind for mutant in made if mutant.kind}
    stale: list[str] = []
    for reason in listed:
        for pattern in reason.functions:
            meant = set(_matches(pattern, places))
            stale += [] if meant else [pattern]
            kinds.update({mutant.key: reason.kind for mutant in made if mutant.place in meant})
    one_by_one: set[str] = set()
    for reason in listed:
        for pattern in reason.mutants:
            meant = set(_matches(pattern, keys))
            stale += [] if meant else [pattern]
            if twice := sorted(meant & one_by_one):
                raise LedgerError(f"{LEDGER.name}: named twice: {twice[0]}")
            one_by_one |= meant
            kinds.update(dict.fromkeys(meant, reason.kind))
    if stale:
        lines = "\n  ".join(stale)
        raise LedgerError(
            f"{LEDGER.name} names what there is not any more; look at each anew or take it out:\n  {lines}"
        )
    return kinds


def _matches(pattern: str, names: Sequence[str]) -> list[str]:
    """Return the names that are meant; a name that has a ``*`` in it, since its line multiplies, means itself."""
    if pattern in names:
        return [pattern]
    whole = re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
    return [name for name in names if whole.fullmatch(name)]
