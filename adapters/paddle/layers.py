"""torch's layers as those of ``paddle.nn``: constructors' arguments, names and layouts of parameters, and calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import paddle
from paddle import nn

from adapters.contract import Native, Unsupported
from adapters.paddle.functions import in_its_own_words
from adapters.translation import flat, lacking, names_of, renamed

_ONE_NAME = (
    *("Hardsigmoid", "Hardswish", "LogSigmoid", "Mish", "ReLU", "ReLU6", "SELU", "Sigmoid", "Softsign", "Tanh"),
    "Tanhshrink",
)

_CONVOLVED = "in_channels out_channels kernel_size stride padding dilation groups bias=bias_attr"
_RECURRENT = "input_size hidden_size num_layers dropout"
_CELL = "input_size hidden_size"

_LAYERS: Mapping[str, tuple[str, str]] = {
    **{name: (name, "") for name in _ONE_NAME},
    "CELU": ("CELU", "alpha"),
    "ELU": ("ELU", "alpha"),
    "GLU": ("GLU", "dim=axis"),
    "Hardshrink": ("Hardshrink", "lambd=threshold"),
    "Hardtanh": ("Hardtanh", "min_val=min max_val=max"),
    "LeakyReLU": ("LeakyReLU", "negative_slope"),
    "LogSoftmax": ("LogSoftmax", "dim=axis"),
    "PReLU": ("PReLU", "num_parameters init"),
    "RReLU": ("RReLU", "lower upper"),
    "SiLU": ("Silu", ""),
    "Softmax": ("Softmax", "dim=axis"),
    "Softplus": ("Softplus", "beta threshold"),
    "Softshrink": ("Softshrink", "lambd=threshold"),
    "Threshold": ("ThresholdedReLU", "threshold value"),
    "BCELoss": ("BCELoss", "weight reduction"),
    "BCEWithLogitsLoss": ("BCEWithLogitsLoss", "weight reduction pos_weight"),
    "CosineEmbeddingLoss": ("CosineEmbeddingLoss", "margin reduction"),
    "GaussianNLLLoss": ("GaussianNLLLoss", "full eps=epsilon reduction"),
    "HingeEmbeddingLoss": ("HingeEmbeddingLoss", "margin reduction"),
    "HuberLoss": ("SmoothL1Loss", "reduction delta"),
    "KLDivLoss": ("KLDivLoss", "reduction log_target"),
    "L1Loss": ("L1Loss", "reduction"),
    "MSELoss": ("MSELoss", "reduction"),
    "MarginRankingLoss": ("MarginRankingLoss", "margin reduction"),
    "MultiLabelSoftMarginLoss": ("MultiLabelSoftMarginLoss", "weight reduction"),
    "NLLLoss": ("NLLLoss", "weight ignore_index reduction"),
    "PoissonNLLLoss": ("PoissonNLLLoss", "log_input full eps=epsilon reduction"),
    "SoftMarginLoss": ("SoftMarginLoss", "reduction"),
    "TripletMarginLoss": ("TripletMarginLoss", "margin p eps=epsilon swap reduction"),
    "Bilinear": ("Bilinear", "in1_features in2_features out_features bias=bias_attr"),
    "ChannelShuffle": ("ChannelShuffle", "groups"),
    "CosineSimilarity": ("CosineSimilarity", "dim=axis eps"),
    "Embedding": ("Embedding", "num_embeddings embedding_dim"),
    "Flatten": ("Flatten", "start_dim=start_axis end_dim=stop_axis"),
    "GroupNorm": ("GroupNorm", "num_groups num_channels eps=epsilon"),
    "LayerNorm": ("LayerNorm", "normalized_shape eps=epsilon bias=bias_attr"),
    "Linear": ("Linear", "in_features out_features bias=bias_attr"),
    "LocalResponseNorm": ("LocalResponseNorm", "size alpha beta k"),
    "PairwiseDistance": ("PairwiseDistance", "p eps=epsilon keepdim"),
    "PixelShuffle": ("PixelShuffle", "upscale_factor"),
    "PixelUnshuffle": ("PixelUnshuffle", "downscale_factor"),
    **{f"Conv{n}d": (f"Conv{n}D", f"{_CONVOLVED} padding_mode") for n in (1, 2, 3)},
    **{f"ConvTranspose{n}d": (f"Conv{n}DTranspose", f"{_CONVOLVED} output_padding") for n in (1, 2, 3)},
    "GRU": ("GRU", _RECURRENT),
    "GRUCell": ("GRUCell", _CELL),
    "LSTM": ("LSTM", _RECURRENT),
    "LSTMCell": ("LSTMCell", _CELL),
    "RNN": ("SimpleRNN", f"{_RECURRENT} nonlinearity=activation"),
    "RNNCell": ("SimpleRNNCell", f"{_CELL} nonlinearity=activation"),
}
"""Paddle's name of each class and of the arguments that it offers, ``torch's=Paddle's`` where their names differ."""

_STATE: Mapping[str, Mapping[str, str]] = {"PReLU": {"weight": "_weight"}}
"""Paddle's names of parameters by torch's, where they differ."""


@dataclass
class Layer:
    """A layer of Paddle's, called as torch calls its own.

    Args:
        name: Its class's name in torch.
        module: Paddle's layer.
        dtype: The floating-point type of its parameters.
        spatial: How many dimensions its inputs have beside batch and channels, where that is fixed.
    """

    name: str
    module: Any
    dtype: str
    spatial: int | None = None

    def __call__(self, input: Native, *others: Any) -> Native:
        """Call the module; a recurrence gives its states as torch does."""
        lacking(f"nn.{self.name}: packed sequences", when=not hasattr(input, "ndim"))
        unlike = self.spatial is not None and input.ndim != self.spatial + 2
        lacking(f"nn.{self.name}: an input of {input.ndim} dimensions", when=unlike)
        uneven = self.name == "CosineSimilarity" and any(other.ndim != input.ndim for other in others)
        lacking(f"nn.{self.name} of tensors of different numbers of dimensions", when=uneven)
        with _default(self.dtype), in_its_own_words():
            output = self.module(input, *others)
        if self.name in {"GRUCell", "RNNCell"}:
            return output[0]
        return output[1] if self.name == "LSTMCell" else output

    def load(self, state: Mapping[str, Native]) -> None:
        """Replace those parameters that ``state`` has, by torch's names."""
        own = self.parameters()
        for name, array in state.items():
            if name in own:  # not what a loss was given when it was made
                own[name].set_value(self._turned(name, array).reshape(own[name].shape))

    def parameters(self) -> dict[str, Native]:
        """Return Paddle's parameters by torch's names."""
        torchs = {own: name for name, own in _STATE.get(self.name, {}).items()}
        return {torchs.get(name, name): one for name, one in self.module.named_parameters()}

    def outward(self, arrays: Mapping[str, Native]) -> dict[str, Native]:
        """Return parameters, or their gradients, in torch's layout."""
        turned = {name: self._turned(name, array) for name, array in arrays.items()}
        if self.name == "Bilinear" and "bias" in turned:
            turned["bias"] = turned["bias"].reshape([-1])
        if self.name == "LayerNorm":  # which keeps them in one dimension
            turned = {name: one.reshape(self.module._normalized_shape) for name, one in turned.items()}  # noqa: SLF001
        return turned

    def _turned(self, name: str, array: Native) -> Native:
        """Return Linear's weight the other way round, which is how Paddle has it."""
        return array.T if (self.name, name) == ("Linear", "weight") else array


def layer_of(name: str, options: Mapping[str, Any], dtype: str) -> Layer:
    """Return Paddle's layer of ``dtype`` for ``torch.nn.<name>(**options)``.

    Raises:
        Unsupported: Paddle has none, or not with those options.
    """
    if name not in _LAYERS or not hasattr(nn, _LAYERS[name][0]):
        raise Unsupported(f"nn.{name}")
    made, arguments = _LAYERS[name]
    fixed: dict[str, Any] = {}
    given = dict(options)
    if made in {"GRU", "LSTM", "SimpleRNN"}:
        fixed = {"time_major": not given.pop("batch_first", False)}
        fixed |= {"direction": "bidirect"} if given.pop("bidirectional", False) else {}
    if name in {"GRU", "LSTM", "RNN", "GRUCell", "LSTMCell", "RNNCell"} and not given.pop("bias", True):
        fixed |= {"bias_ih_attr": False, "bias_hh_attr": False}
    if "Norm" in name and not given.pop("elementwise_affine", given.pop("affine", True)):
        given.pop("bias", None)
        fixed |= {"weight_attr": False, "bias_attr": False}
    own = {**renamed(f"nn.{name}", given, names_of(arguments)), **fixed}
    if own.get("bias_attr") is True:
        del own["bias_attr"]
    spatial = int(name[-2]) if name.startswith("Conv") else {"GRU": 1, "LSTM": 1, "RNN": 1}.get(name)
    with _default(dtype), in_its_own_words():
        return Layer(name, getattr(nn, made)(**own), dtype, 0 if name.endswith("Cell") else spatial)


@contextmanager
def _default(dtype: str) -> Iterator[None]:
    """Have layers made, and initial states of recurrences, of ``dtype``."""
    before = paddle.get_default_dtype()
    paddle.set_default_dtype(dtype)
    try:
        yield
    finally:
        paddle.set_default_dtype(before)


def gradients(outputs: Any, leaves: Sequence[Native], cotangents: Any, *, create_graph: bool = False) -> list[Native]:
    """Return the gradients of what depends on the leaves; zeros for those that nothing depends on.

    Raises:
        ValueError: A cotangent has another shape than its output; Paddle would read on behind it.
    """
    pairs = []
    for one, start in zip(flat(outputs), flat(cotangents), strict=True):
        if one.shape != start.shape:
            raise ValueError(f"an output has another shape than its cotangent: {one.shape}, not {start.shape}")
        if not one.stop_gradient:
            pairs.append((one, start))
    found: Sequence[Native] = [None] * len(leaves)
    if pairs:
        recorded, starts = map(list, zip(*pairs, strict=True))
        found = paddle.grad(recorded, leaves, starts, create_graph=create_graph, allow_unused=True)
    return [paddle.zeros_like(leaf) if one is None else one for one, leaf in zip(found, leaves, strict=True)]
