"""Faults of every layer, by rule: its result, its options, its state, its mode, how it begins, what it refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from conformance.card import FormulaCard, Layer, LayerCard, OperatorCard
from conformance.case import Case
from conformance.catalogue import cards
from conformance.initial import Beginning
from conformance.strength import Fault
from tests.faults._base import of_torch
from tests.faults._planting import together
from tests.faults_over_torch._rules import clauses_of, ignored, mapped, method, one_element_off, rule, swallowing

RESULTS: dict[str, Callable[[Any], Any]] = {
    "one-element-off-by-a-thousandth": one_element_off,
    "all-off-by-one-in-4096": lambda tensor: tensor * (1 + 2.0**-12),
}


def _layers(card: FormulaCard) -> list[Layer]:
    if isinstance(card, LayerCard):
        return [card.layer]
    assert isinstance(card, OperatorCard)
    return [layer for layer in (card.layer, *card.further_layers) if layer is not None]


def _cases(card: FormulaCard, layer: Layer) -> list[Case]:
    """Return the cases that laws of layers make the layer of."""
    assert isinstance(card, (OperatorCard, LayerCard))
    own = [case for state in card.states if state.law in {"layer", "random_value"} for case in state.cases]
    return [case for case in (*card.cases(), *own) if isinstance(case, Case) and layer.covers(case)]


def _of_layer(card: FormulaCard, layer: Layer) -> Iterator[Fault]:
    owner = getattr(of_torch().root.nn, layer.name, None)
    if owner is None or "layer" not in {law for law in ("layer", "random_layer") if clauses_of(card.name, law)}:
        return
    everything, named = f"{card.name}.*", f"-in-{layer.name.lower()}"
    for name, change in RESULTS.items():
        plant = method(owner, "forward", lambda right, *given, _c=change, **more: mapped(right(*given, **more), _c))
        yield rule(card.name, f"{name}{named}", everything, plant)
    for name, plant in ignored(named, owner, lambda: _options(card, layer)):
        yield rule(card.name, name, everything, plant, stumbles=True)
    yield from _of_state(card, layer, owner)
    for clause in clauses_of(card.name, "layer_dtype"):
        wide = method(owner, "forward", lambda right, *given: mapped(right(*given), lambda one: one.double()))
        yield rule(card.name, f"float64-for-float32{named}", clause, wide)
    for clause in clauses_of(card.name, "layer_purity"):
        yield rule(card.name, f"input-overwritten{named}", clause, method(owner, "forward", _overwriting))


def _of_state(card: FormulaCard, layer: Layer, owner: type) -> Iterator[Fault]:
    everything, named = f"{card.name}.*", f"-in-{layer.name.lower()}"
    for argument, key in sorted(layer.state.items()):
        if any(case.inputs.get(argument) is not None for case in _cases(card, layer)):
            plant = method(owner, "load_state_dict", _without(key))
            yield rule(card.name, f"{argument}-not-loaded{named}", everything, plant)
    if len({layer.training(case) for case in _cases(card, layer)}) > 1:
        for mode in (True, False):
            plant = method(owner, "train", lambda right, self, _given=True, _mode=mode: right(self, _mode))
            yield rule(card.name, f"{'training' if mode else 'evaluation'}-always{named}", everything, plant)
    for clause in clauses_of(card.name, "layer_state")[:1]:
        yield rule(card.name, f"state-as-before{named}", clause, method(owner, "forward", _keeping_state))


def _options(card: FormulaCard, layer: Layer) -> Iterator[tuple[str, Any]]:
    for case in _cases(card, layer):
        yield from layer.options(case).items()


def _without(key: str) -> Callable[..., Any]:
    def wrong(right: Any, self: Any, state: Any, **settings: Any) -> Any:
        own = self.state_dict()
        return right(self, {**state, **({key: own[key].clone()} if key in own else {})}, **settings)

    return wrong


def _keeping_state(right: Any, self: Any, *given: Any) -> Any:
    before = {name: buffer.clone() for name, buffer in self.named_buffers()}
    result = right(self, *given)
    for name, buffer in self.named_buffers():
        buffer.data.copy_(before[name])
    return result


def _overwriting(right: Any, self: Any, *given: Any) -> Any:
    torch = of_torch().root
    result = right(self, *(one.clone() if torch.is_tensor(one) else one for one in given))
    for one in given:
        if torch.is_tensor(one) and one.is_floating_point():
            one.data.add_(1)
    return result


def _of_card(card: FormulaCard) -> Iterator[Fault]:
    nn = of_torch().root.nn
    for layer in _layers(card)[:1]:
        owner = getattr(nn, layer.name, None)
        for clause in clauses_of(card.name, "layer_refusal") if owner is not None else ():
            plant = together(method(owner, "__init__", _accepting), method(owner, "forward", swallowing))
            yield rule(card.name, "accepted", clause, plant)
    for state in card.states:
        for case in state.cases:
            if isinstance(case, Beginning) and hasattr(nn, case.layer):
                plant = method(getattr(nn, case.layer), "__init__", _beginning_otherwise(case.parameter))
                name = f"{case.name}-begins-otherwise"
                yield rule(card.name, name, f"{card.name}.{state.behaviour}", plant)


def _accepting(*given: Any, **options: Any) -> None:
    swallowing(*given, **options)


def _beginning_otherwise(parameter: str) -> Callable[..., Any]:
    def wrong(right: Any, self: Any, *given: Any, **options: Any) -> None:
        right(self, *given, **options)
        self.state_dict()[parameter].mul_(1.25).add_(0.25)

    return wrong


_ALIKE = "with a dropout of 0 both modes compute alike, and with another nothing can be compared"
_UNSEEN = "a kind of tensor for gradients, of which arrays show nothing"
_GIVEN = "the constructor has it already"

MEANS_NOTHING = {
    "transformer_decoder.*:rule-evaluation-always-in-transformerdecoder": _ALIKE,
    "transformer_decoder_layer.*:rule-evaluation-always-in-transformerdecoderlayer": _ALIKE,
    "transformer_encoder.*:rule-evaluation-always-in-transformerencoder": _ALIKE,
    "transformer_encoder_layer.*:rule-evaluation-always-in-transformerencoderlayer": _ALIKE,
    "transformer_encoder.*:rule-enable-nested-tensor-ignored-in-transformerencoder": "a faster way to the same result",
    "embedding_bag.*:rule-sparse-ignored-in-embeddingbag": _UNSEEN,
    "embedding.*:rule-sparse-ignored-in-embedding": _UNSEEN,
    "binary_cross_entropy_with_logits.*:rule-pos-weight-not-loaded-in-bcewithlogitsloss": _GIVEN,
    "binary_cross_entropy_with_logits.*:rule-weight-not-loaded-in-bcewithlogitsloss": _GIVEN,
}
"""Faults that change nothing that can be seen, each with the reason."""

FAULTS = tuple(
    fault
    for card in cards()
    if isinstance(card, FormulaCard)
    for fault in (*(one for layer in _layers(card) for one in _of_layer(card, layer)), *_of_card(card))
    if fault.id not in MEANS_NOTHING
)
