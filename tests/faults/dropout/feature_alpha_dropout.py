"""Faults of feature_alpha_dropout."""

from __future__ import annotations

from tests.faults.dropout._shared import kind, rare, split

FAULTS = (
    *kind("feature_alpha_dropout", "FeatureAlphaDropout", alpha=True),
    *rare("feature_alpha_dropout"),
    split("feature_alpha_dropout", "channels", 5, 5),
    split("feature_alpha_dropout", "unbatched", 4, 4),
)
