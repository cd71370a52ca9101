"""What adapters of functional frameworks share: the spellings of torch's arguments, and no arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from adapters.contract import Unsupported

Number = TypeVar("Number", int, float, int | None)


def lacking(what: str, *, when: bool) -> None:
    """Say that the framework does not offer ``what``, when that is asked for.

    Raises:
        Unsupported: It is.
    """
    if when:
        raise Unsupported(what)


def each(value: Number | Sequence[Number], count: int) -> tuple[Number, ...]:
    """Return an argument that torch takes as one number for all dimensions, or as one for each, as one for each."""
    if value is None or isinstance(value, (int, float)):
        return (value,) * count
    return tuple(value) * count if len(value) == 1 else tuple(value)


def both_sides(value: int | Sequence[int], count: int) -> list[tuple[int, int]]:
    """Return torch's symmetric padding as (before, after) for each dimension."""
    return [(size, size) for size in each(value, count)]


def renamed(owner: str, options: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return ``options`` under the framework's names.

    Args:
        owner: Whose options they are, for the text of what is unsupported.
        options: Options by torch's names.
        names: For each of them that the framework offers, its name there.

    Raises:
        Unsupported: The framework does not offer one of them.
    """
    unknown = [f"{option}=" for option in options if option not in names]
    lacking(f"{owner}: {', '.join(unknown)}", when=bool(unknown))
    return {names[option]: value for option, value in options.items()}
