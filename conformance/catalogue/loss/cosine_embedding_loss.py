"""cosine_embedding_loss: how far the angle of two vectors is from what their label wants."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.loss._shared import (
    empty_sum,
    output_size,
    reduced,
    reduced_shape,
    reduction_clauses,
    reductions,
)
from conformance.clause import documented
from conformance.data import Draw, Integers, Recipe, Values
from conformance.oracle import Bounded, hinge, sqrt, total, where


def cosine_embedding_loss(
    input1: Bounded, input2: Bounded, target: Bounded, margin: float = 0.0, reduction: str = "mean"
) -> Bounded:
    """Return 1 - cos where y is 1 and max(0, cos - margin) where y is -1, cos being that of the angle; reduced."""
    squares = total(input1.square(), (-1,)) * total(input2.square(), (-1,))
    cosine = total(input1 * input2, (-1,)) / sqrt(squares, nonnegative=True)
    return reduced(where(target > 0.0, 1.0 - cosine, hinge(cosine - margin)), reduction)


def _output_shape(
    input1: tuple[int, ...], input2: tuple[int, ...], target: tuple[int, ...], reduction: str = "mean", **_: Any
) -> tuple[int, ...]:
    del input2, target
    return reduced_shape(input1[:-1], reduction)


def _case(name: str, lengths: tuple[int, ...], **options: Any) -> Case:
    """Return a case of vectors so long that no guard against vectors of no length weighs: none is documented."""
    inputs: dict[str, Recipe | None] = {
        "input1": Integers(lengths, 2000),
        "input2": Integers(lengths, 2000),
        "target": Draw(lengths[:-1], "signs"),
    }
    return Case(name, inputs, options)


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (6, 3), **options)


_drawn = st.builds(
    lambda batch, length, options, seed: Case(
        "drawn",
        {
            "input1": Integers((batch, length), 2000),
            "input2": Integers((batch, length), 2000),
            "target": Draw((batch,), "signs"),
        },
        options,
        seed,
    ),
    st.integers(0, 4),
    st.integers(2, 5),
    st.fixed_dictionaries({"margin": st.sampled_from([0.0, 0.125, -0.5]), "reduction": reductions}),
    seeds,
)

CARD = OperatorCard(
    "cosine_embedding_loss",
    documented("generated/torch.nn.CosineEmbeddingLoss.html"),
    (
        value(
            "value",
            "By default cosine_embedding_loss is the mean over the batch of 1 - cos where the label is 1 and of "
            "max(0, cos) where it is -1, cos being the cosine of the angle between the vectors.",
            _batch("batch"),
            Case(
                "either-side",
                {
                    "input1": Values([[300.0, 400.0], [300.0, 400.0], [300.0, 400.0], [300.0, 400.0]]),
                    "input2": Values([[400.0, 600.0], [400.0, 600.0], [-400.0, 100.0], [-400.0, 100.0]]),
                    "target": Values([1.0, -1.0, 1.0, -1.0]),
                },
                {"reduction": "none"},
            ),
            drawn=_drawn,
        ),
        value(
            "margin",
            "margin is the cosine up to which vectors labelled -1 lose nothing.",
            _batch("positive", margin=0.25),
            _batch("negative", margin=-0.5, reduction="none"),
        ),
        *reduction_clauses(_batch),
        value("unbatched", "Two vectors and one label give one loss.", _case("vectors", (4,), margin=-0.75)),
        empty_sum(_case),
        output_size(_batch, "one element a pair"),
        refusal(
            "label-shape",
            "Labels of another number of dimensions than one for each pair are refused.",
            Case("two-dimensions", {"input1": Draw((3, 4)), "input2": Draw((3, 4)), "target": Draw((3, 4), "signs")}),
        ),
    ),
    definition=cosine_embedding_loss,
    output_shape=_output_shape,
    layer=Layer("CosineEmbeddingLoss", lambda case: dict(case.options)),
    nondifferentiable=("target",),
    smooth=True,
)
