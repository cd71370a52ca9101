"""rnn: Elman recurrences over sequences."""

from __future__ import annotations

from adapters.reference.device import Device
from adapters.reference.dtype import DType
from adapters.reference.operators.recurrent._layers import RecurrentLayers
from adapters.reference.operators.recurrent.rnn_cell import NONLINEARITIES, RnnTanhBackward0

__all__ = ["RNN"]


class RNN(RecurrentLayers):
    """Elman recurrences over sequences.

    Args:
        input_size: The number of features of the input.
        hidden_size: The number of features of the hidden state.
        num_layers: How many layers there are.
        nonlinearity: ``"tanh"`` or ``"relu"``.
        bias: Whether there are biases.
        batch_first: Whether input and output are (N, L, features) and not (L, N, features).
        dropout: The probability of an output of a layer before the last to be dropped.
        bidirectional: Whether each layer runs in both directions.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters, float32 where not given.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        nonlinearity: str = "tanh",
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        device: Device | str | None = None,
        dtype: DType | None = None,
    ) -> None:
        if nonlinearity not in NONLINEARITIES:
            raise ValueError(f"RNN: nonlinearity: expected 'tanh' or 'relu', not {nonlinearity!r}")
        super().__init__(
            1,
            input_size,
            hidden_size,
            num_layers,
            bias,
            batch_first,
            dropout,
            bidirectional,
            device=device,
            dtype=dtype,
        )
        self.nonlinearity = nonlinearity

    def kind(self) -> type[RnnTanhBackward0]:
        """Return the function on the tape of one layer in one direction."""
        return NONLINEARITIES[self.nonlinearity]
