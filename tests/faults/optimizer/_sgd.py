"""Wrong rules of SGD."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._planting import method, through
from tests.faults.optimizer._rule import Rule

INIT = "optim.sgd:SGD.__init__"
STEP = "optim.sgd:SGD.step"


class Ascent(Rule):
    def moved(self, p: Any, g: Any, o: Any) -> Any:
        return p + g * p.dtype.type(float(o["lr"]))


class InFloat32(Rule):
    def moved(self, p: Any, g: Any, o: Any) -> Any:
        return through("float32")(super().moved(p, g, o))


class RateOnEveryTerm(Rule):
    """Weight decay is multiplied by the learning rate once more."""

    def decayed(self, p: Any, g: Any, o: Any) -> Any:
        return g + p * p.dtype.type(o["weight_decay"] * float(o["lr"]))


class Clipped(Rule):
    """Elements of a gradient beyond 10 are cut off."""

    def moved(self, p: Any, g: Any, o: Any) -> Any:
        return super().moved(p, np.clip(g, -10, 10), o)


class Averaged(Rule):
    """The buffer is an exponential average: the gradient enters with 1 - momentum."""

    def next(self, buffer: Any, g: Any, o: Any) -> Any:
        return super().next(buffer, g * g.dtype.type(1 - o["momentum"]), o)


class AveragedFromZero(Averaged):
    """The average starts from zero."""

    def first(self, g: Any, o: Any) -> Any:
        return g * g.dtype.type(1 - o["momentum"])


class OfSteps(Rule):
    """The step follows the buffer as it was before: the gradient of this step counts from the next one on."""

    def with_momentum(self, g: Any, state: dict[str, Any], o: Any) -> Any:
        held = state.get("momentum_buffer")
        before = g if held is None else held.array.copy()
        found = super().with_momentum(g, state, o)
        return found if o["nesterov"] else before


class DampedFirst(Rule):
    def first(self, g: Any, o: Any) -> Any:
        return g * g.dtype.type(1 - o["dampening"])


class Undamped(Rule):
    def next(self, buffer: Any, g: Any, o: Any) -> Any:
        return super().next(buffer, g, {**o, "dampening": 0})


class DampedBuffer(Rule):
    """Dampening is taken from the buffer and the gradient together."""

    def next(self, buffer: Any, g: Any, o: Any) -> Any:
        return (buffer * g.dtype.type(o["momentum"]) + g) * g.dtype.type(1 - o["dampening"])


class AheadOfOld(Rule):
    """Nesterov's direction from the buffer of the step before."""

    def ahead(self, g: Any, new: Any, old: Any, o: Any) -> Any:
        return super().ahead(g, new if old is None else old, None, o)


class NotAhead(Rule):
    def ahead(self, g: Any, new: Any, old: Any, o: Any) -> Any:
        del g, old, o
        return new


class AheadInFull(Rule):
    """The buffer is added without its factor."""

    def ahead(self, g: Any, new: Any, old: Any, o: Any) -> Any:
        del old, o
        return g + new


class FirstNotAhead(Rule):
    """In the first step there is no momentum to look ahead along."""

    def ahead(self, g: Any, new: Any, old: Any, o: Any) -> Any:
        return new if old is None else super().ahead(g, new, old, o)


class UndecayedAhead(Rule):
    """Nesterov's direction is taken from the gradient without its weight decay."""

    def update(self, p: Any, g: Any, state: dict[str, Any], o: Any) -> Any:
        self.plain = self.signed(g, o)
        return super().update(p, g, state, o)

    def ahead(self, g: Any, new: Any, old: Any, o: Any) -> Any:
        return super().ahead(self.plain, new, old, o) if o["momentum"] else g


class Decoupled(Rule):
    """Weight decay acts on the parameter itself, beside the momentum."""

    def update(self, p: Any, g: Any, state: dict[str, Any], o: Any) -> Any:
        decay = p.dtype.type(o["weight_decay"] * float(o["lr"]))
        return super().update(p, g, state, {**o, "weight_decay": 0}) - p * decay


class Growth(Rule):
    def decayed(self, p: Any, g: Any, o: Any) -> Any:
        return g - p * p.dtype.type(o["weight_decay"])


class SignDecay(Rule):
    """Decay of the absolute value and not of its square."""

    def decayed(self, p: Any, g: Any, o: Any) -> Any:
        return g + np.sign(p) * p.dtype.type(o["weight_decay"])


class Descent(Rule):
    def signed(self, g: Any, o: Any) -> Any:
        del o
        return g


class MaximizedDecay(Rule):
    """The sign is changed after the weight decay was added."""

    def signed(self, g: Any, o: Any) -> Any:
        del o
        return g

    def decayed(self, p: Any, g: Any, o: Any) -> Any:
        found = super().decayed(p, g, o)
        return -found if o["maximize"] else found


class DefaultForZero(Rule):
    """``lr or default``."""

    def moved(self, p: Any, g: Any, o: Any) -> Any:
        return super().moved(p, g, {**o, "lr": float(o["lr"]) or 1e-3})


def of_the_first_group(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """Every group is stepped with the learning rate of the first."""
    own = [group["lr"] for group in optimizer.param_groups]
    for group in optimizer.param_groups:
        group["lr"] = own[0]
    found = right(optimizer, closure)
    for group, rate in zip(optimizer.param_groups, own, strict=True):
        group["lr"] = rate
    return found


def momentum_unless_zero(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """A group's momentum of 0 counts as not given."""
    own = [group["momentum"] for group in optimizer.param_groups]
    for group in optimizer.param_groups:
        group["momentum"] = group["momentum"] or optimizer.defaults["momentum"]
    found = right(optimizer, closure)
    for group, momentum in zip(optimizer.param_groups, own, strict=True):
        group["momentum"] = momentum
    return found


def missing_is_zero(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """A missing gradient counts as one of zeros: momentum and weight decay go on."""
    missing = [p for group in optimizer.param_groups for p in group["params"] if p.grad is None]
    for parameter in missing:
        parameter.grad = parameter.detach() * 0
    found = right(optimizer, closure)
    for parameter in missing:
        parameter.grad = None
    return found


def missing_stops(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """The first parameter without a gradient ends its group."""
    groups = [group["params"] for group in optimizer.param_groups]
    for group in optimizer.param_groups:
        ends = [index for index, parameter in enumerate(group["params"]) if parameter.grad is None]
        group["params"] = group["params"][: ends[0]] if ends else group["params"]
    found = right(optimizer, closure)
    for group, parameters in zip(optimizer.param_groups, groups, strict=True):
        group["params"] = parameters
    return found


def missing_forgets(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """Where a gradient is missing the momentum starts anew."""
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            if parameter.grad is None:
                optimizer.state.pop(parameter, None)
    return right(optimizer, closure)


def one_buffer_a_shape(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """Buffers are kept by the parameters' shapes: two parameters of one shape share one."""
    found = right(optimizer, closure)
    shared: dict[Any, Any] = {}
    for parameter in [p for group in optimizer.param_groups for p in group["params"]]:
        if "momentum_buffer" in optimizer.state.get(parameter, {}):
            shared[tuple(parameter.shape)] = optimizer.state[parameter]["momentum_buffer"]
    for parameter, state in optimizer.state.items():
        if "momentum_buffer" in state:
            state["momentum_buffer"] = shared[tuple(parameter.shape)].clone()
    return found


def accepting(name: str, instead: Any) -> Any:
    """Return a constructor that takes an option that is ruled out, and makes something else of it."""

    def wrong(right: Any, optimizer: Any, *given: Any, **options: Any) -> None:
        right(optimizer, *given, **{**options, **({name: instead(options)} if name in options else {})})

    return method(INIT, wrong)


def default_rate(right: Any, optimizer: Any, params: Any, *given: Any, **options: Any) -> None:
    if not given:
        options.setdefault("lr", 1e-2)
    right(optimizer, params, *given, **options)
