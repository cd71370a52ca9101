"""A failure: what a person needs to see that a backend does otherwise than documented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Evidence:
    """What was seen.

    Args:
        summary: One line: what is wrong.
        call: The call as code.
        index: The first wrong element.
        expected: Its value by the definition.
        actual: Its value by the backend.
        error: How far they are apart.
        allowed: The budget.
        surroundings: The neighbours of the wrong element, some lines of text.
    """

    summary: str
    call: str = ""
    index: tuple[int, ...] | None = None
    expected: str = ""
    actual: str = ""
    error: str = ""
    allowed: str = ""
    surroundings: str | None = None

    def lines(self) -> list[str]:
        """Return the evidence as aligned lines."""
        rows = [("wrong", self.summary), ("call", self.call)]
        if self.index is not None:
            rows.append(("first at", str(list(self.index))))
        rows += [("expected", self.expected), ("actual", self.actual), ("error", self.error), ("allowed", self.allowed)]
        text = [f"{label:<10}{content}" for label, content in rows if content]
        if self.surroundings:
            text += [f"{'':<10}{line}" for line in self.surroundings.splitlines()]
        return text


class ConformanceFailure(AssertionError):  # noqa: N818 - the word of the design
    """A backend does otherwise than documented."""

    def __init__(self, evidence: Evidence, measurement: Any = None) -> None:
        super().__init__(evidence.summary)
        self.evidence = evidence
        self.measurement = measurement

    def __str__(self) -> str:
        return "\n".join(self.evidence.lines())
