"""gelu: the Gaussian error linear unit."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.autograd.recorded import Recorded, arrayed
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied
from adapters.reference.tensor import Tensor

__all__ = ["GELU", "gelu"]

_CUBIC = 0.044715
_erfc = np.frompyfunc(math.erfc, 1, 1)
_DEGREE = 10
_MIDDLE = 3.0
_LAST = 10.5
"""Beyond it the complementary error function is below what float32 can tell from 0."""


class GeluBackward0(Function):
    """``x`` times the normal distribution's cumulative function, or the approximation of it by tanh."""

    __slots__ = ("approximate", "share")

    def forward(self, x: Array, approximate: str) -> Array:
        """The activation."""
        self.approximate = approximate
        self.share = tanh_share(x)[0] if approximate == "tanh" else cumulative(x)
        self.saved = (x,)
        result: Array = x * self.share
        return result

    def backward(self, gradient: Array) -> Array:
        """``g (share + x share')``, the share being what x is multiplied by."""
        (x,) = self.saved
        if self.approximate == "tanh":
            share, slope = tanh_share(x)
        else:
            share = cumulative(x) if isinstance(x, Recorded) else self.share  # recorded, it depends on x as well
            slope = np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
        result: Array = gradient * (share + x * slope)
        return result


class CumulativeBackward0(Function):
    """The cumulative distribution function of the standard normal distribution, for backward passes on the tape."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The probability of a smaller number."""
        self.saved = (x,)
        return cumulative(x)

    def backward(self, gradient: Array) -> Array:
        """``g`` times the density."""
        (x,) = self.saved
        result: Array = gradient * (np.exp(-x * x / 2) / math.sqrt(2 * math.pi))
        return result


def cumulative(x: Any) -> Array:
    """Return the cumulative distribution function of the standard normal distribution."""
    if isinstance(x, Recorded):
        return arrayed(Recorded(CumulativeBackward0.apply((x.tensor,))))
    z = np.asarray(x * -math.sqrt(0.5))
    tail = np.asarray(_erfc(z), dtype=np.float64) if z.dtype == np.float64 else short_erfc(z.astype(np.float64))
    return (tail / 2).astype(x.dtype)


def short_erfc(z: Array) -> Array:
    """Return the complementary error function to ten digits, for types shorter than float64: many times as fast.

    Times ``exp(z^2)`` it is smooth in ``(z - 3) / (z + 3)``, and a polynomial of degree 10 in that comes near enough.
    """
    flat = z.reshape(-1)
    size = np.minimum(np.abs(flat), _LAST)
    place = (size - _MIDDLE) / (size + _MIDDLE)
    share = np.full_like(place, _COEFFICIENTS[-1])
    for coefficient in _COEFFICIENTS[-2::-1]:
        share *= place
        share += coefficient
    share *= np.exp(-size * size)
    # 2 - share where z is negative: many times as fast as a choice element by element
    result = np.copysign(share, flat)
    result += 2.0 * np.signbit(flat)
    return result.reshape(z.shape)


def _coefficients() -> list[float]:
    """Return those of the polynomial that meets ``erfc(z) exp(z^2)`` at Chebyshev's points, in powers of the place."""
    last = (_LAST - _MIDDLE) / (_LAST + _MIDDLE)
    fitted = np.polynomial.Chebyshev.interpolate(
        lambda places: np.array([_scaled(_MIDDLE * (1 + place) / (1 - place)) for place in places]), _DEGREE, [-1, last]
    )
    return [float(one) for one in fitted.convert(kind=np.polynomial.Polynomial, domain=[-1, 1]).coef]


def _scaled(z: float) -> float:
    return math.erfc(z) * math.exp(z * z)


_COEFFICIENTS = _coefficients()


def tanh_share(x: Array) -> tuple[Array, Array]:
    """Return ``(1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2`` and its derivative."""
    steepness = math.sqrt(2 / math.pi)
    bent = np.tanh(steepness * (x + _CUBIC * x * x * x))
    return (1 + bent) / 2, (1 - bent * bent) / 2 * (steepness * (1 + 3 * _CUBIC * x * x))


def gelu(input: Tensor, approximate: str = "none") -> Tensor:
    """Return x times the normal distribution's cumulative function at x, for every element x of ``input``.

    Args:
        input: Of any shape.
        approximate: ``"none"``, or ``"tanh"`` for the approximation by the hyperbolic tangent.

    Raises:
        RuntimeError: ``approximate`` is neither.
    """
    if approximate not in ("none", "tanh"):
        raise RuntimeError(f"gelu: approximate: expected 'none' or 'tanh', not {approximate!r}")
    return applied(GeluBackward0, "gelu", input, approximate)


class GELU(Module):
    """The Gaussian error linear unit, as a module.

    Args:
        approximate: ``"none"`` or ``"tanh"``.
    """

    def __init__(self, approximate: str = "none") -> None:
        super().__init__()
        self.approximate = approximate

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return gelu(input, self.approximate)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"approximate={self.approximate!r}"
