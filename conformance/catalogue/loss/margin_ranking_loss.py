"""margin_ranking_loss: what pairs lack to being in the right order by a margin."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds
from conformance.catalogue.loss._shared import (
    empty_sum,
    output_size,
    reduced,
    reduced_shape,
    reduction_clauses,
    reductions,
)
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, hinge


def margin_ranking_loss(
    input1: Bounded, input2: Bounded, target: Bounded, margin: float = 0.0, reduction: str = "mean"
) -> Bounded:
    """Return max(0, -y (x1 - x2) + margin), reduced."""
    return reduced(hinge(-(target * (input1 - input2)) + margin), reduction)


def _output_shape(
    input1: tuple[int, ...], input2: tuple[int, ...], target: tuple[int, ...], reduction: str = "mean", **_: Any
) -> tuple[int, ...]:
    del input2, target
    return reduced_shape(input1, reduction)


def _case(name: str, lengths: tuple[int, ...], regime: str = "normal", **options: Any) -> Case:
    inputs = {"input1": Draw(lengths, regime), "input2": Draw(lengths, regime), "target": Draw(lengths, "signs")}
    return Case(name, inputs, options)


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (12,), **options)


_drawn = st.builds(
    lambda length, regime, options, seed: Case(
        "drawn",
        {
            "input1": Draw((length,), regime),
            "input2": Draw((length,), regime),
            "target": Draw((length,), "signs"),
        },
        options,
        seed,
    ),
    st.integers(0, 6),
    regimes,
    st.fixed_dictionaries({"margin": st.sampled_from([0.0, 0.25, 2.0]), "reduction": reductions}),
    seeds,
)

CARD = OperatorCard(
    "margin_ranking_loss",
    documented("generated/torch.nn.MarginRankingLoss.html"),
    (
        value(
            "value",
            "By default margin_ranking_loss is the mean over the batch of max(0, -y (x1 - x2)): a label of 1 wants the "
            "first input to be the larger, a label of -1 the second.",
            _batch("batch"),
            Case(
                "every-order",
                {
                    "input1": Values([1.0, 1.0, 3.0, 3.0]),
                    "input2": Values([2.5, 2.5, 1.0, 1.0]),
                    "target": Values([1.0, -1.0, 1.0, -1.0]),
                },
                {"reduction": "none"},
            ),
            drawn=_drawn,
        ),
        value(
            "margin",
            "margin is by how much the right input must be the larger.",
            _batch("positive", margin=0.75),
            _batch("negative", margin=-0.5, reduction="none"),
        ),
        *reduction_clauses(_batch),
        value("no-dimension", "The inputs and the label may be single numbers.", _case("numbers", (), margin=3.0)),
        empty_sum(lambda name, _, **options: _case(name, (0,), **options)),
        output_size(_batch),
        refusal(
            "shape-mismatch",
            "Inputs and labels of different numbers of dimensions are refused.",
            Case("another", {"input1": Draw((3,)), "input2": Draw((3,)), "target": Values(1.0)}),
        ),
    ),
    definition=margin_ranking_loss,
    output_shape=_output_shape,
    layer=Layer("MarginRankingLoss", lambda case: dict(case.options)),
    nondifferentiable=("target",),
)
