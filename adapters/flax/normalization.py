"""Normalizing layers of nnx, which take the variance as mean of squares less squared mean unless they are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jax.numpy as jnp
import numpy as np
from flax import nnx

from adapters.contract import Native, Unsupported
from adapters.flax.modules import Made, Making, Options, Parameter
from adapters.translation import renamed

_EPS = 1e-5
"""The documented default of torch, where nnx has 1e-6."""


def batch_norm(dimensions: int, options: Options, making: Making) -> Made:
    """Make ``nnx.BatchNorm``; its momentum is the share of the old statistics, torch's that of the new ones."""
    given = {"eps": _EPS, "momentum": 0.1, **options}
    momentum = given.pop("momentum")
    if momentum is None:
        raise Unsupported(f"nn.BatchNorm{dimensions}d: momentum=None")
    module = nnx.BatchNorm(
        **_affine(f"BatchNorm{dimensions}d", given, {"num_features": "num_features"}),
        momentum=1.0 - momentum,
        axis=1,
        use_running_average=not making.training,
        **making.arguments("scale", "bias"),
    )
    statistics = (Parameter("running_mean", ("mean",)), Parameter("running_var", ("var",)))
    return Made(module, (*_parameters(module), *statistics))


def instance_norm(dimensions: int, options: Options, making: Making) -> Made:
    """Make ``nnx.InstanceNorm``."""
    given = {"eps": _EPS, "affine": False, **options}
    own = _affine(f"InstanceNorm{dimensions}d", given, {"num_features": "num_features"})
    module = nnx.InstanceNorm(**own, feature_axes=1, **making.arguments("scale", "bias"))
    return Made(module, _parameters(module))


def group_norm(options: Options, making: Making) -> Made:
    """Make ``nnx.GroupNorm``, whose channels come last."""
    names = {"num_channels": "num_features", "num_groups": "num_groups"}
    own = _affine("GroupNorm", {"eps": _EPS, **options}, names)
    module = nnx.GroupNorm(**own, **making.arguments("scale", "bias"))

    def call(module: nnx.Module, input: Native) -> Native:
        return jnp.moveaxis(module(jnp.moveaxis(input, 1, -1)), -1, 1)

    return Made(module, _parameters(module), call)


def layer_norm(options: Options, making: Making) -> Made:
    """Make ``nnx.LayerNorm``."""
    return _of_last_axes("LayerNorm", nnx.LayerNorm, {"eps": _EPS, **options}, making)


def rms_norm(options: Options, making: Making) -> Made:
    """Make ``nnx.RMSNorm``; without an eps torch documents the machine epsilon of the type."""
    given = {**options}
    if given.get("eps") is None:
        given["eps"] = float(np.finfo(making.dtype).eps)
    return _of_last_axes("RMSNorm", nnx.RMSNorm, given, making)


def _of_last_axes(name: str, constructor: Any, options: Options, making: Making) -> Made:
    given = dict(options)
    own = given.pop("normalized_shape")
    shape = (own,) if isinstance(own, int) else tuple(own)
    axes = tuple(range(-len(shape), 0))
    module = constructor(
        int(np.prod(shape)),
        reduction_axes=axes,
        feature_axes=axes,
        **_affine(name, given, {}, switch="elementwise_affine"),
        **making.arguments(*(("scale",) if name == "RMSNorm" else ("scale", "bias"))),
    )
    return Made(module, _parameters(module, shape))


def _affine(name: str, options: Options, names: Mapping[str, str], switch: str = "affine") -> dict[str, Any]:
    """Return options under nnx's names: one of torch's switches weight and bias on, another one the bias alone."""
    given = dict(options)
    affine, bias = given.pop(switch, True), given.pop("bias", None)
    found = {**renamed(f"nn.{name}", given, {**names, "eps": "epsilon"}), "use_scale": affine}
    if name != "RMSNorm":
        found["use_bias"] = affine and bias is not False
    elif bias is not None:
        raise Unsupported("nn.RMSNorm: bias=")
    return found


def _parameters(module: nnx.Module, shape: tuple[int, ...] = (-1,)) -> tuple[Parameter, ...]:
    """Return weight and bias, if there are any; torch's are of ``shape``, nnx's of one dimension."""
    names = {"weight": "scale", "bias": "bias"}
    return tuple(
        Parameter(name, (own,), lambda array: array.reshape(-1), lambda array: array.reshape(shape))
        for name, own in names.items()
        if getattr(module, own, None) is not None
    )
