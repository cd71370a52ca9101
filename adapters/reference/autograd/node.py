"""The nodes of the graph, the edges between them, and the nodes that stand at its ends."""

from __future__ import annotations

import itertools
import weakref
from typing import Any

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor, wrap

Edge = tuple["Node | None", int]
NO_EDGE: Edge = (None, 0)

next_sequence = itertools.count().__next__


class Node:
    """A node of the graph: it receives the gradient of its outputs and returns that of its inputs.

    Attributes:
        next_functions: Per input of the function, the node that the input's gradient goes to and which of that
            node's outputs the input is; ``(None, 0)`` for an input that does not require gradients.
        sequence: Nodes made later have larger numbers, so that falling numbers are an order from results to leaves.
        hooks: ``(output, hook)`` pairs; the hooks see, and may replace, the gradient of that output.
    """

    __slots__ = ("__weakref__", "hooks", "next_functions", "sequence")

    next_functions: tuple[Edge, ...]
    hooks: list[Any] | None

    def name(self) -> str:
        """Return the node's name."""
        return type(self).__name__

    def run(self, gradients: list[Array | None]) -> tuple[Array | None, ...]:
        """Return the gradients of the inputs, given those of the outputs."""
        raise NotImplementedError

    def run_recorded(self, gradients: list[Tensor | None]) -> tuple[Tensor | None, ...]:
        """Return the same as :meth:`run`, as tensors on the tape.

        Raises:
            NotImplementedError: The node's backward pass cannot be recorded.
        """
        del gradients
        raise NotImplementedError(f"create_graph=True: the backward pass of {self.name()} is not recorded")

    def release(self) -> None:
        """Let go of what was saved for the backward pass."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} object at {id(self):#x}>"


class AccumulateGrad(Node):
    """The end of every path: adds what arrives to ``variable.grad``."""

    __slots__ = ("variable",)

    def __init__(self, variable: Tensor) -> None:
        self.variable = variable
        self.next_functions = ()
        self.sequence = next_sequence()
        self.hooks = variable.hooks

    def name(self) -> str:
        """Return the node's name, namespace included, as torch does for this node."""
        return "torch::autograd::AccumulateGrad"

    def run(self, gradients: list[Array | None]) -> tuple[Array | None, ...]:
        """Add the gradient to ``variable.grad``: in place where there is one, into memory of its own otherwise."""
        (gradient,) = gradients
        if gradient is not None:
            accumulate(self.variable, gradient)
            self.call_after()
        return ()

    def run_recorded(self, gradients: list[Tensor | None]) -> tuple[Tensor | None, ...]:
        """Add the gradient, which is on the tape, to ``variable.grad``: a new tensor, on the tape too."""
        (gradient,) = gradients
        if gradient is not None:
            accumulate_recorded(self.variable, gradient)
            self.call_after()
        return ()

    def call_after(self) -> None:
        """Call the hooks that wait for ``variable.grad``."""
        if self.variable.hooks_after is not None:
            for hook in list(self.variable.hooks_after.values()):
                hook(self.variable)


def accumulate_recorded(variable: Tensor, gradient: Tensor) -> None:
    """Make ``variable.grad`` its sum with ``gradient``, on the tape."""
    held: Any = variable.stored_grad
    variable.stored_grad = gradient if held is None else held + gradient


def accumulate(variable: Tensor, gradient: Array) -> None:
    """Add ``gradient`` to ``variable.grad``; the first one is copied, since it may be part of another tensor."""
    held = variable.stored_grad
    if held is None:
        variable.stored_grad = wrap(np.array(gradient, dtype=variable.array.dtype, order="C"))
    else:
        held.array += gradient
        held.counter.value += 1


def edge_of(tensor: Tensor) -> Edge:
    """Return where the gradient of ``tensor``, which requires one, goes."""
    node = tensor.node
    return (accumulator_of(tensor), 0) if node is None else (node, tensor.output_index)


def accumulator_of(leaf: Tensor) -> AccumulateGrad:
    """Return the node that accumulates into ``leaf.grad``: the same one as long as a graph holds it."""
    held = leaf.accumulator
    node = None if held is None else held()
    if node is None:
        node = AccumulateGrad(leaf)
        leaf.accumulator = weakref.ref(node)
    return node
