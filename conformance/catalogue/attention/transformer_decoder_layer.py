"""transformer_decoder_layer: self-attention, attention to a memory, and a feed-forward network."""

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
    decoded,
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

ATTENTIONS = ("self_attn", "multihead_attn")
MASKS = ("tgt_mask", "memory_mask", "tgt_key_padding_mask", "memory_key_padding_mask")


def transformer_decoder_layer(
    tgt: Bounded,
    memory: Bounded,
    tgt_mask: Masking = None,
    memory_mask: Masking = None,
    tgt_key_padding_mask: Masking = None,
    memory_key_padding_mask: Masking = None,
    nhead: int = 1,
    activation: str = "relu",
    layer_norm_eps: float = 1e-5,
    norm_first: bool = False,
    batch_first: bool = False,
    **others: Any,
) -> Bounded:
    """Return x, its self-attention, its attention to the memory and its feed-forward network, summed in turn.

    Shapes: tgt (T, E), (T, N, E) or (N, T, E), memory alike with S for T, tgt_mask (T, T) or (N * nhead, T, T),
    memory_mask (T, S), tgt_key_padding_mask (T) or (N, T), memory_key_padding_mask (S) or (N, S).
    """
    state = present({name: x for name, x in others.items() if isinstance(x, Bounded)})
    result = decoded(
        batched(tgt, batch_first=batch_first),
        batched(memory, batch_first=batch_first),
        state,
        Recipes(nhead, activation, layer_norm_eps, norm_first),
        (tgt_mask, memory_mask),
        (of_the_batch(tgt_key_padding_mask, tgt), of_the_batch(memory_key_padding_mask, tgt)),
    )
    return restored(result, tgt, batch_first=batch_first)


def call(module: Any, inputs: Mapping[str, Any], case: Case, operators: Any) -> Any:
    """Call a decoder or a layer of one, with what masks and hints there are."""
    del operators
    masks = {name: inputs[name] for name in MASKS if inputs[name] is not None}
    hints = {name: True for name in ("tgt_is_causal", "memory_is_causal") if case.options.get(name)}
    return module(inputs["tgt"], inputs["memory"], **masks, **hints)


def _case(
    name: str,
    tgt: tuple[int, ...] = (2, 2, 4),
    source: int = 3,
    hidden: int = 5,
    *,
    bias: bool = True,
    masks: Mapping[str, Recipe] | None = None,
    **options: Any,
) -> Case:
    """Return a case: the target's shape, the length of the memory, and masks by their names."""
    axis = 1 if len(tgt) == 3 and options.get("batch_first") else 0
    inputs = {
        "tgt": Draw(tgt, "modest"),
        "memory": Draw((*tgt[:axis], source, *tgt[axis + 1 :]), "modest"),
        **dict.fromkeys(MASKS),
        **({} if masks is None else masks),
        **parameters(ATTENTIONS, tgt[-1], hidden, bias=bias),
    }
    return Case(name, inputs, {"nhead": 2, **options})


_OF_MEMORY = Values([[False, True, False], [False, False, True]], "bool")
_OF_TARGET = Values([[False, True], [False, False]], "bool")

CARD = LayerCard(
    "transformer_decoder_layer",
    documented("generated/torch.nn.TransformerDecoderLayer.html"),
    (
        layer(
            "value",
            "The target, its self-attention, its attention to the memory and its feed-forward network are summed in "
            "turn, and each sum is normalized.",
            _case("two-heads"),
            _case("three-heads", (1, 1, 6), 2, 3, nhead=3),
        ),
        layer(
            "norm-first",
            "With norm_first attentions and feed-forward network get normalized inputs, and their sums stay as they "
            "are; the memory is not normalized.",
            _case("relu", norm_first=True),
        ),
        layer(
            "activation",
            "The activation of the feed-forward network is relu by default, and gelu by its name.",
            _case("gelu", activation="gelu", norm_first=True),
        ),
        layer(
            "eps",
            "layer_norm_eps is the eps of all three normalizations.",
            _case("large", layer_norm_eps=0.5),
            _case("two-features", (2, 1, 2), 2, 2, nhead=1, layer_norm_eps=0.25),
        ),
        layer(
            "no-bias",
            "With bias=False projections, linear maps and normalizations add no bias.",
            _case("norm-last", bias=False),
        ),
        layer(
            "target-mask",
            "tgt_mask is that of the target's attention to itself: True where a position is not attended to, or "
            "numbers that are added to the scores.",
            _case("boolean", masks={"tgt_mask": later(2)}),
            _case("float", masks={"tgt_mask": Draw((2, 2))}),
            _case("of-each-head", masks={"tgt_mask": ignoring((4, 2, 2), 1)}),
        ),
        layer(
            "memory-mask",
            "memory_mask is that of the target's attention to the memory.",
            _case("boolean", masks={"memory_mask": ignoring((2, 3), 1)}),
            _case("float", masks={"memory_mask": Draw((2, 3)), "tgt_mask": Draw((2, 2))}),
        ),
        layer(
            "key-padding-masks",
            "Keys of the target, and of the memory, are ignored where their own mask is True.",
            _case("of-target", masks={"tgt_key_padding_mask": _OF_TARGET}),
            _case("of-memory", masks={"memory_key_padding_mask": _OF_MEMORY}),
            _case(
                "of-both",
                (2, 2, 4),
                2,
                masks={
                    "tgt_key_padding_mask": _OF_TARGET,
                    "memory_key_padding_mask": Values([[True, False]] * 2, "bool"),
                },
            ),
        ),
        layer(
            "causal-hint",
            "tgt_is_causal and memory_is_causal say that the masks are causal, and the numbers are those of the masks.",
            _case("of-target", (3, 1, 4), masks={"tgt_mask": later(3)}, tgt_is_causal=True),
            _case("of-memory", (3, 1, 4), masks={"memory_mask": later(3)}, memory_is_causal=True),
        ),
        layer(
            "batch-first",
            "With batch_first inputs and output are of shape (batch, sequence, feature).",
            _case("plain", (1, 2, 4), batch_first=True),
            _case("equal-lengths", (2, 2, 4), 2, batch_first=True),
        ),
        layer(
            "unbatched",
            "The inputs may have no batch dimension, and the output has none then.",
            _case("plain", (2, 4)),
            _case("masked", (2, 4), masks={"memory_key_padding_mask": Values([False, True, False], "bool")}),
        ),
        layer(
            "evaluation",
            "In evaluation nothing is dropped.",
            _case("dropout", dropout=0.5, training=False),
        ),
        Statement(
            "output-size",
            "The output has the shape of the target.",
            "layer_shape",
            (_case("batch-first", (2, 5, 4), batch_first=True), _case("one-position", (1, 3, 4)), _case("two", (5, 4))),
        ),
    ),
    definition=transformer_decoder_layer,
    output_shapes=lambda tgt, **_: (tgt,),
    layer=Layer(
        "TransformerDecoderLayer",
        layer_options,
        same_names(parameters(ATTENTIONS, 1, 1)),
        training=lambda case: bool(case.options.get("training", True)),
        call=call,
    ),
    composed_of=PARTS,
)
