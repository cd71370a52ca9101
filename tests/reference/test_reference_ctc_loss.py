"""ctc_loss of the reference backend against torch: values, gradients and refusals."""

from __future__ import annotations

import numpy as np
import pytest

from tests.reference.against_torch import agree, both_refuse, seeded

SCORES = seeded((7, 3, 5))
PADDED = np.array([[1, 2, 2], [4, 1, 3], [3, 3, 1]])
STEPS, SIZES = np.array([7, 5, 6]), np.array([3, 1, 2])


def _loss(**options):
    def run(torch, scores, targets, steps, sizes):
        logarithms = torch.nn.functional.log_softmax(scores, -1)
        return torch.nn.functional.ctc_loss(logarithms, targets, steps, sizes, **options)

    return run


@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
@pytest.mark.parametrize("targets", [PADDED, np.array([1, 2, 2, 4, 3, 3])], ids=["padded", "concatenated"])
def test_ctc_loss(reduction, targets):
    agree(_loss(reduction=reduction), SCORES, targets, STEPS, SIZES)


def test_infinite_losses():
    agree(_loss(reduction="none", zero_infinity=True), SCORES, PADDED, np.array([3, 5, 2]), SIZES)
    agree(_loss(zero_infinity=True), SCORES, PADDED, np.array([3, 5, 2]), SIZES)


def test_other_blank_and_empty_targets():
    agree(_loss(blank=4, reduction="none"), SCORES, PADDED % 4, STEPS, np.array([3, 0, 2]))
    agree(_loss(), SCORES, PADDED, STEPS, np.array([3, 0, 2]))


def test_unbatched():
    agree(_loss(reduction="none"), SCORES[:, 0], np.array([2, 1]), np.array(6), np.array(2))


def test_refusals():
    both_refuse(_loss(blank=5), SCORES, PADDED, STEPS, SIZES, error=RuntimeError)
    both_refuse(_loss(), SCORES, PADDED, STEPS[:2], SIZES, error=RuntimeError)
    both_refuse(_loss(), SCORES, PADDED, STEPS + 1, SIZES, error=RuntimeError)
