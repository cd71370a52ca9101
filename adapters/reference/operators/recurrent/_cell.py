"""What cells of all kinds have in common."""

from __future__ import annotations

from adapters.reference.creation import empty
from adapters.reference.device import Device, require_cpu
from adapters.reference.dtype import DType
from adapters.reference.nn.module import Module
from adapters.reference.nn.parameter import Parameter
from adapters.reference.operators.recurrent._shared import draw


class Cell(Module):
    """One step of a recurrence.

    Args:
        gates: How many blocks of ``hidden_size`` rows the weights have.
        input_size: The number of features of the input.
        hidden_size: The number of features of the state.
        bias: Whether there are biases.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters, float32 where not given.
    """

    bias_ih: Parameter | None
    bias_hh: Parameter | None

    def __init__(
        self,
        gates: int,
        input_size: int,
        hidden_size: int,
        bias: bool,
        device: Device | str | None,
        dtype: DType | None,
    ) -> None:
        super().__init__()
        require_cpu(device)
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        rows = gates * hidden_size
        self.weight_ih = Parameter(empty(rows, input_size, dtype=dtype))
        self.weight_hh = Parameter(empty(rows, hidden_size, dtype=dtype))
        for name in ("bias_ih", "bias_hh"):
            self.register_parameter(name, Parameter(empty(rows, dtype=dtype)) if bias else None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw every parameter anew, uniform within ``1 / sqrt(hidden_size)``."""
        draw(self.parameters(), self.hidden_size)

    def extra_repr(self) -> str:
        """Return the sizes, and the options that are not the default."""
        return f"{self.input_size}, {self.hidden_size}" + ("" if self.bias else f", bias={self.bias}")
