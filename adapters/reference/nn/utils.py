"""``nn.utils``: gradients clipped, and parameters as one vector."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from adapters.reference.autograd.inplace import store
from adapters.reference.autograd.mode import no_grad
from adapters.reference.dtype import Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor, wrap

__all__ = [
    "clip_grad_norm_",
    "clip_grad_value_",
    "clip_grads_with_norm_",
    "get_total_norm",
    "parameters_to_vector",
    "vector_to_parameters",
]


@no_grad()
def get_total_norm(
    tensors: Tensor | Iterable[Tensor],
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Return the norm of all tensors as one vector.

    Raises:
        RuntimeError: ``error_if_nonfinite``, and the norm is infinite or NaN.
    """
    del foreach
    arrays = [tensor.array for tensor in _listed(tensors)]
    if not arrays:
        return wrap(np.zeros((), dtype=np.float32))
    with np.errstate(all="ignore"):
        norms = np.array([_norm(array, float(norm_type)) for array in arrays])
        norm = _norm(norms, float(norm_type))
    if error_if_nonfinite and not np.isfinite(norm):
        raise RuntimeError(f"total norm of order {norm_type}: expected a finite number, not {norm}")
    return wrap(np.asarray(norm, dtype=arrays[0].dtype))


@no_grad()
def clip_grads_with_norm_(
    parameters: Tensor | Iterable[Tensor], max_norm: float, total_norm: Tensor, foreach: bool | None = None
) -> None:
    """Multiply the gradients by ``max_norm / (total_norm + 1e-6)`` where that is less than 1."""
    del foreach
    with np.errstate(all="ignore"):
        factor = max_norm / (total_norm.array + total_norm.array.dtype.type(1e-6))
        for gradient in _gradients(_listed(parameters)):
            store(gradient, gradient.array * np.minimum(factor, 1).astype(gradient.array.dtype))


@no_grad()
def clip_grad_norm_(
    parameters: Tensor | Iterable[Tensor],
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Scale the gradients down so that their norm is at most ``max_norm``; return the norm that they had."""
    listed = _listed(parameters)
    norm = get_total_norm(_gradients(listed), norm_type, error_if_nonfinite, foreach)
    clip_grads_with_norm_(listed, max_norm, norm, foreach)
    return norm


@no_grad()
def clip_grad_value_(parameters: Tensor | Iterable[Tensor], clip_value: float, foreach: bool | None = None) -> None:
    """Clamp every element of the gradients to the range from ``-clip_value`` to ``clip_value``."""
    del foreach
    bound = float(clip_value)
    for gradient in _gradients(_listed(parameters)):
        store(gradient, np.clip(gradient.array, -bound, bound))


def parameters_to_vector(parameters: Iterable[Tensor]) -> Tensor:
    """Return all parameters, flattened, as one vector."""
    from adapters.reference.arithmetic.joining import cat  # noqa: PLC0415 - operations on tensors need modules first

    return cat([parameter.reshape(-1) for parameter in parameters])


def vector_to_parameters(vec: Tensor, parameters: Iterable[Tensor]) -> None:
    """Copy consecutive slices of ``vec`` into the parameters.

    Raises:
        RuntimeError: It is no vector, or has fewer elements than they have.
    """
    require_tensor(vec, "vector_to_parameters: vec")
    begin = 0
    for parameter in parameters:
        end = begin + parameter.array.size
        if vec.array.ndim != 1 or vec.array.size < end:
            raise RuntimeError(f"vector_to_parameters: expected a vector of {end} elements, not {vec.array.shape}")
        store(parameter, vec.array[begin:end].reshape(parameter.array.shape))
        begin = end


def _listed(tensors: Tensor | Iterable[Tensor]) -> list[Tensor]:
    return [tensors] if isinstance(tensors, Tensor) else list(tensors)


def _gradients(parameters: list[Tensor]) -> list[Tensor]:
    return [parameter.stored_grad for parameter in parameters if parameter.stored_grad is not None]


def _norm(array: Array, order: float) -> Any:
    if math.isinf(order):
        return np.max(abs(array)) if array.size else array.dtype.type(0)
    if order == 2:
        return np.sqrt(np.sum(array * array))
    return np.sum(abs(array) ** order) ** (1 / order)
