"""Faults of every optimizer, schedule, initializer and function of clipping, by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from conformance.card import ClippingCard, InitializerCard, OptimizerCard, SchedulerCard
from conformance.case import Course, Trajectory
from conformance.catalogue import cards
from conformance.initial import Filling
from conformance.strength import Fault
from tests.faults._base import of_torch
from tests.faults_over_torch._rules import (
    Planter,
    alike,
    clauses_of,
    defaults,
    function,
    ignored,
    method,
    narrowed,
    one_element_off,
    rule,
    swallowing,
)


def _of_optimizer(card: OptimizerCard) -> Iterator[Fault]:
    owner = getattr(of_torch().root.optim, card.class_name)
    yield from _at_work(card.name, owner, lambda: _optimizer_options(card), STEPS)
    yield from _kept_and_refused(card.name, owner, "resumption", "optimizer_refusal", _constructed_without)


def _at_work(
    card: str, owner: Any, options: Callable[[], Iterator[tuple[str, Any]]], steps: dict[str, Callable[..., Any]]
) -> Iterator[Fault]:
    """Return what may be wrong with what takes steps: options that are ignored, and wrong steps."""
    for name, plant in ignored("", owner, options):
        yield rule(card, name, f"{card}.*", plant, stumbles=True)
    for name, wrong in steps.items():
        yield rule(card, name, f"{card}.*", method(owner, "step", wrong))


def _kept_and_refused(
    card: str, owner: Any, resumption: str, refusal: str, accepting: Callable[..., None]
) -> Iterator[Fault]:
    """Return what may be wrong with saved states and with arguments that are to be refused, by the laws about them."""
    for clause in clauses_of(card, resumption):
        yield rule(card, "state-not-loaded", clause, method(owner, "load_state_dict", _loading_nothing))
    for clause in clauses_of(card, refusal):
        yield rule(card, "accepted", clause, method(owner, "__init__", accepting))


def _optimizer_options(card: OptimizerCard) -> Iterator[tuple[str, Any]]:
    for state in card.states:
        for case in state.cases:
            if isinstance(case, Trajectory):
                yield from case.options.items()
                for group in case.groups:
                    yield from group.options.items()


def _constructed_without(right: Any, self: Any, groups: Any, **options: Any) -> None:
    """Construct an optimizer, without its options where it refuses them."""
    try:
        right(self, groups, **options)
    except (ValueError, RuntimeError, TypeError):
        right(self, [{"params": group["params"]} for group in groups])


def _loading_nothing(right: Any, self: Any, state: Any) -> None:
    del right, self, state


def _parameters(optimizer: Any) -> list[Any]:
    return [one for group in optimizer.param_groups for one in group["params"]]


def _uphill(right: Any, self: Any, *given: Any) -> Any:
    for one in _parameters(self):
        if one.grad is not None:
            one.grad = -one.grad
    return right(self, *given)


def _forgetful(right: Any, self: Any, *given: Any) -> Any:
    result = right(self, *given)
    self.state.clear()
    return result


def _twice(right: Any, self: Any, *given: Any) -> Any:
    right(self, *given)
    return right(self, *given)


def _afterwards(change: Callable[[Any], Any]) -> Callable[..., Any]:
    def wrong(right: Any, self: Any, *given: Any) -> Any:
        result = right(self, *given)
        for one in _parameters(self):
            one.data = change(one.data)
        return result

    return wrong


def _first_group_for_all(right: Any, self: Any, *given: Any) -> Any:
    first, *others = self.param_groups
    for group in others:
        group.update({key: value for key, value in first.items() if key != "params"})
    return right(self, *given)


def _zero_for_missing(right: Any, self: Any, *given: Any) -> Any:
    for one in _parameters(self):
        if one.grad is None:
            one.grad = one.detach() * 0
    return right(self, *given)


STEPS: dict[str, Callable[..., Any]] = {
    "uphill": _uphill,
    "state-forgotten-after-each-step": _forgetful,
    "two-steps-for-one": _twice,
    "one-element-off-by-a-thousandth": _afterwards(one_element_off),
    "all-off-by-one-in-4096": _afterwards(lambda tensor: tensor * (1 + 2.0**-12)),
    "kept-in-half-precision": _afterwards(lambda tensor: tensor.half().to(tensor.dtype)),
    "float32-for-float64": _afterwards(narrowed),
    "first-group-for-all": _first_group_for_all,
    "missing-gradient-taken-for-zero": _zero_for_missing,
}
"""What may be wrong with a step."""


def _of_scheduler(card: SchedulerCard) -> Iterator[Fault]:
    owner = getattr(of_torch().root.optim.lr_scheduler, card.class_name)
    yield from _at_work(card.name, owner, lambda: _scheduler_options(card), COURSES)
    yield from _kept_and_refused(card.name, owner, "course_resumption", "scheduler_refusal", _accepting)
    for clause in clauses_of(card.name, "last_rate"):
        plant = method(owner, "get_last_lr", lambda right, self: [2 * rate for rate in right(self)])
        yield rule(card.name, "last-rate-doubled", clause, plant)


def _scheduler_options(card: SchedulerCard) -> Iterator[tuple[str, Any]]:
    for state in card.states:
        for case in state.cases:
            if isinstance(case, Course):
                yield from case.options.items()


def _accepting(*given: Any, **options: Any) -> None:
    swallowing(*given, **options)


def _first_rate_for_all(right: Any, self: Any, *given: Any) -> None:
    right(self, *given)
    first, *others = self.optimizer.param_groups
    for group in others:
        group["lr"] = first["lr"]


def _scaled(right: Any, self: Any, *given: Any) -> None:
    right(self, *given)
    for group in self.optimizer.param_groups:
        group["lr"] *= 1 + 1e-6


def _every_other(right: Any, self: Any, *given: Any) -> None:
    self.called = getattr(self, "called", 0) + 1
    if self.called % 2:
        right(self, *given)


COURSES: dict[str, Callable[..., Any]] = {
    "first-rate-for-all": _first_rate_for_all,
    "rate-off-by-a-millionth": _scaled,
    "every-other-step-left-out": _every_other,
}
"""What may be wrong with a step of a schedule."""


def _of_function(card: InitializerCard | ClippingCard, owner: Any, given: Iterator[tuple[str, Any]]) -> Iterator[Fault]:
    """Return the faults of ignored options of a function of a module."""
    documented = defaults(getattr(owner, card.name))
    varied = {option for option, value in given if option in documented and not alike(value, documented[option])}
    for option in sorted(varied):
        plant = function(
            owner,
            card.name,
            lambda right, _o=option, _d=documented[option], **rest: right(**{**rest, _o: _d}),
        )
        yield rule(card.name, f"{option}-ignored", f"{card.name}.*", plant)


def _options_of(card: Any) -> Iterator[tuple[str, Any]]:
    for state in card.states:
        for case in state.cases:
            yield from getattr(case, "options", {}).items()


def _of_initializer(card: InitializerCard) -> Iterator[Fault]:
    init = of_torch().root.nn.init
    fills = any(isinstance(case, Filling) for state in card.states for case in state.cases)
    if not hasattr(init, card.name):
        return
    if not fills:
        wrong = function(init, card.name, lambda right, **given: right(**given) * (1 + 1e-6))
        yield rule(card.name, "off-by-a-millionth", f"{card.name}.*", wrong)
    else:
        yield from _of_function(card, init, _options_of(card))
        for name, change in FILLS.items():
            yield rule(card.name, name, f"{card.name}.*", _filling(card.name, change))
    for law in ("initializer_refusal", "gain_refusal"):
        for clause in clauses_of(card.name, law):
            yield rule(card.name, "accepted", clause, function(init, card.name, swallowing))


def _filling(name: str, change: Callable[[Any], Any]) -> Planter:
    def wrong(right: Any, tensor: Any, **options: Any) -> Any:
        right(tensor, **options)
        with of_torch().root.no_grad():
            change(tensor)
        return tensor

    return function(of_torch().root.nn.init, name, wrong)


FILLS: dict[str, Callable[[Any], Any]] = {
    "spread-too-wide": lambda tensor: tensor.mul_(1.25),
    "moved": lambda tensor: tensor.add_(0.25),
    "last-row-as-it-was": lambda tensor: tensor[-1:].fill_(7.0),
}
"""What may be wrong with a tensor that was filled."""


def _of_clipping(card: ClippingCard) -> Iterator[Fault]:
    utils = of_torch().root.nn.utils
    torch = of_torch().root
    yield from _of_function(card, utils, _options_of(card))

    def norm_off(right: Any, **given: Any) -> Any:
        norm = right(**given)
        return norm * (1 + 2.0**-10) if torch.is_tensor(norm) else norm

    def unclipped(right: Any, parameters: Any, **given: Any) -> Any:
        kept = [None if one.grad is None else one.grad.clone() for one in parameters]
        result = right(parameters, **given)
        for one, gradient in zip(parameters, kept, strict=True):
            one.grad = gradient
        return result

    def gradients_off(right: Any, parameters: Any, **given: Any) -> Any:
        result = right(parameters, **given)
        for one in parameters:
            if one.grad is not None:
                one.grad.mul_(1 + 2.0**-10)
        return result

    returns = "norm" in card.name
    takes_parameters = card.name != "get_total_norm"
    if returns and card.name != "clip_grads_with_norm_":
        yield rule(card.name, "norm-off-by-a-thousandth", f"{card.name}.*", function(utils, card.name, norm_off))
    if takes_parameters:
        yield rule(card.name, "nothing-clipped", f"{card.name}.*", function(utils, card.name, unclipped))
        yield rule(
            card.name, "gradients-off-by-a-thousandth", f"{card.name}.*", function(utils, card.name, gradients_off)
        )
    for clause in clauses_of(card.name, "clipping_refusal"):
        yield rule(card.name, "accepted", clause, function(utils, card.name, swallowing))


def _faults(card: Any) -> Iterator[Fault]:
    if isinstance(card, OptimizerCard):
        yield from _of_optimizer(card)
    elif isinstance(card, SchedulerCard):
        yield from _of_scheduler(card)
    elif isinstance(card, InitializerCard):
        yield from _of_initializer(card)
    elif isinstance(card, ClippingCard):
        yield from _of_clipping(card)


MEANS_NOTHING = {
    "zeros_.*:rule-spread-too-wide": "nothing but zeros has no spread",
    "nadam.*:rule-float32-for-float64": "torch's own NAdam keeps a product in float32: a known deviation",
    "exponential_lr.state-dict:rule-state-not-loaded": "each rate follows from the one before, and needs no state",
}
"""Faults that change nothing which unmodified torch does right, each with the reason."""

FAULTS = tuple(fault for card in cards() for fault in _faults(card) if fault.id not in MEANS_NOTHING)
