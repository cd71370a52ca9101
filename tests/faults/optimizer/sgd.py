"""Faults of SGD's rule: given the gradients of every step, where the parameters go."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import method, these, through
from tests.faults.optimizer._rule import Rule, by

_INIT = "optim.sgd:SGD.__init__"
_STEP = "optim.sgd:SGD.step"


class _Ascent(Rule):
    def moved(self, p: Any, g: Any, o: Any) -> Any:
        return p + g * p.dtype.type(float(o["lr"]))


class _InFloat32(Rule):
    def moved(self, p: Any, g: Any, o: Any) -> Any:
        return through("float32")(super().moved(p, g, o))


class _RateOnEveryTerm(Rule):
    """Weight decay is multiplied by the learning rate once more."""

    def decayed(self, p: Any, g: Any, o: Any) -> Any:
        return g + p * p.dtype.type(o["weight_decay"] * float(o["lr"]))


class _Clipped(Rule):
    """Elements of a gradient beyond 10 are cut off."""

    def moved(self, p: Any, g: Any, o: Any) -> Any:
        return super().moved(p, np.clip(g, -10, 10), o)


class _Averaged(Rule):
    """The buffer is an exponential average: the gradient enters with 1 - momentum."""

    def next(self, buffer: Any, g: Any, o: Any) -> Any:
        return super().next(buffer, g * g.dtype.type(1 - o["momentum"]), o)


class _AveragedFromZero(_Averaged):
    """The average starts from zero."""

    def first(self, g: Any, o: Any) -> Any:
        return g * g.dtype.type(1 - o["momentum"])


class _OfSteps(Rule):
    """The step follows the buffer as it was before: the gradient of this step counts from the next one on."""

    def with_momentum(self, g: Any, state: dict[str, Any], o: Any) -> Any:
        held = state.get("momentum_buffer")
        before = g if held is None else held.array.copy()
        found = super().with_momentum(g, state, o)
        return found if o["nesterov"] else before


class _DampedFirst(Rule):
    def first(self, g: Any, o: Any) -> Any:
        return g * g.dtype.type(1 - o["dampening"])


class _Undamped(Rule):
    def next(self, buffer: Any, g: Any, o: Any) -> Any:
        return super().next(buffer, g, {**o, "dampening": 0})


class _DampedBuffer(Rule):
    """Dampening is taken from the buffer and the gradient together."""

    def next(self, buffer: Any, g: Any, o: Any) -> Any:
        return (buffer * g.dtype.type(o["momentum"]) + g) * g.dtype.type(1 - o["dampening"])


class _AheadOfOld(Rule):
    """Nesterov's direction from the buffer of the step before."""

    def ahead(self, g: Any, new: Any, old: Any, o: Any) -> Any:
        return super().ahead(g, new if old is None else old, None, o)


class _NotAhead(Rule):
    def ahead(self, g: Any, new: Any, old: Any, o: Any) -> Any:
        del g, old, o
        return new


class _AheadInFull(Rule):
    """The buffer is added without its factor."""

    def ahead(self, g: Any, new: Any, old: Any, o: Any) -> Any:
        del old, o
        return g + new


class _FirstNotAhead(Rule):
    """In the first step there is no momentum to look ahead along."""

    def ahead(self, g: Any, new: Any, old: Any, o: Any) -> Any:
        return new if old is None else super().ahead(g, new, old, o)


class _UndecayedAhead(Rule):
    """Nesterov's direction is taken from the gradient without its weight decay."""

    def update(self, p: Any, g: Any, state: dict[str, Any], o: Any) -> Any:
        self.plain = self.signed(g, o)
        return super().update(p, g, state, o)

    def ahead(self, g: Any, new: Any, old: Any, o: Any) -> Any:
        return super().ahead(self.plain, new, old, o) if o["momentum"] else g


class _Decoupled(Rule):
    """Weight decay acts on the parameter itself, beside the momentum."""

    def update(self, p: Any, g: Any, state: dict[str, Any], o: Any) -> Any:
        decay = p.dtype.type(o["weight_decay"] * float(o["lr"]))
        return super().update(p, g, state, {**o, "weight_decay": 0}) - p * decay


class _Growth(Rule):
    def decayed(self, p: Any, g: Any, o: Any) -> Any:
        return g - p * p.dtype.type(o["weight_decay"])


class _SignDecay(Rule):
    """Decay of the absolute value and not of its square."""

    def decayed(self, p: Any, g: Any, o: Any) -> Any:
        return g + np.sign(p) * p.dtype.type(o["weight_decay"])


class _Descent(Rule):
    def signed(self, g: Any, o: Any) -> Any:
        del o
        return g


class _MaximizedDecay(Rule):
    """The sign is changed after the weight decay was added."""

    def signed(self, g: Any, o: Any) -> Any:
        del o
        return g

    def decayed(self, p: Any, g: Any, o: Any) -> Any:
        found = super().decayed(p, g, o)
        return -found if o["maximize"] else found


class _DefaultForZero(Rule):
    """``lr or default``."""

    def moved(self, p: Any, g: Any, o: Any) -> Any:
        return super().moved(p, g, {**o, "lr": float(o["lr"]) or 1e-3})


def _of_the_first_group(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """Every group is stepped with the learning rate of the first."""
    own = [group["lr"] for group in optimizer.param_groups]
    for group in optimizer.param_groups:
        group["lr"] = own[0]
    found = right(optimizer, closure)
    for group, rate in zip(optimizer.param_groups, own, strict=True):
        group["lr"] = rate
    return found


def _momentum_unless_zero(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """A group's momentum of 0 counts as not given."""
    own = [group["momentum"] for group in optimizer.param_groups]
    for group in optimizer.param_groups:
        group["momentum"] = group["momentum"] or optimizer.defaults["momentum"]
    found = right(optimizer, closure)
    for group, momentum in zip(optimizer.param_groups, own, strict=True):
        group["momentum"] = momentum
    return found


def _missing_is_zero(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """A missing gradient counts as one of zeros: momentum and weight decay go on."""
    missing = [p for group in optimizer.param_groups for p in group["params"] if p.grad is None]
    for parameter in missing:
        parameter.grad = parameter.detach() * 0
    found = right(optimizer, closure)
    for parameter in missing:
        parameter.grad = None
    return found


def _missing_stops(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """The first parameter without a gradient ends its group."""
    groups = [group["params"] for group in optimizer.param_groups]
    for group in optimizer.param_groups:
        ends = [index for index, parameter in enumerate(group["params"]) if parameter.grad is None]
        group["params"] = group["params"][: ends[0]] if ends else group["params"]
    found = right(optimizer, closure)
    for group, parameters in zip(optimizer.param_groups, groups, strict=True):
        group["params"] = parameters
    return found


def _missing_forgets(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """Where a gradient is missing the momentum starts anew."""
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            if parameter.grad is None:
                optimizer.state.pop(parameter, None)
    return right(optimizer, closure)


def _one_buffer_a_shape(right: Any, optimizer: Any, closure: Any = None) -> Any:
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


def _accepting(name: str, instead: Any) -> Any:
    """Return a constructor that takes an option that is ruled out, and makes something else of it."""

    def wrong(right: Any, optimizer: Any, *given: Any, **options: Any) -> None:
        right(optimizer, *given, **{**options, **({name: instead(options)} if name in options else {})})

    return method(_INIT, wrong)


def _default_rate(right: Any, optimizer: Any, params: Any, *given: Any, **options: Any) -> None:
    if not given:
        options.setdefault("lr", 1e-2)
    right(optimizer, params, *given, **options)


FAULTS = (
    Fault(
        "ascent",
        "sgd.update",
        by(_Ascent()),
        also=these(
            "optimizer: add-param-group frozen-parameter group-option-changed group-option-of-zero group-options",
            "optimizer: load-matches-by-order only-its-parameters state-dict-round-trip unfreezing",
            "sgd: *",
            "sgd_object: *",
            "tutorial: loss-falls sgd-equals-manual-update training-loop without-zero-grad",
            "tutorial_network: one-step",
        ),
    ),
    Fault("float64-in-float32", "sgd.update", by(_InFloat32()), also=these("sgd: *", "tutorial_network: one-step")),
    Fault(
        "gradient-clipped",
        "sgd.update",
        by(_Clipped()),
        also=these(
            "sgd_object: all-together closure maximize-with-weight-decay nesterov",
            "tutorial: loss-falls sgd-equals-manual-update without-zero-grad",
        ),
    ),
    Fault(
        "default-of-a-hundredth",
        "sgd.default-learning-rate",
        method(_INIT, _default_rate),
        also=these("sgd_object: default-learning-rate"),
    ),
    Fault(
        "exponential-average",
        "sgd.momentum",
        by(_Averaged()),
        also=these(
            "optimizer: group-options state-dict-buffers state-dict-round-trip unfreezing",
            "sgd: dampening group-options maximize missing-gradient nesterov weight-decay",
            "sgd_object: all-together buffer-is-its-own dampening momentum momentum-before-learning-rate nesterov",
            "sgd_object: several-parameters weight-decay-with-momentum",
        ),
    ),
    Fault(
        "exponential-average-from-zero",
        "sgd.momentum",
        by(_AveragedFromZero()),
        also=these(
            "optimizer: add-param-group frozen-parameter group-option-of-zero group-options load-matches-by-order",
            "optimizer: state-dict-buffers state-dict-round-trip unfreezing",
            "sgd: dampening group-options maximize missing-gradient nesterov weight-decay",
            "sgd_object: all-together buffer-is-its-own dampening momentum momentum-before-learning-rate nesterov",
            "sgd_object: no-gradient-no-step several-parameters weight-decay-with-momentum zero-gradient-steps",
        ),
    ),
    Fault(
        "buffer-of-the-step-before",
        "sgd.momentum",
        by(_OfSteps()),
        also=these(
            "optimizer: group-options load-matches-by-order state-dict-round-trip unfreezing",
            "sgd: dampening group-options maximize missing-gradient weight-decay",
            "sgd_object: dampening momentum several-parameters weight-decay-with-momentum zero-gradient-steps",
        ),
    ),
    Fault(
        "one-buffer-a-shape",
        "sgd.momentum",
        method(_STEP, _one_buffer_a_shape),
        also=these(
            "optimizer: load-matches-by-order state-dict-buffers",
            "sgd: dampening maximize nesterov weight-decay",
            "sgd_object: several-parameters",
        ),
    ),
    Fault(
        "dampened-first-step",
        "sgd.dampening",
        by(_DampedFirst()),
        also=these("sgd: maximize missing-gradient weight-decay", "sgd_object: dampening"),
    ),
    Fault(
        "dampening-ignored",
        "sgd.dampening",
        by(_Undamped()),
        also=these("sgd: maximize missing-gradient weight-decay", "sgd_object: dampening"),
    ),
    Fault(
        "buffer-dampened-too",
        "sgd.dampening",
        by(_DampedBuffer()),
        also=these("sgd: maximize missing-gradient weight-decay", "sgd_object: dampening"),
    ),
    Fault(
        "ahead-along-the-old-buffer",
        "sgd.nesterov",
        by(_AheadOfOld()),
        also=these("sgd_object: all-together nesterov"),
    ),
    Fault("nesterov-ignored", "sgd.nesterov", by(_NotAhead()), also=these("sgd_object: all-together nesterov")),
    Fault(
        "ahead-without-momentum",
        "sgd.nesterov",
        by(_AheadInFull()),
        also=these("sgd_object: all-together nesterov"),
    ),
    Fault(
        "not-ahead-in-the-first-step",
        "sgd.nesterov",
        by(_FirstNotAhead()),
        also=these("sgd_object: all-together nesterov"),
    ),
    Fault("ahead-without-decay", "sgd.nesterov", by(_UndecayedAhead()), also=these("sgd_object: all-together")),
    Fault(
        "decay-after-momentum",
        "sgd.weight-decay",
        by(_Decoupled()),
        also=these(
            "sgd: group-options maximize missing-gradient nesterov",
            "sgd_object: all-together weight-decay-with-momentum",
        ),
    ),
    Fault(
        "decay-times-learning-rate-twice",
        "sgd.weight-decay",
        by(_RateOnEveryTerm()),
        also=these(
            "optimizer: frozen-parameter group-option-of-zero",
            "sgd: group-options maximize missing-gradient nesterov",
            "sgd_object: all-together maximize-with-weight-decay no-gradient-no-step weight-decay",
            "sgd_object: weight-decay-with-momentum zero-gradient-steps",
        ),
    ),
    Fault(
        "growth",
        "sgd.weight-decay",
        by(_Growth()),
        also=these(
            "optimizer: frozen-parameter group-option-of-zero",
            "sgd: group-options maximize missing-gradient nesterov",
            "sgd_object: all-together maximize-with-weight-decay no-gradient-no-step weight-decay",
            "sgd_object: weight-decay-with-momentum zero-gradient-steps",
        ),
    ),
    Fault(
        "decay-by-sign",
        "sgd.weight-decay",
        by(_SignDecay()),
        also=these(
            "optimizer: frozen-parameter group-option-of-zero",
            "sgd: group-options maximize missing-gradient nesterov",
            "sgd_object: all-together maximize-with-weight-decay no-gradient-no-step weight-decay",
            "sgd_object: weight-decay-with-momentum zero-gradient-steps",
        ),
    ),
    Fault(
        "maximize-ignored",
        "sgd.maximize",
        by(_Descent()),
        also=these(
            "optimizer: group-option-of-zero",
            "sgd: group-options",
            "sgd_object: all-together maximize maximize-with-weight-decay",
        ),
    ),
    Fault(
        "decay-maximized",
        "sgd.maximize",
        by(_MaximizedDecay()),
        also=these("optimizer: group-option-of-zero", "sgd_object: all-together maximize-with-weight-decay"),
    ),
    Fault(
        "zero-is-the-default",
        "sgd.zero-learning-rate",
        by(_DefaultForZero()),
        also=these("optimizer: group-option-of-zero"),
    ),
    Fault(
        "learning-rate-of-the-first-group",
        "sgd.group-options",
        method(_STEP, _of_the_first_group),
        also=these("optimizer: add-param-group group-option-changed group-option-of-zero group-options"),
    ),
    Fault("zero-momentum-not-given", "sgd.group-options", method(_STEP, _momentum_unless_zero)),
    Fault(
        "missing-is-zero",
        "sgd.missing-gradient",
        method(_STEP, _missing_is_zero),
        also=these("optimizer: frozen-parameter", "sgd_object: no-gradient-no-step"),
    ),
    Fault(
        "missing-ends-the-group",
        "sgd.missing-gradient",
        method(_STEP, _missing_stops),
        also=these("optimizer: frozen-parameter", "sgd_object: closure no-gradient-no-step"),
    ),
    Fault("missing-forgets-momentum", "sgd.missing-gradient", method(_STEP, _missing_forgets)),
    Fault("negative-rate-accepted", "sgd.negative-learning-rate", _accepting("lr", lambda o: abs(o["lr"]))),
    Fault("negative-momentum-accepted", "sgd.negative-momentum", _accepting("momentum", lambda o: abs(o["momentum"]))),
    Fault(
        "negative-decay-accepted",
        "sgd.negative-weight-decay",
        _accepting("weight_decay", lambda o: abs(o["weight_decay"])),
    ),
    Fault(
        "nesterov-without-momentum-ignored",
        "sgd.nesterov-arguments",
        _accepting("nesterov", lambda o: o["nesterov"] and bool(o.get("momentum"))),
        also=these("sgd_object: nesterov-without-momentum"),
    ),
    Fault(
        "nesterov-with-dampening-accepted",
        "sgd.nesterov-arguments",
        _accepting("dampening", lambda o: 0 if o.get("nesterov") else o["dampening"]),
        also=these("sgd_object: nesterov-with-dampening"),
    ),
)
