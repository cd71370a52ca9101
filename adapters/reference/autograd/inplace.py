"""Changes in place: who may be changed, and how the tape learns of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function, refresh
from adapters.reference.autograd.mode import RECORDING
from adapters.reference.autograd.node import Node, edge_of, next_sequence
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor


def apply_inplace(function: type[Function], target: Tensor, others: tuple[Tensor, ...] = (), *options: Any) -> Tensor:
    """Compute ``function(target, *others)``, store the result in ``target`` and record it as ``target``'s maker.

    Raises:
        RuntimeError: ``target`` is a leaf that requires gradients, or a view of one, while operations are recorded;
            or the result fits neither the shape nor the type of ``target``.
    """
    refuse_leaf(target)
    inputs = (target, *others)
    recorded = RECORDING.enabled and any(tensor.tracked for tensor in inputs)
    arrays = [tensor.array for tensor in inputs]
    if recorded:
        arrays[0] = arrays[0].copy()  # backward may need the elements that are about to be overwritten
    node, arrays, result = function.compute(inputs, options, arrays)
    if recorded:
        node.record(inputs)
        node.locate(arrays, (result,))
        node.watch(tuple(zip(arrays[1:], others, strict=True)))  # at the versions before the change
    store(target, node.narrowed((result,))[0])
    if recorded:
        if any(kept is result for kept in node.saved):
            node.saved = tuple([target.array if kept is result else kept for kept in node.saved])
            node.watch(((target.array, target),))
        _rebase(target, node)
    return target


def refuse_leaf(target: Tensor) -> None:
    """Refuse a change in place that the tape could not follow."""
    refresh(target)
    if not RECORDING.enabled:
        return
    base = target.base
    if target.tracked and target.node is None:
        raise RuntimeError(
            "a leaf tensor that requires grad was to be changed in place while operations are recorded. "
            "Do it under torch.no_grad(), or change its .data"
        )
    if base is not None and base.tracked and (base.node is None or target.chain is None):
        what = "a leaf tensor that requires grad" if base.node is None else "a tensor, made under no_grad,"
        raise RuntimeError(
            f"a view of {what} was to be changed in place while operations are recorded. Do it under torch.no_grad()"
        )


def store(target: Tensor, result: Any) -> None:
    """Write ``result`` into the memory of ``target`` and count the change."""
    array = target.array
    result = np.asarray(result)
    if result.shape != array.shape:
        try:
            fits = np.broadcast_shapes(result.shape, array.shape) == array.shape
        except ValueError:
            fits = False
        if not fits:
            raise RuntimeError(f"in place: expected a result of shape {array.shape}, the tensor's, not {result.shape}")
    if not np.can_cast(result.dtype, array.dtype, "same_kind") and array.dtype.kind in "biu":
        raise RuntimeError(f"in place: a result of type {result.dtype} cannot be stored in a tensor of {target.dtype}")
    if not array.flags.writeable:
        raise RuntimeError("in place: several elements of the tensor share one place in memory; clone() it first")
    with np.errstate(all="ignore"):
        np.copyto(array, result, casting="unsafe")
    target.counter.value += 1


def _rebase(target: Tensor, node: Function) -> None:
    """Make ``node`` the maker of ``target``, or, where it is a view, of that part of its base."""
    base = target.base
    if base is None:
        target.node, target.output_index, target.tracked = node, 0, True
        return
    slices = CopySlices(base, target, node)
    base.node, base.output_index, base.tracked = slices, 0, True
    refresh(target)


class CopySlices(Node):
    """A change in place of a view, seen from the view's base: one part went through a function, the rest did not."""

    __slots__ = ("chain", "function")

    def __init__(self, base: Tensor, view: Tensor, function: Function) -> None:
        assert view.chain is not None
        self.chain = view.chain
        self.function = function
        before = edge_of(base) if base.tracked else (None, 0)
        self.next_functions = (before, *function.next_functions[1:])
        self.sequence = next_sequence()
        self.hooks = None

    def name(self) -> str:
        """Return the node's name, namespace included, as torch does for this node."""
        return "torch::autograd::CopySlices"

    def run(self, gradients: list[Array | None]) -> tuple[Array | None, ...]:
        """Send the part's gradient through the function and leave the rest as it is."""
        (gradient,) = gradients
        if gradient is None:
            return ()
        whole = gradient.copy()
        part = whole
        for function, options in self.chain:
            part = function.compute((None,), options, [part])[2]
        to_part, *to_others = self.function.run([part.copy()])
        part[...] = 0 if to_part is None else to_part
        return (whole, *to_others)

    def release(self) -> None:
        """Let the function go of what it saved."""
        self.function.release()
