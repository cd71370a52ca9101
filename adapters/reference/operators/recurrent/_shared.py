"""What recurrences share: running over rows of packed steps, and the parameters of one layer and direction.

A batch of sequences is one array of rows, step after step: (rows of step 0, rows of step 1, ...), as torch packs it.
The rows of a step belong to the first sequences of the batch, as many as are that long; so a step works on the
first rows of the running state, in either direction, and sequences of unequal lengths need nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.creation import zeros
from adapters.reference.dtype import Array
from adapters.reference.nn import init
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor

Sizes = tuple[int, ...]
"""How many sequences are as long as each step."""


class Recurrence(Function):
    """One layer of a recurrence in one direction: hidden states of all rows, then the final states."""

    __slots__ = ("reverse", "sizes")
    several = True

    sizes: Sizes
    reverse: bool

    def steps(self) -> Iterator[tuple[int, slice]]:
        """Return, in the order of the recurrence, how many sequences each step has, and its rows."""
        return ordered(self.sizes, reverse=self.reverse)

    def steps_back(self) -> Iterator[tuple[int, slice]]:
        """Return the same in the order of the backward pass."""
        return ordered(self.sizes, reverse=not self.reverse)


def ordered(sizes: Sizes, *, reverse: bool) -> Iterator[tuple[int, slice]]:
    """Return how many sequences each step has, and its rows, from the first step to the last or the other way."""
    ends = np.cumsum(sizes).tolist()
    found = [(size, slice(end - size, end)) for size, end in zip(sizes, ends, strict=True)]
    return reversed(found) if reverse else iter(found)


def sigmoid_(x: Array) -> None:
    """Replace ``x`` by its logistic function."""
    np.negative(x, out=x)
    np.exp(x, out=x)
    x += 1
    np.reciprocal(x, out=x)


def preactivations(x: Array, weight: Array, *biases: Array | None) -> Array:
    """Return ``x weight^T`` plus the biases that there are."""
    result: Array = x @ weight.T
    for bias in biases:
        if bias is not None:
            result += bias
    return result


def gathered(gradients: list[Array | None], index: int, like: Array) -> Array:
    """Return a fresh array of the gradient of one result, zeros where it has none."""
    if index < len(gradients) and (found := gradients[index]) is not None:
        return found.astype(like.dtype, copy=True)
    return np.zeros_like(like)


def weight_gradients(gates: Array, x: Array, bias: Array | None) -> tuple[Array, Array | None]:
    """Return the gradients of a weight and a bias, from those of the preactivations ``x weight^T + bias``."""
    return gates.T @ x, None if bias is None else gates.sum(axis=0)


def draw(parameters: Iterable[Tensor], hidden_size: int) -> None:
    """Fill parameters uniformly within ``1 / sqrt(hidden_size)``."""
    bound = 1.0 / math.sqrt(hidden_size) if hidden_size > 0 else 0.0
    for parameter in parameters:
        init.uniform_(parameter, -bound, bound)


def states_of_cell(
    input: Tensor, given: Any, features: tuple[int, int], number: int, what: str
) -> tuple[Tensor, list[Tensor], bool]:
    """Return a cell's input and states as batches, zeros where no states are given, and whether there was a batch.

    Args:
        input: Of shape (N, input_size) or (input_size,).
        given: What the cell was called with: nothing, a state, or a tuple of ``number`` states.
        features: The input's and the state's.
        number: How many states there are.
        what: Whom errors are from.
    """
    require_tensor(input, f"{what}: input")
    if input.array.ndim not in (1, 2):
        raise ValueError(f"{what}: input: expected 1 or 2 dimensions, not {input.array.ndim}")
    if input.array.shape[-1] != features[0]:
        raise RuntimeError(f"{what}: input: expected {features[0]} features, not shape {input.array.shape}")
    batched = input.array.ndim == 2
    shape = (*input.array.shape[:-1], features[1])
    if given is None:
        states = [zeros(*shape, dtype=input.dtype) for _ in range(number)]
    else:
        states = [given] if number == 1 else list(given)
    for state in states:
        require_tensor(state, f"{what}: state")
        if state.array.shape != shape:
            raise RuntimeError(f"{what}: state: expected shape {shape} for this input, not {state.array.shape}")
    if batched:
        return input, states, True
    return input.unsqueeze(0), [state.unsqueeze(0) for state in states], False
