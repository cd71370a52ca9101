"""rnn_cell: ``h' = tanh(W_ih x + b_ih + W_hh h + b_hh)``, or relu."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.device import Device
from adapters.reference.dtype import Array, DType
from adapters.reference.operators._shared import kept
from adapters.reference.operators.recurrent._cell import Cell
from adapters.reference.operators.recurrent._shared import (
    Recurrence,
    Sizes,
    gathered,
    preactivations,
    states_of_cell,
    weight_gradients,
)
from adapters.reference.tensor import Tensor

__all__ = ["RNNCell"]


class RnnTanhBackward0(Recurrence):
    """An Elman recurrence over rows: hidden states, and the last of each sequence."""

    __slots__ = ()

    def forward(
        self,
        x: Array,
        h: Array,
        weight_ih: Array,
        weight_hh: Array,
        bias_ih: Array | None,
        bias_hh: Array | None,
        sizes: Sizes,
        reverse: bool,
    ) -> tuple[Array, Array]:
        """Every step's hidden state (rows, H) and the final one (N, H)."""
        self.sizes, self.reverse = sizes, reverse
        hidden = preactivations(x, weight_ih, bias_ih, bias_hh)
        before = np.empty_like(hidden)
        last = h.copy()
        for count, rows in self.steps():
            before[rows] = last[:count]
            hidden[rows] += last[:count] @ weight_hh.T
            self.activate(hidden[rows])
            last[:count] = hidden[rows]
        self.saved = (x, weight_ih, weight_hh, bias_ih, before, hidden)
        return hidden, last

    def backward(self, gradients: list[Array | None]) -> tuple[Array | None, ...]:
        """Through time, from the last step to the first."""
        x, weight_ih, weight_hh, bias, before, hidden = self.saved
        gates = gathered(gradients, 0, hidden)
        running = gathered(gradients, 1, hidden[: self.sizes[0]])
        for count, rows in self.steps_back():
            gates[rows] = self.slope(gates[rows] + running[:count], hidden[rows])
            running[:count] = gates[rows] @ weight_hh
        inner, bias_gradient = weight_gradients(gates, x, bias)
        outer, _ = weight_gradients(gates, before, None)
        return gates @ weight_ih, running, inner, outer, bias_gradient, bias_gradient

    def activate(self, x: Array) -> None:
        """Apply the nonlinearity in place."""
        np.tanh(x, out=x)

    def slope(self, gradient: Array, y: Array) -> Array:
        """Return the gradient of the nonlinearity's argument, from its result ``y``."""
        result: Array = gradient * (1 - y * y)
        return result


class RnnReluBackward0(RnnTanhBackward0):
    """The same with the positive part for nonlinearity."""

    __slots__ = ()

    def activate(self, x: Array) -> None:
        """Apply the positive part in place."""
        np.maximum(x, 0, out=x)

    def slope(self, gradient: Array, y: Array) -> Array:
        """The gradient where the result is positive, 0 elsewhere."""
        return kept(gradient, y > 0)


NONLINEARITIES: dict[str, type[RnnTanhBackward0]] = {"tanh": RnnTanhBackward0, "relu": RnnReluBackward0}


class RNNCell(Cell):
    """One step of an Elman recurrence.

    Args:
        input_size: The number of features of the input.
        hidden_size: The number of features of the state.
        bias: Whether there are biases.
        nonlinearity: ``"tanh"`` or ``"relu"``.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters, float32 where not given.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        nonlinearity: str = "tanh",
        device: Device | str | None = None,
        dtype: DType | None = None,
    ) -> None:
        super().__init__(1, input_size, hidden_size, bias, device, dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """Return the next state, (N, hidden_size) or (hidden_size,)."""
        function = NONLINEARITIES.get(self.nonlinearity)
        if function is None:
            raise RuntimeError(f"RNNCell: nonlinearity: expected 'tanh' or 'relu', not {self.nonlinearity!r}")
        x, (h,), batched = states_of_cell(input, hx, (self.input_size, self.hidden_size), 1, "RNNCell")
        own: Any = (self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        _, after = function.apply((x, h, *own), (x.array.shape[0],), False)
        result: Tensor = after if batched else after.squeeze(0)
        return result

    def extra_repr(self) -> str:
        """Return the sizes, and the options that are not the default."""
        other = "" if self.nonlinearity == "tanh" else f", nonlinearity={self.nonlinearity}"
        return super().extra_repr() + other
