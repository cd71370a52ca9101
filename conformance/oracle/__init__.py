"""The oracle: what a documented formula gives, and how far an admissible evaluation of it may be off.

It depends on NumPy and mpmath alone and on no backend. ``tests/oracle`` checks it against exact rational arithmetic and
against central differences in arbitrary precision, which use no derivative rule.
"""

from conformance.oracle.alternatives import any_evaluation, one_of
from conformance.oracle.arithmetic import Arithmetic, can_judge, numpy_dtype
from conformance.oracle.bounded import Bounded
from conformance.oracle.contraction import Contraction
from conformance.oracle.decision import Decision
from conformance.oracle.differentiation import vector_jacobian_product
from conformance.oracle.elementary import (
    atan,
    cos,
    exp,
    expm1,
    log,
    log1p,
    reciprocal,
    rsqrt,
    sigmoid,
    sin,
    sqrt,
    tanh,
)
from conformance.oracle.extremes import amax, amin, maximum
from conformance.oracle.joining import concatenate, split, stack
from conformance.oracle.movement import broadcast_to, gather, positions, rearrange, reshape, scatter, total
from conformance.oracle.powers import power
from conformance.oracle.products import matmul
from conformance.oracle.reduction import cumsum, log_softmax, logsumexp, mean, softmax
from conformance.oracle.selection import absolute, clamp, hinge, larger, relu, sign, smaller, where
from conformance.oracle.special import digamma, erf, lgamma, polygamma
from conformance.oracle.variance import variance, welford_variance

__all__ = [
    "Arithmetic",
    "Bounded",
    "Contraction",
    "Decision",
    "absolute",
    "amax",
    "amin",
    "any_evaluation",
    "atan",
    "broadcast_to",
    "can_judge",
    "clamp",
    "concatenate",
    "cos",
    "cumsum",
    "digamma",
    "erf",
    "exp",
    "expm1",
    "gather",
    "hinge",
    "larger",
    "lgamma",
    "log",
    "log1p",
    "log_softmax",
    "logsumexp",
    "matmul",
    "maximum",
    "mean",
    "numpy_dtype",
    "one_of",
    "polygamma",
    "positions",
    "power",
    "rearrange",
    "reciprocal",
    "relu",
    "reshape",
    "rsqrt",
    "scatter",
    "sigmoid",
    "sign",
    "sin",
    "smaller",
    "softmax",
    "split",
    "sqrt",
    "stack",
    "tanh",
    "total",
    "variance",
    "vector_jacobian_product",
    "welford_variance",
    "where",
]
