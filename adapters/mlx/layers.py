"""torch's layers as those of ``mlx.nn``: constructors' arguments, names and layouts of parameters, and calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from inspect import signature
from typing import Any

import mlx.core as mx
from mlx import nn
from mlx.utils import tree_flatten, tree_unflatten

from adapters.contract import Native, Unsupported
from adapters.mlx.layout import channels_first, channels_last, over_images, transposed_kernel
from adapters.translation import each, renamed

Arrays = Mapping[str, Native]
Options = dict[str, Any]


@dataclass
class Layer:
    """A layer of MLX's, called as torch calls its own.

    Args:
        module: MLX's layer.
        forward: Takes the module and what torch's layer is called with.
        inward: Takes torch's parameters by torch's names to those of the module, by its own paths.
        outward: Takes the module's parameters, or their gradients, back.
        sums: Whether the module has one parameter where torch has several that are added.
    """

    module: Any
    forward: Callable[..., Native] = lambda module, *inputs: module(*inputs)
    inward: Callable[[Arrays], Arrays] = dict
    outward: Callable[[Arrays], Arrays] = dict
    sums: bool = False

    def __call__(self, *inputs: Native, **options: Any) -> Native:
        """Call the module."""
        return self.forward(self.module, *inputs, **options)

    def load(self, state: Arrays) -> None:
        """Replace those parameters that ``state`` has, by torch's names."""
        self.update(self.inward(state))

    def update(self, own: Arrays) -> None:
        """Replace parameters by the module's own paths."""
        self.module.update(tree_unflatten(list(own.items())))

    def kept(self) -> Arrays:
        """Return everything that the module keeps, by torch's names.

        Raises:
            Unsupported: torch has parameters where MLX keeps one sum of them.
        """
        if self.sums:
            raise Unsupported(f"the state of {type(self.module).__name__}: its biases are one where torch's are two")
        return self.outward(dict(tree_flatten(self.module.parameters())))

    def trainable(self) -> dict[str, Native]:
        """Return the parameters that gradients are taken for, by the module's own paths."""
        return dict(tree_flatten(self.module.trainable_parameters()))


@dataclass(frozen=True)
class Kind:
    """How one of torch's classes is one of MLX's.

    Args:
        made: MLX's class, by its name in ``mlx.nn``.
        names: MLX's name of every argument that it offers, by torch's.
        spatial: How many dimensions stand between batch and channels; None for a layer without a layout.
        dimensions: The numbers of dimensions of inputs that both offer, where that is not all.
        sizes: The arguments that are one number or one for each spatial dimension.
        fixed: Arguments of MLX's that torch has none of.
        inward: Takes torch's layout of the weight to MLX's.
        outward: Takes it back.
    """

    made: str
    names: Mapping[str, str] = field(default_factory=dict)
    spatial: int | None = None
    dimensions: tuple[int, ...] = ()
    sizes: tuple[str, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    inward: Callable[[Native], Native] = lambda weight: weight
    outward: Callable[[Native], Native] = lambda weight: weight

    def layer(self, name: str, options: Options) -> Layer:
        """Return the layer ``torch.nn.<name>(**options)``."""
        made = getattr(nn, self.made, None)
        if made is None:
            raise Unsupported(f"nn.{name}")
        given = {**renamed(name, options, self.names), **self.fixed}
        for size in self.sizes:
            if isinstance(given.get(size), str):
                raise Unsupported(f"{name}: {size}={given[size]!r}")
            if given.get(size) is not None:
                among = each(given[size], self.spatial or 1)
                given[size] = among[0] if self.spatial == 1 else among
        return Layer(
            constructed(name, made, given),
            self._forward,
            lambda state: _with_weight(state, self.inward),
            lambda own: _with_weight(own, self.outward),
        )

    def _forward(self, module: Any, *inputs: Native) -> Native:
        if self.dimensions and inputs[0].ndim not in self.dimensions:
            raise Unsupported(f"nn.{self.made}: an input of {inputs[0].ndim} dimensions")
        if self.spatial is None:
            return module(*inputs)
        return over_images(module, inputs[0], self.spatial or inputs[0].ndim - 2)


def constructed(name: str, made: Callable[..., Any], options: Options) -> Any:
    """Return ``made(**options)``.

    Raises:
        Unsupported: This release of MLX lacks one of them.
    """
    lacking = [f"{option}=" for option in options if option not in signature(made).parameters]
    if lacking:
        raise Unsupported(f"{name}: {', '.join(lacking)}")
    return made(**options)


def _with_weight(arrays: Arrays, layout: Callable[[Native], Native]) -> dict[str, Native]:
    return {name: layout(array) if name == "weight" else array for name, array in arrays.items()}


_SIZES = ("kernel_size", "stride", "padding", "dilation", "output_padding")
_POOLED = {name: name for name in ("kernel_size", "stride", "padding")}
_CONVOLVED = {name: name for name in (*_SIZES[:4], "in_channels", "out_channels", "bias")}


def _kinds_of_dimensions(n: int) -> dict[str, Kind]:
    convolved = _CONVOLVED if n == 3 else {**_CONVOLVED, "groups": "groups"}
    return {
        f"Conv{n}d": Kind(f"Conv{n}d", convolved, n, (), _SIZES, {}, channels_last, channels_first),
        f"ConvTranspose{n}d": Kind(
            f"ConvTranspose{n}d",
            {**_CONVOLVED, "output_padding": "output_padding"},
            n,
            (),
            _SIZES,
            {},
            lambda weight: transposed_kernel(weight, 1),
            lambda weight: mx.swapaxes(channels_first(weight), 0, 1),
        ),
        f"MaxPool{n}d": Kind(f"MaxPool{n}d", _POOLED, n, (), _SIZES[:3]),
        f"AvgPool{n}d": Kind(f"AvgPool{n}d", _POOLED, n, (), _SIZES[:3]),
    }


_ACTIVATIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "ReLU": ("ReLU", {}),
    "ReLU6": ("ReLU6", {}),
    "Sigmoid": ("Sigmoid", {}),
    "LogSigmoid": ("LogSigmoid", {}),
    "SiLU": ("SiLU", {}),
    "Mish": ("Mish", {}),
    "Tanh": ("Tanh", {}),
    "Softsign": ("Softsign", {}),
    "Softplus": ("Softplus", {}),
    "Softshrink": ("Softshrink", {"lambd": "lambd"}),
    "Hardshrink": ("HardShrink", {"lambd": "lambd"}),
    "Hardtanh": ("HardTanh", {}),
    "Hardswish": ("Hardswish", {}),
    "SELU": ("SELU", {}),
    "ELU": ("ELU", {"alpha": "alpha"}),
    "CELU": ("CELU", {"alpha": "alpha"}),
    "LeakyReLU": ("LeakyReLU", {"negative_slope": "negative_slope"}),
    "GELU": ("GELU", {"approximate": "approx"}),
    "GLU": ("GLU", {"dim": "axis"}),
}

KINDS: Mapping[str, Kind] = {
    **{name: Kind(made, names) for name, (made, names) in _ACTIVATIONS.items()},
    **{name: kind for n in (1, 2, 3) for name, kind in _kinds_of_dimensions(n).items()},
    "Linear": Kind("Linear", {"in_features": "input_dims", "out_features": "output_dims", "bias": "bias"}),
    "Bilinear": Kind(
        "Bilinear",
        {"in1_features": "input1_dims", "in2_features": "input2_dims", "out_features": "output_dims", "bias": "bias"},
        inward=lambda weight: mx.swapaxes(weight, 1, 2),
        outward=lambda weight: mx.swapaxes(weight, 1, 2),
    ),
    "Embedding": Kind("Embedding", {"num_embeddings": "num_embeddings", "embedding_dim": "dims"}),
    "Dropout": Kind("Dropout", {"p": "p"}),
    "Dropout2d": Kind("Dropout2d", {"p": "p"}, 2, (3, 4)),
    "Dropout3d": Kind("Dropout3d", {"p": "p"}, 3, (4, 5)),
    "Identity": Kind("Identity"),
}
"""The classes that differ in names and layouts alone. The losses are not here, of which MLX has functions only."""
