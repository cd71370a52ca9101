"""logsigmoid: the logarithm of the logistic function."""

from __future__ import annotations

import numpy as np

from conformance.card import Layer, OperatorCard, value
from conformance.catalogue.activation._shared import (
    any_shape,
    drawing,
    drawn,
    log_of_one_plus,
    points,
    same_options,
    same_shape,
)
from conformance.clause import documented
from conformance.oracle import Bounded, absolute, exp, one_of, sigmoid, smaller, where
from conformance.oracle.selection import as_float


def logsigmoid(input: Bounded) -> Bounded:
    """Return log(1 / (1 + exp(-x))), arranged as min(x, 0) - log(1 + exp(-|x|)), which does not overflow.

    Where exp(-x) does not either, it may be -log(1 + exp(-x)).

    The derivative is that of the arrangement, or the logistic function of -x as a factor; the second one is the product
    of the shares s and 1 - s, s being the logistic function of -x or of x.
    """
    arranged = smaller(input, 0.0) - log_of_one_plus(exp(-absolute(input)))
    share, other = sigmoid(-input), sigmoid(input)
    from_other = Bounded(
        share.value, share.error, input.arithmetic, ((input, lambda c: -(c * (other * (1.0 - other)))),)
    )
    slope = one_of([share, from_other], [input])
    factored = Bounded(arranged.value, arranged.error, input.arithmetic, ((input, lambda c: c * slope),))
    plain = -log_of_one_plus(exp(-input))
    overflows = ~np.isfinite(as_float(np.asarray(abs(plain.value) + plain.error)))
    return one_of([factored, arranged, where(overflows, arranged, plain)], [input])


CARD = OperatorCard(
    "logsigmoid",
    documented("generated/torch.nn.LogSigmoid.html"),
    (
        value(
            "value",
            "logsigmoid(x) = log(1 / (1 + exp(-x))), element by element.",
            drawing("both-signs", (3, 7)),
            points("far-from-zero", -30.0, -4.0, -0.01, 0.0, 0.01, 4.0, 12.0, 30.0),
            drawn=drawn(),
        ),
        any_shape("logsigmoid"),
        value(
            "far-below-zero",
            "Where exp(-x) is no longer representable, logsigmoid(x) is still finite: x itself but for rounding.",
            points("far-below-zero", -1000.0, -800.0, -100.0, -90.0),
        ),
    ),
    definition=logsigmoid,
    output_shape=same_shape,
    layer=Layer("LogSigmoid", same_options),
    smooth=True,
)
