"""torch's layers as those of ``mlx.nn`` where arguments, states or calls are others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mlx import nn

from adapters.contract import Native, Unsupported
from adapters.mlx.layers import KINDS, Layer, constructed
from adapters.mlx.layout import over_images
from adapters.mlx.sequences import attention, recurrent
from adapters.translation import each, renamed


def layer_of(name: str, options: Mapping[str, Any]) -> Layer:
    """Return MLX's layer for ``torch.nn.<name>(**options)``.

    Raises:
        Unsupported: MLX has none, or not with those options.
    """
    if name.startswith("Dropout") and options.get("p") == 1:
        raise Unsupported(f"{name} with p=1")
    if name.startswith("Transformer"):
        raise Unsupported(f"nn.{name}: MLX's attends without biases and maps with them")
    if name in KINDS:
        return KINDS[name].layer(name, dict(options))
    if name not in _MADE:
        raise Unsupported(f"nn.{name}")
    return _MADE[name](name, dict(options))


def _prelu(name: str, options: dict[str, Any]) -> Layer:
    def forward(module: Any, input: Native) -> Native:
        return module(input) if input.ndim < 2 else over_images(module, input, input.ndim - 2)

    names = {"num_parameters": "num_parameters", "init": "init"}
    return Layer(nn.PReLU(**renamed(name, options, names)), forward)


def _of_last_axis(name: str, options: dict[str, Any]) -> Layer:
    if options.pop("dim", None) != -1:
        raise Unsupported(f"nn.{name}: dim= other than -1")
    return Layer(getattr(nn, name)(**options))


_RESIZING = {
    ("nearest", 1): "nearest",
    ("nearest", 2): "nearest",
    ("nearest", 3): "nearest",
    ("linear", 1): "linear",
    ("bilinear", 2): "linear",
    ("trilinear", 3): "linear",
    ("bicubic", 2): "cubic",
}


def resizing(
    scale_factor: float | Sequence[float],
    mode: str = "nearest",
    align_corners: bool | None = None,  # noqa: FBT001 - torch documents it
    *,
    antialias: bool = False,
) -> Callable[[Native], Native]:
    """Return what resizes images, which is the layer that MLX has."""

    def resized(input: Native) -> Native:
        dimensions = input.ndim - 2
        if (mode, dimensions) not in _RESIZING:
            raise Unsupported(f"resizing: mode={mode!r} of {dimensions} spatial dimensions")
        factors = tuple(scale_factor) if isinstance(scale_factor, Sequence) else scale_factor
        options = {"scale_factor": factors, "mode": _RESIZING[mode, dimensions], "align_corners": bool(align_corners)}
        layer = constructed("resizing", nn.Upsample, {**options, "antialias": True} if antialias else options)
        return over_images(layer, input, dimensions)

    return resized


def _upsample(name: str, options: dict[str, Any]) -> Layer:
    fixed: dict[str, dict[str, Any]] = {
        "UpsamplingNearest2d": {"mode": "nearest"},
        "UpsamplingBilinear2d": {"mode": "bilinear", "align_corners": True},
    }
    names = {one: one for one in ("scale_factor", "mode", "align_corners")}
    resized = resizing(**renamed(name, {**options, **fixed.get(name, {})}, names))
    return Layer(nn.Identity(), lambda _, input: resized(input))


def _batch_norm(name: str, options: dict[str, Any]) -> Layer:
    if options.get("momentum", 0.1) is None:
        raise Unsupported(f"{name}: momentum=None")
    _require_both_or_none(name, options, "affine")
    names = {one: one for one in ("num_features", "eps", "momentum", "affine", "track_running_stats")}
    return Layer(nn.BatchNorm(**renamed(name, options, names)), _images((2, 3, 4)))


def _instance_norm(name: str, options: dict[str, Any]) -> Layer:
    names = {"num_features": "dims", "eps": "eps", "affine": "affine"}
    return Layer(nn.InstanceNorm(**renamed(name, options, names)), _images((3, 4, 5)))


def _group_norm(name: str, options: dict[str, Any]) -> Layer:
    _require_both_or_none(name, options, "affine")
    names = {"num_groups": "num_groups", "num_channels": "dims", "eps": "eps", "affine": "affine"}
    return Layer(nn.GroupNorm(**renamed(name, options, names), pytorch_compatible=True), _images(range(2, 9)))


def _layer_norm(name: str, options: dict[str, Any]) -> Layer:
    bias = options.pop("bias", True)
    if bias and not options.get("elementwise_affine", True):
        bias = False
    names = {"normalized_shape": "dims", "eps": "eps", "elementwise_affine": "affine"}
    return Layer(nn.LayerNorm(**renamed(name, _one_dimension(name, options), names), bias=bias))


def _rms_norm(name: str, options: dict[str, Any]) -> Layer:
    if not options.pop("elementwise_affine", True):
        raise Unsupported(f"{name}: elementwise_affine=False")
    if options.get("eps") is None:
        raise Unsupported(f"{name}: eps=None")
    return Layer(nn.RMSNorm(**renamed(name, _one_dimension(name, options), {"normalized_shape": "dims", "eps": "eps"})))


def _one_dimension(name: str, options: dict[str, Any]) -> dict[str, Any]:
    shape = each(options["normalized_shape"], 1)
    if len(shape) != 1:
        raise Unsupported(f"{name} over {len(shape)} dimensions")
    return {**options, "normalized_shape": shape[0]}


def _require_both_or_none(name: str, options: dict[str, Any], affine: str) -> None:
    if options.pop("bias", True) is False and options.get(affine, True):
        raise Unsupported(f"{name}: a weight without a bias")


def _images(dimensions: Sequence[int]) -> Callable[..., Native]:
    def forward(module: Any, input: Native) -> Native:
        if input.ndim not in dimensions:
            raise Unsupported(f"{type(module).__name__}: an input of {input.ndim} dimensions")
        return over_images(module, input, input.ndim - 2)

    return forward


_MADE: Mapping[str, Callable[[str, dict[str, Any]], Layer]] = {
    "PReLU": _prelu,
    **dict.fromkeys(("Softmax", "LogSoftmax", "Softmin"), _of_last_axis),
    **dict.fromkeys(("Upsample", "UpsamplingNearest2d", "UpsamplingBilinear2d"), _upsample),
    **{f"BatchNorm{n}d": _batch_norm for n in (1, 2)},
    **{f"InstanceNorm{n}d": _instance_norm for n in (1, 2, 3)},
    "GroupNorm": _group_norm,
    "LayerNorm": _layer_norm,
    "RMSNorm": _rms_norm,
    **dict.fromkeys(("RNN", "GRU", "LSTM"), recurrent),
    "MultiheadAttention": attention,
}
