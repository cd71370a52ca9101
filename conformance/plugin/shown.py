"""A failure as pytest shows it: clause, call, numbers, what it follows from, and the line that reproduces it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from conformance.clause import Clause
from reports.model import Failure, Result

WIDTH = 100
"""Columns that text is wrapped to, where the terminal has as many."""

_INDENT = 10

_COLOURS = {"wrong": {"red": True}, "expected": {"green": True}, "actual": {"red": True}, "because": {"yellow": True}}


class Writer(Protocol):
    """What is used of pytest's terminal writer."""

    fullwidth: int

    def line(self, s: str = "", **markup: bool) -> None:
        """Write a line."""


@dataclass(frozen=True)
class Crash:
    """Where a check failed and why, in one line, for ``--tb=line``, the short summary and JUnit XML."""

    message: str
    path: str
    lineno: int

    def __str__(self) -> str:
        return f"{self.path}:{self.lineno}: {self.message}"


class ShownFailure:
    """What stands in the section FAILURES for a check.

    Args:
        result: The verdict.
        clause: The clause that does not hold.
        path: The file of the test.
        lineno: The line in it.
    """

    def __init__(self, result: Result, clause: Clause, path: str, lineno: int) -> None:
        self._result = result
        self._clause = clause
        summary = "" if result.failure is None else result.failure.summary
        self.reprcrash = Crash(f"{clause.id}: {summary}", path, lineno)

    def toterminal(self, tw: Writer) -> None:
        """Write to pytest's terminal writer."""
        for label, text in self._lines(min(tw.fullwidth, WIDTH)):
            tw.line(text, **_COLOURS.get(label, {}))

    def __str__(self) -> str:
        return "\n".join(text for _, text in self._lines(WIDTH))

    def _lines(self, width: int) -> Iterator[tuple[str, str]]:
        failure = self._result.failure
        yield from _wrapped("", f"{self._clause.id}: {self._clause.sentence}", width)
        yield "see", f"{'see':<{_INDENT}}{self._clause.link}"
        if failure is not None:
            yield from _numbers(failure, width)
            if failure.traceback:
                yield "", ""
                yield from (("", line) for line in failure.traceback.splitlines())
                yield "", ""
        causes = self._result.follows_from
        if causes:
            more = f" and {len(causes) - 1} more" if len(causes) > 1 else ""
            told = f"{causes[0]}{more} {'fail' if more else 'fails'} too: begin there"
            yield from _wrapped("because", told, width)
        yield "reproduce", f"{'reproduce':<{_INDENT}}{self._result.reproduce}"


def _numbers(failure: Failure, width: int) -> Iterator[tuple[str, str]]:
    index = "" if failure.index is None else str(list(failure.index))
    rows = [
        ("wrong", failure.summary),
        ("call", failure.call),
        ("first at", index),
        ("expected", failure.expected),
        ("actual", failure.actual),
        ("error", failure.error),
        ("allowed", failure.allowed),
    ]
    for label, text in rows:
        if text:
            yield from _wrapped(label, text, width)
    if failure.surroundings:
        yield from (("", f"{'':<{_INDENT}}{line}") for line in failure.surroundings.splitlines())


def _wrapped(label: str, text: str, width: int) -> Iterator[tuple[str, str]]:
    first = f"{label:<{_INDENT}}" if label else ""
    lines = textwrap.wrap(
        text, max(width, 40), initial_indent=first, subsequent_indent=" " * _INDENT, break_on_hyphens=False
    )
    yield from ((label, line) for line in lines)
