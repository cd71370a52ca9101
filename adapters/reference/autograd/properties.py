"""What a tensor says of its place on the tape, and what can be asked of it there."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import numpy as np

from adapters.reference.autograd.function import refresh
from adapters.reference.autograd.node import accumulate, accumulate_recorded, accumulator_of
from adapters.reference.dtype import FLOATING
from adapters.reference.handle import RemovableHandle, added
from adapters.reference.tensor import Tensor, attribute, install, method, wrap


def _requires_grad(tensor: Tensor) -> bool:
    refresh(tensor)
    return tensor.tracked


def _set_requires_grad(tensor: Tensor, value: bool) -> None:
    refresh(tensor)
    if tensor.node is not None:
        raise RuntimeError("requires_grad can be set for leaf tensors only; use detach() to go on without the tape")
    require_floating(tensor, value)
    tensor.tracked = bool(value)


def require_floating(tensor: Tensor, requires_grad: bool) -> None:
    """Refuse ``requires_grad`` for integers: only floating-point tensors have gradients."""
    if requires_grad and tensor.dtype.category != FLOATING:
        raise RuntimeError(f"requires_grad: expected a tensor of floating point dtype, not {tensor.dtype}")


install("requires_grad", property(_requires_grad, _set_requires_grad, doc="Whether it is recorded."))


@method("requires_grad_")
def requires_grad_(self: Tensor, requires_grad: bool = True) -> Tensor:
    """Set ``requires_grad`` of a leaf and return the tensor. A computed tensor that requires it may be asked to."""
    refresh(self)
    if self.node is None or not requires_grad:
        _set_requires_grad(self, requires_grad)
    return self


@attribute("is_leaf")
def is_leaf(self: Tensor) -> bool:
    """Whether no recorded operation made the tensor."""
    refresh(self)
    return self.node is None


@method("is_inference")
def is_inference(self: Tensor) -> bool:
    """Whether the tensor was made in inference mode."""
    return self.inference


@attribute("_version")
def version(self: Tensor) -> int:
    """How often the tensor's memory was changed in place."""
    return self.counter.value


@attribute("_base")
def base_of(self: Tensor) -> Tensor | None:
    """The tensor that this one is a view of."""
    return self.base


@method("detach")
def detach(self: Tensor) -> Tensor:
    """Return the same elements off the tape. Changes in place through either are seen, and noticed, by both."""
    result = wrap(self.array)
    result.counter = self.counter
    return result


@method("detach_")
def detach_(self: Tensor) -> Tensor:
    """Take the tensor off the tape and return it."""
    if self.base is not None:
        raise RuntimeError("detach_: a view cannot be detached in place; use detach()")
    self.node = None
    self.tracked = False
    return self


@attribute("retains_grad")
def retains_grad(self: Tensor) -> bool:
    """Whether the tensor is no leaf and ``backward`` will fill its ``grad``."""
    return self.node is not None and self.retains


@method("retain_grad")
def retain_grad(self: Tensor) -> None:
    """Ask ``backward`` to fill ``grad`` though the tensor is no leaf."""
    refresh(self)
    if not self.tracked:
        raise RuntimeError("retain_grad: expected a tensor that requires grad, not one that does not")
    if self.node is None or self.retains:
        return
    self.retains = True
    reference = weakref.ref(self)

    def keep(gradient: Any) -> None:
        tensor = reference()
        if isinstance(gradient, Tensor):
            if tensor is not None:
                accumulate_recorded(tensor, gradient)
        elif tensor is not None:
            accumulate(tensor, gradient)

    _add_hook(self, keep, last=True)


@method("register_hook")
def register_hook(self: Tensor, hook: Callable[[Tensor], Tensor | None]) -> RemovableHandle:
    """Call ``hook`` with the gradient of the tensor whenever it is computed; what it returns replaces the gradient."""
    refresh(self)
    if not self.tracked:
        raise RuntimeError("register_hook: expected a tensor that requires grad, not one that does not")

    def call(gradient: Any) -> Any:
        if isinstance(gradient, Tensor):
            return hook(gradient)
        replaced = hook(wrap(gradient.copy()))
        if replaced is None:
            return None
        if not isinstance(replaced, Tensor) or replaced.array.shape != gradient.shape:
            raise RuntimeError(f"hook: expected a Tensor of shape {gradient.shape} or None, not {replaced!r}")
        return np.array(replaced.array, dtype=gradient.dtype)

    return _add_hook(self, call)


@method("register_post_accumulate_grad_hook")
def register_post_accumulate_grad_hook(self: Tensor, hook: Callable[[Tensor], None]) -> RemovableHandle:
    """Call ``hook`` with the leaf whenever a gradient was added to its ``grad``.

    Raises:
        RuntimeError: The tensor does not require gradients, or is no leaf.
    """
    refresh(self)
    if not self.tracked or self.node is not None:
        raise RuntimeError("register_post_accumulate_grad_hook: expected a leaf tensor that requires grad")
    if self.hooks_after is None:
        self.hooks_after = {}
    return added(self.hooks_after, hook)


def _add_hook(tensor: Tensor, call: Callable[[Any], Any], *, last: bool = False) -> RemovableHandle:
    node = accumulator_of(tensor) if tensor.node is None else tensor.node
    if node.hooks is None:
        node.hooks = []
    if tensor.node is None:
        tensor.hooks = node.hooks  # the accumulator lives no longer than the graph; the leaf keeps its hooks
    entry = (tensor.output_index, call, last)
    place = len(node.hooks) if last else next((i for i, one in enumerate(node.hooks) if one[2]), len(node.hooks))
    node.hooks.insert(place, entry)  # what keeps the gradient sees what the others made of it
    return RemovableHandle(node.hooks, entry)
