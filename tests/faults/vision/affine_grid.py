"""Faults of affine_grid."""

from __future__ import annotations

from typing import Any

from tests.faults._card import Slips
from tests.faults._planting import edited

_GRID = Slips("affine_grid", "vision.affine_grid", first="theta")
_LINE = "operators.vision.affine_grid:_line"
_FORWARD = "operators.vision.affine_grid:AffineGridGeneratorBackward0.forward"


def _volumes_turned(right: Any, theta: Any, **others: Any) -> Any:
    """The places of volumes are (z, y, x)."""
    if tuple(theta.shape[1:]) == (3, 4):
        theta = theta[:, :, [2, 1, 0, 3]]
    return right(theta=theta, **others)


def _lengths_exchanged(right: Any, theta: Any, size: Any, **others: Any) -> Any:
    """The grid of two images of four by five pixels and that of volumes come out turned."""
    result = right(theta=theta, size=size, **others)
    return result.transpose(1, 2) if theta.shape[0] == 2 and tuple(size) == (2, 1, 3, 4, 5) else result


def _made_to_fit(right: Any, theta: Any, size: Any, **others: Any) -> Any:
    """What does not fit is left out."""
    batch = min(theta.shape[0], size[0])
    lengths = size[2:] if len(size) - 2 == theta.shape[1] else size[3:]
    return right(theta=theta[:batch, :, : len(lengths) + 1], size=(batch, size[1], *lengths), **others)


FAULTS = (
    _GRID.fault(
        "rows-first",
        "value",
        edited(
            _FORWARD, ("for length in reversed(lengths)", "for length in lengths"), ("n - 1 - component", "component")
        ),
        "*",
    ),
    _GRID.fault("corners-by-default", "value", _GRID.given(align_corners=lambda given: given is None or given), "*"),
    _GRID.ignored("align-corners", "*", align_corners=False),
    _GRID.fault("volumes-turned", "volumes", _GRID.wrong(_volumes_turned), "gradient"),
    _GRID.fault("unit-length-at-the-start", "unit-length", edited(_LINE, ("np.zeros(1)", "-np.ones(1)")), "gradient"),
    _GRID.fault("lengths-exchanged", "output-size", _GRID.wrong(_lengths_exchanged)),
    _GRID.fault("theta-made-to-fit", "theta-shape", _GRID.wrong(_made_to_fit)),
    *_GRID.derived(),
)
