"""How small an error the suite sees: card by card, what a distorted backend must do for its values to fail.

A distortion is planted between a backend and the suite, in the arrays that go in or come out; so it is the same for
every framework. It fails to be seen where no case of the card has what shows it.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from adapters.contract import Array, Backend
from conformance.notice import notices, table
from conformance.plan import Entry
from conformance.strength import Check, runs, verdict

Distort = Callable[[Array], Array]

DTYPES = ("float32", "float64")

BITS = {"float32": 24, "float64": 53}
"""The bits of each type's significand; the unit roundoff u is 2 to the minus as many."""


@dataclass(frozen=True)
class Sensitivity:
    """What the checks of a card's values see.

    Args:
        card: The card's name.
        powers: For each dtype, k where 2^k u is the smallest relative error of one output element that fails, in the
            case that sees most and in the one that sees least; None where no error up to the value itself fails, or
            there is no such check.
    """

    card: str
    powers: dict[str, tuple[int, int] | None]


def _unchanged(array: Array) -> Array:
    return array


def distorted(backend: Backend, given: Distort, result: Distort) -> Backend:
    """Return the backend with arrays changed on their way in and out."""
    other = copy.copy(backend)
    setattr(other, "from_numpy", lambda array: backend.from_numpy(given(array)))  # noqa: B010 - of this one object
    setattr(other, "to_numpy", lambda native: result(backend.to_numpy(native)))  # noqa: B010
    return other


def one_element(error: float) -> Distort:
    """Return what gives the largest finite element of an array a relative error."""

    def distort(array: Array) -> Array:
        if array.dtype.name not in DTYPES:
            return array
        size = np.where(np.isfinite(array), np.abs(array), 0)
        if not np.any(size):
            return array
        changed = array.copy()
        changed.flat[int(np.argmax(size))] *= 1 + error
        return changed

    return distort


def sensitivities(backend: Backend, keyword: str = "") -> Iterator[Sensitivity]:
    """Return what is seen of each card whose name has ``keyword`` in it, in the order of the cards."""
    by_card: dict[str, list[Check]] = {}
    for entry, run in runs(lambda entry: _is_value(entry) and keyword in entry.clause.subject):
        by_card.setdefault(entry.clause.subject, []).append((entry, run))
    for card, checks in by_card.items():
        passing = [check for check in checks if verdict(check[1], backend) == "passed"]
        by_dtype = {dtype: [check for check in passing if check[0].dtype == dtype] for dtype in DTYPES}
        powers = {dtype: _powers(backend, by_dtype[dtype], BITS[dtype]) for dtype in DTYPES}
        yield Sensitivity(card, powers)


def _is_value(entry: Entry) -> bool:
    return entry.law == "value"


def _powers(backend: Backend, checks: Sequence[Check], bits: int) -> tuple[int, int] | None:
    """Return k for the smallest error 2^k u that the keenest check fails with, and that the dullest does."""
    found = [power for _, run in checks if (power := _power(backend, run, bits)) is not None]
    return (min(found), max(found)) if found else None


def _power(backend: Backend, run: Callable[[Backend], None], bits: int) -> int | None:
    """Return k for the smallest error 2^k u that the check fails with; None if it passes up to the value itself."""
    lowest, highest, best = 0, bits, None
    while lowest <= highest:  # what fails with an error fails with a larger one
        middle = (lowest + highest) // 2
        if _fails(run, distorted(backend, _unchanged, one_element(2.0 ** (middle - bits)))):
            best, highest = middle, middle - 1
        else:
            lowest = middle + 1
    return best


def _fails(run: Callable[[Backend], None], backend: Backend) -> bool:
    return verdict(run, backend) in {"failed", "error"}


def show_sensitivity(backend: Backend, keyword: str) -> int:
    """Print how small an error each card sees, then which cards notice which cheap arithmetic; return the exit code."""
    sys.stdout.write(f"{'card':<40}" + "".join(f"{column:>10}" for column in DTYPES) + "\n")
    count = 0
    for count, found in enumerate(sensitivities(backend, keyword), 1):  # noqa: B007 - it is printed below
        cells = "".join(f"{_units(found.powers[dtype]):>10}" for dtype in DTYPES)
        sys.stdout.write(f"{found.card:<40}{cells}\n")
        sys.stdout.flush()
    sys.stdout.write(
        f"{count} cards. float32, float64: the smallest relative error of one output element that fails, in units of "
        "roundoff, from the case that sees most to the one that sees least.\n\n"
    )
    if count:
        sys.stdout.write(table(notices(keyword)))
    return 0 if count else 5


def _units(powers: tuple[int, int] | None) -> str:
    if powers is None:
        return "-"
    keenest, dullest = powers
    return f"2^{keenest}" if keenest == dullest else f"2^{keenest}..{dullest}"
