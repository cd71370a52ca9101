"""Cheap arithmetic, put into the documented formulas themselves: operations of the oracle replaced by cheap ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from conformance.oracle import Arithmetic, Bounded, kernels, movement
from conformance.oracle.contraction import Contraction

Numbers = NDArray[Any]
Change = Callable[[Numbers], Numbers]

_HALF, _SINGLE = 11, 24
"""Bits of the significands of float16 (and of TF32), and of float32."""


def kept(bits: int) -> Change:
    """Return what rounds numbers to significands of so many bits."""

    def rounded(x: Numbers) -> Numbers:
        fraction, exponent = np.frexp(x)
        return np.ldexp(np.rint(fraction * 2.0**bits) / 2.0**bits, exponent)

    return rounded


def _flushed(x: Numbers) -> Numbers:
    return np.where(abs(x) < np.finfo(np.float32).tiny, np.copysign(0, x), x)


def _short(x: Numbers) -> Numbers:
    return x.astype(np.float32).astype(x.dtype)


def off(relative: float) -> Change:
    """Return what makes numbers larger by a relative error."""
    return lambda x: x * (1 + np.longdouble(relative))


@contextmanager
def _replaced(owner: Any, **names: Callable[[Any], Any]) -> Iterator[None]:
    """Replace names of ``owner``, each by what its function makes of what is there."""
    with ExitStack() as stack:
        for name, make in names.items():
            stack.enter_context(mock.patch.object(owner, name, make(getattr(owner, name))))
        yield


def _result(change: Change) -> Callable[[Any], Any]:
    """Return what changes the result of a kernel; ``change`` gets it."""
    return lambda right: lambda *given: change(right(*given))


def _of_argument(change: Callable[[Numbers, Numbers], Numbers]) -> Callable[[Any], Any]:
    """Return what changes the result of a kernel; ``change`` gets the argument too."""
    return lambda right: lambda x: change(x, right(x))


def _summed(change: Change) -> Callable[[Any], Any]:
    """Return what changes the values of sums, whatever gives them."""

    def make(right: Any) -> Any:
        def changed(*given: Any, **settings: Any) -> Bounded:
            found = right(*given, **settings)
            return Bounded(change(found.value), found.error, found.arithmetic, found.parents)

        return changed

    return make


def _factors(change: Change) -> Callable[[Any], Any]:
    return lambda right: lambda form, wanted, a, b: right(form, wanted, change(a), change(b))


def _all_numbers(change: Change) -> Callable[[Any], Any]:
    """Return what changes every number that is ever made."""

    def make(right: Any) -> Any:
        def made(own: Bounded, value: Any, error: Any, arithmetic: Arithmetic, *more: Any, **settings: Any) -> None:
            right(own, change(np.asarray(value, arithmetic.storage)), error, arithmetic, *more, **settings)

        return made

    return make


@contextmanager
def _sums(change: Change) -> Iterator[None]:
    changed = _summed(change)
    with _replaced(movement, _total=changed), _replaced(Contraction, derive=changed):
        yield


def _by_reciprocal(right: Any) -> Any:
    single = kept(_SINGLE)
    return lambda a, b: single(a * single(right(np.ones_like(b), b)))


def _fast_exp(x: Numbers, exact: Numbers) -> Numbers:
    units = 2 + np.floor(abs(1.173 * np.where(np.isfinite(x), x, 0)))
    return exact * (1 + units * np.longdouble(2.0) ** -23)


def _fast_log(x: Numbers, exact: Numbers) -> Numbers:
    return np.where((x >= 0.5) & (x <= 2), exact + np.longdouble(2.0) ** -21.41, exact * (1 + 3 * 2.0**-23))


@dataclass(frozen=True)
class Approximation:
    """A way to compute less exactly than the type says.

    Args:
        meaning: What is cheap about it, and where its error is documented.
        planted: Returns a context in which formulas are evaluated so.
        dtype: The type that it is tried in.
    """

    meaning: str
    planted: Callable[[], AbstractContextManager[None]]
    dtype: str = "float32"


APPROXIMATIONS = {
    "TF32": Approximation(
        "factors of sums of products have 11 bits", lambda: _replaced(Contraction, _apply=_factors(kept(_HALF)))
    ),
    "half-sums": Approximation("sums, and sums of products, end in 11 bits", lambda: _sums(kept(_HALF))),
    "flush": Approximation(
        "numbers below the smallest normal one are zero", lambda: _replaced(Bounded, __init__=_all_numbers(_flushed))
    ),
    "single": Approximation(
        "float32 is used for float64", lambda: _replaced(Bounded, __init__=_all_numbers(_short)), "float64"
    ),
    "reciprocal": Approximation(
        "a quotient is the product with a rounded reciprocal: admitted, 2.5 ulp in the OpenCL table",
        lambda: _replaced(kernels, quotient=_by_reciprocal),
    ),
    "rcp": Approximation(
        "quotients are off by 1.5 in 4096, as with x86's rcpps",
        lambda: _replaced(kernels, quotient=_result(off(1.5 / 4096))),
    ),
    "rsqrt": Approximation(
        "roots are off by 1.5 in 4096, as with x86's rsqrtps",
        lambda: _replaced(kernels, sqrt=_result(off(1.5 / 4096))),
    ),
    "exp": Approximation(
        "exp is off by 2 + 1.173 |x| ulp, as CUDA's __expf", lambda: _replaced(kernels, exp=_of_argument(_fast_exp))
    ),
    "log": Approximation(
        "log is off by 2^-21.41 near 1 and by 3 ulp elsewhere, as CUDA's __logf",
        lambda: _replaced(kernels, log=_of_argument(_fast_log)),
    ),
    "tanh": Approximation(
        "tanh is off by 1 in 2048, as PTX's tanh.approx", lambda: _replaced(kernels, tanh=_result(off(1 / 2048)))
    ),
}
