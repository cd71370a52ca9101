"""Faults of initializers: a few words of the reference's source changed."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited

Changes = tuple[tuple[str, str], ...]


def slip(clause: str, name: str, place: str, *changes: tuple[str, str], also: tuple[str, ...] = ()) -> Fault:
    """Return a fault of one initializer, whose function is at ``place`` below ``nn``."""
    card = clause.partition(".")[0]
    return Fault(f"{card.strip('_')}-{name}", clause, edited(f"nn.{place}", *changes), also=also)


def own(card: str) -> tuple[str, ...]:
    """Return a pattern of all clauses of a card."""
    return (f"{card}.*",)
