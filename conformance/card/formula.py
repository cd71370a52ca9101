"""Formulas: what a card defines, one for each admissible way to compute it; and the basis of every card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from conformance.card.statement import Statement, described
from conformance.case import Case
from conformance.clause import Clause
from conformance.profile import Profile

Definition = Callable[..., Any]
"""A documented formula in oracle arithmetic: bounded arrays and options in, a bounded array out."""


@dataclass(frozen=True)
class Card:
    """What every card has: a name, a page of documentation and statements.

    Args:
        name: The operator's name in the documentation; also the card's file name and the prefix of its clauses.
        link: The page that documents it.
        states: Its clauses. The first is the basic one: failures of the others follow from a failure of it.
        composed_of: Cards that it is made of: its failures follow from theirs.
    """

    name: str
    link: str
    states: tuple[Statement, ...]
    composed_of: tuple[str, ...] = field(default=(), kw_only=True)

    def clause(self, statement: Statement, profile: Profile) -> Clause:
        """Return the clause that ``statement`` makes of this card, as the law of ``profile`` checks it."""
        basic = f"{self.name}.{self.states[0].behaviour}" if self.states else None
        own = f"{self.name}.{statement.behaviour}"
        return Clause(
            id=own,
            sentence=statement.sentence,
            link=self.link if statement.link is None else statement.link,
            profile=profile,
            dialects=self.dialects(statement),
            follows_from=tuple(f"{name}.*" for name in self.composed_of)
            + ((basic,) if basic not in {None, own} else ())
            + tuple(other if "." in other else f"{self.name}.{other}" for other in statement.follows_from),
        )

    def dialects(self, statement: Statement) -> Mapping[str, str]:  # noqa: ARG002 - cards with formulas need it
        """Return the permitted alternatives of a statement, each with its meaning."""
        return {}

    def admissible(self, statement: Statement) -> tuple[Formula, ...]:  # noqa: ARG002 - cards with formulas need it
        """Return the formulas that a statement permits."""
        return (_ONLY,)

    def cases(self) -> tuple[Case, ...]:
        """Return every case of the value law that the card's own definition is the only formula for.

        Each is named after its clause as well, so that other laws can have them all under one clause.
        """
        return self.cases_of("value")

    def cases_of(self, law: str) -> tuple[Case, ...]:
        """Return the same of another law that compares with the definition."""
        return tuple(
            replace(case, name=f"{state.behaviour}-{case.name}")
            for state in described(self.states, law)
            if state.formulas is None
            for case in state.cases
        )


@dataclass(frozen=True)
class Formula:
    """One of several admissible ways to compute what is documented."""

    name: str
    meaning: str
    definition: Definition


_ONLY = Formula("documented", "the documented formula", lambda: None)
"""For cards that have a procedure instead of one formula."""
