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
        caught: For each approximation that applies, whether a check fails.
    """

    card: str
    powers: dict[str, tuple[int, int] | None]
    caught: dict[str, bool]


def _rounded(array: Array, bits: int) -> Array:
    """Return the array with significands of so many bits, rounded to nearest; other values as they are."""
    if array.dtype.name not in DTYPES:
        return array
    fraction, exponent = np.frexp(array)
    return np.ldexp(np.rint(fraction * 2.0**bits) / 2.0**bits, exponent).astype(array.dtype)


def _single(array: Array) -> Array:
    """Return float64 values as float32 holds them."""
    with np.errstate(all="ignore"):
        return array.astype(np.float32).astype(np.float64) if array.dtype.name == "float64" else array


def _flushed(array: Array) -> Array:
    """Return the array without its subnormal numbers."""
    if array.dtype.name not in DTYPES:
        return array
    return np.where(np.abs(array) < np.finfo(array.dtype).tiny, np.copysign(array.dtype.type(0), array), array)


@dataclass(frozen=True)
class Approximation:
    """A way to compute less exactly than the dtype says, as far as arrays can show it.

    Args:
        dtype: The dtype that it is tried in.
        given: What it does to the arrays that go in.
        result: What it does to those that come out.
    """

    dtype: str
    given: Distort
    result: Distort


def _unchanged(array: Array) -> Array:
    return array


APPROXIMATIONS = {
    "TF32": Approximation("float32", lambda array: _rounded(array, 11), _unchanged),
    "half": Approximation("float32", _unchanged, lambda array: _rounded(array, 11)),
    "single": Approximation("float64", _single, _single),
    "flush": Approximation("float32", _flushed, _flushed),
}
"""Inputs rounded to TF32's significand; results kept in half precision; float32 used for float64; no subnormals."""


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
        caught = {
            name: _is_caught(backend, by_dtype[approximation.dtype], approximation)
            for name, approximation in APPROXIMATIONS.items()
            if by_dtype[approximation.dtype]
        }
        yield Sensitivity(card, powers, caught)


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


def _is_caught(backend: Backend, checks: Sequence[Check], approximation: Approximation) -> bool:
    other = distorted(backend, approximation.given, approximation.result)
    return any(_fails(run, other) for _, run in checks)


def _fails(run: Callable[[Backend], None], backend: Backend) -> bool:
    return verdict(run, backend) in {"failed", "error"}


def show_sensitivity(backend: Backend, keyword: str) -> int:
    """Print the table, card by card, and return the exit code."""
    columns = (*DTYPES, *APPROXIMATIONS)
    sys.stdout.write(f"{'card':<40}" + "".join(f"{column:>10}" for column in columns) + "\n")
    count = 0
    for count, found in enumerate(sensitivities(backend, keyword), 1):  # noqa: B007 - it is printed below
        cells = [_units(found.powers[dtype]) for dtype in DTYPES]
        cells += [{True: "caught", False: "missed", None: "-"}[found.caught.get(name)] for name in APPROXIMATIONS]
        sys.stdout.write(f"{found.card:<40}" + "".join(f"{cell:>10}" for cell in cells) + "\n")
        sys.stdout.flush()
    sys.stdout.write(
        f"{count} cards. float32, float64: the smallest relative error of one output element that fails, in units of "
        "roundoff, from the case that sees most to the one that sees least.\n"
    )
    return 0 if count else 5


def _units(powers: tuple[int, int] | None) -> str:
    if powers is None:
        return "-"
    keenest, dullest = powers
    return f"2^{keenest}" if keenest == dullest else f"2^{keenest}..{dullest}"
