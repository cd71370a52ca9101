"""Functions on the tape: each computes forward and, when gradients come back, backward."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from adapters.reference.autograd.mode import RECORDING, enable_grad
from adapters.reference.autograd.node import NO_EDGE, Node, edge_of, next_sequence
from adapters.reference.dtype import Array, is_half
from adapters.reference.tensor import Tensor, VersionCounter, attribute, wrap

FREED: tuple[Any, ...] = (object(),)
"""What stands in ``saved`` after the graph was freed."""


class Function(Node):
    """An operation on tensors. A subclass bears the name that torch gives to the node.

    ``forward`` gets the arrays of the inputs (``None`` for an absent one) and the options, and returns an array, or
    a tuple of arrays. What ``backward`` needs it keeps with ``self.saved = (...)``: an input or the result kept *as
    it came* is watched, and a change in place before the backward pass is an error. ``backward`` gets the gradient of
    the result and returns the gradient of the input, or a tuple of
    one an input; where ``self.needs`` is false it may return ``None``.

    Sixteen-bit floating-point inputs arrive as float32, and the results are rounded back: one rounding an operator.
    """

    __slots__ = ("half", "inputs", "needs", "saved", "settings", "sources", "versions")

    is_view: ClassVar[bool] = False
    """The result shares memory with the first input. Views take and return arrays of any type unchanged."""
    several: ClassVar[bool] = False
    """``forward`` returns a tuple, and ``backward`` gets a list: up to the last result that has a gradient."""
    moves: ClassVar[bool] = False
    """Elements are moved or converted, not computed with, so that sixteen-bit types need no wider ones."""

    linear_inputs: ClassVar[int] = 0
    """How many of the first inputs the function is linear in, each by itself; what follows is added to the result.
    Such a function's backward pass can be recorded whatever NumPy it is written in. 0 for one that is not linear."""

    recomputed: ClassVar[bool] = False
    """What ``forward`` saves is neither input nor result: it is computed once more, by ``forward`` itself, when the
    backward pass is recorded."""

    needs: tuple[bool, ...]
    inputs: tuple[tuple[Any, VersionCounter | None, int], ...]
    settings: tuple[Any, ...]
    saved: tuple[Any, ...]
    sources: tuple[int | None, ...]
    versions: tuple[tuple[VersionCounter, int, str], ...]
    half: np.dtype[Any] | None

    def forward(self, *arrays: Any, **options: Any) -> Any:
        """Compute the result."""
        raise NotImplementedError

    def backward(self, gradient: Any) -> Any:
        """Compute the gradients of the inputs."""
        raise NotImplementedError

    @classmethod
    def apply(cls, inputs: tuple[Tensor | None, ...], *options: Any) -> Any:
        """Compute, and record where recording is on and an input requires gradients. Return a tensor, or several."""
        node, arrays, result = cls.compute(inputs, options)
        results = result if cls.several else (result,)
        tensors = tuple(map(wrap, node.narrowed(results)))
        if cls.is_view:
            _link_view(tensors, inputs[0], (cls, options))
        if True in node.needs:
            node.record(inputs)
            if node.recomputed:
                node.inputs = tuple(
                    (array, None, 0) if tensor is None else (array, tensor.counter, tensor.counter.value)
                    for array, tensor in zip(arrays, inputs, strict=True)
                )
            if node.saved:
                node.locate(arrays, results)
                node.watch((*zip(arrays, inputs, strict=True), *zip(results, tensors, strict=True)))
            _attach(node, tensors)
        return tensors if cls.several else tensors[0]

    @classmethod
    def compute(
        cls, inputs: tuple[Tensor | None, ...], options: tuple[Any, ...], arrays: list[Any] | None = None
    ) -> tuple[Any, list[Any], Any]:
        """Return a new node, the arrays that it computed with, and what it computed."""
        node = cls.__new__(cls)
        recording = RECORDING.enabled
        needs = []
        for tensor in inputs:
            if tensor is not None and tensor.base is not None:
                refresh(tensor)
            needs.append(recording and tensor is not None and tensor.tracked)
        node.needs = tuple(needs)
        node.saved = ()
        node.half = None
        node.settings = options
        if arrays is None:
            arrays = [None if tensor is None else tensor.array for tensor in inputs]
            if len(arrays) == 2 and arrays[0] is arrays[1] and inputs[0] is not inputs[1]:
                arrays[1] = arrays[1].view()  # what is saved of one is not to be taken for what is saved of the other
        if cls.is_view or cls.moves:
            return node, arrays, node.forward(*arrays, *options)
        for index, array in enumerate(arrays):
            if array is not None and is_half(array.dtype):
                node.half = array.dtype
                arrays[index] = array.astype(np.float32)
        with np.errstate(all="ignore"):
            return node, arrays, node.forward(*arrays, *options)

    def narrowed(self, arrays: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return float32 ``arrays`` rounded to the sixteen-bit type of the inputs, if that is what they had."""
        if self.half is None:
            return arrays
        with np.errstate(all="ignore"):
            return tuple(
                array.astype(self.half) if array is not None and array.dtype == np.float32 else array
                for array in arrays
            )

    def record(self, inputs: tuple[Tensor | None, ...]) -> None:
        """Take a place in the graph, after the nodes of ``inputs``."""
        self.next_functions = tuple(
            [
                NO_EDGE if not needed or tensor is None else edge_of(tensor)
                for needed, tensor in zip(self.needs, inputs, strict=True)
            ]
        )
        self.sequence = next_sequence()
        self.hooks = None
        self.versions = ()

    def locate(self, arrays: list[Any], results: tuple[Any, ...]) -> None:
        """Remember which input (from 0) or which result (from -1 down) each saved array is."""
        places = {id(array): place for place, array in enumerate(arrays) if array is not None}
        places.update({id(result): -1 - place for place, result in enumerate(results)})
        self.sources = tuple([places.get(id(kept)) for kept in self.saved])

    def watch(self, candidates: tuple[tuple[Any, Tensor | None], ...]) -> None:
        """Remember the versions of those tensors whose very arrays were saved."""
        for array, tensor in candidates:
            if tensor is not None and tensor.inference and any(array is kept for kept in self.saved):
                raise RuntimeError(
                    f"{self.name()}: a tensor that was made in inference mode cannot be saved for backward: clone() it "
                    "outside of inference mode"
                )
        self.versions += tuple(
            [
                (tensor.counter, tensor.counter.value, f"{tensor.dtype} of shape {tuple(tensor.shape)}")
                for kept in self.saved
                for array, tensor in candidates
                if array is kept and tensor is not None
            ]
        )

    def run(self, gradients: list[Array | None]) -> tuple[Array | None, ...]:
        """Check that what was saved is there and unchanged, and compute the gradients of the inputs."""
        self.require_saved()
        if self.half is not None:
            gradients = [None if gradient is None else gradient.astype(np.float32) for gradient in gradients]
        result = self.backward(gradients if self.several else gradients[0])
        return self.narrowed(result if type(result) is tuple else (result,))

    def run_recorded(self, gradients: list[Tensor | None]) -> tuple[Tensor | None, ...]:
        """Compute the gradients of the inputs by the same formula, on arrays that record what is done with them."""
        from adapters.reference.autograd.replay import replayed  # noqa: PLC0415 - it applies functions itself

        self.require_saved()
        return replayed(self, gradients)

    def linear_arrays(self) -> tuple[Array | None, ...]:
        """Return the inputs of a function that is linear in each; of one input, any array of its shape will do."""
        raise NotImplementedError(f"create_graph=True: the backward pass of {self.name()} is not recorded")

    def linear_options(self) -> tuple[Any, ...]:
        """Return the options with which the function adds nothing that does not depend on its inputs."""
        return self.settings

    def require_saved(self) -> None:
        """Refuse to go on where what was saved was freed, or changed."""
        if self.saved is FREED:
            raise RuntimeError(
                f"backward a second time through {self.name()}: what it had saved was freed by the first backward. "
                "Give retain_graph=True to the first one to go through the graph again"
            )
        for counter, version, what in self.versions:
            if counter.value != version:
                raise RuntimeError(
                    f"{self.name()} needs a tensor for its gradient that was modified by an inplace operation: "
                    f"a {what} is at version {counter.value}, expected version {version}"
                )

    def release(self) -> None:
        """Let go of what was saved. A function that saves nothing can be run again."""
        if self.saved:
            self.saved = FREED
            self.versions = ()


def _attach(node: Function, tensors: tuple[Tensor, ...]) -> None:
    for index, tensor in enumerate(tensors):
        if tensor.array.dtype.kind not in "biu":  # integers have no gradient
            tensor.tracked = True
            tensor.node = node
            tensor.output_index = index


def _link_view(tensors: tuple[Tensor, ...], source: Tensor | None, step: tuple[Any, tuple[Any, ...]]) -> None:
    assert source is not None
    for tensor in tensors:
        tensor.counter = source.counter
        tensor.base = source if source.base is None else source.base
        tensor.base_node = tensor.base.node
        if not RECORDING.enabled or (source.base is not None and source.chain is None):
            tensor.chain = None
        else:
            tensor.chain = (step,) if source.base is None else (*(source.chain or ()), step)


def refresh(view: Tensor) -> None:
    """Give ``view`` a new node where its base was changed in place, and so made by another node, since."""
    base = view.base
    if base is None or view.chain is None or view.base_node is base.node:
        return
    again = base
    with enable_grad():
        for function, options in view.chain:
            again = function.apply((again,), *options)
    view.base_node = base.node
    view.node = again.node
    view.tracked = again.tracked


@attribute("grad_fn")
def grad_fn(tensor: Tensor) -> Node | None:
    """Return the function that made the tensor; ``None`` for a leaf."""
    refresh(tensor)
    node: Node | None = tensor.node
    return node
