"""Faults of what batch normalization keeps."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited

_MADE = "operators.normalization.batch_norm:_BatchNorm.__init__"

FAULTS = (
    Fault(
        "statistics-are-kept-unused",
        "batch_norm_module.untracked",
        edited(
            _MADE,
            (
                '"running_mean", zeros(num_features, dtype=dtype) if tracked else None',
                '"running_mean", zeros(num_features)',
            ),
            (
                '"running_var", ones(num_features, dtype=dtype) if tracked else None',
                '"running_var", ones(num_features)',
            ),
        ),
        also=("batch_norm.untracked", "batch_norm.layer-gradient"),
    ),
)
