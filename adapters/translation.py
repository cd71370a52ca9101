"""What adapters of functional frameworks share: the spellings of torch's arguments, and no arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
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
    require_known(owner, options, names)
    return {names[option]: value for option, value in options.items()}


def names_of(arguments: str) -> dict[str, str]:
    """Return the framework's names by torch's, of arguments that are written ``same torch's=framework's``."""
    return {one.split("=")[0]: one.split("=")[-1] for one in arguments.split()}


def require_known(owner: str, options: Iterable[str], known: Container[str]) -> None:
    """Say which of ``options`` the framework does not offer.

    Raises:
        Unsupported: One of them is not among the ``known`` ones; the text names all that are not.
    """
    unknown = [f"{option}=" for option in options if option not in known]
    lacking(f"{owner}: {', '.join(unknown)}", when=bool(unknown))


def options_of(group: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of one parameter group: the optimizer's own ``options``, but for those that the group has."""
    return {**options, **{option: value for option, value in group.items() if option != "params"}}


def flat(value: Any) -> list[Any]:
    """Return the tensors of what a function takes or gives: one, or tuples of them within each other."""
    return [leaf for part in value for leaf in flat(part)] if isinstance(value, (tuple, list)) else [value]


class CountedSchedules:
    """Learning rates as functions of the count of steps.

    Args:
        schedules: One for each parameter group.
        start: The count before the first step, of the type that the functions take and that counts on by adding 1.
    """

    def __init__(self, schedules: Sequence[Callable[[Any], Any]], start: Any = 0) -> None:
        self._schedules = schedules
        self._count = start

    def rates(self) -> Sequence[float]:
        """Return the rate of every group at the count."""
        return [float(rate(self._count)) for rate in self._schedules]

    def step(self, metric: float | None = None) -> None:
        """Count one step."""
        lacking("schedules that go by a metric", when=metric is not None)
        self._count = self._count + 1
