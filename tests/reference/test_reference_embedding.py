"""Lookups of the reference backend against torch: values, gradients, refusals and texts."""

from __future__ import annotations

import numpy as np
import pytest

from tests.reference.against_torch import NAMESPACES, agree, both_refuse, seeded

INDEX = np.array([1, 4, 2, 1, 5, 0, 3, 2, 2])
OFFSETS = np.array([0, 3, 4, 4])
BAGS = INDEX.reshape(3, 3)
WEIGHT = seeded((7, 4))


@pytest.mark.parametrize(
    "options", [{}, {"padding_idx": 2}, {"padding_idx": -5}, {"scale_grad_by_freq": True, "padding_idx": 1}]
)
def test_embedding(options):
    agree(lambda torch, i, w: torch.nn.functional.embedding(i, w, **options), BAGS, WEIGHT)


@pytest.mark.parametrize("mode", ["sum", "mean", "max"])
@pytest.mark.parametrize("options", [{}, {"padding_idx": 2}, {"include_last_offset": True}])
def test_embedding_bag(mode, options):
    offsets = np.append(OFFSETS, 9) if options.get("include_last_offset") else OFFSETS

    def run(torch, i, w, o):
        return torch.nn.functional.embedding_bag(i, w, o, mode=mode, **options)

    agree(run, INDEX, WEIGHT, offsets)


def test_embedding_bag_weighted():
    def run(torch, i, w, s):
        return torch.nn.functional.embedding_bag(i, w, mode="sum", per_sample_weights=s, padding_idx=2)

    agree(run, BAGS, WEIGHT, seeded((3, 3), seed=1))


def test_refusals():
    both_refuse(lambda torch, i, w: torch.nn.functional.embedding(i, w), np.array([7]), WEIGHT, error=IndexError)
    both_refuse(lambda torch, i, w: torch.nn.functional.embedding(i, w, padding_idx=7), INDEX, WEIGHT, error=ValueError)
    both_refuse(lambda torch, i: torch.nn.functional.one_hot(i, 3), INDEX, error=RuntimeError)
    both_refuse(lambda torch, i: torch.nn.functional.one_hot(i), np.array([-1, 2]), error=RuntimeError)


def test_one_hot():
    agree(lambda torch, i: torch.nn.functional.one_hot(i), BAGS)
    agree(lambda torch, i: torch.nn.functional.one_hot(i, 9), BAGS)


@pytest.mark.parametrize(
    "make",
    [
        lambda nn: nn.Embedding(4, 3),
        lambda nn: nn.Embedding(4, 3, padding_idx=-1, max_norm=2.0, norm_type=3.0, scale_grad_by_freq=True),
        lambda nn: nn.Embedding(4, 3, sparse=True),
        lambda nn: nn.EmbeddingBag(4, 3),
        lambda nn: nn.EmbeddingBag(4, 3, max_norm=2.0, norm_type=1.0, scale_grad_by_freq=True, mode="sum"),
        lambda nn: nn.EmbeddingBag(4, 3, padding_idx=2, mode="max", include_last_offset=True),
    ],
    ids=["plain", "options", "sparse", "bag", "bag-options", "bag-padding"],
)
def test_texts_and_state(make):
    ours, theirs = (make(namespace.nn) for namespace in NAMESPACES)
    assert repr(ours) == repr(theirs)
    assert list(ours.state_dict()) == list(theirs.state_dict())
