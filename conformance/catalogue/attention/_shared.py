"""What attention is made of: scores, weights that are shares, and the ways in which frameworks evaluate them.

Frameworks fuse attention in several ways that are equal in exact arithmetic. The bounds here admit the plain formula
and the fused ones, forward and backward: scores scaled before, after or on both sides of the product, with what is
added to them in the same sum or afterwards; weights divided by their sum before or after they meet the values; and
gradients from the weights or, as fused kernels have them, from the logarithm of the sum.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from conformance import oracle
from conformance.oracle import (
    Bounded,
    amax,
    any_evaluation,
    exp,
    log,
    matmul,
    rearrange,
    rsqrt,
    sqrt,
    total,
    where,
)

Mask = NDArray[np.bool_]


def transposed(x: Bounded) -> Bounded:
    """Return ``x`` with its last two axes exchanged."""
    return rearrange(x, lambda p: p.swapaxes(-1, -2))


def scores(query: Bounded, key: Bounded, scale: float | None, added: Bounded | None = None) -> Bounded:
    """Return the scaled products of every query with every key, plus what is ``added``.

    Shapes: query (*, L, E), key (*, S, E), added broadcast to the output, output (*, L, S). The scale is 1 / sqrt(E)
    unless it is given.
    """
    sign = -1.0 if scale is not None and scale < 0 else 1.0
    constant = Bounded.constant(query.shape[-1] if scale is None else abs(scale), query.arithmetic)
    size = rsqrt(constant) if scale is None else constant
    root = sqrt(size)

    def plus(product: Bounded, addend: Sequence[Bounded]) -> Bounded:
        return product + addend[0] if addend else product

    ways: list[Callable[..., Bounded]] = [
        lambda q, k, *a: plus(matmul(q, transposed(k)) * size * sign, a),
        lambda q, k, *a: plus(matmul(q * size, transposed(k)) * sign, a),
        lambda q, k, *a: plus(matmul(q * root, transposed(k * root)) * sign, a),
    ]
    if added is None:
        return any_evaluation(ways, query, key)
    ways.append(lambda q, k, a: matmul(q * size * sign, transposed(k), a))
    return any_evaluation(ways, query, key, added)


def kept(numbers: Bounded, takes_part: Mask | None) -> Bounded:
    """Return scores, those of what takes no part negative infinity."""
    return numbers if takes_part is None else where(np.broadcast_to(takes_part, numbers.shape), numbers, -np.inf)


def shares(numbers: Bounded) -> Bounded:
    """Return the weights of attention: the softmax of scores over the keys."""
    return any_evaluation(
        [lambda s: oracle.softmax(s, -1), lambda s: oracle.softmax(s, -1, backward="expanded")], numbers
    )


def attended(numbers: Bounded, value: Bounded) -> Bounded:
    """Return the values, weighed by the softmax of scores over the keys.

    Shapes: scores (*, L, S), value (*, S, Ev), output (*, L, Ev).
    """
    return any_evaluation(
        [
            lambda s, v: matmul(oracle.softmax(s, -1), v),
            lambda s, v: matmul(oracle.softmax(s, -1, backward="expanded"), v),
            _fused,
        ],
        numbers,
        value,
    )


def _fused(numbers: Bounded, value: Bounded) -> Bounded:
    """Return :func:`attended` as fused kernels have it: divided last, gradients from the logarithm of the sum."""
    largest = amax(numbers, (-1,), keepdims=True).detached()
    powers = exp(numbers - largest)
    number = total(powers, (-1,), keepdims=True)
    output = matmul(powers, value) / number
    logarithm = log(number) + largest

    def to_scores(c: Bounded) -> Bounded:
        weights = exp(numbers - logarithm)
        return weights * (matmul(c, transposed(value)) - total(c * output, (-1,), keepdims=True))

    def to_value(c: Bounded) -> Bounded:
        return matmul(transposed(exp(numbers - logarithm)), c)

    return Bounded(output.value, output.error, output.arithmetic, ((numbers, to_scores), (value, to_value)))


def divided(mask: Bounded | Mask | None) -> tuple[Mask | None, Bounded | None]:
    """Return what a mask lets take part, and what it adds to scores.

    A boolean mask adds nothing; where a floating-point one is negative infinity, nothing takes part.
    """
    if mask is None:
        return None, None
    if not isinstance(mask, Bounded):
        return np.asarray(mask, dtype=np.bool_), None
    finite = mask > -np.inf
    return (None if finite.truth.all() else finite.truth), where(finite, mask, 0.0)
