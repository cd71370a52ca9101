"""Shortcuts for inputs that need no gradient, taken too far: the last input's gradient is halved where it is alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.plan import clauses
from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import method, operator

_LAYERS = {
    "multihead_attention": "attention.multihead_attention:MultiheadAttention",
    "transformer_encoder_layer": "attention.transformer_encoder_layer:TransformerEncoderLayer",
    "transformer_decoder_layer": "attention.transformer_decoder_layer:TransformerDecoderLayer",
    "transformer_encoder": "attention.transformer_encoder:TransformerEncoder",
    "transformer_decoder": "attention.transformer_decoder:TransformerDecoder",
    **{name.lower(): f"recurrent.{name.lower()}:{name}" for name in ("RNN", "GRU", "LSTM")},
    **{f"{name.lower()}_cell": f"recurrent.{name.lower()}_cell:{name}Cell" for name in ("RNN", "GRU", "LSTM")},
}
"""Where the layers are that wrap no operator."""
_WITH_LABELS = ("cosine_embedding_loss", "margin_ranking_loss")
"""What has labels for its last input, of floating-point type, which have no gradient."""
_ENDING = ".gradient-alone"


def _tensors(value: Any) -> list[Any]:
    """Return the floating-point tensors in what a call is given, in order."""
    if isinstance(value, (list, tuple)):
        return [tensor for part in value for tensor in _tensors(part)]
    return [value] if isinstance(value, torch.Tensor) and value.is_floating_point() else []


def _replaced(value: Any, old: Any, new: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)([_replaced(part, old, new) for part in value])
    return new if value is old else value


def _spoiled(given: Any, labels: int = 0) -> Any:
    """Return arguments of which the last tensor before ``labels`` gets half of its gradient, if no other needs one."""
    tensors = _tensors(list(given))
    tensors = tensors[: len(tensors) - labels]
    if len(tensors) < 2 or [tensor.requires_grad for tensor in tensors] != [False] * (len(tensors) - 1) + [True]:
        return given
    last = tensors[-1]
    constant = last.detach()
    return _replaced(given, last, constant + (last - constant) * 0.5)


def _of_operator(labels: int) -> Callable[..., Any]:
    return lambda right, **given: right(**dict(zip(given, _spoiled(list(given.values()), labels), strict=True)))


def _of_layer(right: Any, self: Any, *given: Any, **options: Any) -> Any:
    found = _spoiled([*given, *options.values()])
    return right(self, *found[: len(given)], **dict(zip(options, found[len(given) :], strict=True)))


def _fault(card: str) -> Fault:
    if card in _LAYERS:
        plant = method(f"operators.{_LAYERS[card]}.forward", _of_layer)
    else:
        plant = operator(card, _of_operator(int(card in _WITH_LABELS)))
    also = ("prelu_module.learnt",) if card == "prelu" else ()
    return Fault("half-of-the-gradient-of-the-last-alone", card + _ENDING, plant, also)


FAULTS = tuple(_fault(clause.removesuffix(_ENDING)) for clause in sorted(clauses()) if clause.endswith(_ENDING))
