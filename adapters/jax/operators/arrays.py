"""Products, shapes, padding, look-up and resizing: functions of ``jax.numpy``, ``jax.lax`` and ``jax.image``."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

import jax
import jax.numpy as jnp
from jax import lax

from adapters.contract import Native, Unsupported
from adapters.functional import FunctionalBackend
from adapters.jax.operators._shared import affine
from adapters.translation import each, lacking

Size = int | Sequence[int]
Factor = float | Sequence[float]


class Arrays(FunctionalBackend):
    """What makes arrays of arrays without being peculiar to networks."""

    def linear(self, input: Native, weight: Native, bias: Native | None = None) -> Native:
        return affine(jnp.matmul(input, weight.T), None, bias)

    def view(self, input: Native, shape: Sequence[int]) -> Native:
        return jnp.reshape(input, shape)

    def flatten(self, input: Native, start_dim: int = 0, end_dim: int = -1) -> Native:
        return lax.collapse(input, start_dim, None if end_dim == -1 else end_dim + 1)

    def unflatten(self, input: Native, dim: int, sizes: Sequence[int]) -> Native:
        axis = dim + input.ndim if dim < 0 else dim
        return jnp.reshape(input, (*input.shape[:axis], *sizes, *input.shape[axis + 1 :]))

    def embedding(self, input: Native, weight: Native) -> Native:
        return jnp.take(weight, input, axis=0)

    def one_hot(self, tensor: Native, num_classes: int = -1) -> Native:
        lacking("one_hot: a number of classes that is not given", when=num_classes == -1)
        return jax.nn.one_hot(tensor, num_classes, dtype=jnp.int64)

    def pad(self, input: Native, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Native:
        of_last_first = list(zip(pad[::2], pad[1::2], strict=True))
        widths = [(0, 0)] * (input.ndim - len(of_last_first)) + of_last_first[::-1]
        if mode == "constant":
            fill = jnp.asarray(0.0 if value is None else value, input.dtype)
            return lax.pad(input, fill, [(before, after, 0) for before, after in widths])
        lacking(f"pad: less than nothing in mode={mode!r}", when=min(pad) < 0)
        return jnp.pad(input, widths, mode={"reflect": "reflect", "replicate": "edge", "circular": "wrap"}[mode])

    def interpolate(
        self,
        input: Native,
        size: Size | None = None,
        scale_factor: Factor | None = None,
        mode: str = "nearest",
        *,
        recompute_scale_factor: bool | None = None,
        antialias: bool = False,
    ) -> Native:
        """Resize, or scale where the factors are not those of the lengths: ``jax.image`` has a function for each."""
        spatial = input.ndim - 2
        linear = ("linear", "bilinear", "trilinear")[spatial - 1]
        known = {linear: "linear", "nearest-exact": "nearest"}  # which takes the nearest of centres, as this one does
        lacking(f"interpolate: mode={mode!r} of {spatial} spatial dimensions", when=mode not in known)
        lacking(f"interpolate: antialias= of mode={mode!r}", when=antialias and mode != "bilinear")
        lacking("interpolate: both a size and a scale_factor", when=size is not None and scale_factor is not None)
        if size is not None:
            lacking("interpolate: recompute_scale_factor= without scale_factor=", when=bool(recompute_scale_factor))
            shape = (*input.shape[:2], *each(size, spatial))
            return jax.image.resize(input, shape, known[mode], antialias=antialias)
        if scale_factor is None:
            raise Unsupported("interpolate: neither a size nor a scale_factor")
        factors = each(scale_factor, spatial)
        products = [length * factor for length, factor in zip(input.shape[2:], factors, strict=True)]
        shape = (*input.shape[:2], *map(floor, products))
        if recompute_scale_factor or all(product == floor(product) for product in products):
            return jax.image.resize(input, shape, known[mode], antialias=antialias)
        lacking("interpolate: a scale_factor that is not that of the lengths, of nearest", when=mode != linear)
        scale, nowhere = jnp.asarray(factors, input.dtype), jnp.zeros(spatial, input.dtype)
        return jax.image.scale_and_translate(
            input, shape, range(2, input.ndim), scale, nowhere, "linear", antialias=antialias
        )

    def upsample(
        self,
        input: Native,
        size: Size | None = None,
        scale_factor: Factor | None = None,
        mode: str = "nearest",
        *,
        recompute_scale_factor: bool | None = None,
    ) -> Native:
        return self.interpolate(input, size, scale_factor, mode, recompute_scale_factor=recompute_scale_factor)
