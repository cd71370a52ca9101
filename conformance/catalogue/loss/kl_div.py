"""kl_div: the Kullback-Leibler divergence, element by element."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds, shapes
from conformance.catalogue.loss._shared import (
    any_shape,
    empty_sum,
    output_size,
    pair,
    paired_shape,
    reduced,
    reduction_clauses,
)
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, exp, log, total


def kl_div(input: Bounded, target: Bounded, reduction: str = "mean", log_target: bool = False) -> Bounded:
    """Return t (log t - x), t being the target, or exp(target) (target - x) with ``log_target``; reduced."""
    losses = exp(target) * (target - input) if log_target else target * log(target) - target * input
    if reduction == "batchmean":
        return total(losses) / Bounded.constant(float(input.shape[0]), input.arithmetic)
    return reduced(losses, reduction)


def _case(name: str, lengths: tuple[int, ...], **options: Any) -> Case:
    return pair(name, lengths, "normal", "normal" if options.get("log_target") else "probability", **options)


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (3, 5), **options)


_drawn = st.builds(
    lambda lengths, reduction, log_target, seed: Case(
        "drawn",
        {"input": Draw(lengths), "target": Draw(lengths, "normal" if log_target else "probability")},
        {"reduction": reduction, "log_target": log_target},
        seed,
    ),
    shapes(1),
    st.sampled_from(["none", "mean", "sum"]),
    st.booleans(),
    seeds,
)

CARD = OperatorCard(
    "kl_div",
    documented("generated/torch.nn.KLDivLoss.html"),
    (
        value(
            "value",
            "By default kl_div is the mean over all elements of t (log t - x), t being the target and x, the input, "
            "a logarithm.",
            _batch("batch"),
            _case("three-dimensions", (2, 3, 4)),
            drawn=_drawn,
        ),
        value(
            "log-target",
            "With log_target the target is a logarithm too: exp(t) (t - x).",
            _batch("mean", log_target=True),
            _batch("none", log_target=True, reduction="none"),
        ),
        value(
            "reduction-batchmean",
            "With reduction='batchmean' the sum is divided by the length of the first dimension.",
            _batch("two-dimensions", reduction="batchmean"),
            _case("three-dimensions", (2, 3, 4), reduction="batchmean", log_target=True),
        ),
        *reduction_clauses(_batch),
        any_shape(_case),
        empty_sum(_case),
        output_size(_batch),
    ),
    definition=kl_div,
    output_shape=paired_shape,
    layer=Layer("KLDivLoss", lambda case: dict(case.options)),
    smooth=True,
)
