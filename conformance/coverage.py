"""``python -m conformance coverage``: which documented names are specified, and which remain.

What is documented is a list, kept in ``documented_names.toml`` with the version of torch that it is of. What is
specified is never listed: cards say which operators, layers, optimizers ... they are about, and semantic tests link to
the pages of what they are about.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from conformance.card import Card, ClippingCard, InitializerCard, LayerCard, OperatorCard, OptimizerCard, SchedulerCard
from conformance.catalogue import cards
from conformance.clause import TORCH_DOCUMENTATION, Clause
from conformance.plan import semantic_entries

PATH = Path(__file__).with_name("documented_names.toml")
"""The list of documented names."""

NAMESPACES = (
    "torch.nn",
    "torch.nn.functional",
    "torch.nn.init",
    "torch.nn.utils",
    "torch.optim",
    "torch.optim.lr_scheduler",
)
"""The namespaces that are counted, each with what lies below it and in none of the others."""

_HOMES = re.compile(r"^torch\.nn\.(?:modules\.\w+|parameter)\.")
"""Modules that the documentation names and that users need not: what they have is found in ``torch.nn`` too."""


@dataclass(frozen=True)
class Documented:
    """The documented names.

    Args:
        version: The version of torch that they are of.
        names: Every name, in the order of the documentation's indices.
        unlisted: What that torch exports besides, and no index lists.
    """

    version: str
    names: tuple[str, ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """What is specified of one namespace, and what remains, each in the documentation's order."""

    namespace: str
    specified: tuple[str, ...]
    remainder: tuple[str, ...]

    @property
    def documented(self) -> int:
        """How many names the documentation lists."""
        return len(self.specified) + len(self.remainder)


def documented() -> Documented:
    """Return the documented names that the project keeps."""
    kept = tomllib.loads(PATH.read_text(encoding="utf-8"))
    names = tuple(name for namespace in NAMESPACES for name in kept["names"][namespace])
    return Documented(kept["torch"], names, tuple(kept["unlisted"]))


def namespace_of(name: str) -> str:
    """Return the longest of the namespaces that ``name`` lies in."""
    return max((one for one in NAMESPACES if name.startswith(f"{one}.")), key=len)


def public(name: str) -> str:
    """Return where users find ``name``: ``torch.nn.Flatten`` for ``torch.nn.modules.flatten.Flatten``."""
    return _HOMES.sub("torch.nn.", name)


def of_card(card: Card) -> Iterator[str]:
    """Return the full names that ``card`` is about."""
    if isinstance(card, OperatorCard):
        yield from (f"{place}.{card.name}" for place in ("torch.nn.functional", "torch.nn.utils.rnn"))
        layers = [card.layer, *card.further_layers, *(state.wrapping for state in card.states)]
        yield from (f"torch.nn.{layer.name}" for layer in layers if layer is not None)
    elif isinstance(card, LayerCard):
        yield f"torch.nn.{card.layer.name}"
    elif isinstance(card, OptimizerCard):
        yield f"torch.optim.{card.class_name}"
    elif isinstance(card, SchedulerCard):
        yield f"torch.optim.lr_scheduler.{card.class_name}"
    elif isinstance(card, ClippingCard):
        yield f"torch.nn.utils.{card.name}"
    elif isinstance(card, InitializerCard):
        yield f"torch.nn.init.{card.name}"


def of_clause(clause: Clause) -> Iterator[str]:
    """Return the full names that a semantic test is about: those of the page and of the place that it links to."""
    if clause.link.startswith(TORCH_DOCUMENTATION):
        page, _, place = clause.link.removeprefix(TORCH_DOCUMENTATION).removeprefix("generated/").partition("#")
        yield from (page.removesuffix(".html"), place)


def specified(all_cards: Iterable[Card], clauses: Iterable[Clause]) -> frozenset[str]:
    """Return the full names that cards and the clauses of semantic tests are about."""
    found = {name for card in all_cards for name in of_card(card)}
    found |= {name for clause in clauses for name in of_clause(clause)}
    return frozenset(map(public, found))


def coverage() -> list[Coverage]:
    """Return what is specified and what remains of each namespace."""
    return counted(documented().names, specified(cards(), (entry.clause for entry in semantic_entries())))


def counted(names: Sequence[str], known: frozenset[str]) -> list[Coverage]:
    """Return, for each namespace, which of ``names`` are among ``known`` and which are not."""
    return [
        Coverage(
            namespace,
            tuple(name for name in names if namespace_of(name) == namespace and public(name) in known),
            tuple(name for name in names if namespace_of(name) == namespace and public(name) not in known),
        )
        for namespace in NAMESPACES
    ]


def as_text(found: Sequence[Coverage], version: str) -> str:
    """Return totals, what is specified and what remains, as lines of a terminal."""
    lines = [f"{_total(found)} of the names that the documentation of torch {version} lists are specified.", ""]
    lines += [f"{one.namespace:<28}{_total([one])}" for one in found]
    for title, names in _lists(found):
        lines += ["", f"{title}:", *(f"    {name}" for name in names)]
    return "\n".join(lines) + "\n"


def as_markdown(found: Sequence[Coverage], version: str) -> str:
    """Return the same as Markdown."""
    lines = [f"{_total(found)} of the names that the documentation of torch {version} lists are specified.", ""]
    lines += ["| namespace | specified | documented |", "|---|---|---|"]
    lines += [f"| `{one.namespace}` | {len(one.specified)} | {one.documented} |" for one in found]
    for title, names in _lists(found):
        lines += ["", f"## {title}", "", *(f"- `{name}`" for name in names)]
    return "\n".join(lines) + "\n"


FORMATS = {"text": as_text, "markdown": as_markdown}
"""How coverage is printed, by the name of the format."""


def _total(found: Sequence[Coverage]) -> str:
    return f"{sum(len(one.specified) for one in found)} of {sum(one.documented for one in found)}"


def _lists(found: Sequence[Coverage]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in found:
        yield from ((f"{one.namespace}, {what}", names) for what, names in _parts(one) if names)


def _parts(one: Coverage) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("specified", one.specified), ("not specified yet", one.remainder))
