"""bilinear: ``y = x1^T A x2 + b`` over the last dimensions of two inputs."""

from __future__ import annotations

import math
from typing import Any

from adapters.reference.arithmetic.elementwise import add
from adapters.reference.arithmetic.views import reshape
from adapters.reference.autograd.function import Function
from adapters.reference.creation import empty
from adapters.reference.device import Device, require_cpu
from adapters.reference.dtype import Array, DType
from adapters.reference.nn import init
from adapters.reference.nn.module import Module
from adapters.reference.nn.parameter import Parameter
from adapters.reference.operators._shared import products, require_tensor
from adapters.reference.tensor import Tensor

__all__ = ["Bilinear", "bilinear"]


class TrilinearBackward0(Function):
    """The sum over i and j of ``x[n, i] a[o, i, j] y[n, j]``."""

    __slots__ = ()
    linear_inputs = 3

    def linear_arrays(self) -> tuple[Array, Array, Array]:
        """Return the three factors."""
        x, a, y = self.saved
        return x, a, y

    def forward(self, x: Array, a: Array, y: Array) -> Array:
        """One sum over all pairs of features."""
        self.saved = (x, a, y)
        return products("nij,oij->no", x[:, :, None] * y[:, None, :], a)

    def backward(self, gradient: Array) -> tuple[Array | None, ...]:
        """The same sum, with the gradient in the place of each factor in turn."""
        x, a, y = self.saved
        to_x = products("no,oij,nj->ni", gradient, a, y) if self.needs[0] else None
        to_a = products("no,ni,nj->oij", gradient, x, y) if self.needs[1] else None
        to_y = products("no,oij,ni->nj", gradient, a, x) if self.needs[2] else None
        return to_x, to_a, to_y


def bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Return ``input1^T weight input2 + bias`` for each pair of rows.

    Args:
        input1: Of shape (*, in1_features), with any leading dimensions, or none.
        input2: Of shape (*, in2_features), its leading dimensions those of ``input1``.
        weight: Of shape (out_features, in1_features, in2_features).
        bias: Of shape (out_features,).

    Returns:
        A tensor of shape (*, out_features).

    Raises:
        RuntimeError: Shapes that do not meet, or different dtypes.
    """
    _check(input1, input2, weight, bias)
    leading = input1.array.shape[:-1]
    rows = math.prod(leading)
    first = reshape(input1, (rows, input1.array.shape[-1]))
    second = reshape(input2, (rows, input2.array.shape[-1]))
    product = reshape(TrilinearBackward0.apply((first, weight, second)), (*leading, weight.array.shape[0]))
    return product if bias is None else add(product, bias)


def _check(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None) -> None:
    for name, tensor in (("input1", input1), ("input2", input2), ("weight", weight)):
        require_tensor(tensor, f"bilinear: {name}")
    if len({tensor.array.dtype for tensor in (input1, input2, weight)}) > 1:
        raise RuntimeError(
            f"bilinear: expected inputs and weight of one dtype, not {input1.dtype}, {input2.dtype}, {weight.dtype}"
        )
    shapes: list[Any] = [tensor.array.shape for tensor in (input1, input2, weight)]
    if len(shapes[2]) != 3:
        raise RuntimeError(f"bilinear: weight: expected shape (out, in1, in2), not {shapes[2]}")
    if not shapes[0] or shapes[0][:-1] != shapes[1][:-1]:
        raise RuntimeError(
            f"bilinear: expected inputs that are alike but for the last dimension, not of shapes {shapes[0]} and "
            f"{shapes[1]}"
        )
    if (shapes[0][-1], shapes[1][-1]) != shapes[2][1:]:
        raise RuntimeError(
            f"bilinear: expected inputs of {shapes[2][1]} and {shapes[2][2]} features, as weight of shape {shapes[2]} "
            f"has, not of shapes {shapes[0]} and {shapes[1]}"
        )
    if bias is not None and bias.array.shape != shapes[2][:1]:
        raise RuntimeError(f"bilinear: bias: expected shape {shapes[2][:1]}, not {bias.array.shape}")


class Bilinear(Module):
    """A sum over all pairs of features of two inputs, as a module.

    Args:
        in1_features: Size of the first input's last dimension.
        in2_features: Size of the second input's last dimension.
        out_features: Size of the output's last dimension.
        bias: Whether to add a learnt bias.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters, float32 where not given.

    Raises:
        ValueError: A number of features is not above 0.
    """

    def __init__(
        self,
        in1_features: int,
        in2_features: int,
        out_features: int,
        bias: bool = True,
        device: Device | str | None = None,
        dtype: DType | None = None,
    ) -> None:
        super().__init__()
        require_cpu(device)
        for option, number in (("in1", in1_features), ("in2", in2_features), ("out", out_features)):
            if number <= 0:
                raise ValueError(f"Bilinear: {option}_features: expected more than 0, not {number!r}")
        self.in1_features = in1_features
        self.in2_features = in2_features
        self.out_features = out_features
        self.weight = Parameter(empty(out_features, in1_features, in2_features, dtype=dtype))
        self.bias: Parameter | None
        if bias:
            self.bias = Parameter(empty(out_features, dtype=dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw weight and bias anew, uniform within ``1 / sqrt(in1_features)``."""
        bound = 1 / math.sqrt(self.in1_features)
        init.uniform_(self.weight, -bound, bound)
        if self.bias is not None:
            init.uniform_(self.bias, -bound, bound)

    def forward(self, input1: Tensor, input2: Tensor) -> Tensor:
        """Return the bilinear map of the two inputs."""
        return bilinear(input1, input2, self.weight, self.bias)

    def extra_repr(self) -> str:
        """Return the options."""
        return (
            f"in1_features={self.in1_features}, in2_features={self.in2_features}, "
            f"out_features={self.out_features}, bias={self.bias is not None}"
        )
