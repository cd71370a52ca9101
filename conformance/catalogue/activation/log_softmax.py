"""log_softmax: the logarithms of softmax."""

from __future__ import annotations

from conformance import oracle
from conformance.card import value
from conformance.case import Case
from conformance.catalogue.activation._normalized import card
from conformance.clause import documented
from conformance.data import Values
from conformance.oracle import Bounded


def log_softmax(input: Bounded, dim: int) -> Bounded:
    """Return the logarithms of exp(x) over the sum of exp(x) along ``dim``."""
    if input.size == 0:
        return input
    return oracle.one_of(
        [oracle.log_softmax(input, dim, formula="shifted"), oracle.log_softmax(input, dim, formula="difference")],
        [input],
    )


CARD = card(
    "log_softmax",
    "LogSoftmax",
    log_softmax,
    "log_softmax takes each number of a slice to the logarithm of its exponential over the sum of the slice's.",
    "Where exponentials would overflow or vanish, the results are still finite.",
    value(
        "no-underflow",
        "Where softmax itself is no longer representable, its logarithm still is.",
        Case("far-apart", {"input": Values([[0.0, -200.0, -2000.0], [5.0, 905.0, 5.0]])}, {"dim": 1}),
        link=documented("generated/torch.nn.functional.log_softmax.html"),
    ),
)
