"""The catalogue: one card a file, found by a sorted walk. There is no list to edit."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from conformance.card import Card, OperatorCard, OptimizerCard


class CatalogueError(Exception):
    """The catalogue is not what it should be; the text names the file."""


@lru_cache(maxsize=1)
def cards() -> tuple[Card, ...]:
    """Return every card, sorted by family and name.

    Raises:
        CatalogueError: A file has no card, a card's name is not its file's, or two files have cards of one name.
    """
    found: dict[str, tuple[str, Card]] = {}
    modules = sorted(module.name for module in pkgutil.walk_packages(__path__, f"{__name__}."))
    for module in modules:
        file = module.rpartition(".")[2]
        if file.startswith("_") or module.count(".") < 3:
            continue
        card = getattr(importlib.import_module(module), "CARD", None)
        if not isinstance(card, Card):
            raise CatalogueError(f"{module}: expected a card called CARD, found {card!r}; name shared maths _shared.py")
        if card.name != file:
            raise CatalogueError(f"{module}: expected the card of file {file!r} to have that name, not {card.name!r}")
        if card.name in found:
            raise CatalogueError(f"two cards are called {card.name!r}: {found[card.name][0]} and {module}")
        found[card.name] = (module, card)
    return tuple(card for _, card in found.values())


def family(name: str) -> str:
    """Return the family of a card: the folder that its file is in."""
    return _families()[name]


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    return {
        module.name.rpartition(".")[2]: module.name.split(".")[-2]
        for module in pkgutil.walk_packages(__path__, f"{__name__}.")
    }


def operator_card(name: str) -> OperatorCard:
    """Return the card of the operator ``name``.

    Raises:
        AttributeError: There is none.
    """
    for card in cards():
        if card.name == name and isinstance(card, OperatorCard):
            return card
    raise AttributeError(f"the catalogue has no operator {name!r}")


def optimizer_card(name: str) -> OptimizerCard:
    """Return the card of the optimizer ``name``.

    Raises:
        CatalogueError: There is none.
    """
    for card in cards():
        if card.name == name and isinstance(card, OptimizerCard):
            return card
    raise CatalogueError(f"the catalogue has no optimizer {name!r}")
