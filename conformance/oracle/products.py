"""Matrix products of stacks of matrices."""

from __future__ import annotations

from math import prod

import numpy as np

from conformance.oracle.bounded import Bounded
from conformance.oracle.contraction import Contraction
from conformance.oracle.movement import broadcast_to, reshape


def matmul(a: Bounded, b: Bounded, addend: Bounded | None = None) -> Bounded:
    """Return the matrix product over the last two axes; the others are broadcast against each other.

    Shapes: a (*, n, k), b (*, k, m), output (*, n, m). ``addend``, broadcast to the output, joins the same sums.
    """
    n, k = a.shape[-2:]
    m = b.shape[-1]
    if b.shape[-2] != k:
        raise ValueError(f"matmul: expected a second operand (*, {k}, m) for a first of shape {a.shape}, not {b.shape}")
    leading = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    batch = prod(leading)
    form = Contraction(("bnk", "bkm", "bnm"), "matmul", ((batch, n, k), (batch, k, m), (batch, n, m)))
    added = None if addend is None else reshape(broadcast_to(addend, (*leading, n, m)), (batch, n, m))
    first = reshape(broadcast_to(a, (*leading, n, k)), (batch, n, k))
    second = reshape(broadcast_to(b, (*leading, k, m)), (batch, k, m))
    return reshape(form(first, second, added), (*leading, n, m))
