"""A law: a property that every card of a kind must have, and how it makes checks of cards.

A law lives in ``conformance/laws/test_<name>.py``: a :class:`Law` called ``LAW`` and a test function that takes one
:class:`Check`. A law never mentions an operator by name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from conformance.card import Card, Statement, described
from conformance.case import Case
from conformance.clause import Clause
from conformance.dtypes import HALVES, USUAL
from conformance.profile import Profile

Derive = Callable[[Any], Iterable[Statement]]


@dataclass(frozen=True)
class Law:
    """A property of every card of a kind.

    Args:
        name: What cards call it; its file is ``test_<name>.py``.
        profile: The profile that its clauses belong to.
        card: The kind of card that it is about.
        derive: Takes a card to the statements that the law checks; by default those that the card makes of this law.
        dtypes: The floating-point types that each case is checked in.
        halves: Whether each case is checked in the half types as well, in a run that asks for them.
    """

    name: str
    profile: Profile
    card: type[Card]
    derive: Derive | None = None
    dtypes: tuple[str, ...] = USUAL
    halves: bool = False

    @property
    def all_dtypes(self) -> tuple[str, ...]:
        """The types that its checks may be asked for in."""
        return (*self.dtypes, *(HALVES if self.halves else ()))

    def statements(self, card: Card) -> tuple[Statement, ...]:
        """Return what the law checks of ``card``; nothing for a card of another kind."""
        if not isinstance(card, self.card):
            return ()
        return described(card.states, self.name) if self.derive is None else tuple(self.derive(card))

    def checks(self, cards: Sequence[Card], dtypes: Collection[str] = USUAL) -> Iterator[Check]:
        """Return the checks in ``dtypes`` that the law makes of ``cards``, in their order."""
        chosen = [dtype for dtype in self.all_dtypes if dtype in dtypes]
        for card in cards:
            for statement in self.statements(card):
                clause = card.clause(statement, self.profile)
                cases: list[Any] = list(statement.cases)
                if statement.drawn is not None:
                    cases.append(None)
                for case in cases:
                    for dtype in chosen:
                        if isinstance(case, Case) and not case.is_in(dtype):
                            continue
                        yield Check(self, card, statement, clause, case, dtype)


@dataclass(frozen=True)
class Check:
    """One verdict's worth: a clause of a card, shown by one case (or by drawn ones) in one dtype.

    Args:
        law: The law that checks.
        card: The card whose clause it is.
        statement: The clause as the card states it.
        clause: The clause.
        case: The case; None for cases that hypothesis draws.
        dtype: The floating-point type.
    """

    law: Law
    card: Any
    statement: Statement
    clause: Clause
    case: Any
    dtype: str

    @property
    def case_name(self) -> str:
        """The case's name, ``drawn`` for drawn ones."""
        return "drawn" if self.case is None else str(self.case.name)

    @property
    def id(self) -> str:
        """What stands in the test's node id."""
        return f"{self.clause.id}-{self.case_name}-{self.dtype}"
