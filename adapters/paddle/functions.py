"""Functions of ``paddle.nn.functional`` that differ from torch's in names alone: their own, and those of arguments.

An argument that is not listed is one that Paddle's function lacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import paddle.nn.functional as F

from adapters.contract import Native, Unsupported
from adapters.translation import names_of, renamed

_OF_DIMENSIONS = {
    "adaptive_avg_pool{n}d": ("adaptive_avg_pool{n}d", "output_size"),
    "adaptive_max_pool{n}d": ("adaptive_max_pool{n}d", "output_size return_indices=return_mask"),
    "conv{n}d": ("conv{n}d", "stride padding dilation groups"),
    "conv_transpose{n}d": ("conv{n}d_transpose", "stride padding output_padding groups dilation"),
    "lp_pool{n}d": ("lp_pool{n}d", "norm_type kernel_size stride ceil_mode"),
    "max_pool{n}d": ("max_pool{n}d", "kernel_size stride padding ceil_mode return_indices=return_mask"),
    "max_unpool{n}d": ("max_unpool{n}d", "kernel_size stride padding output_size"),
}

_ACTIVATIONS = {
    **{name: (name, "") for name in ("hardsigmoid", "hardswish", "mish", "prelu", "relu", "relu6", "selu", "sigmoid")},
    **{name: (name, "") for name in ("silu", "softsign", "tanh", "tanhshrink")},
    "celu": ("celu", "alpha"),
    "elu": ("elu", "alpha"),
    "glu": ("glu", "dim=axis"),
    "hardshrink": ("hardshrink", "lambd=threshold"),
    "hardtanh": ("hardtanh", "min_val=min max_val=max"),
    "leaky_relu": ("leaky_relu", "negative_slope"),
    "log_softmax": ("log_softmax", "dim=axis"),
    "logsigmoid": ("log_sigmoid", ""),
    "rrelu": ("rrelu", "lower upper training"),
    "softmax": ("softmax", "dim=axis"),
    "softplus": ("softplus", "beta threshold"),
    "softshrink": ("softshrink", "lambd=threshold"),
    "threshold": ("thresholded_relu", "threshold value"),
}

_LOSSES = {
    "binary_cross_entropy": ("binary_cross_entropy", "weight reduction"),
    "binary_cross_entropy_with_logits": ("binary_cross_entropy_with_logits", "weight reduction pos_weight"),
    "cosine_embedding_loss": ("cosine_embedding_loss", "margin reduction"),
    "gaussian_nll_loss": ("gaussian_nll_loss", "full eps=epsilon reduction"),
    "hinge_embedding_loss": ("hinge_embedding_loss", "margin reduction"),
    "huber_loss": ("smooth_l1_loss", "reduction delta"),
    "kl_div": ("kl_div", "reduction log_target"),
    "l1_loss": ("l1_loss", "reduction"),
    "margin_ranking_loss": ("margin_ranking_loss", "margin reduction"),
    "mse_loss": ("mse_loss", "reduction"),
    "multilabel_margin_loss": ("multi_label_margin_loss", "reduction"),
    "multilabel_soft_margin_loss": ("multi_label_soft_margin_loss", "weight reduction"),
    "nll_loss": ("nll_loss", "weight ignore_index reduction"),
    "poisson_nll_loss": ("poisson_nll_loss", "log_input full eps=epsilon reduction"),
    "soft_margin_loss": ("soft_margin_loss", "reduction"),
    "triplet_margin_loss": ("triplet_margin_loss", "margin p eps=epsilon swap reduction"),
    "triplet_margin_with_distance_loss": (
        "triplet_margin_with_distance_loss",
        "distance_function margin swap reduction",
    ),
}

FUNCTIONS: Mapping[str, tuple[str, str]] = {
    **_ACTIVATIONS,
    **_LOSSES,
    **{
        name.format(n=n): (own.format(n=n), arguments)
        for n in (1, 2, 3)
        for name, (own, arguments) in _OF_DIMENSIONS.items()
    },
    **{name: (name, "p training") for name in ("dropout", "dropout1d", "dropout2d", "dropout3d")},
    "alpha_dropout": ("alpha_dropout", "p training"),
    "affine_grid": ("affine_grid", "size=out_shape align_corners"),
    "channel_shuffle": ("channel_shuffle", "groups"),
    "embedding": ("embedding", "padding_idx max_norm norm_type scale_grad_by_freq sparse"),
    "grid_sample": ("grid_sample", "mode padding_mode align_corners"),
    "group_norm": ("group_norm", "num_groups weight bias eps=epsilon"),
    "local_response_norm": ("local_response_norm", "size alpha beta k"),
    "normalize": ("normalize", "p dim=axis eps=epsilon"),
    "one_hot": ("one_hot", "num_classes"),
    "pairwise_distance": ("pairwise_distance", "p eps=epsilon keepdim"),
    "pdist": ("pdist", "p"),
    "pixel_shuffle": ("pixel_shuffle", "upscale_factor"),
    "pixel_unshuffle": ("pixel_unshuffle", "downscale_factor"),
}
"""Paddle's name of each function and the arguments that it offers, ``torch's=Paddle's`` where their names differ."""

_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "affine_grid": {"align_corners": False},
    "alpha_dropout": {"training": False},
    "grid_sample": {"align_corners": False},
    "rrelu": {"training": False},
}
"""The documented defaults of torch where those of Paddle are others."""


def function(name: str) -> Callable[..., Native]:
    """Return Paddle's function for ``torch.nn.functional.<name>``, which takes its options by torch's names."""
    own, arguments = FUNCTIONS[name]
    called = getattr(F, own, None)
    if called is None:
        raise Unsupported(name)
    names, defaults = names_of(arguments), _DEFAULTS.get(name, {})
    return lambda *arrays, **options: called(*arrays, **renamed(name, {**defaults, **options}, names))


_LACKING = (
    r"is not registered|NotImplemented|should be (a )?\d-?D tensor|must be a \dD Tensor|"
    r"only support 4-D  or 5-D tensor|dimensions of x should be|should be the format of \[N, C, L\]|"
    r"1D target tensor expected|Expected 2 or more dimensions|input tensor dimension must be in|"
    r"Output_height and padding|input_depth.* and output_depth|Expected 2D input tensor|"
    r"doesn't have any grad op|CANNOT be used in train program|but got: bicubic|norm_type only support|"
    r"type of padding must be int|"
    r"should be between|'begin_norm_axis' .* should be greater than zero|should not be greater than stride|"
    r"'gamma' must be in interval|gamma should be < 1"
)
"""What Paddle says of dimensions, derivatives and ranges of arguments that it does not offer."""


@contextmanager
def in_its_own_words() -> Iterator[None]:
    """Take Paddle's own words for what it does not offer."""
    try:
        yield
    except (AssertionError, NotImplementedError, RuntimeError, TypeError, ValueError) as error:
        if re.search(_LACKING, str(error)):
            raise Unsupported(str(error)) from error
        raise
