"""The backward pass on the tape of functions that are linear in each of their inputs.

Such a function is one form: linear in every input and in the gradient of its result. Its gradients are the form with
one place left open, and so are the gradients of those: nothing is needed but the function's own two passes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array


class AdjointBackward0(Function):
    """The gradients of a function's inputs, those that are wanted, as a function of inputs and gradient."""

    __slots__ = ("form", "kind", "wanted")
    several = True

    def forward(self, *given: Any) -> tuple[Array, ...]:
        """What the function's backward pass gives; the function, its options and what is wanted come last."""
        gradient, *inputs, self.kind, self.form, self.wanted = given
        self.saved = (gradient, *inputs)
        found = self._gradients(inputs, gradient)
        return tuple(one for one, wanted in zip(found, self.wanted, strict=True) if wanted)

    def backward(self, gradients: list[Array | None]) -> tuple[Array | None, ...]:
        """The form, each wanted input in turn replaced by what came for its gradient."""
        gradient, *inputs = self.saved
        places = [place for place, wanted in enumerate(self.wanted) if wanted]
        to_gradient: Any = 0
        to_inputs: list[Any] = [None] * len(inputs)
        for place, given in zip(places, gradients, strict=False):
            if given is None:
                continue
            others = self._replaced(inputs, place, given)
            to_gradient = to_gradient + self._node(others)[1]
            if place >= self.kind.linear_inputs:
                continue
            for other, found in enumerate(self._gradients(others, gradient)[: self.kind.linear_inputs]):
                if other != place:
                    to_inputs[other] = found if to_inputs[other] is None else to_inputs[other] + found
        return np.asarray(to_gradient, dtype=gradient.dtype), *to_inputs

    def _replaced(self, inputs: list[Any], place: int, given: Array) -> list[Any]:
        """Return ``inputs`` with one of them replaced and nothing that is merely added to the form."""
        count = self.kind.linear_inputs
        form = inputs[:count] if place < count else [np.zeros_like(inputs[0]), *inputs[1:count]]
        made = [*form, *[None] * (len(inputs) - count)]
        made[place] = given
        return made

    def _node(self, inputs: list[Any]) -> tuple[Any, Array]:
        node = self.kind.__new__(self.kind)
        node.needs, node.saved, node.half = (True,) * len(inputs), (), None
        return node, node.forward(*inputs, *self.form)

    def _gradients(self, inputs: list[Any], gradient: Array) -> tuple[Array, ...]:
        node, _ = self._node(inputs)
        found = node.backward(gradient)
        return found if isinstance(found, tuple) else (found,)
