"""Initial values with a structure: identities, orthogonal and sparse matrices. All are set in place."""

from __future__ import annotations

import math

import numpy as np

from adapters.reference.autograd.inplace import store
from adapters.reference.autograd.mode import no_grad
from adapters.reference.creation import zeros
from adapters.reference.dtype import is_half
from adapters.reference.generator import Generator, randperm
from adapters.reference.nn.filling import normal_
from adapters.reference.tensor import Tensor


@no_grad()
def eye_(tensor: Tensor) -> Tensor:
    """Fill a matrix with the identity.

    Raises:
        ValueError: The tensor has not 2 dimensions.
    """
    _require_dimensions("eye_", tensor, 2)
    store(tensor, np.eye(*tensor.array.shape))
    return tensor


@no_grad()
def dirac_(tensor: Tensor, groups: int = 1) -> Tensor:
    """Fill the weight of a convolution so that each group of output channels preserves the input channels.

    Raises:
        ValueError: The tensor has not 3, 4 or 5 dimensions, or ``groups`` does not divide the output channels.
    """
    _require_dimensions("dirac_", tensor, 3, 4, 5)
    outputs, inputs, *kernel = tensor.array.shape
    if outputs % groups != 0:
        raise ValueError(f"dirac_: groups: expected a divisor of the {outputs} output channels, not {groups}")
    own = outputs // groups
    weight = np.zeros(tensor.array.shape)
    middle = tuple(size // 2 for size in kernel)
    for group in range(groups):
        for channel in range(min(own, inputs)):
            weight[(group * own + channel, channel, *middle)] = 1
    store(tensor, weight)
    return tensor


@no_grad()
def orthogonal_(tensor: Tensor, gain: float = 1, generator: Generator | None = None) -> Tensor:
    """Fill with a (semi-)orthogonal matrix, trailing dimensions flattened (Saxe et al., 2013).

    Raises:
        ValueError: The tensor has fewer than 2 dimensions.
    """
    shape = tensor.array.shape
    if len(shape) < 2:
        raise ValueError(f"orthogonal_: expected a tensor of at least 2 dimensions, not of shape {shape}")
    if tensor.array.size == 0:
        return tensor
    rows, columns = shape[0], tensor.array.size // shape[0]
    wide = np.float32 if is_half(tensor.array.dtype) else tensor.array.dtype
    drawn = normal_(zeros(max(rows, columns), min(rows, columns)), 0, 1, generator).array.astype(wide)
    factor, triangle = np.linalg.qr(drawn)
    factor = factor * np.where(np.diag(triangle) < 0, -1, 1).astype(wide)  # uniform among orthogonal matrices
    store(tensor, gain * (factor.T if rows < columns else factor).reshape(shape))
    return tensor


@no_grad()
def sparse_(tensor: Tensor, sparsity: float, std: float = 0.01, generator: Generator | None = None) -> Tensor:
    """Fill a matrix from the normal distribution, and a fraction of each column with zeros (Martens, 2010).

    Raises:
        ValueError: The tensor has not 2 dimensions.
    """
    _require_dimensions("sparse_", tensor, 2)
    normal_(tensor, 0, std, generator)
    rows, columns = tensor.array.shape
    number = math.ceil(sparsity * rows)
    filled = tensor.array.copy()
    for column in range(columns):
        filled[randperm(rows, generator=generator).array[:number], column] = 0
    store(tensor, filled)
    return tensor


def _require_dimensions(name: str, tensor: Tensor, *numbers: int) -> None:
    found = len(tensor.array.shape)
    if found not in numbers:
        expected = " or ".join(str(number) for number in numbers)
        raise ValueError(f"{name}: expected a tensor of {expected} dimensions, not of {found}")
