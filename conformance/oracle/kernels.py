"""Values of elementary and special functions on plain arrays: in extended precision, or on arbitrary-precision numbers.

NumPy's extended type serves where it has the function. It has no error function and no gamma function: those are
evaluated by mpmath, which is pure Python and hence there wherever Python is. Arrays of Python objects, which the exact
arithmetic uses, are evaluated by mpmath throughout, at the precision of the numbers' own context.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from conformance.oracle.arithmetic import EXTENDED, quietly

Kernel = Callable[[NDArray[Any]], NDArray[Any]]

_PRECISION = 113
"""Bits that mpmath computes with for the extended type: enough to round correctly nearly always."""

_MPMATH = mpmath.MPContext()
_MPMATH.prec = _PRECISION


def _context(number: Any) -> Any:
    """Return the mpmath context that ``number`` belongs to: mpmath's own for any other number."""
    return getattr(number, "context", mpmath.mp)


def _on_objects(name: str) -> Callable[..., Any]:
    def evaluate(*numbers: Any) -> Any:
        context = next((_context(x) for x in numbers if hasattr(x, "context")), mpmath.mp)
        return _evaluated(context, name, tuple(context.convert(x) for x in numbers))

    return evaluate


def _evaluated(context: Any, name: str, numbers: tuple[Any, ...]) -> Any:
    """Return what mpmath gives, with complex results as NaN and a negative power of 0 as infinity."""
    try:
        result = getattr(context, name)(*numbers)
    except ZeroDivisionError:
        return context.inf
    return context.nan if isinstance(result, context.mpc) else result


def _extended(number: Any) -> Any:
    """Return an mpmath number as the nearest of the extended type."""
    if not _MPMATH.isfinite(number):
        return EXTENDED(float(number))
    mantissa, exponent = abs(number).man_exp
    size = np.ldexp(EXTENDED(int(mantissa)), int(exponent))
    return -size if number < 0 else size


@lru_cache(maxsize=2**17)
def _special(name: str, *numbers: Any) -> Any:
    """Return a special function of numbers of the extended type; remembered, as gradients need the same again."""
    return _extended(_SPECIAL[name](_MPMATH, *(_MPMATH.convert(x) for x in numbers)))


def _log_gamma(context: Any, x: Any) -> Any:
    if context.isinf(x) or (x <= 0 and context.isint(x)):
        return context.inf
    return context.re(context.loggamma(x))


def _polygamma(context: Any, order: Any, x: Any) -> Any:
    if context.isinf(x):
        return (context.inf if order == 0 else context.zero) if x > 0 else context.nan
    if x <= 0 and context.isint(x):
        return context.nan if order % 2 == 0 else context.inf
    return context.psi(int(order), x)


_SPECIAL: dict[str, Callable[..., Any]] = {
    "erf": lambda context, x: context.erf(x),
    "log_gamma": _log_gamma,
    "polygamma": _polygamma,
}


def _kernel(name: str, extended: Callable[..., Any], arguments: int = 1) -> Callable[..., NDArray[Any]]:
    """Return a function of arrays, by ``extended`` for the extended type and by mpmath's ``name`` for objects."""
    objects = np.frompyfunc(_on_objects(name), arguments, 1)

    @quietly
    def evaluate(*arrays: NDArray[Any]) -> NDArray[Any]:
        if all(isinstance(array, (np.ndarray, np.generic)) and array.dtype != object for array in arrays):
            return np.asarray(extended(*arrays))
        return np.asarray(objects(*arrays), dtype=object)

    return evaluate


def _special_kernel(name: str, *parameters: int) -> Kernel:
    def on_object(x: Any) -> Any:
        context = _context(x)
        return x if x != x else _SPECIAL[name](context, *parameters, context.convert(x))  # noqa: PLR0124 - NaN

    def on_extended(x: Any) -> Any:
        return x if np.isnan(x) else _special(name, *parameters, x)

    objects = np.frompyfunc(on_object, 1, 1)
    numbers = np.frompyfunc(on_extended, 1, 1)

    @quietly
    def evaluate(array: NDArray[Any]) -> NDArray[Any]:
        if array.dtype == object:
            return np.asarray(objects(array), dtype=object)
        return np.asarray(numbers(array)).astype(array.dtype)

    return evaluate


@quietly
def quotient(a: NDArray[Any], b: NDArray[Any]) -> NDArray[Any]:
    """Return a / b; Python's numbers, which refuse to be divided by 0, give infinity and NaN as others do."""
    if b.dtype != object:
        return np.asarray(a / b)
    return np.asarray(np.frompyfunc(_object_quotient, 2, 1)(a, b), dtype=object)


def _object_quotient(a: Any, b: Any) -> Any:
    if b != 0:
        return a / b
    return float("nan") if not (a > 0 or a < 0) else float("inf") if a > 0 else -float("inf")


def pi(like: NDArray[Any]) -> NDArray[Any]:
    """Return pi for every element of ``like``, in its precision."""
    if like.dtype == object:
        return np.asarray(np.frompyfunc(lambda x: +_context(x).pi, 1, 1)(like), dtype=object)
    return np.full(like.shape, 4 * np.arctan(np.ones((), like.dtype)))


exp = _kernel("exp", np.exp)
expm1 = _kernel("expm1", np.expm1)
log = _kernel("log", np.log)
log1p = _kernel("log1p", np.log1p)
sqrt = _kernel("sqrt", np.sqrt)
tanh = _kernel("tanh", np.tanh)
sin = _kernel("sin", np.sin)
cos = _kernel("cos", np.cos)
arctan = _kernel("atan", np.arctan)
power = _kernel("power", np.power, 2)
erf = _special_kernel("erf")
log_gamma = _special_kernel("log_gamma")


@lru_cache(maxsize=16)
def polygamma(order: int) -> Kernel:
    """Return the derivative of ``order`` of the digamma function; order 0 is digamma itself."""
    evaluate = _special_kernel("polygamma", order)

    def sided(array: NDArray[Any]) -> NDArray[Any]:
        """Let digamma's pole at 0 be approached from the side that the zero's sign tells."""
        values = evaluate(array)
        if order > 0 or array.dtype == object:
            return values
        return np.where(array == 0, -np.copysign(np.inf, array), values)

    return sided
