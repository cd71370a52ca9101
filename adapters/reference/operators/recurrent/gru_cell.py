"""gru_cell: ``h' = (1 - z) n + z h``."""

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

__all__ = ["GRUCell"]


class GruBackward0(Recurrence):
    """Gated recurrent units over rows: hidden states, and the last of each sequence."""

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
        gates = preactivations(x, weight_ih, bias_ih)
        size = h.shape[1]
        shape = (gates.shape[0], size)
        before, candidate, output = (np.empty(shape, gates.dtype) for _ in range(3))
        last = h.copy()
        for count, rows in self.steps():
            before[rows] = last[:count]
            recurrent = preactivations(last[:count], weight_hh, bias_hh)
            candidate[rows] = recurrent[:, 2 * size :]
            own = gates[rows]
            own[:, : 2 * size] += recurrent[:, : 2 * size]
            sigmoid_(own[:, : 2 * size])
            r, z, n = (own[:, k * size : (k + 1) * size] for k in range(3))
            n += r * candidate[rows]
            np.tanh(n, out=n)
            last[:count] = (1 - z) * n + z * last[:count]
            output[rows] = last[:count]
        self.saved = (x, weight_ih, weight_hh, bias_ih, before, candidate, gates)
        return output, last

    def backward(self, gradients: list[Array | None]) -> tuple[Array | None, ...]:
        """Through time, from the last step to the first."""
        x, weight_ih, weight_hh, bias, before, candidate, gates = self.saved
        size, batch = before.shape[1], self.sizes[0]
        arriving = gathered(gradients, 0, before)
        running = gathered(gradients, 1, before[:batch])
        inward, recurrent = np.empty_like(gates), np.empty_like(gates)
        for count, rows in self.steps_back():
            r, z, n = (gates[rows, k * size : (k + 1) * size] for k in range(3))
            hidden = arriving[rows] + running[:count]
            dn = hidden * (1 - z) * (1 - n * n)
            inward[rows, :size] = dn * candidate[rows] * (r * (1 - r))
            inward[rows, size : 2 * size] = hidden * (before[rows] - n) * (z * (1 - z))
            inward[rows, 2 * size :] = dn
            recurrent[rows, : 2 * size] = inward[rows, : 2 * size]
            recurrent[rows, 2 * size :] = dn * r
            running[:count] = hidden * z + recurrent[rows] @ weight_hh
        inner, inner_bias = weight_gradients(inward, x, bias)
        outer, outer_bias = weight_gradients(recurrent, before, bias)
        return inward @ weight_ih, running, inner, outer, inner_bias, outer_bias


class GRUCell(Cell):
    """One step of a gated recurrent unit.

    Args:
        input_size: The number of features of the input.
        hidden_size: The number of features of the state.
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
        super().__init__(3, input_size, hidden_size, bias, device, dtype)

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """Return the next state, (N, hidden_size) or (hidden_size,)."""
        x, (h,), batched = states_of_cell(input, hx, (self.input_size, self.hidden_size), 1, "GRUCell")
        own: Any = (self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        _, after = GruBackward0.apply((x, h, *own), (x.array.shape[0],), False)
        result: Tensor = after if batched else after.squeeze(0)
        return result
