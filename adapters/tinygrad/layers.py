"""torch's layers as those of ``tinygrad.nn``: constructors' arguments, names of parameters, and calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from tinygrad import Context, nn

from adapters.contract import Native, Unsupported
from adapters.translation import each, lacking, names_of, renamed

_CONVOLVED = "in_channels out_channels kernel_size stride padding dilation groups bias"
_BATCH = "num_features=sz eps momentum affine track_running_stats"

_LAYERS: Mapping[str, tuple[str, str]] = {
    "Conv1d": ("Conv1d", _CONVOLVED),
    "Conv2d": ("Conv2d", _CONVOLVED),
    "Conv3d": ("Conv2d", _CONVOLVED),  # of a kernel of three dimensions
    "ConvTranspose1d": ("ConvTranspose1d", f"{_CONVOLVED} output_padding"),
    "ConvTranspose2d": ("ConvTranspose2d", f"{_CONVOLVED} output_padding"),
    "ConvTranspose3d": ("ConvTranspose2d", f"{_CONVOLVED} output_padding"),
    **{f"BatchNorm{n}d": ("BatchNorm", _BATCH) for n in (1, 2, 3)},
    **{f"InstanceNorm{n}d": ("InstanceNorm", "num_features eps affine") for n in (1, 2, 3)},
    "Embedding": ("Embedding", "num_embeddings=vocab_size embedding_dim=embed_size"),
    "GroupNorm": ("GroupNorm", "num_groups num_channels eps affine"),
    "LSTMCell": ("LSTMCell", "input_size hidden_size bias"),
    "LayerNorm": ("LayerNorm", "normalized_shape eps elementwise_affine"),
    "Linear": ("Linear", "in_features out_features bias"),
    "RMSNorm": ("RMSNorm", "normalized_shape=dim eps elementwise_affine"),
}
"""tinygrad's name of each class and of the arguments that it offers, ``torch's=tinygrad's`` where their names differ.
It has no classes for activation functions, losses, pooling and dropout."""


@dataclass
class Layer:
    """A layer of tinygrad's, called as torch calls its own.

    Args:
        name: Its class's name in torch.
        module: tinygrad's layer.
        training: Whether it is in training mode, which tinygrad has one of for everything.
    """

    name: str
    module: Any
    training: bool

    def __call__(self, input: Native, *others: Any) -> Native:
        """Call the module."""
        lacking(f"nn.{self.name} without a batch", when=input.ndim == _unbatched(self.name))
        with Context(TRAINING=int(self.training)):
            return self.module(input, *others)

    def load(self, state: Mapping[str, Native]) -> None:
        """Replace those parameters that ``state`` has."""
        nn.state.load_state_dict(self.module, dict(state), strict=False, verbose=False)

    def kept(self) -> dict[str, Native]:
        """Return everything that the module keeps."""
        return nn.state.get_state_dict(self.module)

    def parameters(self) -> dict[str, Native]:
        """Return what gradients are taken for."""
        return {name: one for name, one in self.kept().items() if one.is_param}


def layer_of(name: str, options: Mapping[str, Any], dtype: str, *, training: bool = True) -> Layer:
    """Return tinygrad's layer of ``dtype`` for ``torch.nn.<name>(**options)``.

    Raises:
        Unsupported: tinygrad has none, or not with those options.
    """
    if name not in _LAYERS:
        raise Unsupported(f"nn.{name}")
    made, arguments = _LAYERS[name]
    own = renamed(f"nn.{name}", {**_defaults(name), **options}, names_of(arguments))
    if own.get("padding") == "valid":
        raise Unsupported(f"nn.{name}: padding='valid'")
    if "momentum" in own and own["momentum"] is None:
        raise Unsupported(f"nn.{name}: momentum=None")
    if "kernel_size" in own:
        kernel = each(own["kernel_size"], int(name[-2]))
        own["kernel_size"] = kernel[0] if made.endswith("1d") else kernel
    if name == "RMSNorm":
        own["dim"] = _only("RMSNorm", own["dim"])
        own["eps"] = smallest_step(dtype) if own["eps"] is None else own["eps"]
    with Context(DEFAULT_FLOAT=dtype):
        layer = Layer(name, getattr(nn, made)(**own), training)
        for tensor in layer.kept().values():
            tensor.realize()
    return layer


def smallest_step(dtype: str) -> float:
    """Return what torch documents as the default of RMSNorm's eps."""
    return float(np.finfo({"dtypes.float": "float32", "dtypes.double": "float64"}.get(dtype, dtype)).eps)


def _defaults(name: str) -> dict[str, Any]:
    """Return torch's documented defaults where those of tinygrad are others."""
    if name == "RMSNorm":
        return {"eps": None}
    return {"affine": False} if name.startswith("InstanceNorm") else {}


def _unbatched(name: str) -> int | None:
    """Return how many dimensions an input without a batch has, of layers that torch offers that of."""
    if name == "LSTMCell":
        return 1
    return int(name[-2]) + 1 if name.startswith(("Conv", "InstanceNorm")) else None


def _only(name: str, shape: Any) -> int:
    sizes = each(shape, 1)
    lacking(f"nn.{name} over {len(sizes)} dimensions", when=len(sizes) != 1)
    return sizes[0]
