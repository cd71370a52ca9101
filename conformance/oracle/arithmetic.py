"""The working arithmetic that a backend is allowed: roundoff, range and accumulation, one instance a dtype."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

import ml_dtypes
import numpy as np
from numpy.typing import DTypeLike, NDArray

EXTENDED = np.longdouble
"""The type of the oracle's own values."""

EXTENDED_ROUNDOFF = float(np.finfo(np.longdouble).eps) / 2
"""Unit roundoff of the oracle itself: 2**-64 where ``np.longdouble`` is the x87 extended type."""

TENSOR_FLOAT32_ROUNDOFF = 2.0**-11
"""TF32 keeps ten explicit significand bits of each factor."""

_STATISTICAL_FACTOR = 6.0
"""Errors of n roundings stay below 6 sqrt(n) u but for a chance of about 3e-8 (Higham and Mary 2019)."""


Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


_HUSHED: ContextVar[bool] = ContextVar("hushed", default=False)
"""Whether NumPy's warnings are off already."""


def quietly(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Let ``function`` meet infinities and NaN without a warning: they are numbers like others here."""

    @wraps(function)
    def quiet(*arguments: Parameters.args, **options: Parameters.kwargs) -> Result:
        if _HUSHED.get():  # most operations are parts of others, and to ask costs less than to set it again
            return function(*arguments, **options)
        token = _HUSHED.set(True)
        try:
            with np.errstate(all="ignore"):
                return function(*arguments, **options)
        finally:
            _HUSHED.reset(token)

    return quiet


def can_judge(dtype: str) -> bool:
    """Say whether the oracle's own precision leaves room to judge ``dtype`` on this machine."""
    return float(_limits(dtype).eps) / 2 >= 512 * EXTENDED_ROUNDOFF


def numpy_dtype(name: str) -> np.dtype[Any]:
    """Return the NumPy dtype called ``name``, bfloat16 included.

    Raises:
        TypeError: NumPy and ml_dtypes have no such dtype.
    """
    known: Mapping[str, DTypeLike] = {"bfloat16": ml_dtypes.bfloat16}
    return np.dtype(known.get(name, name))


def _limits(dtype: str) -> Any:
    return ml_dtypes.finfo(numpy_dtype(dtype))  # type: ignore[no-untyped-call]


@lru_cache(maxsize=1024)
def _is_short(dtype: str, number: Any) -> bool:
    with np.errstate(all="ignore"):
        kept = [np.asarray(number).astype(known).astype(EXTENDED) for known in (ml_dtypes.bfloat16, numpy_dtype(dtype))]
    return all(bool(one == number) for one in kept)


@dataclass
class Longest:
    """The largest number of roundings that any one sum has had so far."""

    count: float = 1.0


@dataclass(frozen=True)
class Arithmetic:
    """What one admissible evaluation may do to a number.

    Args:
        name: The dtype's name.
        roundoff: Unit roundoff u of the working type.
        accumulator_roundoff: Unit roundoff of the type that sums accumulate in.
        smallest_normal: eta, which admits flushing to zero.
        largest: The largest finite number.
        tensor_float32: The contraction kinds whose factors the backend declares to be rounded to TF32.
        statistical: Replace n roundings by min(n, 6 sqrt(n)): the bound behind the quality flag ``imprecise``.
        storage: The NumPy dtype of the oracle's values; ``object`` for arbitrary-precision numbers.
        largest_sum: The largest finite number of the accumulator.
        scattered: The dtype in which what several elements send to one place adds up; None for the accumulator.
        number: For ``object`` storage, what makes a Python number one of the arithmetic's.
        is_exact: Nothing is rounded after all.
        longest: Notes the longest sum that was bounded.
    """

    name: str
    roundoff: float
    accumulator_roundoff: float
    smallest_normal: float
    largest: float
    tensor_float32: frozenset[str] = field(default_factory=frozenset)
    statistical: bool = False
    storage: np.dtype[Any] = np.dtype(EXTENDED)  # noqa: RUF009 - a dtype is immutable
    largest_sum: float = float("inf")
    scattered: str | None = None
    number: Callable[[Any], Any] = EXTENDED
    is_exact: bool = False
    longest: Longest = field(default_factory=Longest, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        dtype: str,
        *,
        accumulator: str | None = None,
        scattered: str | None = None,
        tensor_float32: frozenset[str] = frozenset(),
    ) -> Arithmetic:
        """Return the arithmetic of ``dtype``; half types accumulate in float32 unless ``accumulator`` is given."""
        own = _limits(dtype)
        usual = dtype if own.eps < np.finfo(np.float32).eps else "float32"
        summed = _limits(usual if accumulator is None else accumulator)
        return cls(
            name=dtype,
            roundoff=float(own.eps) / 2,
            accumulator_roundoff=float(summed.eps) / 2,
            smallest_normal=float(own.smallest_normal),
            largest=float(own.max),
            largest_sum=float(summed.max),
            scattered=scattered,
            tensor_float32=tensor_float32 if dtype == "float32" else frozenset(),
        )

    @classmethod
    def exact(cls, number: Callable[[Any], Any], like: str = "float64") -> Arithmetic:
        """Return arithmetic of Python numbers, in which nothing is rounded: for checking the oracle itself.

        Args:
            number: Makes one of its numbers of any other: ``fractions.Fraction``, or ``convert`` of an mpmath context.
            like: The dtype whose limits it has for definitions that depend on them.
        """
        return replace(cls.of(like), name="exact", is_exact=True, storage=np.dtype(object), number=number)

    @property
    def keeps_sums_wider(self) -> bool:
        """Whether sums accumulate in a longer type than they are kept in."""
        return self.accumulator_roundoff < self.roundoff

    def accumulating(self, dtype: str) -> Arithmetic:
        """Return this arithmetic with sums that accumulate in ``dtype``, or in its own accumulator if that is less."""
        summed = _limits(dtype)
        if float(summed.eps) / 2 <= self.accumulator_roundoff:
            return self
        return replace(self, accumulator_roundoff=float(summed.eps) / 2, largest_sum=float(summed.max))

    @property
    def plain(self) -> Arithmetic:
        """This arithmetic with sums that accumulate in the working type itself."""
        return self.accumulating(self.name) if self.keeps_sums_wider else self

    @property
    def scattering(self) -> Arithmetic:
        """This arithmetic for sums of what several elements send to one place."""
        return self if self.scattered is None else self.accumulating(self.scattered)

    def statistically(self) -> Arithmetic:
        """Return this arithmetic with statistical instead of worst-case accumulation."""
        return replace(self, statistical=True)

    @property
    def least_statistical_share(self) -> float:
        """What a statistical bound is at least, as a share of the worst-case bound of the same number."""
        return min(1.0, _STATISTICAL_FACTOR / float(np.sqrt(self.longest.count)))

    def accumulated(self, count: NDArray[Any] | float) -> NDArray[Any]:
        """Return gamma_n(u_a) = n u_a / (1 - n u_a) for each ``count`` n; infinite where n u_a reaches 1."""
        n = np.asarray(count, dtype=np.float64)
        self.longest.count = max(self.longest.count, float(n.max(initial=0.0)))
        if self.statistical:
            n = np.minimum(n, _STATISTICAL_FACTOR * np.sqrt(n))
        total = n * self.accumulator_roundoff
        return np.where(total < 1.0, total / np.where(total < 1.0, 1.0 - total, 1.0), np.inf)

    def has(self, number: float) -> bool:
        """Say whether ``number`` is short, of eight significant bits at most, and the working type has it."""
        return self.is_exact or _is_short(self.name, number)

    def represents(self, values: object) -> NDArray[np.bool_]:
        """Say for each of ``values`` whether the working type has it exactly."""
        numbers = np.asarray(values)
        if self.is_exact:
            return np.ones(numbers.shape, dtype=np.bool_)
        with np.errstate(all="ignore"):
            return np.asarray(numbers.astype(numpy_dtype(self.name)).astype(EXTENDED) == numbers)

    @quietly
    def stored(self, values: object) -> NDArray[Any]:
        """Return ``values`` as an array of the oracle's own type."""
        array = np.asarray(values).astype(self.storage)
        if self.storage != np.dtype(object):
            return array
        return np.asarray(np.frompyfunc(self.number, 1, 1)(array), dtype=object)

    def settled(
        self,
        value: NDArray[Any],
        propagated: NDArray[Any],
        error: NDArray[Any],
        partial: NDArray[Any] | None = None,
    ) -> NDArray[Any]:
        """Return ``error`` where it holds, 0 where the result is certain, infinity where anything may come out.

        An infinite or missing (NaN) value is what every evaluation gives if finite errors were ``propagated`` to it.
        Where a finite value may overflow, in a partial sum or as a whole, nothing is known of what follows from it.

        Args:
            value: The exact values.
            propagated: The part of ``error`` that comes from the operands; infinite where they leave the result open.
            error: The bound, were it not for all this.
            partial: A bound on every partial sum, for a sum.
        """
        if self.is_exact:
            return np.zeros_like(value)
        in_range = partial is None or bool((partial <= self.largest_sum).all())
        if in_range and bool((abs(value) + error <= self.largest).all()):
            return error
        open_ = ~np.isfinite(propagated)
        overflow = abs(value) + error > self.largest
        if partial is not None:
            overflow = overflow | (partial > self.largest_sum)
        constrained = np.where(np.isnan(error) | overflow, np.inf, error)
        result = np.where(np.isfinite(value), constrained, np.where(open_, np.inf, 0))
        return result.astype(value.dtype)
