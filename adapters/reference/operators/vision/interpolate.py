"""interpolate: images resized."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.vision._resizing import resized
from adapters.reference.tensor import Tensor

__all__ = ["interpolate"]


def interpolate(
    input: Tensor,
    size: Any = None,
    scale_factor: Any = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
    antialias: bool = False,
) -> Tensor:
    """Return ``input`` resized.

    Args:
        input: Of shape (N, C, W), (N, C, H, W) or (N, C, D, H, W).
        size: The output lengths, one int or as many as there are spatial dimensions.
        scale_factor: What the lengths are multiplied by, one number or as many, in the place of ``size``.
        mode: ``"nearest"``, ``"nearest-exact"``, ``"linear"``, ``"bilinear"``, ``"bicubic"``, ``"trilinear"``,
            ``"area"`` or ``"lanczos"``.
        align_corners: Whether the centres of the corner pixels are aligned, not their edges.
        recompute_scale_factor: Whether places are computed from the rounded lengths, not from ``scale_factor``.
        antialias: Whether to filter what gets smaller.

    Raises:
        ValueError: Options that do not fit together; the text says which.
        NotImplementedError: The mode is not for as many dimensions.
        TypeError: ``input`` is no tensor.
    """
    return resized("interpolate", input, size, scale_factor, mode, align_corners, recompute_scale_factor, antialias)
