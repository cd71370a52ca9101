"""Which layer of Keras's stands for which of torch's, with which options; an option not listed is one it lacks."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from keras import layers, ops

from adapters.contract import Native, Unsupported
from adapters.keras.layers import Plan, Shape, Slot
from adapters.keras.layout import kernel_of, weight_of, words
from adapters.keras.sequences import SEQUENCES
from adapters.translation import each

Lengths = int | Sequence[int]

_WEIGHTS = {"weight": (Slot("kernel", kernel_of, weight_of),), "bias": (Slot("bias"),)}
_AFFINE = {"weight": (Slot("gamma"),), "bias": (Slot("beta"),)}
_RUNNING = {"running_mean": (Slot("moving_mean"),), "running_var": (Slot("moving_variance"),)}


def planned(name: str, options: Mapping[str, Any], dtype: str) -> Plan:
    """Return the plan for ``torch.nn.<name>(**options)``.

    Raises:
        Unsupported: Keras has no such layer, or not such an option of it.
    """
    if name not in _PLANS:
        raise Unsupported(f"nn.{name}")
    make = _PLANS[name]
    lacking = [f"{option}=" for option in options if option not in inspect.signature(make).parameters]
    if lacking:
        raise Unsupported(f"nn.{name}: {', '.join(lacking)}")
    return make(**options, dtype=dtype)


def _features(*own: int) -> Callable[[Any, Shape], None]:
    """Return what builds a layer for inputs whose last dimensions are ``own``."""
    return lambda layer, shape: layer.build((*shape[: -len(own)], *own))


def _linear(in_features: int, out_features: int, *, bias: bool = True, dtype: str) -> Plan:
    layer = layers.Dense(out_features, use_bias=bias, dtype=dtype)
    return Plan(layer, _WEIGHTS, _features(in_features), range(2, 9))  # one vector alone it refuses


def _embedding(num_embeddings: int, embedding_dim: int, *, dtype: str) -> Plan:
    layer = layers.Embedding(num_embeddings, embedding_dim, dtype=dtype)
    return Plan(layer, {"weight": (Slot("embeddings"),)})


def _convolution(
    dimensions: int,
    in_channels: int,
    out_channels: int,
    kernel_size: Lengths,
    stride: Lengths = 1,
    padding: str | Lengths = 0,
    *,
    dilation: Lengths = 1,
    groups: int = 1,
    bias: bool = True,
    padding_mode: str = "zeros",
    dtype: str,
) -> Plan:
    if padding_mode != "zeros":
        raise Unsupported(f"nn.Conv{dimensions}d: padding_mode={padding_mode!r}")
    layer = getattr(layers, f"Conv{dimensions}D")(
        out_channels,
        each(kernel_size, dimensions),
        each(stride, dimensions),
        words(f"nn.Conv{dimensions}d", padding),
        dilation_rate=each(dilation, dimensions),
        groups=groups,
        use_bias=bias,
        dtype=dtype,
    )
    return Plan(layer, _WEIGHTS, _features(in_channels), (dimensions + 2,), channels=True)


def _transposed(
    dimensions: int,
    in_channels: int,
    out_channels: int,
    kernel_size: Lengths,
    stride: Lengths = 1,
    padding: Lengths = 0,
    *,
    output_padding: Lengths = 0,
    dilation: Lengths = 1,
    bias: bool = True,
    dtype: str,
) -> Plan:
    apart, more = each(stride, dimensions), each(output_padding, dimensions)
    if any(one >= step for one, step in zip(more, apart, strict=True)):
        raise Unsupported(f"nn.ConvTranspose{dimensions}d: an output_padding as large as the stride")
    layer = getattr(layers, f"Conv{dimensions}DTranspose")(
        out_channels,
        each(kernel_size, dimensions),
        apart,
        words(f"nn.ConvTranspose{dimensions}d", padding),
        output_padding=more,
        dilation_rate=each(dilation, dimensions),
        use_bias=bias,
        dtype=dtype,
    )
    return Plan(layer, _WEIGHTS, _features(in_channels), (dimensions + 2,), channels=True)


def _pool(
    kind: str, dimensions: int, kernel_size: Lengths, stride: Lengths | None = None, padding: Lengths = 0, *, dtype: str
) -> Plan:
    layer = getattr(layers, f"{kind}Pooling{dimensions}D")(
        each(kernel_size, dimensions),
        each(kernel_size if stride is None else stride, dimensions),
        words(f"{kind}Pooling{dimensions}D", padding),
        dtype=dtype,
    )
    return Plan(layer, dimensions=(dimensions + 2,), channels=True)


def _adaptive(kind: str, dimensions: int, output_size: int | Sequence[int | None], *, dtype: str) -> Plan:
    size = each(output_size, dimensions)
    if None in size:
        raise Unsupported("adaptive pooling: a size of None")
    layer = getattr(layers, f"Adaptive{kind}Pooling{dimensions}D")(size, dtype=dtype)
    return Plan(layer, dimensions=(dimensions + 2,), channels=True)


def _batch_norm(
    *dimensions: int,
    num_features: int,
    eps: float = 1e-5,
    momentum: float | None = 0.1,
    affine: bool = True,
    bias: bool = True,
    dtype: str,
) -> Plan:
    if momentum is None:
        raise Unsupported("nn.BatchNorm: momentum=None")
    layer = layers.BatchNormalization(-1, 1.0 - momentum, eps, affine and bias, affine, dtype=dtype)
    slots = {**_AFFINE, **_RUNNING}
    return Plan(layer, slots, _features(num_features), dimensions, channels=True, by_training=True)


def _group_norm(
    num_groups: int, num_channels: int, eps: float = 1e-5, *, affine: bool = True, bias: bool = True, dtype: str
) -> Plan:
    layer = layers.GroupNormalization(num_groups, -1, eps, affine and bias, affine, dtype=dtype)
    return Plan(layer, _AFFINE, _features(num_channels), channels=True)


def _instance_norm(dimensions: int, num_features: int, eps: float = 1e-5, *, affine: bool = False, dtype: str) -> Plan:
    layer = layers.GroupNormalization(-1, -1, eps, affine, affine, dtype=dtype)
    return Plan(layer, _AFFINE, _features(num_features), (dimensions + 2,), channels=True)


def _layer_norm(
    normalized_shape: Lengths, eps: float = 1e-5, *, elementwise_affine: bool = True, bias: bool = True, dtype: str
) -> Plan:
    own = each(normalized_shape, 1)
    affine = elementwise_affine
    layer = layers.LayerNormalization(list(range(-len(own), 0)), eps, affine and bias, affine, dtype=dtype)
    return Plan(layer, _AFFINE, _features(*own))


def _rms_norm(
    normalized_shape: Lengths, eps: float | None = None, *, elementwise_affine: bool = True, dtype: str
) -> Plan:
    own = each(normalized_shape, 1)
    if eps is None or not elementwise_affine:
        raise Unsupported("nn.RMSNorm without eps or without a weight")
    layer = layers.RMSNormalization(list(range(-len(own), 0)), eps, dtype=dtype)
    return Plan(layer, {"weight": (Slot("scale"),)}, _features(*own))


def _prelu(num_parameters: int = 1, *, dtype: str) -> Plan:
    def build(layer: Any, shape: Shape) -> None:
        shared = range(1, len(shape) if num_parameters == 1 else len(shape) - 1)
        layer.shared_axes = list(shared)
        layer.build(shape if num_parameters == 1 else (*shape[:-1], num_parameters))

    def to(weight: Native) -> Native:
        return ops.reshape(weight, layer.alpha.shape)

    layer = layers.PReLU(dtype=dtype)
    slot = Slot("alpha", to, lambda alpha: ops.reshape(alpha, (-1,)))
    return Plan(layer, {"weight": (slot,)}, build, channels=True)


def _zero_padding(dimensions: int, padding: Lengths, *, dtype: str) -> Plan:
    sides = each(padding, 2 * dimensions)
    pairs = tuple(zip(sides[::2], sides[1::2], strict=True))[::-1]
    layer = getattr(layers, f"ZeroPadding{dimensions}D")(pairs[0] if dimensions == 1 else pairs, dtype=dtype)
    return Plan(layer, dimensions=(dimensions + 2,), channels=True)


def _upsample(*, scale_factor: Any, mode: str = "nearest", dtype: str) -> Plan:
    factors = scale_factor if isinstance(scale_factor, Sequence) else (scale_factor,) * 2
    if mode not in {"nearest", "bilinear"} or any(factor != int(factor) for factor in factors):
        raise Unsupported(f"nn.Upsample: scale_factor={scale_factor}, mode={mode!r}")
    layer = layers.UpSampling2D(tuple(map(int, factors)), interpolation=mode, dtype=dtype)
    return Plan(layer, dimensions=(4,), channels=True)


def _dropping(layer: type, *dimensions: int, p: float = 0.5, dtype: str) -> Plan:
    channels = bool(dimensions)
    return Plan(layer(p, dtype=dtype), dimensions=dimensions, channels=channels, by_training=True)


def _leaky_relu(negative_slope: float = 0.01, *, dtype: str) -> Plan:
    if negative_slope < 0:
        raise Unsupported("nn.LeakyReLU: a negative_slope below 0")
    return Plan(layers.LeakyReLU(negative_slope, dtype=dtype))


def _flatten(start_dim: int = 1, end_dim: int = -1, *, dtype: str) -> Plan:
    if (start_dim, end_dim) != (1, -1):
        raise Unsupported(f"nn.Flatten: start_dim={start_dim}, end_dim={end_dim}")
    return Plan(layers.Flatten(dtype=dtype))


_DIMENSIONS = (1, 2, 3)

_PLANS: Mapping[str, Callable[..., Plan]] = {
    **SEQUENCES,
    **{f"Conv{n}d": partial(_convolution, n) for n in _DIMENSIONS},
    **{f"ConvTranspose{n}d": partial(_transposed, n) for n in _DIMENSIONS},
    **{f"MaxPool{n}d": partial(_pool, "Max", n) for n in _DIMENSIONS},
    **{f"AvgPool{n}d": partial(_pool, "Average", n) for n in _DIMENSIONS},
    **{f"AdaptiveMaxPool{n}d": partial(_adaptive, "Max", n) for n in _DIMENSIONS},
    **{f"AdaptiveAvgPool{n}d": partial(_adaptive, "Average", n) for n in _DIMENSIONS},
    **{f"ZeroPad{n}d": partial(_zero_padding, n) for n in _DIMENSIONS},
    **{f"InstanceNorm{n}d": partial(_instance_norm, n) for n in _DIMENSIONS},
    "BatchNorm1d": partial(_batch_norm, 2, 3),
    "BatchNorm2d": partial(_batch_norm, 4),
    "BatchNorm3d": partial(_batch_norm, 5),
    "GroupNorm": _group_norm,
    "LayerNorm": _layer_norm,
    "RMSNorm": _rms_norm,
    "Linear": _linear,
    "Embedding": _embedding,
    "PReLU": _prelu,
    "Flatten": _flatten,
    "Upsample": _upsample,
    "UpsamplingNearest2d": _upsample,
    "Dropout": partial(_dropping, layers.Dropout),
    "Dropout1d": partial(_dropping, layers.SpatialDropout1D, 3),
    "Dropout2d": partial(_dropping, layers.SpatialDropout2D, 4),
    "Dropout3d": partial(_dropping, layers.SpatialDropout3D, 5),
    "AlphaDropout": partial(_dropping, layers.AlphaDropout),
    "LeakyReLU": _leaky_relu,
    "ELU": lambda alpha=1.0, *, dtype: Plan(layers.ELU(alpha, dtype=dtype)),
    "ReLU": lambda *, dtype: Plan(layers.ReLU(dtype=dtype)),
    "Softmax": lambda dim, *, dtype: Plan(layers.Softmax(dim, dtype=dtype)),
}
"""Plans by the names of torch's classes."""
