"""Images made larger and smaller, sampled at points, and rearranged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from adapters.contract import Native, Unsupported
from adapters.onnx.base import OnnxBackend, batched, integers

_MODES = {
    "nearest": "nearest",
    "nearest-exact": "nearest",
    "linear": "linear",
    "bilinear": "linear",
    "trilinear": "linear",
    "bicubic": "cubic",
}

_DIMENSIONS = {"linear": 3, "bilinear": 4, "trilinear": 5, "bicubic": 4}
"""How many dimensions torch's word says that an input has; ONNX's words say nothing of them."""

_SAMPLED = {"bilinear": "linear", "bicubic": "cubic"}


class Images(OnnxBackend):
    """Operators of arrays with a batch, channels and places."""

    def interpolate(
        self,
        input: Native,
        size: int | Sequence[int] | None = None,
        scale_factor: float | Sequence[float] | None = None,
        mode: str = "nearest",
        align_corners: bool | None = None,  # noqa: FBT001 - as torch has it
        *,
        antialias: bool = False,
    ) -> Native:
        if mode not in _MODES or input.ndim != _DIMENSIONS.get(mode, input.ndim):
            raise Unsupported(f"interpolate: mode={mode!r} of inputs of {input.ndim} dimensions")
        nearest = mode.startswith("nearest")
        if nearest and (align_corners is not None or antialias):
            raise Unsupported(f"interpolate: align_corners= and antialias= of mode={mode!r}")
        outer, places = input.shape[:2], input.ndim - 2
        how = "align_corners" if align_corners else "asymmetric" if mode == "nearest" else "half_pixel"
        return self._run(
            "Resize",
            input,
            None,
            None if scale_factor is None else np.array([1, 1, *_each(scale_factor, places)], np.float32),
            None if size is None else integers([*outer, *_each(size, places)]),
            mode=_MODES[mode],
            coordinate_transformation_mode=how,
            nearest_mode={"nearest": "floor", "nearest-exact": "round_prefer_ceil"}.get(mode),
            cubic_coeff_a=(-0.5 if antialias else -0.75) if mode == "bicubic" else None,
            antialias=antialias,
            exclude_outside=antialias,
        )

    def upsample(
        self,
        input: Native,
        size: int | Sequence[int] | None = None,
        scale_factor: float | Sequence[float] | None = None,
        mode: str = "nearest",
        align_corners: bool | None = None,  # noqa: FBT001 - as torch has it
    ) -> Native:
        return self.interpolate(input, size, scale_factor, mode, align_corners)

    def upsample_nearest(
        self,
        input: Native,
        size: int | Sequence[int] | None = None,
        scale_factor: float | Sequence[float] | None = None,
    ) -> Native:
        return self.interpolate(input, size, scale_factor)

    def upsample_bilinear(
        self,
        input: Native,
        size: int | Sequence[int] | None = None,
        scale_factor: float | Sequence[float] | None = None,
    ) -> Native:
        return self.interpolate(input, size, scale_factor, "bilinear", align_corners=True)

    def grid_sample(
        self,
        input: Native,
        grid: Native,
        mode: str = "bilinear",
        padding_mode: str = "zeros",
        align_corners: bool | None = None,  # noqa: FBT001 - as torch has it
    ) -> Native:
        return self._run(
            "GridSample",
            input,
            grid,
            mode=_SAMPLED.get(mode, mode),
            padding_mode=padding_mode,
            align_corners=bool(align_corners),
        )

    def affine_grid(
        self,
        theta: Native,
        size: Sequence[int],
        align_corners: bool | None = None,  # noqa: FBT001 - as torch has it
    ) -> Native:
        return self._run("AffineGrid", theta, integers(size), align_corners=bool(align_corners))

    def pixel_shuffle(self, input: Native, upscale_factor: int) -> Native:
        return self._rearranged("DepthToSpace", input, upscale_factor)

    def pixel_unshuffle(self, input: Native, downscale_factor: int) -> Native:
        return self._rearranged("SpaceToDepth", input, downscale_factor)

    def _rearranged(self, operator: str, input: Native, factor: int) -> Native:
        batch, alone = batched(input, 3)
        if batch.ndim != 4:
            raise Unsupported(f"{operator} of inputs of {input.ndim} dimensions")
        output = self._run(operator, batch, blocksize=factor, mode="CRD")
        return output[0] if alone else output


def _each(value: Any, count: int) -> tuple[Any, ...]:
    """Return one number as ``count`` of them; several are as many as they are, which ONNX holds against the image."""
    return tuple(value) if isinstance(value, Sequence) else (value,) * count
