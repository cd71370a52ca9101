"""Dropout of the reference backend against torch: what is not random, refusals and texts."""

from __future__ import annotations

import numpy as np
import pytest

from tests.reference.against_torch import NAMESPACES, agree, both_refuse, quietly, seeded

SHAPES = {
    "dropout": (3, 4),
    "dropout1d": (3, 4),
    "dropout2d": (2, 3, 4),
    "dropout3d": (2, 3, 2, 2),
    "alpha_dropout": (3, 4),
    "feature_alpha_dropout": (2, 3, 2, 2, 2),
}
LAYERS = ["Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout"]


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize(("p", "training"), [(0.3, False), (0.0, True), (1.0, True)])
def test_not_random(name, p, training):
    agree(
        quietly(lambda torch, x: getattr(torch.nn.functional, name)(x * 1, p, training)),
        seeded(SHAPES[name]),
    )


@pytest.mark.parametrize("name", SHAPES)
def test_refusals(name):
    for p in (-0.1, 1.1):
        both_refuse(lambda torch, x, p=p: getattr(torch.nn.functional, name)(x, p), seeded(SHAPES[name]))


@pytest.mark.parametrize("name", LAYERS)
def test_layers(name):
    ours, theirs = (getattr(namespace.nn, name)(0.25, inplace=True) for namespace in NAMESPACES)
    assert repr(ours) == repr(theirs)
    for namespace in NAMESPACES:
        with pytest.raises(ValueError, match="probability"):
            getattr(namespace.nn, name)(1.5)


def test_graph_of_dropout():
    names = []
    for namespace in NAMESPACES:
        x = namespace.from_numpy(np.ones((8, 8))).requires_grad_()
        names.append(
            [
                getattr(namespace.nn.functional, name)(x, 0.5, True).grad_fn.name()
                for name in ("dropout", "alpha_dropout")
            ]
        )
    assert names[0] == names[1]
