"""torch's layers by name, each as a module of nnx."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from adapters.contract import Unsupported
from adapters.flax import attention, functions, linear, normalization, recurrent
from adapters.flax.modules import Made, Making, Options

Make = Callable[[Options, Making], Made]


def made(name: str, options: Options, making: Making) -> Made:
    """Return the module for ``torch.nn.<name>(**options)``.

    Raises:
        Unsupported: nnx has none, or it lacks one of the options.
    """
    if name not in _LAYERS:
        raise Unsupported(f"nn.{name}")
    return _LAYERS[name](options, making)


_LAYERS: Mapping[str, Make] = {
    "Embedding": linear.embedding,
    "GroupNorm": normalization.group_norm,
    "LayerNorm": normalization.layer_norm,
    "Linear": linear.linear,
    "MultiheadAttention": attention.attention,
    "PReLU": functions.prelu,
    "RMSNorm": normalization.rms_norm,
    "Dropout": partial(functions.dropout, 0),
    **{f"BatchNorm{n}d": partial(normalization.batch_norm, n) for n in (1, 2, 3)},
    **{f"Conv{n}d": partial(linear.convolution, n) for n in (1, 2, 3)},
    **{f"ConvTranspose{n}d": partial(linear.transposed_convolution, n) for n in (1, 2, 3)},
    **{f"Dropout{n}d": partial(functions.dropout, n) for n in (1, 2, 3)},
    **{f"InstanceNorm{n}d": partial(normalization.instance_norm, n) for n in (1, 2, 3)},
    **{name: partial(recurrent.layer, name) for name in ("GRU", "LSTM", "RNN")},
    **{f"{name}Cell": partial(recurrent.cell, name) for name in ("GRU", "LSTM", "RNN")},
}
