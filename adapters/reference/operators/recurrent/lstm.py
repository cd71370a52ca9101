"""lstm: long short-term memory over sequences."""

from __future__ import annotations

from adapters.reference.device import Device
from adapters.reference.dtype import DType
from adapters.reference.operators.recurrent._layers import RecurrentLayers
from adapters.reference.operators.recurrent.lstm_cell import LstmBackward0

__all__ = ["LSTM"]


class LSTM(RecurrentLayers):
    """Long short-term memory over sequences.

    Args:
        input_size: The number of features of the input.
        hidden_size: The number of features of the hidden state.
        num_layers: How many layers there are.
        bias: Whether there are biases.
        batch_first: Whether input and output are (N, L, features) and not (L, N, features).
        dropout: The probability of an output of a layer before the last to be dropped.
        bidirectional: Whether each layer runs in both directions.
        proj_size: The number of features that hidden states are projected to; 0 for none.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters, float32 where not given.
    """

    states = 2

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        proj_size: int = 0,
        device: Device | str | None = None,
        dtype: DType | None = None,
    ) -> None:
        super().__init__(
            4,
            input_size,
            hidden_size,
            num_layers,
            bias,
            batch_first,
            dropout,
            bidirectional,
            proj_size,
            device=device,
            dtype=dtype,
        )

    def kind(self) -> type[LstmBackward0]:
        """Return the function on the tape of one layer in one direction."""
        return LstmBackward0
