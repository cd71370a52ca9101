"""poisson_nll_loss: the negative log likelihood of counts under Poisson distributions."""

from __future__ import annotations

from math import pi
from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds, shapes
from conformance.catalogue.loss._shared import (
    any_shape,
    empty_sum,
    output_size,
    paired_shape,
    reduced,
    reduction_clauses,
    reductions,
)
from conformance.clause import documented
from conformance.data import Draw, Recipe, Values
from conformance.oracle import Bounded, exp, log, where


def poisson_nll_loss(
    input: Bounded,
    target: Bounded,
    log_input: bool = True,
    full: bool = False,
    eps: float = 1e-8,
    reduction: str = "mean",
) -> Bounded:
    """Return exp(x) - t x, or x - t log(x + eps); with ``full``, more by Stirling's term where t > 1; reduced."""
    losses = exp(input) - target * input if log_input else input - target * log(input + eps)
    if full:
        stirling = target * log(target) - target + log(target * (2 * pi)) * 0.5
        losses = losses + where(target > 1.0, stirling, 0.0)
    return reduced(losses, reduction)


def _case(name: str, lengths: tuple[int, ...], **options: Any) -> Case:
    rate = Draw(lengths, "normal" if options.get("log_input", True) else "positive")
    return Case(name, {"input": rate, "target": Draw(lengths, "positive")}, options)


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (4, 5), **options)


def _counts(name: str, **options: Any) -> Case:
    inputs: dict[str, Recipe | None] = {
        "input": Draw((2, 4), "positive"),
        "target": Values([[0.0, 1.0, 2.0, 3.0], [7.0, 1.5, 0.5, 20.0]]),
    }
    return Case(name, inputs, {"full": True, "reduction": "none", **options})


_drawn = st.builds(
    lambda lengths, regime, options, seed: Case(
        "drawn",
        {"input": Draw(lengths, regime if options["log_input"] else "positive"), "target": Draw(lengths, "positive")},
        options,
        seed,
    ),
    shapes(),
    st.sampled_from(["normal", "small"]),
    st.fixed_dictionaries(
        {
            "log_input": st.booleans(),
            "full": st.booleans(),
            "eps": st.sampled_from([1e-8, 0.25]),
            "reduction": reductions,
        }
    ),
    seeds,
)

CARD = OperatorCard(
    "poisson_nll_loss",
    documented("generated/torch.nn.PoissonNLLLoss.html"),
    (
        value(
            "value",
            "By default poisson_nll_loss is the mean over all elements of exp(x) - t x, t being the target and x the "
            "logarithm of the rate.",
            _batch("batch"),
            drawn=_drawn,
        ),
        value(
            "log-input",
            "With log_input=False the input is the rate itself: x - t log(x + eps).",
            _batch("rates", log_input=False),
        ),
        value(
            "eps",
            "eps is added to the rate within the logarithm, and only without log_input.",
            _batch("large", log_input=False, eps=0.5, reduction="none"),
            Case(
                "no-rate",
                {"input": Values([0.0, 0.0, 2.0]), "target": Values([1.0, 3.0, 2.0])},
                {"log_input": False, "eps": 0.125, "reduction": "none"},
            ),
            _batch("unused", eps=0.5),
        ),
        value(
            "full",
            "full adds t log t - t + log(2 pi t) / 2, Stirling's approximation, for targets above 1, and nothing for "
            "the others.",
            _counts("logarithms"),
            _counts("rates", log_input=False, reduction="mean"),
        ),
        *reduction_clauses(_batch),
        any_shape(_case),
        empty_sum(_case),
        output_size(_batch),
    ),
    definition=poisson_nll_loss,
    output_shape=paired_shape,
    layer=Layer("PoissonNLLLoss", lambda case: dict(case.options)),
    nondifferentiable=("target",),
    smooth=True,
)
