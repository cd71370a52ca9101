"""Faults of TransformerEncoderLayer."""

from __future__ import annotations

from tests.faults._planting import edited
from tests.faults.attention._layers import Stacked, within

_LAYER = Stacked("transformer_encoder_layer", "TransformerEncoderLayer")
_ALL = ("transformer_*",)
_STACKS = ("transformer_encoder.*",)
_INIT = "operators.attention._layers:AttentionLayer.__init__"

FAULTS = (
    *_LAYER.common(*_STACKS),
    _LAYER.fault(
        "sum-forgotten",
        "value",
        within(("norm(add(x, dropout(block(x))))", "norm(dropout(block(x)))")),
        "*",
        above=_ALL,
    ),
    _LAYER.fault(
        "norm-of-the-sum-before-it",
        "value",
        within(("norm(add(x, dropout(block(x))))", "add(norm(x), dropout(block(x)))")),
        "*",
        above=_ALL,
    ),
    _LAYER.fault(
        "network-of-the-input",
        "value",
        _LAYER.forward(("self.added(x, 2, self.fed_forward)", "self.added(x, 2, lambda y: self.fed_forward(src))")),
        "*",
        above=_STACKS,
    ),
    _LAYER.fault(
        "first-norm-twice", "value", _LAYER.forward(("self.added(x, 2,", "self.added(x, 1,")), "*", above=_STACKS
    ),
    _LAYER.fault(
        "normalized-input-added",
        "norm-first",
        within(("add(x, dropout(block(norm(x))))", "add(norm(x), dropout(block(norm(x))))")),
        "eps",
        "no-bias",
        "gradient",
        above=_ALL,
    ),
    _LAYER.fault(
        "norm-first-ignored",
        "norm-first",
        within(("if self.norm_first", "if False")),
        "eps",
        "no-bias",
        "gradient",
        above=_ALL,
    ),
    _LAYER.fault(
        "activation-ignored",
        "activation",
        edited(_INIT, ("activation_of(activation)", "activation_of('relu')")),
        "evaluation",
        "gradient",
        above=_ALL,
    ),
    _LAYER.fault("eps-ignored", "eps", edited(_INIT, ("eps=layer_norm_eps, ", "")), "gradient", above=_ALL),
    _LAYER.fault(
        "network-twice-without-bias",
        "no-bias",
        within(
            (
                "self.linear2(self.dropout(self.activation(self.linear1(x))))",
                "self.linear2(self.dropout(self.activation(self.linear1(x)) "
                "* (1 if self.linear1.bias is not None else 2)))",
            ),
            of="fed_forward",
        ),
        "gradient",
        above=_ALL,
    ),
    _LAYER.fault(
        "mask-forgotten",
        "mask",
        _LAYER.forward(("src_mask, src_key_padding_mask, is_causal)", "None, src_key_padding_mask, False)")),
        "key-padding-mask",
        "causal-hint",
        "gradient",
        above=_STACKS,
    ),
    _LAYER.fault(
        "padding-forgotten",
        "key-padding-mask",
        _LAYER.forward(("src_mask, src_key_padding_mask, is_causal)", "src_mask, None, is_causal)")),
        "batch-first",
        "unbatched",
        "gradient",
        above=_STACKS,
    ),
    _LAYER.fault(
        "hint-for-the-mask",
        "causal-hint",
        _LAYER.forward(
            (
                "src_mask, src_key_padding_mask, is_causal)",
                "None if is_causal else src_mask, src_key_padding_mask, False)",
            )
        ),
        "gradient",
        above=_STACKS,
    ),
    _LAYER.fault(
        "sequence-first-always",
        "batch-first",
        edited(_INIT, ("batch_first=batch_first", "batch_first=False")),
        "norm-first",
        "evaluation",
        "gradient",
        above=_ALL,
    ),
    _LAYER.fault(
        "one-position-unbatched",
        "unbatched",
        _LAYER.forward(
            (
                "return self.added(x, 2, self.fed_forward)",
                "return self.added(x, 2, self.fed_forward) if x.ndim == 3 else x",
            )
        ),
        "gradient",
    ),
    _LAYER.fault(
        "dropped-in-evaluation",
        "evaluation",
        within(("self.dropout(self.activation", "self.dropout.train()(self.activation"), of="fed_forward"),
        "gradient",
        above=_ALL,
    ),
    _LAYER.fault(
        "second-norm-without-gradient",
        "gradient",
        _LAYER.forward(
            (
                "self.added(x, 2, self.fed_forward)",
                "self.added(x.detach() * 1.0 + (x - x.detach()) * 0.5, 2, self.fed_forward)",
            )
        ),
        above=_STACKS,
    ),
)
