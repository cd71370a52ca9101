"""linear: ``y = x W^T + b`` over the last dimension."""

from __future__ import annotations

import math

from adapters.reference.arithmetic.axes import t
from adapters.reference.arithmetic.elementwise import add
from adapters.reference.arithmetic.matrix import AddmmBackward0, matmul
from adapters.reference.arithmetic.views import reshape, view
from adapters.reference.creation import empty
from adapters.reference.device import Device, require_cpu
from adapters.reference.dtype import DType
from adapters.reference.nn import init
from adapters.reference.nn.module import Module
from adapters.reference.nn.parameter import Parameter
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor

__all__ = ["Linear", "linear"]


def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Return ``input weight^T + bias``.

    Args:
        input: Of shape (*, in_features), with any leading dimensions, or none.
        weight: Of shape (out_features, in_features); a vector (in_features,) gives a result without that dimension.
        bias: Of shape (out_features,).

    Returns:
        A tensor of shape (*, out_features).

    Raises:
        RuntimeError: Shapes that do not meet, or different dtypes.
    """
    _check(input, weight, bias)
    features = weight.array.shape[0]
    if bias is None:
        return matmul(input, t(weight))
    if weight.array.ndim == 1:
        return add(matmul(input, weight), bias)
    result: Tensor
    if input.array.ndim == 2:
        result = AddmmBackward0.apply((bias, input, t(weight)), 1, 1)
        return result
    leading = input.array.shape[:-1]
    rows = reshape(input, (math.prod(leading), input.array.shape[-1]))
    result = AddmmBackward0.apply((bias, rows, t(weight)), 1, 1)
    return view(result, (*leading, features))


def _check(input: Tensor, weight: Tensor, bias: Tensor | None) -> None:
    require_tensor(input, "linear: input")
    require_tensor(weight, "linear: weight")
    x, w = input.array, weight.array
    if x.ndim == 0 or w.ndim == 0:
        raise RuntimeError(f"linear: expected input and weight of at least 1 dimension, not {x.ndim} and {w.ndim}")
    if w.ndim > 2:
        raise RuntimeError(f"linear: weight: expected shape (out_features, in_features), not {w.shape}")
    if x.dtype != w.dtype:
        raise RuntimeError(f"linear: expected input and weight of the same dtype, not {input.dtype} and {weight.dtype}")
    if x.shape[-1] != w.shape[-1]:
        raise RuntimeError(
            f"linear: input: expected {w.shape[-1]} features, as weight of shape {w.shape} has, "
            f"not {x.shape[-1]} in shape {x.shape}: mat1 and mat2 shapes cannot be multiplied"
        )
    if bias is None:
        return
    require_tensor(bias, "linear: bias")
    b = bias.array
    if b.dtype != w.dtype:
        raise RuntimeError(f"linear: expected bias and weight of the same dtype, not {bias.dtype} and {weight.dtype}")
    if b.shape not in ((), (1,), w.shape[:-1]):
        raise RuntimeError(
            f"linear: bias: expected shape {w.shape[:-1]}, as weight of shape {w.shape} needs, not {b.shape}"
        )


class Linear(Module):
    """An affine map of the last dimension.

    Args:
        in_features: Size of the input's last dimension.
        out_features: Size of the output's last dimension.
        bias: Whether to add a learnt bias.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters, float32 where not given.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        device: Device | str | None = None,
        dtype: DType | None = None,
    ) -> None:
        super().__init__()
        require_cpu(device)
        self.in_features = in_features
        self.out_features = out_features
        self.weight = Parameter(empty(out_features, in_features, dtype=dtype))
        self.bias: Parameter | None
        if bias:
            self.bias = Parameter(empty(out_features, dtype=dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw weight and bias anew, uniform within ``1 / sqrt(in_features)``."""
        init.weight_and_bias_(self.weight, self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """Return the affine map of ``input``."""
        return linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"
