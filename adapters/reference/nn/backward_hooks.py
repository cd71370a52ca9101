"""Functions called when gradients pass through a module: they see, and may replace, those of its outputs and inputs.

The tensors that go in and come out pass through a function that does nothing but call the hooks on its way back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from adapters.reference.autograd.function import Function
from adapters.reference.autograd.mode import RECORDING
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor, wrap

Gradients = tuple[Tensor | None, ...]


class BackwardHookFunctionBackward(Function):
    """Its inputs, unchanged; backward, a function sees all gradients at once and returns what goes on."""

    __slots__ = ("call", "count")
    moves = True
    several = True

    def forward(self, *arrays_and_call: Any) -> tuple[Array, ...]:
        """The arrays themselves, as views; the function to call comes last."""
        *arrays, self.call = arrays_and_call
        self.count = len(arrays)
        return tuple(array.view() for array in arrays)

    def backward(self, gradients: list[Array | None]) -> tuple[Array | None, ...]:
        """What the function makes of the gradients."""
        padded = [*gradients, *[None] * (self.count - len(gradients))]
        replaced = self.call(tuple(None if gradient is None else wrap(gradient.copy()) for gradient in padded))
        return tuple(None if gradient is None else gradient.array for gradient in replaced)

    def run_recorded(self, gradients: list[Tensor | None]) -> tuple[Tensor | None, ...]:
        """What the function makes of the gradients, which are on the tape."""
        made: tuple[Tensor | None, ...] = self.call((*gradients, *[None] * (self.count - len(gradients))))
        return made


class BackwardHooks:
    """One call of a module, whose gradients the hooks of the module are to see.

    Args:
        module: The module.
        pre_hooks: Called with the gradients of the outputs; what they return, if not ``None``, takes their place.
        hooks: Called with the gradients of inputs and outputs; what they return replaces those of the inputs.
    """

    def __init__(
        self, module: Any, pre_hooks: Sequence[Callable[..., Any]], hooks: Sequence[Callable[..., Any]]
    ) -> None:
        self.module, self.pre_hooks, self.hooks = module, pre_hooks, hooks
        self.inputs = 0
        self.enters_recorded = False
        self.output_gradients: Gradients = ()

    def enter(self, inputs: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return the positional arguments of ``forward``, those that require gradients as results of the function."""
        self.inputs = len(inputs)
        entered, self.enters_recorded = _passed(inputs, self._of_inputs)
        return entered

    def leave(self, output: Any) -> Any:
        """Return what ``forward`` gave, its tensors as results of the function."""
        several = isinstance(output, (tuple, list))
        left, _ = _passed(tuple(output) if several else (output,), self._of_outputs)
        return type(output)(left) if several else left[0]

    def _of_outputs(self, gradients: Gradients) -> Gradients:
        for hook in self.pre_hooks:
            gradients = _replaced(hook(self.module, gradients), gradients, "backward pre-hook")
        self.output_gradients = gradients
        if not self.enters_recorded:  # no gradients of inputs will come: this is the time to call
            for hook in self.hooks:
                if hook(self.module, (None,) * self.inputs, gradients) is not None:
                    raise RuntimeError("backward hook: expected None where no input of the module requires gradients")
        return gradients

    def _of_inputs(self, gradients: Gradients) -> Gradients:
        for hook in self.hooks:
            gradients = _replaced(hook(self.module, gradients, self.output_gradients), gradients, "backward hook")
        return gradients


def _passed(values: tuple[Any, ...], call: Callable[[Gradients], Gradients]) -> tuple[tuple[Any, ...], bool]:
    """Return ``values``, the tensors that require gradients passed through the function, and whether there are any."""
    places = [place for place, value in enumerate(values) if isinstance(value, Tensor) and value.requires_grad]
    if not places or not RECORDING.enabled:
        return values, False

    def among_all(gradients: Gradients) -> Gradients:
        every: list[Tensor | None] = [None] * len(values)
        for place, gradient in zip(places, gradients, strict=True):
            every[place] = gradient
        made = call(tuple(every))
        return tuple(made[place] for place in places)

    passed = list(values)
    sources = tuple(values[place] for place in places)
    for place, source, tensor in zip(
        places, sources, BackwardHookFunctionBackward.apply(sources, among_all), strict=True
    ):
        tensor.counter = source.counter
        tensor.base = source if source.base is None else source.base  # a view without a way back: refuses changes
        passed[place] = tensor
    return tuple(passed), True


def _replaced(given: Any, gradients: Gradients, what: str) -> Gradients:
    if given is None:
        return gradients
    made = tuple(given) if isinstance(given, (tuple, list)) else (given,)
    if len(made) != len(gradients):
        raise RuntimeError(f"{what}: expected None or {len(gradients)} gradients, not {len(made)}")
    return made
