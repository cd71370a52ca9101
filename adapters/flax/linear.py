"""Layers of nnx that multiply: dense, convolutional and embedding layers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import jax.numpy as jnp
from flax import nnx

from adapters.contract import Native, Unsupported
from adapters.flax.modules import Layout, Made, Making, Options, Parameter, transposed
from adapters.translation import both_sides, each, renamed


def linear(options: Options, making: Making) -> Made:
    """Make ``nnx.Linear``."""
    names = {"in_features": "in_features", "out_features": "out_features", "bias": "use_bias"}
    module = nnx.Linear(**renamed("nn.Linear", options, names), **making.arguments("kernel", "bias"))
    return Made(module, _weight_and_bias(options, transposed, transposed))


def embedding(options: Options, making: Making) -> Made:
    """Make ``nnx.Embed``."""
    names = {"num_embeddings": "num_embeddings", "embedding_dim": "features"}
    module = nnx.Embed(**renamed("nn.Embedding", options, names), **making.arguments("embedding"))
    return Made(module, (Parameter("weight", ("embedding",)),))


def convolution(dimensions: int, options: Options, making: Making) -> Made:
    """Make ``nnx.Conv`` of so many spatial dimensions."""
    given = dict(options)
    sizes = each(given.pop("kernel_size"), dimensions)
    apart = each(given.pop("dilation", 1), dimensions)
    stride = each(given.pop("stride", 1), dimensions)
    padding = _padding(given.pop("padding", 0), given.pop("padding_mode", "zeros"), sizes, apart)
    names = {**_CHANNELS, "groups": "feature_group_count"}
    module = nnx.Conv(
        **renamed(f"nn.Conv{dimensions}d", given, names),
        kernel_size=sizes,
        strides=stride,
        padding=padding,
        kernel_dilation=apart,
        **making.arguments("kernel", "bias"),
    )
    return Made(module, _kernel_and_bias(options, dimensions), partial(channels_last, dimensions))


def transposed_convolution(dimensions: int, options: Options, making: Making) -> Made:
    """Make ``nnx.ConvTranspose`` of so many spatial dimensions."""
    given = dict(options)
    sizes = each(given.pop("kernel_size"), dimensions)
    apart = each(given.pop("dilation", 1), dimensions)
    inner, more = (each(given.pop(name, 0), dimensions) for name in ("padding", "output_padding"))
    # flax documents the difference: its padding is that of the convolution that does the work.
    outer = [a * (k - 1) - p for a, k, p in zip(apart, sizes, inner, strict=True)]
    module = nnx.ConvTranspose(
        strides=each(given.pop("stride", 1), dimensions),
        **renamed(f"nn.ConvTranspose{dimensions}d", given, _CHANNELS),
        kernel_size=sizes,
        padding=[(p, p + m) for p, m in zip(outer, more, strict=True)],
        kernel_dilation=apart,
        transpose_kernel=True,
        **making.arguments("kernel", "bias"),
    )
    return Made(module, _kernel_and_bias(options, dimensions), partial(channels_last, dimensions))


_CHANNELS = {"in_channels": "in_features", "out_channels": "out_features", "bias": "use_bias"}


def channels_last(dimensions: int, module: nnx.Module, input: Native) -> Native:
    """Call a module whose channels come last on an input whose channels come before ``dimensions`` others."""
    return jnp.moveaxis(module(jnp.moveaxis(input, -dimensions - 1, -1)), -1, -dimensions - 1)


def _permuted(axes: Sequence[int]) -> Layout:
    return lambda array: array.transpose(axes)


def _kernel_and_bias(options: Options, dimensions: int) -> tuple[Parameter, ...]:
    """Return the parameters of a convolution: torch's weight is (a, b, *sizes), nnx's kernel (*sizes, b, a)."""
    axes = tuple(range(dimensions + 2))
    return _weight_and_bias(options, _permuted((*axes[2:], 1, 0)), _permuted((axes[-1], axes[-2], *axes[:-2])))


def _weight_and_bias(options: Options, to: Layout, back: Layout) -> tuple[Parameter, ...]:
    weight = Parameter("weight", ("kernel",), to, back)
    return (weight, Parameter("bias", ("bias",))) if options.get("bias", True) else (weight,)


def _padding(padding: Any, mode: str, sizes: Sequence[int], apart: Sequence[int]) -> Any:
    """Return nnx's padding, whose modes other than zeros pad each side by half the kernel and nothing else."""
    if mode == "zeros":
        return padding.upper() if isinstance(padding, str) else both_sides(padding, len(sizes))
    if mode not in {"circular", "reflect"}:
        raise Unsupported(f"nnx.Conv: padding_mode={mode!r}")
    wide = [(k - 1) * a for k, a in zip(sizes, apart, strict=True)]
    if padding != "same" and (isinstance(padding, str) or [2 * p for p in each(padding, len(sizes))] != wide):
        raise Unsupported(f"nnx.Conv: padding_mode={mode!r} with padding other than half the kernel")
    return mode.upper()
