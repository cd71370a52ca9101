"""Sums, differences, products and quotients, element by element with broadcasting, and the same in place."""

from __future__ import annotations

from typing import Any

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
from adapters.reference.dtype import BOOLEAN, Array
from adapters.reference.tensor import Tensor, method

__all__ = ["add", "div", "mul", "neg", "neg_", "rsub", "sub"]


class AddBackward0(Function):
    """``a + alpha b``."""

    __slots__ = ("alpha", "shapes")

    def forward(self, a: Array, b: Array, alpha: Number) -> Array:
        """The scaled sum; the product with 1 is left out."""
        self.shapes, self.alpha = (a.shape, b.shape), alpha
        result: Array = a + b if alpha == 1 else a + number_array(alpha, b.dtype) * b
        return result

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None]:
        """``(g, alpha g)``."""
        first, second = self.shapes
        scaled = gradient if self.alpha == 1 else gradient * number_array(self.alpha, gradient.dtype)
        return (
            reduced_to(gradient, first) if self.needs[0] else None,
            reduced_to(scaled, second) if self.needs[1] else None,
        )


class SubBackward0(Function):
    """``a - alpha b``."""

    __slots__ = ("alpha", "shapes")

    def forward(self, a: Array, b: Array, alpha: Number) -> Array:
        """The scaled difference; the product with 1 is left out."""
        self.shapes, self.alpha = (a.shape, b.shape), alpha
        result: Array = a - b if alpha == 1 else a - number_array(alpha, b.dtype) * b
        return result

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None]:
        """``(g, -alpha g)``."""
        first, second = self.shapes
        scaled = -gradient if self.alpha == 1 else gradient * number_array(-self.alpha, gradient.dtype)
        return (
            reduced_to(gradient, first) if self.needs[0] else None,
            reduced_to(scaled, second) if self.needs[1] else None,
        )


class MulBackward0(Function):
    """``a b``."""

    __slots__ = ("shapes",)

    def forward(self, a: Array, b: Array) -> Array:
        """The product; each factor is kept only for the other one's gradient."""
        self.shapes = (a.shape, b.shape)
        self.saved = (a if self.needs[1] else None, b if self.needs[0] else None)
        result: Array = a * b
        return result

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None]:
        """``(g b, g a)``."""
        a, b = self.saved
        return (
            reduced_to(gradient * b, self.shapes[0]) if self.needs[0] else None,
            reduced_to(gradient * a, self.shapes[1]) if self.needs[1] else None,
        )


class DivBackward0(Function):
    """``a / b``."""

    __slots__ = ("shapes",)

    def forward(self, a: Array, b: Array) -> Array:
        """The quotient; the dividend is kept only for the divisor's gradient."""
        self.shapes = (a.shape, b.shape)
        self.saved = (a if self.needs[1] else None, b)
        result: Array = a / b
        return result

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None]:
        """``(g / b, -(g / b) (a / b))``."""
        a, b = self.saved
        first = gradient / b
        return (
            reduced_to(first, self.shapes[0]) if self.needs[0] else None,
            reduced_to(-first * (a / b), self.shapes[1]) if self.needs[1] else None,
        )


class NegBackward0(Function):
    """``-x``."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The negative."""
        result: Array = -x
        return result

    def backward(self, gradient: Array) -> Array:
        """``-g``."""
        return -gradient


@method("add", "__add__", "__radd__")
def add(input: Tensor, other: Operand, *, alpha: Number = 1) -> Tensor:
    """Return ``input + alpha other``."""
    return _binary(AddBackward0, input, other, "add", alpha)


@method("sub", "__sub__")
def sub(input: Tensor, other: Operand, *, alpha: Number = 1) -> Tensor:
    """Return ``input - alpha other``."""
    return _binary(SubBackward0, input, other, "sub", alpha)


@method("__rsub__")
def rsub(input: Tensor, other: Operand) -> Tensor:
    """Return ``other - input``."""
    return _binary(SubBackward0, other, input, "sub", 1)


@method("mul", "__mul__", "__rmul__")
def mul(input: Tensor, other: Operand) -> Tensor:
    """Return ``input other``."""
    return _binary(MulBackward0, input, other, "mul")


@method("div", "__truediv__")
def div(input: Operand, other: Operand) -> Tensor:
    """Return ``input / other``; integers are divided as float32."""
    a, b = operands(input, other, "div")
    return _checked(DivBackward0, floating(a), floating(b))


@method("__rtruediv__")
def rdiv(input: Tensor, other: Operand) -> Tensor:
    """Return ``other / input``."""
    return div(other, input)


@method("neg", "__neg__")
def neg(input: Tensor) -> Tensor:
    """Return ``-input``."""
    if input.dtype.category == BOOLEAN:
        raise RuntimeError("neg: expected a tensor of numbers, not of torch.bool; use ~ or logical_not")
    result: Tensor = NegBackward0.apply((input,))
    return result


@method("__pos__")
def pos(input: Tensor) -> Tensor:
    """Return the tensor."""
    return input


def _binary(function: type[Function], first: Any, second: Any, what: str, *options: Any) -> Tensor:
    a, b = operands(first, second, what)
    if function is SubBackward0 and a.array.dtype.kind == "b":
        raise RuntimeError("sub: expected tensors of numbers, not of torch.bool; use logical_xor")
    return _checked(function, a, b, *options)


def _checked(function: type[Function], a: Tensor, b: Tensor, *options: Any) -> Tensor:
    require_broadcast(a, b)
    result: Tensor = function.apply((a, b), *options)
    return result


@method("add_", "__iadd__")
def add_(self: Tensor, other: Operand, *, alpha: Number = 1) -> Tensor:
    """Add ``alpha other`` in place."""
    return _binary_inplace(AddBackward0, self, other, "add_", alpha)


@method("sub_", "__isub__")
def sub_(self: Tensor, other: Operand, *, alpha: Number = 1) -> Tensor:
    """Subtract ``alpha other`` in place."""
    return _binary_inplace(SubBackward0, self, other, "sub_", alpha)


@method("mul_", "__imul__")
def mul_(self: Tensor, other: Operand) -> Tensor:
    """Multiply by ``other`` in place."""
    return _binary_inplace(MulBackward0, self, other, "mul_")


@method("div_", "__itruediv__")
def div_(self: Tensor, other: Operand) -> Tensor:
    """Divide by ``other`` in place."""
    return _binary_inplace(DivBackward0, self, other, "div_")


@method("neg_")
def neg_(self: Tensor) -> Tensor:
    """Change every sign in place."""
    return apply_inplace(NegBackward0, self)


def _binary_inplace(function: type[Function], target: Tensor, other: Any, what: str, *options: Any) -> Tensor:
    converted, operand = operands(target, other, what)
    if converted.dtype.category != target.dtype.category:
        raise RuntimeError(f"{what}: a result of {converted.dtype} cannot be stored in a tensor of {target.dtype}")
    if converted is not target:
        operand = operand.to(target.dtype)
    require_broadcast(target, operand)
    return apply_inplace(function, target, (operand,), *options)
