"""Faults of recorded gradients, one for each card: the number is right, and what it depends on is forgotten."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import aside, these, unrecorded

_ASIDE = (
    *("batch_norm", "bilinear", "binary_cross_entropy", "binary_cross_entropy_with_logits", "conv1d", "conv3d"),
    *("conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "cosine_embedding_loss", "cosine_similarity"),
    *("cross_entropy", "gaussian_nll_loss", "gelu", "glu", "group_norm", "instance_norm", "kl_div", "layer_norm"),
    *("local_response_norm", "log_softmax", "logsigmoid", "mish", "multilabel_soft_margin_loss", "normalize"),
    *("poisson_nll_loss", "rms_norm", "scaled_dot_product_attention", "sigmoid", "silu"),
    *("celu", "elu", "pairwise_distance", "selu"),
    *("soft_margin_loss", "softmax", "softmin", "softplus", "tanhshrink"),
)
"""Operators whose nodes no test of the graph names: they can be replaced as a whole."""

FAULTS = (
    *(
        Fault("the-gradient-is-computed-aside-and-counts-as-a-constant", f"{name}.second-gradient", aside(name))
        for name in _ASIDE
    ),
    Fault(
        "the-recorded-gradient-is-a-constant",
        "tanh.second-gradient",
        unrecorded("TanhBackward0"),
        also=these("tanhshrink: second-gradient"),
    ),
    Fault("the-recorded-gradient-is-a-constant", "mse_loss.second-gradient", unrecorded("MseLossBackward0")),
    Fault("the-recorded-gradient-is-a-constant", "conv2d.second-gradient", unrecorded("ConvolutionBackward0")),
    Fault(
        "the-recorded-gradient-is-a-constant",
        "linear.second-gradient",
        unrecorded("AddmmBackward0"),
        also=these("create_graph: gradient-penalty"),
        stumbles=True,
    ),
)
