"""gru: gated recurrent units over sequences."""

from __future__ import annotations

from adapters.reference.device import Device
from adapters.reference.dtype import DType
from adapters.reference.operators.recurrent._layers import RecurrentLayers
from adapters.reference.operators.recurrent.gru_cell import GruBackward0

__all__ = ["GRU"]


class GRU(RecurrentLayers):
    """Gated recurrent units over sequences.

    Args:
        input_size: The number of features of the input.
        hidden_size: The number of features of the hidden state.
        num_layers: How many layers there are.
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
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        device: Device | str | None = None,
        dtype: DType | None = None,
    ) -> None:
        super().__init__(
            3,
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

    def kind(self) -> type[GruBackward0]:
        """Return the function on the tape of one layer in one direction."""
        return GruBackward0
