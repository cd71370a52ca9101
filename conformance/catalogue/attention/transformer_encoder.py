"""transformer_encoder: layers of an encoder, one after the other."""

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
    finished,
    layers_of,
    of_the_batch,
    present,
    restored,
    same_names,
    stack_options,
    stacked,
)
from conformance.catalogue.attention.transformer_encoder_layer import ATTENTIONS
from conformance.clause import documented
from conformance.data import Draw, Recipe, Values
from conformance.oracle import Bounded

MASKS = ("mask", "src_key_padding_mask")


def transformer_encoder(
    src: Bounded,
    mask: Masking = None,
    src_key_padding_mask: Masking = None,
    nhead: int = 1,
    activation: str = "relu",
    layer_norm_eps: float = 1e-5,
    norm_first: bool = False,
    batch_first: bool = False,
    norm_eps: float = 1e-5,
    **others: Any,
) -> Bounded:
    """Return what each layer makes of what the one before gave, normalized at the end if there is a norm.

    Shapes: those of a layer of an encoder.
    """
    state = present({name: x for name, x in others.items() if isinstance(x, Bounded)})
    recipes = Recipes(nhead, activation, layer_norm_eps, norm_first)
    x, padding = batched(src, batch_first=batch_first), of_the_batch(src_key_padding_mask, src)
    for own in layers_of(state):
        x = encoded(x, own, recipes, mask, padding)
    return restored(finished(x, state, norm_eps), src, batch_first=batch_first)


def _options(case: Case) -> dict[str, Any]:
    nested = {name: case.options[name] for name in ("enable_nested_tensor",) if name in case.options}
    return {**stack_options(case, "TransformerEncoderLayer", "encoder_layer"), **nested}


def _call(module: Any, inputs: Mapping[str, Any], case: Case, operators: Any) -> Any:
    del operators
    masks = {name: inputs[name] for name in MASKS if inputs[name] is not None}
    hints = {"is_causal": case.options["is_causal"]} if "is_causal" in case.options else {}
    return module(inputs["src"], **masks, **hints)


def _case(
    name: str,
    src: tuple[int, ...] = (3, 2, 4),
    layers: int = 2,
    *,
    masks: Mapping[str, Recipe] | None = None,
    norm: bool = False,
    **options: Any,
) -> Case:
    inputs = {
        "src": Draw(src, "modest"),
        **dict.fromkeys(MASKS),
        **({} if masks is None else masks),
        **stacked(layers, ATTENTIONS, src[-1], 3, norm=norm),
    }
    return Case(name, inputs, {"nhead": 2, "norm_first": True, "layer_norm_eps": 1.0, **options})


_PADDING = {"src_key_padding_mask": Values([[False, True, False], [False, False, True]], "bool")}

CARD = LayerCard(
    "transformer_encoder",
    documented("generated/torch.nn.TransformerEncoder.html"),
    (
        layer(
            "value",
            "The input goes through the layers in turn, each with parameters of its own.",
            _case("two-layers"),
            _case("norm-last", (2, 1, 4), norm_first=False),
        ),
        layer(
            "number-of-layers",
            "There are num_layers layers, each made as encoder_layer is.",
            _case("one", layers=1, activation="gelu"),
            _case("three", (2, 1, 4), 3),
        ),
        layer(
            "norm",
            "If a norm is given, the output of the last layer passes it.",
            _case("of-two-layers", norm=True),
            _case("with-eps", layers=1, norm=True, norm_eps=0.25),
        ),
        layer(
            "mask",
            "mask is that of every layer: True where a position is not attended to, or numbers added to the scores.",
            _case("boolean", masks={"mask": ignoring((3, 3), 1)}),
            _case("float", masks={"mask": Draw((3, 3))}),
        ),
        layer(
            "key-padding-mask",
            "Where src_key_padding_mask is True a key is ignored in every layer.",
            _case("alone", masks=_PADDING),
            _case("batch-first", (2, 3, 4), masks=_PADDING, batch_first=True),
        ),
        layer(
            "causal-hint",
            "is_causal says that mask is the causal one, which is detected by default; the numbers are the mask's.",
            _case("given", masks={"mask": later(3)}, is_causal=True),
            _case("detected", masks={"mask": later(3)}),
        ),
        layer(
            "nested-tensors",
            "enable_nested_tensor is about speed: the numbers are the same without it.",
            _case("disabled", (2, 3, 4), masks=_PADDING, batch_first=True, enable_nested_tensor=False),
        ),
        layer(
            "evaluation",
            "In evaluation nothing is dropped.",
            _case("dropout", dropout=0.5, training=False),
        ),
        Statement(
            "output-size",
            "The output has the shape of the input.",
            "layer_shape",
            (_case("batch-first", (2, 5, 4), batch_first=True), _case("unbatched", (5, 4), norm=True)),
        ),
    ),
    definition=transformer_encoder,
    output_shapes=lambda src, **_: (src,),
    layer=Layer(
        "TransformerEncoder",
        _options,
        same_names(stacked(3, ATTENTIONS, 1, 1, norm=True)),
        training=lambda case: bool(case.options.get("training", True)),
        call=_call,
    ),
    composed_of=("transformer_encoder_layer", *PARTS, "module_list"),
)
