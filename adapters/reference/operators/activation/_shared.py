"""What the activations have in common: how they are applied, the logistic function, and modules that may overwrite."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.autograd.inplace import apply_inplace
from adapters.reference.autograd.recorded import Recorded, arrayed
from adapters.reference.dtype import FLOATING, Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor


def applied(function: type[Function], name: str, input: Tensor, *options: Any, inplace: bool = False) -> Tensor:
    """Return ``function`` of ``input``; with ``inplace``, in the memory of ``input``.

    Raises:
        TypeError: ``input`` is not a tensor.
        NotImplementedError: ``input`` has no floating-point numbers.
        RuntimeError: With ``inplace``, ``input`` is a leaf that requires gradients.
    """
    require_floating(input, name)
    if inplace:
        return apply_inplace(function, input, (), *options)
    result: Tensor = function.apply((input,), *options)
    return result


def require_floating(input: Any, name: str) -> None:
    """Refuse what is not a tensor of floating-point numbers."""
    require_tensor(input, f"{name}: input")
    if input.dtype.category != FLOATING:
        raise NotImplementedError(f"{name}: input: expected a floating point dtype, not {input.dtype}")


def logistic(x: Array) -> Array:
    """Return ``1 / (1 + exp(-x))`` without overflow."""
    if isinstance(x, Recorded):  # its own derivative: the magnitude that is taken here has a kink
        return arrayed(Recorded(x.tensor.sigmoid()))
    decay = np.exp(-np.abs(x))
    result: Array = np.where(x < 0, decay, 1) / (1 + decay)
    return result


class LogOnePlusExpBackward0(Function):
    """``log(1 + exp(x))``, for backward passes on the tape."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The logarithm, without overflow."""
        self.saved = (x,)
        return log_of_one_plus_exp(x)

    def backward(self, gradient: Array) -> Array:
        """``g`` times the logistic function."""
        (x,) = self.saved
        return gradient * logistic(x)


def log_of_one_plus_exp(x: Array) -> Array:
    """Return ``log(1 + exp(x))`` without overflow."""
    if isinstance(x, Recorded):
        return arrayed(Recorded(LogOnePlusExpBackward0.apply((x.tensor,))))
    result: Array = np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))
    return result


class Overwriting(Module):
    """An activation without options but for ``inplace``: whether the result goes into the memory of the input."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def extra_repr(self) -> str:
        """Return the option if it is set."""
        return "inplace=True" if self.inplace else ""


def with_inplace(options: str, module: Any) -> str:
    """Return the text of a module's ``options``, and ``inplace`` where it is set."""
    return f"{options}, inplace=True" if module.inplace else options
