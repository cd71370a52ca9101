"""Cases of recurrent layers: their inputs and parameters, and how ``torch.nn`` makes and calls the layers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.card import Layer
from conformance.case import Case
from conformance.catalogue.recurrent._layered import PARTS, parameters, suffixes
from conformance.catalogue.recurrent._shared import Kind
from conformance.data import Draw, Recipe

_OF_THE_CALL = ("lengths", "enforce_sorted", "training", "finals")
"""Options of a case that are none of the constructor's."""

_MOST_LAYERS = 3


class Layers:
    """Makes the cases of one kind of recurrent layer.

    Args:
        kind: The recurrence.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def case(
        self,
        name: str,
        shape: tuple[int, ...] = (3, 2, 3),
        hidden_size: int = 4,
        *,
        states: bool = True,
        regime: str = "modest",
        differentiable: bool = True,
        **options: Any,
    ) -> Case:
        """Return a case of an input of ``shape``, with initial states or without."""
        made = {"input_size": shape[-1], "hidden_size": hidden_size, **options}
        inputs: dict[str, Recipe | None] = {"input": Draw(shape)}
        for state in self.kind.states:
            inputs[state] = Draw(self.state_shape(state, shape, made)) if states else None
        for parameter, own in parameters(self.kind, **made).items():
            inputs[parameter] = Draw(own, regime)
        return Case(name, inputs, {"hidden_size": hidden_size, **options}, differentiable=differentiable)

    def state_shape(self, state: str, shape: tuple[int, ...], options: Mapping[str, Any]) -> tuple[int, ...]:
        """Return the documented shape of a state for an input of ``shape``."""
        number = len(suffixes(options.get("num_layers", 1), options.get("bidirectional", False)))
        features = options["hidden_size"]
        if state.startswith("h"):
            features = options.get("proj_size", 0) or features
        if len(shape) == 2:
            return (number, features)
        return (number, shape[0 if options.get("batch_first", False) else 1], features)

    def output_shapes(self, input: tuple[int, ...], **others: Any) -> tuple[tuple[int, ...], ...]:
        """Return the documented shape of the output and of each final state."""
        features = others.get("proj_size", 0) or others["hidden_size"]
        output = (*input[:-1], features * (2 if others.get("bidirectional", False) else 1))
        return (output, *(self.state_shape(state, input, others) for state in self.kind.states))

    def layer(self, name: str) -> Layer:
        """Return how ``torch.nn`` makes and calls the layer."""
        every = [part + suffix for suffix in suffixes(_MOST_LAYERS, bidirectional=True) for part in PARTS]
        return Layer(
            name,
            lambda case: {"input_size": case.shape("input")[-1], **_constructors(case)},
            {parameter: parameter for parameter in every},
            training=lambda case: bool(case.options.get("training", True)),
            call=self._call,
        )

    def _call(self, layer: Any, inputs: Mapping[str, Any], case: Case, operators: Any) -> Any:
        states = [inputs[state] for state in self.kind.states if inputs.get(state) is not None]
        given = [] if not states else [states[0] if len(self.kind.states) == 1 else tuple(states)]
        lengths = case.options.get("lengths")
        if lengths is None:
            output, finals = layer(inputs["input"], *given)
        else:
            order = {name: case.options[name] for name in ("batch_first", "enforce_sorted") if name in case.options}
            packed, finals = layer(operators.pack_padded_sequence(inputs["input"], list(lengths), **order), *given)
            order.pop("enforce_sorted", None)
            output, _ = operators.pad_packed_sequence(packed, **order)
        return (output, finals) if case.options.get("finals", True) else output


def _constructors(case: Case) -> dict[str, Any]:
    return {name: option for name, option in case.options.items() if name not in _OF_THE_CALL}


class Cells:
    """Makes the cases of one kind of recurrent cell: one step, without a sequence.

    Args:
        kind: The recurrence.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def case(
        self,
        name: str,
        shape: tuple[int, ...] = (3, 2),
        hidden_size: int = 4,
        *,
        states: bool = True,
        regime: str = "modest",
        **options: Any,
    ) -> Case:
        """Return a case of an input of ``shape``, with initial states or without."""
        inputs: dict[str, Recipe | None] = {"input": Draw(shape)}
        for state in self.kind.states:
            inputs[state] = Draw((*shape[:-1], hidden_size)) if states else None
        made = {"input_size": shape[-1], "hidden_size": hidden_size, **options}
        for parameter, own in self.parameters(**made).items():
            inputs[parameter] = Draw(own, regime)
        return Case(name, inputs, {"hidden_size": hidden_size, **options})

    def parameters(self, **options: Any) -> dict[str, tuple[int, ...]]:
        """Return the documented shape of every parameter by its name."""
        rows = self.kind.gates * options["hidden_size"]
        biases = {"bias_ih": (rows,), "bias_hh": (rows,)} if options.get("bias", True) else {}
        return {"weight_ih": (rows, options["input_size"]), "weight_hh": (rows, options["hidden_size"]), **biases}

    def output_shapes(self, input: tuple[int, ...], **others: Any) -> tuple[tuple[int, ...], ...]:
        """Return the documented shape of each state afterwards."""
        return ((*input[:-1], others["hidden_size"]),) * len(self.kind.states)

    def layer(self, name: str) -> Layer:
        """Return how ``torch.nn`` makes and calls the cell."""
        return Layer(
            name,
            lambda case: {"input_size": case.shape("input")[-1], **case.options},
            {parameter: parameter for parameter in PARTS[:4]},
            call=self._call,
        )

    def _call(self, layer: Any, inputs: Mapping[str, Any], case: Case, operators: Any) -> Any:
        del case, operators
        states = [inputs[state] for state in self.kind.states if inputs.get(state) is not None]
        given = [] if not states else [states[0] if len(self.kind.states) == 1 else tuple(states)]
        return layer(inputs["input"], *given)
