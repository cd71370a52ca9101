"""Products of matrices and vectors."""

from __future__ import annotations

import numpy as np

from adapters.reference.arithmetic._shared import Number, number_array, reduced_to
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor, method

__all__ = ["addmm", "bmm", "dot", "matmul", "mm", "mv"]


class MatmulBackward0(Function):
    """Matrix products, batched and broadcast."""

    __slots__ = ()

    def forward(self, a: Array, b: Array) -> Array:
        """BLAS's product."""
        self.saved = (a if self.needs[1] else None, b if self.needs[0] else None, a.shape, b.shape)
        return np.asarray(np.matmul(a, b))

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None]:
        """``(g b^T, a^T g)``, a vector taken as a row on the left and as a column on the right."""
        a, b, a_shape, b_shape = self.saved
        if len(a_shape) == 1:
            gradient = np.expand_dims(gradient, -1 if len(b_shape) == 1 else -2)
        if len(b_shape) == 1:
            gradient = np.expand_dims(gradient, -1)
        to_a = to_b = None
        if self.needs[0]:
            right = b[:, None] if b.ndim == 1 else b
            to_a = reduced_to(np.matmul(gradient, right.swapaxes(-1, -2)), _matrix(a_shape, row=True)).reshape(a_shape)
        if self.needs[1]:
            left = a[None, :] if a.ndim == 1 else a
            to_b = reduced_to(np.matmul(left.swapaxes(-1, -2), gradient), _matrix(b_shape, row=False)).reshape(b_shape)
        return to_a, to_b


class MmBackward0(MatmulBackward0):
    """The product of two matrices."""

    __slots__ = ()


class BmmBackward0(MatmulBackward0):
    """Products of matrices, pair by pair along the first dimension."""

    __slots__ = ()


class MvBackward0(MatmulBackward0):
    """The product of a matrix and a vector."""

    __slots__ = ()


class DotBackward0(MatmulBackward0):
    """The product of two vectors."""

    __slots__ = ()


class AddmmBackward0(Function):
    """``beta c + alpha a b`` for matrices ``a`` and ``b``."""

    __slots__ = ("alpha", "beta", "shape")

    def forward(self, c: Array, a: Array, b: Array, beta: Number, alpha: Number) -> Array:
        """The product, to which ``c`` is added where it lies."""
        self.shape, self.beta, self.alpha = c.shape, beta, alpha
        self.saved = (a if self.needs[2] else None, b if self.needs[1] else None)
        result: Array = np.matmul(a, b)
        if alpha != 1:
            result *= number_array(alpha, result.dtype)
        if beta != 0:  # documented: with beta = 0, NaN and infinities of c do not count
            result += c if beta == 1 else number_array(beta, c.dtype) * c
        return result

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None, Array | None]:
        """``(beta g, alpha g b^T, alpha a^T g)``."""
        a, b = self.saved
        scaled = gradient if self.alpha == 1 else gradient * number_array(self.alpha, gradient.dtype)
        to_c = to_a = to_b = None
        if self.needs[0]:
            to_c = reduced_to(gradient, self.shape)
            if self.beta != 1:
                to_c = to_c * number_array(self.beta, gradient.dtype)
        if self.needs[1]:
            to_a = np.matmul(scaled, b.T)
        if self.needs[2]:
            to_b = np.matmul(scaled.T, a).T  # its transpose, a weight's gradient, then lies in order
        return to_c, to_a, to_b


def _matrix(shape: tuple[int, ...], *, row: bool) -> tuple[int, ...]:
    if len(shape) > 1:
        return shape
    return (1, *shape) if row else (*shape, 1)


@method("matmul", "__matmul__")
def matmul(input: Tensor, other: Tensor) -> Tensor:
    """Return the matrix product: of vectors the scalar product, of more than two dimensions one product a batch.

    Raises:
        RuntimeError: A 0-d tensor, different types, or sizes that do not meet.
    """
    _require_meeting(input, other, "matmul")
    a, b = input.array.ndim, other.array.ndim
    function: type[Function] = {(2, 2): MmBackward0, (2, 1): MvBackward0, (1, 1): DotBackward0}.get(
        (a, b), MatmulBackward0
    )
    result: Tensor = function.apply((input, other))
    return result


@method("__rmatmul__")
def rmatmul(self: Tensor, other: Tensor) -> Tensor:
    """Return ``other @ self``."""
    return matmul(other, self)


@method("mm")
def mm(input: Tensor, mat2: Tensor) -> Tensor:
    """Return the product of two matrices."""
    _require_ndim(input, 2, "mm: input")
    _require_ndim(mat2, 2, "mm: mat2")
    return matmul(input, mat2)


@method("mv")
def mv(input: Tensor, vec: Tensor) -> Tensor:
    """Return the product of a matrix and a vector."""
    _require_ndim(input, 2, "mv: input")
    _require_ndim(vec, 1, "mv: vec")
    return matmul(input, vec)


@method("dot")
def dot(input: Tensor, tensor: Tensor) -> Tensor:
    """Return the scalar product of two vectors."""
    _require_ndim(input, 1, "dot: input")
    _require_ndim(tensor, 1, "dot: tensor")
    return matmul(input, tensor)


@method("bmm")
def bmm(input: Tensor, mat2: Tensor) -> Tensor:
    """Return the products of matrices, pair by pair along the first dimension."""
    _require_ndim(input, 3, "bmm: input")
    _require_ndim(mat2, 3, "bmm: mat2")
    _require_meeting(input, mat2, "bmm")
    if input.array.shape[0] != mat2.array.shape[0]:
        raise RuntimeError(f"bmm: expected as many matrices, not {tuple(input.shape)} and {tuple(mat2.shape)}")
    result: Tensor = BmmBackward0.apply((input, mat2))
    return result


@method("addmm")
def addmm(input: Tensor, mat1: Tensor, mat2: Tensor, *, beta: Number = 1, alpha: Number = 1) -> Tensor:
    """Return ``beta input + alpha mat1 mat2``, ``input`` broadcast to the product's shape."""
    _require_ndim(mat1, 2, "addmm: mat1")
    _require_ndim(mat2, 2, "addmm: mat2")
    _require_meeting(mat1, mat2, "addmm")
    if input.array.dtype != mat1.array.dtype:
        raise RuntimeError(f"addmm: expected input of the dtype of mat1, {mat1.dtype}, not {input.dtype}")
    shape = (mat1.array.shape[0], mat2.array.shape[1])
    own = input.array.shape
    if len(own) > 2 or any(size not in (1, wanted) for size, wanted in zip(own[::-1], shape[::-1], strict=False)):
        raise RuntimeError(f"addmm: expected input of a shape that expands to {shape}, not {tuple(own)}")
    result: Tensor = AddmmBackward0.apply((input, mat1, mat2), beta, alpha)
    return result


def _require_ndim(tensor: Tensor, ndim: int, what: str) -> None:
    if tensor.array.ndim != ndim:
        raise RuntimeError(f"{what}: expected a tensor of {ndim} dimensions, not {tensor.ndim}")


def _require_meeting(a: Tensor, b: Tensor, what: str) -> None:
    if not isinstance(a, Tensor) or not isinstance(b, Tensor):
        raise TypeError(f"{what}: expected two tensors, not {a!r} and {b!r}")
    one, two = a.array.shape, b.array.shape
    if not one or not two:
        raise RuntimeError(f"{what}: expected tensors of at least 1 dimension, not {a.ndim} and {b.ndim}")
    if a.array.dtype != b.array.dtype:
        raise RuntimeError(f"{what}: expected two tensors of the same dtype, not {a.dtype} and {b.dtype}")
    if one[-1] != two[-2 if len(two) > 1 else -1]:
        raise RuntimeError(f"{what}: mat1 and mat2 shapes cannot be multiplied ({tuple(one)} and {tuple(two)})")
    try:
        np.broadcast_shapes(one[:-2], two[:-2])
    except ValueError:
        raise RuntimeError(f"{what}: batch shapes do not broadcast: {tuple(one)} and {tuple(two)}") from None
