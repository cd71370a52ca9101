"""A clause: one documented behaviour, and where it is documented."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from conformance.profile import Profile

TORCH_DOCUMENTATION = "https://docs.pytorch.org/docs/stable/"
"""Where the links of the clauses start; ``documented("generated/torch.nn.Conv2d.html")`` completes one."""

_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9][a-z0-9-]*")

TestFunction = TypeVar("TestFunction", bound=Callable[..., object])


class InvalidClauseError(ValueError):
    """A clause is not written as the house style asks; the text says what was expected."""


def documented(page: str) -> str:
    """Return the address of a page of torch's documentation, ``page`` being what follows ``docs/stable/``."""
    return TORCH_DOCUMENTATION + page


@dataclass(frozen=True)
class Clause:
    """One documented behaviour.

    Args:
        id: ``subject.behaviour``; the subject is the card's or the semantic group's name, the behaviour is in
            lower-case words joined by hyphens: ``conv2d.output-size``.
        sentence: What is documented, in one plain sentence of our own that ends in a full stop.
        link: The public page that states it.
        profile: The profile that the clause belongs to.
        dialects: Where the documentation, or its versions, permit alternatives: each alternative's name and what
            it means. The report says which one a backend chose.
        follows_from: Clauses without which this one cannot pass; a failure names those of them that failed too.
    """

    id: str
    sentence: str
    link: str
    profile: Profile
    dialects: Mapping[str, str] = field(default_factory=dict)
    follows_from: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise InvalidClauseError(
                f"clause id: expected 'subject.behaviour' such as 'conv2d.output-size', not {self.id!r}"
            )
        if not self.sentence.endswith(".") or "\n" in self.sentence:
            raise InvalidClauseError(
                f"{self.id}: expected one sentence that ends in a full stop, not {self.sentence!r}"
            )
        if not self.link.startswith("https://"):
            raise InvalidClauseError(f"{self.id}: expected an https:// link to the documentation, not {self.link!r}")

    @property
    def subject(self) -> str:
        """The card or semantic group that the clause belongs to: the id up to the dot."""
        return self.id.partition(".")[0]


def clause(
    id: str,
    sentence: str,
    link: str,
    *,
    profile: Profile,
    dialects: Mapping[str, str] | None = None,
    follows_from: tuple[str, ...] = (),
) -> Callable[[TestFunction], TestFunction]:
    """Say which clause a semantic test shows; the arguments are those of :class:`Clause`.

    The clause is kept on the function as ``__clause__``, where collection finds it.
    """
    stated = Clause(id, sentence, link, profile, {} if dialects is None else dialects, follows_from)

    def state(test: TestFunction) -> TestFunction:
        test.__clause__ = stated  # type: ignore[attr-defined]
        return test

    return state
