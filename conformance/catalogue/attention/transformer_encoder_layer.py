"""transformer_encoder_layer: self-attention and a feed-forward network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.card import Layer, LayerCard, Statement, layer
from conformance.case import Case
from conformance.catalogue.attention._multihead import ignoring, later
from conformance.catalogue.attention._transformer import (
    PARTS,
    Masking,
    Recipes,
    batched,
    encoded,
    layer_options,
    of_the_batch,
    parameters,
    present,
    restored,
    same_names,
)
from conformance.clause import documented
from conformance.data import Draw, Recipe, Values
from conformance.oracle import Bounded

ATTENTIONS = ("self_attn",)
MASKS = ("src_mask", "src_key_padding_mask")


def transformer_encoder_layer(
    src: Bounded,
    src_mask: Masking = None,
    src_key_padding_mask: Masking = None,
    nhead: int = 1,
    activation: str = "relu",
    layer_norm_eps: float = 1e-5,
    norm_first: bool = False,
    batch_first: bool = False,
    **others: Any,
) -> Bounded:
    """Return x and its self-attention, summed and normalized, then that and its feed-forward network alike.

    Shapes: src (S, E), (S, N, E) or (N, S, E), src_mask (S, S) or (N * nhead, S, S), src_key_padding_mask (S) or
    (N, S).
    """
    state = present({name: x for name, x in others.items() if isinstance(x, Bounded)})
    recipes = Recipes(nhead, activation, layer_norm_eps, norm_first)
    x = batched(src, batch_first=batch_first)
    result = encoded(x, state, recipes, src_mask, of_the_batch(src_key_padding_mask, src))
    return restored(result, src, batch_first=batch_first)


def _call(module: Any, inputs: Mapping[str, Any], case: Case, operators: Any) -> Any:
    del operators
    masks = {name: inputs[name] for name in MASKS if inputs[name] is not None}
    hints = {"is_causal": True} if case.options.get("is_causal") else {}
    return module(inputs["src"], **masks, **hints)


def _case(
    name: str,
    src: tuple[int, ...] = (3, 2, 4),
    hidden: int = 5,
    *,
    mask: Recipe | None = None,
    padding: Recipe | None = None,
    bias: bool = True,
    **options: Any,
) -> Case:
    inputs = {"src": Draw(src, "modest"), "src_mask": mask, "src_key_padding_mask": padding}
    return Case(name, {**inputs, **parameters(ATTENTIONS, src[-1], hidden, bias=bias)}, {"nhead": 2, **options})


_PADDING = Values([[False, True, False], [False, False, True]], "bool")

CARD = LayerCard(
    "transformer_encoder_layer",
    documented("generated/torch.nn.TransformerEncoderLayer.html"),
    (
        layer(
            "value",
            "The input and its self-attention are summed and normalized; that and what the feed-forward network makes "
            "of it are summed and normalized.",
            _case("two-heads"),
            _case("three-heads", (2, 1, 6), 3, nhead=3),
        ),
        layer(
            "norm-first",
            "With norm_first attention and feed-forward network get normalized inputs, and sums stay as they are.",
            _case("relu", norm_first=True),
            _case("batch-first", (2, 3, 4), 3, norm_first=True, batch_first=True),
        ),
        layer(
            "activation",
            "The activation of the feed-forward network is relu by default, and gelu by its name.",
            _case("gelu", activation="gelu"),
            _case("relu", activation="relu"),
        ),
        layer(
            "eps",
            "layer_norm_eps is the eps of both normalizations.",
            _case("large", layer_norm_eps=0.5),
            _case("norm-first", layer_norm_eps=0.25, norm_first=True),
        ),
        layer(
            "no-bias",
            "With bias=False projections, linear maps and normalizations add no bias.",
            _case("norm-last", bias=False),
            _case("norm-first", bias=False, norm_first=True),
        ),
        layer(
            "mask",
            "A boolean src_mask is True where a position is not attended to; one of numbers is added to the scores.",
            _case("boolean", mask=ignoring((3, 3), 1)),
            _case("float", mask=Draw((3, 3))),
            _case("of-each-head", mask=ignoring((4, 3, 3), 2)),
        ),
        layer(
            "key-padding-mask",
            "Where src_key_padding_mask is True a key is ignored.",
            _case("alone", padding=_PADDING),
            _case("with-mask", padding=_PADDING, mask=Values([[False, False, True], [False] * 3, [False] * 3], "bool")),
        ),
        layer(
            "causal-hint",
            "is_causal says that src_mask is the causal one, and the numbers are those of the mask.",
            _case("boolean", mask=later(3), is_causal=True),
        ),
        layer(
            "batch-first",
            "With batch_first input and output are of shape (batch, sequence, feature).",
            _case("plain", (2, 3, 4), batch_first=True),
            _case("equal-lengths", (3, 3, 4), 2, batch_first=True, padding=Values([[False, False, True]] * 3, "bool")),
        ),
        layer(
            "unbatched",
            "The input may have no batch dimension, and the output has none then.",
            _case("plain", (3, 4)),
            _case("masked", (3, 4), padding=Values([False, True, False], "bool"), batch_first=True),
        ),
        layer(
            "evaluation",
            "In evaluation nothing is dropped.",
            _case("dropout", dropout=0.5, training=False),
            _case("batch-first", (2, 3, 4), batch_first=True, training=False, activation="gelu"),
        ),
        Statement(
            "output-size",
            "The output has the shape of the input.",
            "layer_shape",
            (_case("batch-first", (2, 5, 4), batch_first=True), _case("one-position", (1, 3, 4)), _case("two", (5, 4))),
        ),
    ),
    definition=transformer_encoder_layer,
    output_shapes=lambda src, **_: (src,),
    layer=Layer(
        "TransformerEncoderLayer",
        layer_options,
        same_names(parameters(ATTENTIONS, 1, 1)),
        training=lambda case: bool(case.options.get("training", True)),
        call=_call,
    ),
    composed_of=PARTS,
)
