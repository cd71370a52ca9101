"""sparse_: normal numbers, and in each column a fraction of zeros."""

from __future__ import annotations

from conformance.card import InitializerCard, Statement
from conformance.catalogue.initializer._shared import centred, drawn, page, refused
from conformance.distribution import Normal
from conformance.initial import Filling
from conformance.oracle import Arithmetic, Bounded


def distribution(shape: tuple[int, ...], arithmetic: Arithmetic, sparsity: float, std: float) -> Normal:
    """Return the normal distribution around 0."""
    del shape, sparsity
    return centred(Bounded.constant(std, arithmetic))


CARD = InitializerCard(
    "sparse_",
    page("sparse_"),
    (
        Statement(
            "zeros",
            "In each column the given fraction of elements is zero.",
            "initial_sparsity",
            (
                Filling("quarter", (16, 9), {"sparsity": 0.25}),
                Filling("half", (10, 13), {"sparsity": 0.5}),
                Filling("most", (8, 20), {"sparsity": 0.875}),
                Filling("none", (6, 11), {"sparsity": 0.0}),
                Filling("all", (4, 12), {"sparsity": 1.0}),
            ),
        ),
        drawn(
            "distribution",
            "The other elements are drawn from the normal distribution around 0 of the given standard deviation.",
            Filling("wide", (64, 1024), {"sparsity": 0.25, "std": 0.6}),
            Filling("very-wide", (256, 256), {"sparsity": 0.125, "std": 3.0}),
        ),
        drawn(
            "std-default",
            "The standard deviation is 0.01 unless it is given.",
            Filling("default", (64, 1024), {"sparsity": 0.25}),
        ),
        refused(
            "dimensions",
            "A tensor that has not 2 dimensions is refused.",
            Filling("vector", (8,), {"sparsity": 0.5}),
            Filling("three", (2, 3, 4), {"sparsity": 0.5}),
        ),
    ),
    distribution=distribution,
    drawn=lambda tensor: tensor[tensor != 0],
    defaults={"std": 0.01},
)
