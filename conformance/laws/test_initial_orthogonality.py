"""The law of initial orthogonality: the rows or the columns of a matrix, whichever are fewer, are orthonormal.

The budget is that of an orthogonal factor by Householder's reflections. With the reflection's vector v off by n + 2
roundings and its factor beta by 4 n + 8 (Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, lemma
19.1), b - beta v (v^T b) is off by at most gamma(14 n + 31) of b's length: beta |v|^2 = 2, and the product has two
uses of v, a sum of n terms and three further roundings, the difference one. As many reflections as there are
vectors make a column of the factor.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.card import InitializerCard
from conformance.initial import Filling
from conformance.law import Law
from conformance.laws._sampling import filled
from conformance.oracle import Arithmetic, Bounded
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("initial_orthogonality", Profile.INITIALIZER, InitializerCard)


def test_initial_orthogonality(trial: Trial) -> None:
    """Compare all products of two vectors with those of orthogonal vectors whose length is the gain."""
    check = trial.check

    def verify(case: Filling) -> None:
        matrix = filled(trial, case).reshape(case.shape[0], -1).astype(np.longdouble)
        gain = {**check.card.defaults, **case.options}["gain"]
        trial.compare(
            _products(matrix),
            lambda _, arithmetic: _expected(matrix.shape, float(gain), arithmetic),
            call=case.call(check.card.name, check.dtype),
            what="product of rows or columns",
        )

    trial.each_case(verify)


def _products(matrix: NDArray[Any]) -> NDArray[Any]:
    rows, columns = matrix.shape
    return np.asarray(matrix @ matrix.T if rows <= columns else matrix.T @ matrix)


def _expected(shape: tuple[int, ...], gain: float, arithmetic: Arithmetic) -> Bounded:
    number, length = min(shape), max(shape)
    roundings = number * (14 * length + 31) * arithmetic.roundoff
    off = roundings / (1 - roundings)  # of the length of a vector
    scaled = (1 + off) * (1 + arithmetic.roundoff) ** 2  # the gain is rounded, and so is each product with it
    error = gain**2 * (scaled**2 - 1)
    value = gain**2 * np.eye(number, dtype=np.longdouble)
    return Bounded(value, np.full_like(value, error), arithmetic)
