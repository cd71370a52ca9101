"""The backward pass: from results to leaves, each node once, after everything that it receives from."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from adapters.reference.autograd.function import refresh
from adapters.reference.autograd.mode import set_grad_enabled
from adapters.reference.autograd.node import Edge, Node, accumulate, accumulate_recorded, edge_of
from adapters.reference.tensor import Tensor, method, wrap

Tensors = Tensor | Sequence[Tensor]
Gradients = Tensor | Sequence[Tensor | None] | None
Captures = dict[Edge, Any]
Pending = dict[Node, list[Any]]


@method("backward")
def backward_of(
    self: Tensor,
    gradient: Tensor | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    inputs: Tensors | None = None,
) -> None:
    """Compute the gradients of the tensor with respect to the leaves and add them to their ``grad``.

    Args:
        self: Where to start.
        gradient: The gradient with respect to the tensor itself, of its shape; may be left out for one element.
        retain_graph: Keep what was saved, so that the graph can be gone through again.
        create_graph: Record the backward pass, so that the gradients have gradients.
        inputs: The tensors to accumulate into; every leaf that was used where not given.

    Raises:
        RuntimeError: The tensor does not require gradients; ``gradient`` is missing or of another shape; the graph
            was freed; a saved tensor was changed in place.
    """
    backward(self, gradient, retain_graph, create_graph, inputs=inputs)


def backward(
    tensors: Tensors,
    grad_tensors: Gradients = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    *,
    inputs: Tensors | None = None,
) -> None:
    """Compute the sum of the gradients of ``tensors`` and add it to the ``grad`` of the leaves (or ``inputs``)."""
    keep = create_graph if retain_graph is None else bool(retain_graph)
    roots = _roots(tensors, grad_tensors)
    if inputs is None:
        _propagate(roots, keep=keep, captures=None, recorded=create_graph)
        return
    wanted = _listed(inputs)
    if not wanted:
        raise RuntimeError("backward: inputs: expected at least one tensor, not an empty sequence")
    edges = [_edge_of_input(tensor, index) for index, tensor in enumerate(wanted)]
    found = _propagate(roots, keep=keep, captures=dict.fromkeys(edges), recorded=create_graph)
    with np.errstate(all="ignore"):
        for tensor, edge in zip(wanted, edges, strict=True):
            gradient = found[edge]
            if isinstance(gradient, Tensor):
                accumulate_recorded(tensor, gradient)
            elif gradient is not None:
                accumulate(tensor, gradient)


def grad(
    outputs: Tensors,
    inputs: Any,
    grad_outputs: Gradients = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    allow_unused: bool | None = None,
    materialize_grads: bool = False,
) -> Any:
    """Return the gradients of ``outputs`` with respect to ``inputs``; no ``grad`` is touched.

    Args:
        outputs: Where to start: a tensor or several.
        inputs: What the gradients are wanted of: a tensor, several, or a dict of them, which makes the result one.
        grad_outputs: The gradient with respect to each output; may be left out for one of one element.
        retain_graph: Keep what was saved; as ``create_graph`` where not given.
        create_graph: Record the backward pass, so that the gradients have gradients.
        allow_unused: Give ``None`` for an input that was not used; as ``materialize_grads`` where not given.
        materialize_grads: Give zeros for it.

    Raises:
        RuntimeError: As :func:`backward_of`; or an input was not used, and ``allow_unused`` is not set.
    """
    if isinstance(inputs, dict):
        settings = (grad_outputs, retain_graph, create_graph, allow_unused, materialize_grads)
        return dict(zip(inputs, grad(outputs, tuple(inputs.values()), *settings), strict=True))
    wanted = _listed(inputs)
    keep = create_graph if retain_graph is None else bool(retain_graph)
    if allow_unused is False and materialize_grads:
        raise ValueError("grad: expected allow_unused to be True or not given with materialize_grads, not False")
    edges = [_edge_of_input(tensor, index) for index, tensor in enumerate(wanted)]
    roots = _roots(outputs, grad_outputs)
    found = _propagate(roots, keep=keep, captures=dict.fromkeys(edges), recorded=create_graph)
    gradients: list[Tensor | None] = []
    for index, (tensor, edge) in enumerate(zip(wanted, edges, strict=True)):
        gradient = found[edge]
        if isinstance(gradient, Tensor):
            gradients.append(gradient)
        elif gradient is not None:
            gradients.append(wrap(np.array(gradient, dtype=tensor.array.dtype, order="C")))
        elif materialize_grads:
            gradients.append(wrap(np.zeros_like(tensor.array)))
        elif allow_unused:
            gradients.append(None)
        else:
            raise RuntimeError(
                f"grad: input {index} was not used to compute the outputs. Set allow_unused=True if it may be so"
            )
    return tuple(gradients)


def _listed(tensors: Tensors) -> list[Tensor]:
    return [tensors] if isinstance(tensors, Tensor) else list(tensors)


def _edge_of_input(tensor: Tensor, index: int) -> Edge:
    refresh(tensor)
    if not tensor.tracked:
        raise RuntimeError(f"input {index}: expected a tensor that requires grad, not one that does not")
    return edge_of(tensor)


def _roots(tensors: Tensors, gradients: Gradients) -> list[tuple[Edge, Tensor]]:
    """Return where to start, and with what."""
    outputs = _listed(tensors)
    if gradients is None or isinstance(gradients, Tensor):
        seeds: Sequence[Tensor | None] = [gradients] * (1 if gradients is not None else len(outputs))
    else:
        seeds = gradients
    if len(seeds) != len(outputs):
        raise RuntimeError(f"expected a gradient for each of {len(outputs)} outputs, not {len(seeds)}")
    return [_root(tensor, seed, index) for index, (tensor, seed) in enumerate(zip(outputs, seeds, strict=True))]


def _root(tensor: Tensor, seed: Tensor | None, index: int) -> tuple[Edge, Tensor]:
    refresh(tensor)
    if not tensor.tracked:
        raise RuntimeError(
            f"element {index} of tensors does not require grad and has no grad_fn: nothing to go back through"
        )
    if seed is None:
        if tensor.array.size != 1:
            raise RuntimeError(
                "grad can be left out only for an output of one element (a scalar), "
                f"not for one of shape {tuple(tensor.shape)}: give the gradient"
            )
        return edge_of(tensor), wrap(np.ones_like(tensor.array))
    if not isinstance(seed, Tensor):
        raise TypeError(f"gradient: expected a Tensor or None, not {seed!r}")
    if seed.array.shape != tensor.array.shape:
        raise RuntimeError(
            f"gradient {index}: expected the output's shape {tuple(tensor.shape)}, not {tuple(seed.shape)} (mismatch)"
        )
    return edge_of(tensor), seed if seed.array.dtype == tensor.array.dtype else seed.to(tensor.dtype)


def _propagate(roots: list[tuple[Edge, Tensor]], *, keep: bool, captures: Captures | None, recorded: bool) -> Captures:
    """Walk the graph. Where ``captures`` is given, fill it and leave every other gradient alone.

    Gradients are arrays; where the walk is ``recorded``, they are tensors on the tape.
    """
    nodes = _nodes_from({node for (node, _), _ in roots if node is not None})
    needed = None if captures is None else _leading_to({node for node, _ in captures}, nodes)
    pending: Pending = {}
    for (node, index), gradient in roots:
        _receive(pending, node, index, gradient if recorded else gradient.array)
    found = {} if captures is None else captures
    with set_grad_enabled(recorded), np.errstate(all="ignore"):
        for node in nodes:
            gradients = pending.pop(node, None)
            if gradients is None:
                continue
            if node.hooks is not None:
                _run_hooks(node.hooks, gradients)
            if needed is not None:
                found.update({(node, i): g for i, g in enumerate(gradients) if (node, i) in found})
                if node not in needed:
                    continue
            results = node.run_recorded(gradients) if recorded else node.run(gradients)
            _send(pending, node.next_functions, results)
            if not keep:
                node.release()
    return found


def _nodes_from(seen: set[Node]) -> list[Node]:
    """Return every node that can be reached, the youngest first, which is an order from results to leaves."""
    stack = list(seen)
    while stack:
        for target, _ in stack.pop().next_functions:
            if target is not None and target not in seen:
                seen.add(target)
                stack.append(target)
    return sorted(seen, key=operator.attrgetter("sequence"), reverse=True)


def _leading_to(targets: set[Node | None], nodes: list[Node]) -> set[Node]:
    """Return the nodes from which one of ``targets`` can be reached in one step or more."""
    leading: set[Node] = set()
    for node in reversed(nodes):
        if any(target in targets or target in leading for target, _ in node.next_functions):
            leading.add(node)
    return leading


def _send(pending: Pending, edges: tuple[Edge, ...], gradients: tuple[Any, ...]) -> None:
    for (node, index), gradient in zip(edges, gradients, strict=False):
        if node is not None and gradient is not None:
            _receive(pending, node, index, gradient if isinstance(gradient, Tensor) else np.asarray(gradient))


def _receive(pending: Pending, node: Node | None, index: int, gradient: Any) -> None:
    """Add ``gradient`` to what output ``index`` of ``node`` has received. Never in place: it may be shared."""
    assert node is not None
    held = pending.get(node)
    if held is None:
        pending[node] = [gradient] if index == 0 else [*[None] * index, gradient]
        return
    held.extend([None] * (index + 1 - len(held)))
    before = held[index]
    held[index] = gradient if before is None else before + gradient


def _run_hooks(hooks: list[Any], gradients: list[Any]) -> None:
    for index, hook, _ in list(hooks):
        gradient = gradients[index] if index < len(gradients) else None
        if gradient is not None:
            replaced = hook(gradient)
            if replaced is not None:
                gradients[index] = replaced
