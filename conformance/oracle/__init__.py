"""The oracle: what a documented formula gives, and how far an admissible evaluation of it may be off.

It depends on NumPy alone and on no backend. ``tests/oracle`` checks it against exact rational arithmetic and against
central differences in arbitrary precision, which use no derivative rule.
"""

from conformance.oracle.arithmetic import Arithmetic, can_judge, numpy_dtype
from conformance.oracle.bounded import Bounded
from conformance.oracle.contraction import Contraction
from conformance.oracle.differentiation import vector_jacobian_product
from conformance.oracle.movement import broadcast_to, gather, positions, rearrange, reshape, scatter, total
from conformance.oracle.selection import maximum, mean, relu

__all__ = [
    "Arithmetic",
    "Bounded",
    "Contraction",
    "broadcast_to",
    "can_judge",
    "gather",
    "maximum",
    "mean",
    "numpy_dtype",
    "positions",
    "rearrange",
    "relu",
    "reshape",
    "scatter",
    "total",
    "vector_jacobian_product",
]
