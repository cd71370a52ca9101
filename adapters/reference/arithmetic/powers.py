"""Powers, roots, exponentials and logarithms, element by element, and the same in place."""

from __future__ import annotations

import numpy as np

from adapters.reference.arithmetic._shared import (
    Number,
    Operand,
    floating,
    number_array,
    operands,
    reduced_to,
    require_broadcast,
)
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.inplace import apply_inplace
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor, method

__all__ = ["abs", "exp", "exp_", "expm1", "log", "log1p", "pow", "sqrt", "sqrt_", "square"]


class PowBackward0(Function):
    """``x ** k`` for a number ``k``."""

    __slots__ = ("exponent",)

    def forward(self, x: Array, exponent: Number) -> Array:
        """The power; the square is a product."""
        self.saved, self.exponent = (x,), exponent
        result: Array = x * x if exponent == 2 else x ** number_array(exponent, x.dtype)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g k x ** (k - 1)``; zero for ``k = 0``, also where x is 0."""
        (x,) = self.saved
        if self.exponent == 0:
            return np.zeros_like(gradient)
        power = x if self.exponent == 2 else x ** number_array(self.exponent - 1, x.dtype)
        result: Array = gradient * (number_array(self.exponent, x.dtype) * power)
        return result


class PowBackward1(Function):
    """``x ** y`` for two tensors."""

    __slots__ = ()

    def forward(self, x: Array, y: Array) -> Array:
        """The power."""
        result: Array = x**y
        self.saved = (x, y, result)
        return result

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None]:
        """``(g y x ** (y - 1), g x ** y log x)``; zero where ``y = 0``, and where ``x = 0`` and ``y > 0``."""
        x, y, result = self.saved
        to_x = to_y = None
        if self.needs[0]:
            to_x = reduced_to(
                np.where(y == 0, 0, gradient * (y * x ** (y - 1))).astype(gradient.dtype, copy=False), x.shape
            )
        if self.needs[1]:
            change = np.where((x == 0) & (y >= 0), 0, result * np.log(x)).astype(gradient.dtype, copy=False)
            to_y = reduced_to(gradient * change, y.shape)
        return to_x, to_y


class ExpBackward0(Function):
    """``e ** x``."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The exponential, which is its own derivative."""
        result = np.exp(x)
        self.saved = (result,)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g e ** x``."""
        result: Array = gradient * self.saved[0]
        return result


class LogBackward0(Function):
    """The natural logarithm."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The logarithm; minus infinity at 0, NaN below."""
        self.saved = (x,)
        return np.log(x)

    def backward(self, gradient: Array) -> Array:
        """``g / x``."""
        result: Array = gradient / self.saved[0]
        return result


class Log1PBackward0(Function):
    """``log(1 + x)``."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The logarithm, exact for small x too."""
        self.saved = (x,)
        return np.log1p(x)

    def backward(self, gradient: Array) -> Array:
        """``g / (1 + x)``."""
        result: Array = gradient / (1 + self.saved[0])
        return result


class Expm1Backward0(Function):
    """``e ** x - 1``."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The exponential less 1, exact for small x too."""
        result = np.expm1(x)
        self.saved = (result,)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g (y + 1)``."""
        result: Array = gradient * (self.saved[0] + 1)
        return result


class SqrtBackward0(Function):
    """The square root."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The root; NaN below 0."""
        result = np.sqrt(x)
        self.saved = (result,)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g / (2 sqrt x)``."""
        result: Array = gradient / (2 * self.saved[0])
        return result


class AbsBackward0(Function):
    """The absolute value."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The magnitude."""
        self.saved = (x,)
        return np.abs(x)

    def backward(self, gradient: Array) -> Array:
        """``g sign x``; zero at 0 and for NaN."""
        (x,) = self.saved
        result: Array = gradient * ((x > 0).astype(x.dtype) - (x < 0))
        return result


@method("pow", "__pow__")
def pow(input: Tensor, exponent: Operand) -> Tensor:
    """Return ``input ** exponent``."""
    result: Tensor
    if isinstance(input, Tensor) and not isinstance(exponent, Tensor):
        base, _ = operands(input, exponent, "pow")
        result = PowBackward0.apply((base,), exponent)
        return result
    base, power = operands(input, exponent, "pow")
    require_broadcast(base, power)
    result = PowBackward1.apply((base, power))
    return result


@method("__rpow__")
def rpow(input: Tensor, other: Operand) -> Tensor:
    """Return ``other ** input``."""
    base, power = operands(other, input, "pow")
    result: Tensor = PowBackward1.apply((base, power))
    return result


@method("square")
def square(input: Tensor) -> Tensor:
    """Return the squares."""
    return pow(input, 2)


@method("exp")
def exp(input: Tensor) -> Tensor:
    """Return ``e ** input``."""
    return _unary(ExpBackward0, input)


@method("log")
def log(input: Tensor) -> Tensor:
    """Return the natural logarithms."""
    return _unary(LogBackward0, input)


@method("log1p")
def log1p(input: Tensor) -> Tensor:
    """Return the natural logarithms of 1 more than the elements."""
    return _unary(Log1PBackward0, input)


@method("expm1")
def expm1(input: Tensor) -> Tensor:
    """Return ``e ** input - 1``."""
    return _unary(Expm1Backward0, input)


@method("sqrt")
def sqrt(input: Tensor) -> Tensor:
    """Return the square roots."""
    return _unary(SqrtBackward0, input)


@method("abs", "__abs__")
def abs(input: Tensor) -> Tensor:
    """Return the absolute values."""
    result: Tensor = AbsBackward0.apply((input,))
    return result


def _unary(function: type[Function], input: Tensor) -> Tensor:
    result: Tensor = function.apply((floating(input),))
    return result


@method("pow_", "__ipow__")
def pow_(self: Tensor, exponent: Number) -> Tensor:
    """Raise to the power of a number in place."""
    return apply_inplace(PowBackward0, self, (), exponent)


@method("exp_")
def exp_(self: Tensor) -> Tensor:
    """Replace the elements by their exponentials."""
    return apply_inplace(ExpBackward0, self)


@method("sqrt_")
def sqrt_(self: Tensor) -> Tensor:
    """Replace the elements by their square roots."""
    return apply_inplace(SqrtBackward0, self)
