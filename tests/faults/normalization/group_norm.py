"""Slips of group_norm."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import backward, forward
from tests.faults.normalization._shared import Normalization, drowned, eps_outside, mean_forgotten, unbiased

_NORM = Normalization("group_norm", "GroupNorm")


def _positions_needed(right: Any, given: dict[str, Any]) -> Any:
    """Refuse an input of two dimensions."""
    if given["input"].ndim == 2:
        raise RuntimeError("group_norm: expected at least three dimensions")
    return right(**given)


def _with_bias_only(right: Any, given: dict[str, Any]) -> Any:
    """Scale by the weight only where there is a bias."""
    return right(**{**given, "weight": None if given["bias"] is None else given["weight"]})


def _dividing(right: Any, given: dict[str, Any]) -> Any:
    """Fall back to one group where the groups do not divide the channels."""
    divides = given["input"].shape[1] % given["num_groups"] == 0
    return right(**(given if divides else {**given, "num_groups": 1}))


FAULTS = (
    *_NORM.common(),
    _NORM.standard("unbiased-variance", "value", forward("StandardizeBackward0", unbiased), "*"),
    _NORM.standard("eps-outside-the-root", "eps", forward("StandardizeBackward0", eps_outside), "*"),
    _NORM.standard("variance-by-difference", "far-from-zero", forward("StandardizeBackward0", drowned), "*"),
    _NORM.standard("mean-forgotten", "gradient", backward("StandardizeBackward0", mean_forgotten), "*"),
    _NORM.fault("one-group", "numbers-of-groups", _NORM.option("num_groups", lambda _: 1), "*"),
    _NORM.fault("positions-needed", "no-positions", _NORM.wrong(_positions_needed), "gradient", "layer", stumbles=True),
    _NORM.fault("weight-with-bias-only", "affine-parts", _NORM.wrong(_with_bias_only), "gradient", "layer"),
    _NORM.fault("groups-unchecked", "groups-divide", _NORM.wrong(_dividing)),
)
