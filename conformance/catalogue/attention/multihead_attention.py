"""multihead_attention: attention of several heads between learnt projections."""

from __future__ import annotations

from conformance.card import Layer, LayerCard, Statement, layer
from conformance.catalogue.attention._multihead import (
    STATE,
    attending,
    call,
    constructed,
    ignoring,
    later,
    multihead_attention,
    output_shapes,
)
from conformance.clause import documented
from conformance.data import Draw, Values

_FIVE = Values([[False, True, False, False, True], [False, False, False, True, True]], "bool")

CARD = LayerCard(
    "multihead_attention",
    documented("generated/torch.nn.MultiheadAttention.html"),
    (
        layer(
            "value",
            "Query, key and value are projected, their features split across the heads, attention taken in each, and "
            "the heads' outputs concatenated and projected.",
            attending("two-heads"),
            attending("one-head", (2, 1, 3), 4, num_heads=1),
            attending("three-heads", (2, 1, 6), 3, num_heads=3),
        ),
        layer(
            "self-attention",
            "Query, key and value may be one and the same, and every position attends to all.",
            attending("sequence-first", key=None),
            attending("batch-first", (2, 3, 4), None, batch_first=True, need_weights=False),
            attending("in-evaluation", (2, 3, 4), None, batch_first=True, training=False),
        ),
        layer(
            "weights",
            "The weights are averaged across the heads if average_attn_weights is set, which is the default, and those "
            "of each head otherwise.",
            attending("of-each-head", average_attn_weights=False),
            attending("averaged", average_attn_weights=True, batch_first=True),
        ),
        layer(
            "no-weights",
            "With need_weights=False the output is the same, and no weights are returned.",
            attending("left-out", need_weights=False),
            attending("not-averaged-either", need_weights=False, average_attn_weights=False),
        ),
        layer(
            "sizes",
            "Keys and values may have kdim and vdim features, which their own projections take to embed_dim.",
            attending("kdim-and-vdim", sizes=(3, 6)),
            attending("kdim", sizes=(5, 4), need_weights=False),
        ),
        layer(
            "no-bias",
            "With bias=False the projections in and out add nothing.",
            attending("packed", bias=False),
            attending("separate", bias=False, sizes=(2, 3), need_weights=False),
        ),
        layer(
            "key-value-bias",
            "With add_bias_kv a learnt key and a learnt value come with the sequences, attended to like the others.",
            attending("plain", extra=True, need_weights=False),
            attending("without-bias", extra=True, bias=False, need_weights=False),
            attending("masked", extra=True, need_weights=False, padding=_FIVE, mask=ignoring((3, 5), 1)),
        ),
        layer(
            "zero-attention",
            "With add_zero_attn a key and a value of zeros come with the sequences, attended to like the others.",
            attending("plain", add_zero_attn=True, need_weights=False),
            attending("masked", add_zero_attn=True, need_weights=False, padding=_FIVE),
            attending("with-key-value-bias", add_zero_attn=True, extra=True, need_weights=False, mask=Draw((3, 5))),
        ),
        layer(
            "key-padding-mask",
            "Where a boolean key_padding_mask is True a key is ignored; a floating-point one is added to its scores.",
            attending("boolean", padding=_FIVE),
            attending("boolean-without-weights", (2, 3, 4), padding=_FIVE, need_weights=False, batch_first=True),
            attending("float", padding=Draw((2, 5)), need_weights=False),
        ),
        layer(
            "boolean-mask",
            "Where a boolean attn_mask is True a position is not attended to.",
            attending("of-all", mask=ignoring((3, 5))),
            attending("without-weights", mask=ignoring((3, 5), 3), need_weights=False),
            attending("with-padding", mask=ignoring((3, 5), 2), padding=_FIVE),
        ),
        layer(
            "float-mask",
            "A floating-point attn_mask is added to the scores.",
            attending("of-all", mask=Draw((3, 5))),
            attending("with-padding", mask=Draw((3, 5)), padding=Draw((2, 5)), need_weights=False),
        ),
        layer(
            "mask-of-each-head",
            "An attn_mask of three dimensions has a matrix for each batch entry and head.",
            attending("boolean", mask=ignoring((4, 3, 5), 2), average_attn_weights=False),
            attending("float", mask=Draw((4, 3, 5)), need_weights=False),
        ),
        layer(
            "causal-hint",
            "is_causal says that attn_mask is the causal one, and the numbers are those of the mask.",
            attending("with-weights", (4, 2, 4), None, mask=later(4), is_causal=True),
            attending("without-weights", (4, 2, 4), None, mask=later(4), is_causal=True, need_weights=False),
        ),
        layer(
            "batch-first",
            "With batch_first inputs and output are of shape (batch, sequence, feature).",
            attending("cross-attention", (2, 3, 4), 5, batch_first=True),
            attending("equal-lengths", (3, 3, 4), 3, batch_first=True, need_weights=False),
        ),
        layer(
            "unbatched",
            "Inputs may have no batch dimension; the outputs have none then, and batch_first is ignored.",
            attending("plain", (3, 4)),
            attending("of-each-head", (3, 4), average_attn_weights=False, batch_first=True),
            attending(
                "masked", (3, 4), padding=Values([False, True, False, False, True], "bool"), mask=ignoring((3, 5), 1)
            ),
        ),
        layer(
            "dropout",
            "Weights are dropped with the given probability in training, and none is dropped in evaluation.",
            attending("all-in-training", dropout=1.0, need_weights=False),
            attending("none-in-evaluation", dropout=1.0, training=False),
        ),
        Statement(
            "output-sizes",
            "The output has the query's shape; the weights are of shape (N, L, S), or (N, num_heads, L, S) of each "
            "head, without N for unbatched input.",
            "layer_shape",
            (
                attending("averaged", (3, 1, 4)),
                attending("of-each-head", (2, 4, 6), 5, num_heads=3, batch_first=True, average_attn_weights=False),
                attending("unbatched", (3, 4)),
                attending("unbatched-of-each-head", (3, 4), average_attn_weights=False),
            ),
        ),
        Statement(
            "mask-shape",
            "An attn_mask that is neither of shape (L, S) nor (N * num_heads, L, S) is refused.",
            "layer_refusal",
            (
                attending("transposed", mask=ignoring((5, 3))),
                attending("of-each-entry", mask=ignoring((2, 3, 5))),
            ),
        ),
    ),
    definition=multihead_attention,
    output_shapes=output_shapes,
    layer=Layer(
        "MultiheadAttention",
        constructed,
        STATE,
        training=lambda case: bool(case.options.get("training", True)),
        call=call,
    ),
    composed_of=("linear", "view", "module"),
)
