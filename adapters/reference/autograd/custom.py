"""Functions on the tape that a user defines: forward and backward in the operations of tensors."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from adapters.reference.autograd.function import FREED, refresh
from adapters.reference.autograd.mode import RECORDING, no_grad
from adapters.reference.autograd.node import NO_EDGE, Node, edge_of, next_sequence
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor, wrap


class CustomNode(Node):
    """What a user's ``forward`` and ``backward`` get as ``ctx``, and the node of the graph.

    Attributes:
        needs_input_grad: Whether each argument of ``forward`` requires gradients.
    """

    function: Any
    needs_input_grad: tuple[bool, ...]

    def __init__(self, function: Any, arguments: tuple[Any, ...]) -> None:
        self.function = function
        self.places = [place for place, one in enumerate(arguments) if isinstance(one, Tensor)]
        tensors = [arguments[place] for place in self.places]
        for tensor in tensors:
            refresh(tensor)
        recording = RECORDING.enabled
        self.needs_input_grad = tuple(isinstance(one, Tensor) and recording and one.tracked for one in arguments)
        self.next_functions = tuple(edge_of(one) if one.tracked and recording else NO_EDGE for one in tensors)
        self.sequence = next_sequence()
        self.hooks = None
        self.kept: Any = ()
        self.versions: list[int] = []
        self.dirty: tuple[Tensor, ...] = ()
        self.constant: tuple[Tensor, ...] = ()
        self.materialize = True
        self.shapes: list[tuple[tuple[int, ...], Any]] = []

    def save_for_backward(self, *tensors: Tensor | None) -> None:
        """Keep tensors for ``backward``; a change in place before it is an error."""
        self.kept = tensors
        self.versions = [0 if tensor is None else tensor.counter.value for tensor in tensors]

    def mark_dirty(self, *tensors: Tensor) -> None:
        """Say which inputs were changed in place."""
        self.dirty = tensors

    def mark_non_differentiable(self, *tensors: Tensor) -> None:
        """Say which outputs have no gradient."""
        self.constant = tensors

    def set_materialize_grads(self, value: bool) -> None:
        """Say whether ``backward`` gets zeros, or ``None``, for outputs that no gradient came for."""
        self.materialize = value

    @property
    def saved_tensors(self) -> tuple[Tensor | None, ...]:
        """What was kept.

        Raises:
            RuntimeError: It was freed, or changed in place.
        """
        if self.kept is FREED:
            raise RuntimeError(
                f"backward a second time through {self.name()}: what it had saved was freed by the first backward. "
                "Give retain_graph=True to the first one to go through the graph again"
            )
        for tensor, version in zip(self.kept, self.versions, strict=True):
            if tensor is not None and tensor.counter.value != version:
                raise RuntimeError(
                    f"{self.name()} needs a tensor for its gradient that was modified by an inplace operation: it is "
                    f"at version {tensor.counter.value}, expected version {version}"
                )
        return tuple(self.kept)

    def finish(self, outputs: tuple[Any, ...], arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return what ``forward`` gave, its tensors as results of this node."""
        self.shapes = [(one.array.shape, one.array.dtype) if isinstance(one, Tensor) else ((), None) for one in outputs]
        finished = []
        for index, output in enumerate(outputs):
            result = output
            if isinstance(output, Tensor) and any(output is one for one in arguments):
                if any(output is one for one in self.dirty):
                    output.counter.value += 1
                else:  # an input that is returned as it is: another tensor of the same memory
                    result = wrap(output.array)
                    result.counter = output.counter
            if isinstance(output, Tensor) and True in self.needs_input_grad and not self._is_constant(output):
                result.tracked, result.node, result.output_index = True, self, index
            finished.append(result)
        return tuple(finished)

    def _is_constant(self, output: Tensor) -> bool:
        return output.array.dtype.kind in "biu" or any(output is one for one in self.constant)

    def run(self, gradients: list[Array | None]) -> tuple[Array | None, ...]:
        """Return what ``backward`` gives."""
        given = [None if gradient is None else wrap(gradient) for gradient in gradients]
        return tuple(None if one is None else one.array for one in self.run_recorded(given))

    def run_recorded(self, gradients: list[Tensor | None]) -> tuple[Tensor | None, ...]:
        """Return what ``backward`` gives, recorded where recording is on."""
        given: list[Tensor | None] = [*gradients, *[None] * (len(self.shapes) - len(gradients))]
        if self.materialize:
            for index, (shape, dtype) in enumerate(self.shapes):
                if given[index] is None and dtype is not None:
                    given[index] = wrap(np.zeros(shape, dtype))
        found = self.function.backward(self, *given)
        results = found if isinstance(found, tuple) else (found,)
        if len(results) != len(self.needs_input_grad):
            raise RuntimeError(
                f"{self.name()}: backward: expected {len(self.needs_input_grad)} gradients, one for each argument of "
                f"forward, not {len(results)}"
            )
        return tuple(results[place] if self.needs_input_grad[place] else None for place in self.places)

    def release(self) -> None:
        """Let go of what was kept."""
        if self.kept:
            self.kept = FREED


class Function:
    """A function with a derivative of its own: subclass it and define ``forward`` and ``backward``, both static."""

    @staticmethod
    def forward(*arguments: Any, **options: Any) -> Any:
        """Compute: ``forward(ctx, *args)``, or ``forward(*args)`` where ``setup_context`` is defined."""
        raise NotImplementedError("a custom autograd.Function must define the static method forward")

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        """Keep what ``backward`` needs."""
        raise NotImplementedError("a custom autograd.Function has no setup_context")

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        """Return the gradient of each argument of ``forward``, given those of its outputs."""
        raise NotImplementedError("a custom autograd.Function must define the static method backward")

    @classmethod
    def apply(cls, *arguments: Any) -> Any:
        """Compute ``forward``, without recording it, and record that it was computed."""
        kind = type(f"{cls.__name__}Backward", (CustomNode,), {})
        node: CustomNode = kind(cls, arguments)
        with no_grad():
            if cls.setup_context is Function.setup_context:
                output = cls.forward(node, *arguments)
            else:
                output = cls.forward(*arguments)
                cls.setup_context(node, arguments, output)
        several = isinstance(output, tuple)
        finished = node.finish(output if several else (output,), arguments)
        replaced = dict(zip(map(id, output if several else (output,)), finished, strict=True))
        node.kept = tuple(
            _at(replaced.get(id(one), one)) if any(one is result for result in finished) else one for one in node.kept
        )
        return finished if several else finished[0]


def _at(output: Any) -> Any:
    """Return another tensor at the place of an output, for its node to keep: the output itself keeps the node."""
    kept = wrap(output.array)
    kept.counter = output.counter
    kept.node, kept.output_index, kept.tracked = output.node, output.output_index, output.tracked
    return kept


class _Twice(Node):
    """Stands where no second derivative is."""

    __slots__ = ()

    def __init__(self) -> None:
        self.next_functions = ()
        self.sequence = next_sequence()
        self.hooks = None

    def run(self, gradients: list[Array | None]) -> tuple[Array | None, ...]:
        """Refuse."""
        del gradients
        raise RuntimeError("a function that is marked @once_differentiable was to be differentiated twice")


def once_differentiable(backward: Callable[..., Any]) -> Callable[..., Any]:
    """Make a ``backward`` whose own derivative is an error and not a wrong number."""

    @functools.wraps(backward)
    def without_graph(ctx: Any, *gradients: Any) -> Any:
        with no_grad():
            found = backward(ctx, *gradients)
        if not RECORDING.enabled or not any(isinstance(one, Tensor) and one.requires_grad for one in gradients):
            return found
        results = [one.detach() if isinstance(one, Tensor) else one for one in _listed(found)]
        for result in results:
            if isinstance(result, Tensor):
                result.node, result.output_index, result.tracked = _Twice(), 0, True
        return tuple(results) if isinstance(found, tuple) else results[0]

    return without_graph


def _listed(found: Any) -> tuple[Any, ...]:
    return found if isinstance(found, tuple) else (found,)
