"""lstm_cell: ``c' = f c + i g``, ``h' = o tanh(c')``."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.device import Device
from adapters.reference.dtype import Array, DType
from adapters.reference.operators.recurrent._cell import Cell
from adapters.reference.operators.recurrent._shared import (
    Recurrence,
    Sizes,
    gathered,
    preactivations,
    sigmoid_,
    states_of_cell,
    weight_gradients,
)
from adapters.reference.tensor import Tensor

__all__ = ["LSTMCell"]


class LstmBackward0(Recurrence):
    """Long short-term memory over rows: hidden states, and the last hidden and cell state of each sequence."""

    __slots__ = ()

    def forward(
        self,
        x: Array,
        h: Array,
        c: Array,
        weight_ih: Array,
        weight_hh: Array,
        bias_ih: Array | None,
        bias_hh: Array | None,
        weight_hr: Array | None,
        sizes: Sizes,
        reverse: bool,
    ) -> tuple[Array, Array, Array]:
        """Every step's hidden state (rows, H_out), the final one (N, H_out) and the final cell state (N, H)."""
        self.sizes, self.reverse = sizes, reverse
        gates = preactivations(x, weight_ih, bias_ih, bias_hh)
        size = gates.shape[1] // 4
        shapes = ((gates.shape[0], h.shape[1]), (gates.shape[0], size))
        before, output = np.empty(shapes[0], gates.dtype), np.empty(shapes[0], gates.dtype)
        cells, bent = np.empty(shapes[1], gates.dtype), np.empty(shapes[1], gates.dtype)
        hidden, cell = h.copy(), c.copy()
        for count, rows in self.steps():
            before[rows], cells[rows] = hidden[:count], cell[:count]
            own = gates[rows]
            own += hidden[:count] @ weight_hh.T
            sigmoid_(own[:, : 2 * size])
            np.tanh(own[:, 2 * size : 3 * size], out=own[:, 2 * size : 3 * size])
            sigmoid_(own[:, 3 * size :])
            i, f, g, o = (own[:, k * size : (k + 1) * size] for k in range(4))
            cell[:count] = f * cell[:count] + i * g
            bent[rows] = np.tanh(cell[:count])
            new = o * bent[rows]
            hidden[:count] = new if weight_hr is None else new @ weight_hr.T
            output[rows] = hidden[:count]
        self.saved = (x, weight_ih, weight_hh, bias_ih, weight_hr, before, cells, gates, bent)
        return output, hidden, cell

    def backward(self, gradients: list[Array | None]) -> tuple[Array | None, ...]:
        """Through time, from the last step to the first."""
        x, weight_ih, weight_hh, bias, weight_hr, before, cells, gates, bent = self.saved
        size, batch = bent.shape[1], self.sizes[0]
        arriving = gathered(gradients, 0, before)
        running, memory = gathered(gradients, 1, before[:batch]), gathered(gradients, 2, cells[:batch])
        found = np.empty_like(gates)
        for count, rows in self.steps_back():
            i, f, g, o = (gates[rows, k * size : (k + 1) * size] for k in range(4))
            arriving[rows] += running[:count]
            hidden = arriving[rows] if weight_hr is None else arriving[rows] @ weight_hr
            cell = memory[:count] + hidden * o * (1 - bent[rows] ** 2)
            di, df, dg, do = (found[rows, k * size : (k + 1) * size] for k in range(4))
            di[...] = cell * g * (i * (1 - i))
            df[...] = cell * cells[rows] * (f * (1 - f))
            dg[...] = cell * i * (1 - g * g)
            do[...] = hidden * bent[rows] * (o * (1 - o))
            memory[:count] = cell * f
            running[:count] = found[rows] @ weight_hh
        inner, bias_gradient = weight_gradients(found, x, bias)
        outer, _ = weight_gradients(found, before, None)
        projection = None if weight_hr is None else arriving.T @ (gates[:, 3 * size :] * bent)
        return found @ weight_ih, running, memory, inner, outer, bias_gradient, bias_gradient, projection


class LSTMCell(Cell):
    """One step of long short-term memory.

    Args:
        input_size: The number of features of the input.
        hidden_size: The number of features of the states.
        bias: Whether there are biases.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters, float32 where not given.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        device: Device | str | None = None,
        dtype: DType | None = None,
    ) -> None:
        super().__init__(4, input_size, hidden_size, bias, device, dtype)

    def forward(self, input: Tensor, hx: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """Return the next hidden and cell state, each (N, hidden_size) or (hidden_size,)."""
        x, (h, c), batched = states_of_cell(input, hx, (self.input_size, self.hidden_size), 2, "LSTMCell")
        own: Any = (self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        _, hidden, cell = LstmBackward0.apply((x, h, c, *own, None), (x.array.shape[0],), False)
        return (hidden, cell) if batched else (hidden.squeeze(0), cell.squeeze(0))
