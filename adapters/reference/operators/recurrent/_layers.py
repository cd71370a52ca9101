"""What stacked recurrent layers have in common."""

from __future__ import annotations

import warnings
from typing import Any

from adapters.reference.arithmetic.indexing import getitem, select
from adapters.reference.arithmetic.joining import cat, stack
from adapters.reference.creation import empty, zeros
from adapters.reference.device import Device, require_cpu
from adapters.reference.dtype import DType
from adapters.reference.nn.module import Module
from adapters.reference.nn.parameter import Parameter
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.dropout.dropout import dropout
from adapters.reference.operators.recurrent._shared import Recurrence, Sizes, draw
from adapters.reference.sequences.packed_sequence import PackedSequence
from adapters.reference.tensor import Tensor


class RecurrentLayers(Module):
    """Recurrent layers on top of each other, in one direction or both.

    Args:
        gates: How many blocks of ``hidden_size`` rows the weights have.
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

    states = 1
    """How many states a step hands to the next."""

    def __init__(
        self,
        gates: int,
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
        super().__init__()
        require_cpu(device)
        _require_options(type(self).__name__, input_size, hidden_size, num_layers, dropout, proj_size)
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        for layer in range(num_layers):
            inward = input_size if layer == 0 else self._features() * self._directions()
            for suffix in self._suffixes(layer):
                for name, shape in self._shapes(gates, inward).items():
                    self.register_parameter(name + suffix, Parameter(empty(*shape, dtype=dtype)))
        self.reset_parameters()

    def _features(self) -> int:
        return self.proj_size or self.hidden_size

    def _directions(self) -> int:
        return 2 if self.bidirectional else 1

    def _suffixes(self, layer: int) -> list[str]:
        return [f"_l{layer}{direction}" for direction in ("", "_reverse")[: self._directions()]]

    def _shapes(self, gates: int, inward: int) -> dict[str, tuple[int, ...]]:
        rows = gates * self.hidden_size
        shapes: dict[str, tuple[int, ...]] = {"weight_ih": (rows, inward), "weight_hh": (rows, self._features())}
        if self.bias:
            shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
        if self.proj_size:
            shapes["weight_hr"] = (self.proj_size, self.hidden_size)
        return shapes

    def reset_parameters(self) -> None:
        """Draw every parameter anew, uniform within ``1 / sqrt(hidden_size)``."""
        draw(self.parameters(), self.hidden_size)

    def flatten_parameters(self) -> None:
        """Do nothing: there is no device that wants the parameters in one piece."""

    @property
    def all_weights(self) -> list[list[Parameter]]:
        """The parameters of each layer and direction."""
        found = [self._own(suffix) for layer in range(self.num_layers) for suffix in self._suffixes(layer)]
        return [[parameter for parameter in own if parameter is not None] for own in found]

    def _own(self, suffix: str) -> list[Any]:
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr")[: 5 if self.states == 2 else 4]
        return [getattr(self, name + suffix, None) for name in names]

    def kind(self) -> type[Recurrence]:
        """Return the function on the tape of one layer in one direction."""
        raise NotImplementedError

    def forward(self, input: Any, hx: Any = None) -> Any:
        """Return the output of every step, and the final state, or states as a tuple.

        Args:
            input: (L, N, input_size), (N, L, input_size) if ``batch_first``, (L, input_size), or a packed sequence.
            hx: The initial state, or a tuple of states, each (D * num_layers, N, features), or without N.
        """
        given = None if hx is None else ([hx] if self.states == 1 else list(hx))
        if isinstance(input, PackedSequence):
            return self._packed(input, given)
        require_tensor(input, f"{type(self).__name__}: input")
        if input.array.ndim not in (2, 3):
            raise ValueError(f"{type(self).__name__}: input: expected 2 or 3 dimensions, not {input.array.ndim}")
        batched = input.array.ndim == 3
        x = input if batched else input.unsqueeze(1)
        x = x.transpose(0, 1) if batched and self.batch_first else x
        length, batch, features = x.array.shape
        if length == 0:
            raise RuntimeError(f"{type(self).__name__}: input: expected at least one step, not shape {x.array.shape}")
        states = self._initial(given, input.dtype, batch, batched=batched)
        output, finals = self._run(x.reshape(length * batch, features), states, (batch,) * length)
        output = output.reshape(length, batch, output.array.shape[1])
        if not batched:
            output, finals = output.squeeze(1), [final.squeeze(1) for final in finals]
        return output.transpose(0, 1) if batched and self.batch_first else output, self._handed(finals)

    def _packed(self, input: PackedSequence, given: list[Tensor] | None) -> Any:
        sizes: Sizes = tuple(input.batch_sizes.array.tolist())
        order, back = input.sorted_indices, input.unsorted_indices
        states = self._initial(given, input.data.dtype, sizes[0], batched=True)
        if order is not None and given is not None:
            states = [getitem(state, (slice(None), order)) for state in states]
        output, finals = self._run(input.data, states, sizes)
        if back is not None:
            finals = [getitem(final, (slice(None), back)) for final in finals]
        return PackedSequence(output, input.batch_sizes, order, back), self._handed(finals)

    def _handed(self, finals: list[Tensor]) -> Any:
        return finals[0] if self.states == 1 else tuple(finals)

    def _initial(self, given: list[Tensor] | None, dtype: DType, batch: int, *, batched: bool) -> list[Tensor]:
        """Return the initial states (D * num_layers, N, features), zeros where none are given."""
        number = self.num_layers * self._directions()
        shapes = [(number, batch, features) for features in (self._features(), self.hidden_size)[: self.states]]
        if given is None:
            return [zeros(*shape, dtype=dtype) for shape in shapes]
        states = []
        for state, shape in zip(given, shapes, strict=True):
            require_tensor(state, f"{type(self).__name__}: hx")
            wanted = shape if batched else (shape[0], shape[2])
            if state.array.shape != wanted:
                raise RuntimeError(f"{type(self).__name__}: hx: expected shape {wanted}, not {state.array.shape}")
            states.append(state if batched else state.unsqueeze(1))
        return states

    def _run(self, x: Tensor, states: list[Tensor], sizes: Sizes) -> tuple[Tensor, list[Tensor]]:
        """Run every layer over rows (see ``_shared``) and return the last one's output and all final states."""
        if x.array.shape[-1] != self.input_size:
            name = type(self).__name__
            raise RuntimeError(f"{name}: input: expected {self.input_size} features, not {x.array.shape[-1]}")
        finals: list[tuple[Tensor, ...]] = []
        for layer in range(self.num_layers):
            if layer and self.dropout:
                x = dropout(x, self.dropout, self.training)
            outputs = []
            for direction, suffix in enumerate(self._suffixes(layer)):
                first = [select(state, 0, layer * self._directions() + direction) for state in states]
                output, *after = self.kind().apply((x, *first, *self._own(suffix)), sizes, bool(direction))
                outputs.append(output)
                finals.append(tuple(after))
            x = outputs[0] if len(outputs) == 1 else cat(outputs, 1)
        return x, [stack(parts) for parts in zip(*finals, strict=True)]

    def extra_repr(self) -> str:
        """Return the sizes, and the options that are not the default."""
        defaults = (
            ("proj_size", 0),
            ("num_layers", 1),
            ("bias", True),
            ("batch_first", False),
            ("dropout", 0),
            ("bidirectional", False),
        )
        told = [f"{name}={getattr(self, name)}" for name, default in defaults if getattr(self, name) != default]
        return ", ".join([f"{self.input_size}, {self.hidden_size}", *told])


def _require_options(
    name: str, input_size: int, hidden_size: int, num_layers: int, dropout: float, proj_size: int
) -> None:
    for what, size in (("input_size", input_size), ("hidden_size", hidden_size), ("num_layers", num_layers)):
        if isinstance(size, bool) or not isinstance(size, int):
            raise TypeError(f"{name}: {what}: expected an int, not {size!r}")
        if size <= 0:
            raise ValueError(f"{name}: {what}: expected a positive number, not {size}")
    if isinstance(dropout, bool) or not isinstance(dropout, (int, float)) or not 0 <= dropout <= 1:
        raise ValueError(f"{name}: dropout: expected a probability, not {dropout!r}")
    if not 0 <= proj_size < hidden_size:
        raise ValueError(f"{name}: proj_size: expected at least 0 and less than hidden_size={hidden_size}")
    if dropout and num_layers == 1:
        warnings.warn(f"{name}: dropout={dropout} does nothing: it is between layers, and there is one", stacklevel=4)
