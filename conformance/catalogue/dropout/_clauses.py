"""The clauses that kinds of dropout have in common."""

from __future__ import annotations

from typing import Any

from conformance.card import Layer, Statement, refusal, shape, value
from conformance.case import Case
from conformance.clause import documented
from conformance.data import Draw

RARE = "(false alarms: below 1e-9 a check)"


def drawing(name: str, lengths: tuple[int, ...], regime: str = "normal", **options: Any) -> Case:
    """Return a case of an input of a shape."""
    return Case(name, {"input": Draw(lengths, regime)}, options)


def in_training(name: str, lengths: tuple[int, ...], **options: Any) -> Case:
    """Return a case in training."""
    return drawing(name, lengths, **{"training": True, **options})


def layer(name: str, *, training: bool = True) -> Layer:
    """Return the layer of a kind of dropout; ``training`` is the operator's default."""
    return Layer(
        name,
        lambda case: {option: value for option, value in case.options.items() if option != "training"},
        training=lambda case: bool(case.options.get("training", training)),
    )


def evaluation(name: str, lengths: tuple[int, ...]) -> tuple[Statement, ...]:
    """State what is not random: evaluation, p = 0, refusals."""
    return (
        value(
            "value",
            f"In evaluation {name} is the identity.",
            drawing("evaluation", lengths, training=False),
            drawing("large-p", lengths, "wide", p=0.875, training=False),
        ),
        value(
            "p-zero",
            "With p = 0 nothing is dropped in training either.",
            in_training("training", lengths, p=0.0),
        ),
        value(
            "in-place",
            "With inplace=True the values in evaluation are the same.",
            Case("evaluation", {"input": Draw(lengths)}, {"training": False, "inplace": True}, differentiable=False),
        ),
        shape("output-size", "The output has the input's shape, in training too.", in_training("training", lengths)),
        refusal(
            "p-range",
            "A p outside of the range from 0 to 1 is refused: it is a probability.",
            in_training("below", lengths, p=-0.25),
            in_training("above", lengths, p=1.25),
        ),
        Statement(
            "training-purity",
            f"In training {name} leaves its input unchanged unless it is told to work in place.",
            "purity",
            (in_training("training", lengths),),
            link=documented("tensors.html"),
        ),
        Statement(
            "training-dtype",
            f"In training {name} of an array of one floating-point type gives an array of that type.",
            "dtype",
            (in_training("training", lengths),),
            link=documented("tensor_attributes.html#torch.dtype"),
        ),
    )


def p_one(lengths: tuple[int, ...]) -> Statement:
    """State that nothing is left if everything is dropped."""
    return value("p-one", "With p = 1 everything is zero in training.", in_training("training", lengths, p=1.0))


def randomness(
    lengths: tuple[int, ...], many: tuple[int, ...], sentence: str, unit: str, **default: Any
) -> tuple[Statement, ...]:
    """State what is random.

    Args:
        lengths: The shape of a small input.
        many: That of one with many units.
        sentence: What a kept and a dropped element become.
        unit: What is decided at once.
        default: The options of a case in which p is left out.
    """
    return (
        Statement(
            "training",
            sentence,
            "random_value",
            (
                in_training("quarter", lengths, p=0.25),
                in_training("most", lengths, p=0.9),
                in_training("few", lengths, p=0.1),
            ),
        ),
        Statement(
            "training-gradient",
            f"In training the gradient passes each {unit} as its input did, with the same decisions.",
            "random_gradient",
            (in_training("quarter", lengths, p=0.25), in_training("most", lengths, p=0.75)),
            link=documented("autograd.html"),
        ),
        Statement(
            "share",
            f"Each {unit} is dropped with probability p {RARE}.",
            "random_share",
            (in_training("quarter", many, p=0.25), in_training("most", many, p=0.875)),
        ),
        Statement(
            "defaults",
            f"By default p is 0.5{'' if default else ', and training is True'} {RARE}.",
            "random_share",
            (drawing("default", many, **default),),
        ),
        Statement(
            "independence",
            f"Each {unit} is decided independently of the others, and anew in each call {RARE}.",
            "random_independence",
            (in_training("half", many, p=0.5), in_training("quarter", many, p=0.25)),
        ),
        Statement(
            "training-in-place",
            "With inplace=True the result is written to the memory of the input.",
            "random_in_place",
            (in_training("training", lengths, p=0.375, inplace=True),),
        ),
    )


def together(sentence: str, *lengths: tuple[int, ...], behaviour: str = "channels", **others: Any) -> Statement:
    """State what goes together, in inputs of some shapes."""
    cases = tuple(in_training(f"{len(size)}-dimensions", size) for size in lengths)
    return Statement(behaviour, sentence, "random_units", cases, **others)
