"""prelu: the leaky rectifier with learnt slopes."""

from __future__ import annotations

import numpy as np

from adapters.reference.arithmetic._shared import reduced_to
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.mode import no_grad
from adapters.reference.creation import empty
from adapters.reference.device import Device, require_cpu
from adapters.reference.dtype import Array, DType
from adapters.reference.nn.module import Module
from adapters.reference.nn.parameter import Parameter
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.activation._shared import require_floating
from adapters.reference.tensor import Tensor

__all__ = ["PReLU", "prelu"]


class PreluKernelBackward0(Function):
    """``x`` above 0, ``a x`` elsewhere, ``a`` belonging to the channel."""

    __slots__ = ()

    def forward(self, x: Array, weight: Array) -> Array:
        """The number, or its multiple."""
        self.saved = (x, weight)
        return np.where(x > 0, x, x * spread(weight, x.ndim))

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None]:
        """``(g, 0)`` above 0 and ``(g a, g x)`` elsewhere, the latter summed for each channel."""
        x, weight = self.saved
        slope = spread(weight, x.ndim)
        to_x = np.where(x > 0, gradient, gradient * slope) if self.needs[0] else None
        to_weight = None
        if self.needs[1]:
            each = np.where(x > 0, 0, gradient * x)
            to_weight = reduced_to(each, slope.shape).reshape(weight.shape)
        return to_x, to_weight


def spread(weight: Array, dimensions: int) -> Array:
    """Return ``weight`` shaped so that it runs along the second of ``dimensions``; a single one as a scalar."""
    return weight.reshape(() if weight.size == 1 else (1, -1) + (1,) * (dimensions - 2))


def prelu(input: Tensor, weight: Tensor) -> Tensor:
    """Return ``max(0, x) + a min(0, x)`` for every element x of ``input``.

    Args:
        input: Of shape (N, C, *); with fewer than two dimensions it counts as one channel.
        weight: The slopes a: a scalar, or of shape (1,) or (C,).

    Raises:
        RuntimeError: The weight has another shape, or another dtype than the input.
    """
    require_floating(input, "prelu")
    require_tensor(weight, "prelu: weight")
    channels = input.array.shape[1] if input.ndim > 1 else 1
    if weight.ndim > 1:
        raise RuntimeError(f"prelu: weight: expected a scalar or one dimension, not shape {tuple(weight.shape)}")
    if weight.array.size not in (1, channels):
        raise RuntimeError(
            f"prelu: weight: expected 1 or {channels} elements, as input of shape {tuple(input.shape)} has "
            f"{channels} channels, not {weight.array.size}"
        )
    if weight.array.dtype != input.array.dtype:
        raise RuntimeError(f"prelu: weight: expected the input's dtype {input.dtype}, not {weight.dtype}")
    result: Tensor = PreluKernelBackward0.apply((input, weight))
    return result


class PReLU(Module):
    """The leaky rectifier with learnt slopes, as a module.

    Args:
        num_parameters: The number of slopes: 1, or the number of channels.
        init: The slopes before training.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the slopes, float32 where not given.
    """

    def __init__(
        self,
        num_parameters: int = 1,
        init: float = 0.25,
        device: Device | str | None = None,
        dtype: DType | None = None,
    ) -> None:
        super().__init__()
        require_cpu(device)
        self.num_parameters = num_parameters
        self.init = init
        self.weight = Parameter(empty(num_parameters, dtype=dtype))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set every slope to ``init``."""
        with no_grad():
            self.weight.fill_(self.init)

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return prelu(input, self.weight)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"num_parameters={self.num_parameters}"
