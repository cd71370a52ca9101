"""Definitions of ctc_loss and of alpha dropout against what they mean, worked out another way."""

from __future__ import annotations

from itertools import groupby, product
from math import exp, inf, log

import numpy as np
import pytest

from conformance.catalogue import operator_card
from conformance.oracle import Arithmetic, Bounded

DOUBLE = Arithmetic.of("float64")


def _log_likelihood(logarithms, target, blank):
    """Sum over every sequence of classes that becomes the target without repetitions and blanks."""
    steps, classes = logarithms.shape
    likelihood = 0.0
    for path in product(range(classes), repeat=steps):
        labels = [label for label, _ in groupby(path) if label != blank]
        if labels == target:
            likelihood += exp(sum(logarithms[step, label] for step, label in enumerate(path)))
    return log(likelihood) if likelihood else -inf


@pytest.mark.parametrize("target", [[], [1], [2, 2], [1, 2, 1], [1, 1, 1], [2, 1, 1, 2]], ids=str)
@pytest.mark.parametrize("blank", [0, 3])
def test_ctc_loss_sums_over_every_sequence(target, blank):
    scores = np.random.default_rng(len(target)).standard_normal((5, 1, 4))
    logarithms = scores - np.log(np.exp(scores).sum(-1, keepdims=True))
    loss = operator_card("ctc_loss").definition(
        Bounded.input(logarithms, DOUBLE),
        np.array([target], dtype=np.int64),
        np.array([5]),
        np.array([len(target)]),
        blank=blank,
        reduction="none",
    )
    assert float(loss.value[0]) == pytest.approx(-_log_likelihood(logarithms[:, 0], target, blank), rel=1e-13)


@pytest.mark.parametrize("p", [0.1, 0.25, 0.5, 0.9])
@pytest.mark.parametrize("name", ["alpha_dropout", "feature_alpha_dropout"])
def test_alpha_dropout_keeps_mean_and_variance(name, p):
    choice = operator_card(name).choice
    x = Bounded.input(np.array([-1.0, 1.0, -1.0, 1.0]), DOUBLE)  # of mean 0 and variance 1
    kept, dropped = choice.kept(x, p=p).value, choice.dropped(x, p=p).value
    assert np.ptp(dropped) == 0
    assert float((1 - p) * kept.mean() + p * dropped.mean()) == pytest.approx(0, abs=1e-15)
    assert float((1 - p) * (kept**2).mean() + p * (dropped**2).mean()) == pytest.approx(1, rel=1e-15)


@pytest.mark.parametrize("name", ["dropout", "dropout1d", "dropout2d", "dropout3d"])
def test_dropout_keeps_the_mean(name):
    choice = operator_card(name).choice
    x = Bounded.input(np.array([3.0, -5.0]), DOUBLE)
    mean = 0.75 * choice.kept(x, p=0.25).value + 0.25 * choice.dropped(x, p=0.25).value
    assert mean.tolist() == pytest.approx(x.value.tolist())
    assert choice.probability(p=0.25) == 0.75
