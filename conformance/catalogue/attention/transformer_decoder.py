"""transformer_decoder: layers of a decoder, one after the other, each with the memory."""

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
    finished,
    layers_of,
    of_the_batch,
    present,
    restored,
    same_names,
    stack_options,
    stacked,
)
from conformance.catalogue.attention.transformer_decoder_layer import ATTENTIONS, MASKS, call
from conformance.clause import documented
from conformance.data import Draw, Recipe, Values
from conformance.oracle import Bounded


def transformer_decoder(
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
    norm_eps: float = 1e-5,
    **others: Any,
) -> Bounded:
    """Return what each layer makes of what the one before gave and the memory, normalized at the end if asked for.

    Shapes: those of a layer of a decoder.
    """
    state = present({name: x for name, x in others.items() if isinstance(x, Bounded)})
    recipes = Recipes(nhead, activation, layer_norm_eps, norm_first)
    x, other = (batched(one, batch_first=batch_first) for one in (tgt, memory))
    paddings = (of_the_batch(tgt_key_padding_mask, tgt), of_the_batch(memory_key_padding_mask, tgt))
    for own in layers_of(state):
        x = decoded(x, other, own, recipes, (tgt_mask, memory_mask), paddings)
    return restored(finished(x, state, norm_eps), tgt, batch_first=batch_first)


def _case(
    name: str,
    tgt: tuple[int, ...] = (2, 2, 4),
    layers: int = 2,
    source: int = 3,
    *,
    masks: Mapping[str, Recipe] | None = None,
    norm: bool = False,
    **options: Any,
) -> Case:
    axis = 1 if len(tgt) == 3 and options.get("batch_first") else 0
    inputs = {
        "tgt": Draw(tgt, "modest"),
        "memory": Draw((*tgt[:axis], source, *tgt[axis + 1 :]), "modest"),
        **dict.fromkeys(MASKS),
        **({} if masks is None else masks),
        **stacked(layers, ATTENTIONS, tgt[-1], 3, norm=norm),
    }
    return Case(name, inputs, {"nhead": 2, "norm_first": True, "layer_norm_eps": 1.0, **options})


_OF_MEMORY = Values([[False, True, False], [False, False, True]], "bool")
_OF_TARGET = Values([[False, True], [False, False]], "bool")

CARD = LayerCard(
    "transformer_decoder",
    documented("generated/torch.nn.TransformerDecoder.html"),
    (
        layer(
            "value",
            "The target goes through the layers in turn, each with parameters of its own and with the same memory.",
            _case("two-layers"),
            _case("norm-last", (1, 1, 4), norm_first=False),
        ),
        layer(
            "number-of-layers",
            "There are num_layers layers, each made as decoder_layer is.",
            _case("one", (2, 1, 2), 1, 2, nhead=1, activation="gelu"),
            _case("three", (1, 1, 4), 3, 2),
        ),
        layer(
            "norm",
            "If a norm is given, the output of the last layer passes it.",
            _case("with-eps", layers=1, norm=True, norm_eps=0.25),
        ),
        layer(
            "target-masks",
            "tgt_mask and tgt_key_padding_mask are those of every layer's attention to its own input.",
            _case("mask", masks={"tgt_mask": later(2)}),
            _case("padding", masks={"tgt_key_padding_mask": _OF_TARGET}),
        ),
        layer(
            "memory-masks",
            "memory_mask and memory_key_padding_mask are those of every layer's attention to the memory.",
            _case("mask", masks={"memory_mask": ignoring((2, 3), 1)}),
            _case("padding", (2, 2, 4), masks={"memory_key_padding_mask": _OF_MEMORY}, batch_first=True),
        ),
        layer(
            "causal-hint",
            "tgt_is_causal says that tgt_mask is the causal one, which is detected by default, and memory_is_causal "
            "the same of memory_mask; the numbers are those of the masks.",
            _case("of-target", (3, 1, 4), 1, masks={"tgt_mask": later(3)}, tgt_is_causal=True),
            _case("of-memory", (3, 1, 4), 1, masks={"memory_mask": later(3)}, memory_is_causal=True),
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
            (_case("batch-first", (2, 5, 4), batch_first=True), _case("unbatched", (5, 4), norm=True)),
        ),
    ),
    definition=transformer_decoder,
    output_shapes=lambda tgt, **_: (tgt,),
    layer=Layer(
        "TransformerDecoder",
        lambda case: stack_options(case, "TransformerDecoderLayer", "decoder_layer"),
        same_names(stacked(3, ATTENTIONS, 1, 1, norm=True)),
        training=lambda case: bool(case.options.get("training", True)),
        call=call,
    ),
    composed_of=("transformer_decoder_layer", *PARTS, "module_list"),
)
