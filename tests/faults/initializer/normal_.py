"""Slips of normal_."""

from __future__ import annotations

from tests.faults.initializer._shared import slip

FAULTS = (
    slip(
        "normal_.distribution",
        "std-for-variance",
        "filling:normal_",
        ("tensor.normal_(mean, std,", "tensor.normal_(mean, std**0.5,"),
        also=("xavier_normal_.*", "kaiming_normal_.*", "sparse_.*"),
    ),
    slip("normal_.defaults", "around-one", "filling:normal_", ("mean: float = 0.0", "mean: float = 1.0")),
)
