"""What is documented of every recurrent layer, and of every recurrent cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.card import Statement, layer
from conformance.case import Case
from conformance.catalogue._initial import begins, within_root_of_one_over
from conformance.catalogue.recurrent._cases import Cells, Layers
from conformance.catalogue.recurrent._layered import parameters as parameters_of
from conformance.clause import documented
from conformance.data import Draw
from conformance.initial import Beginning

PACKING = documented("generated/torch.nn.utils.rnn.pack_padded_sequence.html")


def shape(sentence: str, *cases: Case, behaviour: str = "shape") -> Statement:
    """State the shapes of what a layer returns."""
    return Statement(behaviour, sentence, "layer_shape", cases)


def refusal(behaviour: str, sentence: str, *cases: Case) -> Statement:
    """State what a layer refuses, when it is made or called."""
    return Statement(behaviour, sentence, "layer_refusal", cases)


def parameters(sentence: str, *cases: Case) -> Statement:
    """State the names and shapes of a layer's parameters."""
    return Statement("parameters", sentence, "layer_parameters", cases)


def initial(layer_name: str, options: Mapping[str, Any], shapes: Mapping[str, tuple[int, ...]]) -> Statement:
    """State between what a recurrent layer's parameters are drawn."""
    drawn = within_root_of_one_over(options["hidden_size"])
    return begins(
        "initial",
        "All weights and biases are drawn uniformly from -sqrt(k) to sqrt(k), k being 1 / hidden_size.",
        *(
            Beginning(name.replace("_", "-"), layer_name, options, name, parameter, drawn)
            for name, parameter in shapes.items()
        ),
    )


def of_layers(made: Layers, name: str) -> tuple[Statement, ...]:
    """Return what is documented of every recurrent layer beside its formula."""
    return (*_recurrence(made), *_packed(made), *_structure(made, name))


def _recurrence(made: Layers) -> tuple[Statement, ...]:
    case = made.case
    return (
        layer("initial-state", "Initial states that are not given are zeros.", case("none-given", states=False)),
        layer(
            "layers",
            "Each layer after the first takes the hidden states of the one before for its input, and starts from "
            "initial states of its own.",
            case("three", (2, 2, 3), 3, num_layers=3),
        ),
        layer(
            "bidirectional",
            "A reverse recurrence with parameters of its own goes from the last step to the first; its hidden states "
            "follow the forward ones' in the output, and its states are the second of each layer.",
            case("one-layer", (3, 2, 3), 3, bidirectional=True),
            case("two-layers", (2, 2, 3), 2, bidirectional=True, num_layers=2, states=False, finals=False),
        ),
        layer(
            "batch-first",
            "With batch_first=True input and output are (batch, sequence, features); the states are as ever.",
            case("two-of-three", (2, 3, 4), 3, batch_first=True),
            case("reverse", (2, 3, 2), 3, batch_first=True, bidirectional=True),
        ),
        layer("unbatched", "The input may be a single sequence, (length, features).", case("series", (3, 2))),
        layer(
            "unbatched-batch-first",
            "batch_first is ignored for a single sequence.",
            case("series", (3, 2), batch_first=True),
        ),
        layer("no-bias", "With bias=False there are no biases.", case("none", bias=False)),
        layer(
            "dropout",
            "Outputs of every layer but the last are dropped with the given probability: with that of 1 the next layer "
            "sees zeros.",
            case("certain", num_layers=2, dropout=1.0),
            case("one-layer", dropout=1.0, bidirectional=True),
        ),
        layer(
            "dropout-evaluation",
            "In evaluation nothing is dropped.",
            case("half", num_layers=2, dropout=0.5, training=False),
            link=documented("generated/torch.nn.Dropout.html"),
        ),
    )


def _packed(made: Layers) -> tuple[Statement, ...]:
    case = made.case
    return (
        layer(
            "packed",
            "Of a packed sequence each goes on for its own length, the output is packed too, and the final states are "
            "those after each one's last step.",
            case("decreasing", (3, 3, 2), lengths=(3, 2, 1)),
            case("equal-lengths", (4, 3, 2), 3, lengths=(3, 3, 1, 1), batch_first=True),
            link=PACKING,
        ),
        layer(
            "packed-reverse",
            "Of a packed sequence the reverse recurrence begins at each one's own last step.",
            case("decreasing", (3, 3, 2), 3, lengths=(3, 2, 1), bidirectional=True),
            link=PACKING,
        ),
        layer(
            "packed-order",
            "With enforce_sorted=False sequences may come in any order: outputs and states have that order.",
            case("mixed", (3, 3, 2), 3, lengths=(2, 1, 3), enforce_sorted=False),
            link=PACKING,
        ),
    )


def _structure(made: Layers, name: str) -> tuple[Statement, ...]:
    case = made.case
    new = {"input_size": 9, "hidden_size": 64}
    misfit = case("another-number-of-layers", num_layers=2)
    return (
        shape(
            "The output has D hidden states for each step, and each final state is (D * num_layers, N, features).",
            case("batch-first", (2, 3, 4), 5, bidirectional=True, batch_first=True, num_layers=2),
            case("one-step", (1, 1, 1), 1),
            case("unbatched", (3, 2), 5, bidirectional=True),
        ),
        parameters(
            "For each layer, and direction, there are weight_ih, weight_hh, bias_ih and bias_hh of the documented "
            "shapes; no biases with bias=False.",
            case("two-layers", (2, 2, 3), 5, bidirectional=True, num_layers=2),
            case("no-bias", (2, 2, 3), 5, bias=False),
        ),
        initial(name, new, parameters_of(made.kind, **new)),
        refusal(
            "input-features",
            "An input whose last dimension is not input_size is refused.",
            case("one-too-many", (2, 2, 3), input_size=2),
        ),
        refusal(
            "state-shape",
            "Initial states of another shape than documented are refused.",
            misfit.with_inputs(**{state: Draw((1, 2, 4)) for state in made.kind.states}),
        ),
        refusal(
            "dropout-range",
            "A dropout that is no probability is refused.",
            case("above-one", num_layers=2, dropout=1.5),
            case("negative", num_layers=2, dropout=-0.5),
        ),
    )


def of_cells(made: Cells, name: str) -> tuple[Statement, ...]:
    """Return what is documented of every recurrent cell beside its formula."""
    case = made.case
    new = {"input_size": 9, "hidden_size": 64}
    return (
        layer("initial-state", "States that are not given are zeros.", case("none-given", states=False)),
        layer("unbatched", "The input may be a single vector of features.", case("vector", (3,))),
        layer("no-bias", "With bias=False there are no biases.", case("none", bias=False)),
        shape(
            "Each state afterwards is (N, hidden_size), or (hidden_size) for a single vector.",
            case("batch", (2, 3), 5),
            case("batch-of-one", (1, 3), 5),
            case("vector", (3,), 5),
        ),
        parameters(
            "There are weight_ih, weight_hh, bias_ih and bias_hh of the documented shapes; no biases with bias=False.",
            case("with-bias", (2, 3), 5),
            case("no-bias", (2, 3), 5, bias=False),
        ),
        initial(name, new, made.parameters(**new)),
        refusal(
            "input-features",
            "An input whose last dimension is not input_size is refused.",
            case("one-too-many", (2, 3), input_size=2),
        ),
        refusal(
            "state-shape",
            "States of another number of features than hidden_size are refused.",
            case("one-too-many").with_inputs(**{state: Draw((3, 5)) for state in made.kind.states}),
        ),
    )
