"""The backward pass of a function once more, on the tape: its own formula, on arrays that record."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

import adapters.reference.autograd.recorded_operations  # noqa: F401 - it fills the tables of what is recorded
from adapters.reference.autograd.adjoint import AdjointBackward0
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.node import AccumulateGrad, Edge
from adapters.reference.autograd.recorded import Recorded, tensor_of
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor, wrap

Gradients = tuple[Tensor | None, ...]


def replayed(node: Function, gradients: list[Tensor | None]) -> Gradients:
    """Return the gradients of the inputs of ``node``, given those of its results, on the tape.

    Raises:
        NotImplementedError: The formula does something that is not recorded; the text says what.
    """
    if node.half is not None:
        raise NotImplementedError(f"create_graph=True: {node.name()} of sixteen-bit types is not recorded")
    if node.linear_inputs:
        return _adjoint(node, gradients[0])
    again = copy.copy(node)
    given = [None if gradient is None else Recorded(gradient) for gradient in gradients]
    try:
        if node.recomputed:
            again.forward(*_inputs(node), *node.settings)
        elif node.saved:
            places = zip(node.saved, node.sources, strict=True)
            again.saved = tuple([_recorded(node, kept, place) for kept, place in places])
        result = again.backward(given if node.several else given[0])
    except (TypeError, ValueError, AttributeError) as error:
        raise NotImplementedError(
            f"create_graph=True: the backward pass of {node.name()} is not recorded: {error}"
        ) from error
    results = result if type(result) is tuple else (result,)
    return tuple(None if one is None else tensor_of(one) for one in results)


def _adjoint(node: Function, gradient: Tensor | None) -> Gradients:
    """Return the gradients of the inputs of a function that is linear in each."""
    inputs = [
        None if array is None else tensor_at(array, edge) if needed else wrap(array)
        for array, edge, needed in zip(node.linear_arrays(), node.next_functions, node.needs, strict=True)
    ]
    form = (type(node), node.linear_options(), node.needs)
    found = iter(AdjointBackward0.apply((gradient, *inputs), *form))
    return tuple(next(found) if needed else None for needed in node.needs)


def _inputs(node: Function) -> list[Any]:
    """Return the inputs, those that require gradients as arrays that record."""
    for _, counter, version in node.inputs:
        if counter is not None and counter.value != version:
            raise RuntimeError(
                f"{node.name()} needs an input for its recorded backward pass that was modified by an inplace "
                f"operation: it is at version {counter.value}, expected version {version}"
            )
    return [
        Recorded(tensor_at(array, edge)) if needed else array
        for (array, _, _), edge, needed in zip(node.inputs, node.next_functions, node.needs, strict=True)
    ]


def _recorded(node: Function, kept: Any, place: int | None) -> Any:
    """Return a saved array as one that records, if it depends on inputs that require gradients."""
    if not isinstance(kept, (np.ndarray, np.generic)) or kept.dtype.kind != "f":
        return kept
    if place is None:
        raise NotImplementedError(
            f"create_graph=True: {node.name()} saved something that is neither an input nor a result, and whose own "
            "gradient it does not know"
        )
    if place < 0:
        return Recorded(tensor_at(np.asarray(kept), (node, -1 - place)))
    return Recorded(tensor_at(np.asarray(kept), node.next_functions[place])) if node.needs[place] else kept


def tensor_at(array: Array, edge: Edge) -> Tensor:
    """Return a tensor that holds ``array`` and stands at ``edge`` of the graph."""
    node, index = edge
    if isinstance(node, AccumulateGrad):
        return node.variable
    tensor = wrap(array)
    tensor.node, tensor.output_index, tensor.tracked = node, index, True
    return tensor
