"""Faults of SGD's rule: given the gradients of every step, where the parameters go."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import method, these
from tests.faults.optimizer._rule import by
from tests.faults.optimizer._sgd import (
    INIT,
    STEP,
    AheadInFull,
    AheadOfOld,
    Ascent,
    Averaged,
    AveragedFromZero,
    Clipped,
    DampedBuffer,
    DampedFirst,
    Decoupled,
    DefaultForZero,
    Descent,
    FirstNotAhead,
    Growth,
    InFloat32,
    MaximizedDecay,
    NotAhead,
    OfSteps,
    RateOnEveryTerm,
    SignDecay,
    Undamped,
    UndecayedAhead,
    accepting,
    default_rate,
    missing_forgets,
    missing_is_zero,
    missing_stops,
    momentum_unless_zero,
    of_the_first_group,
    one_buffer_a_shape,
)
from tests.faults.optimizer._shared import Optimizer

FAULTS = (
    Fault(
        "ascent",
        "sgd.update",
        by(Ascent()),
        also=these(
            "optimizer: add-param-group frozen-parameter group-option-changed group-option-of-zero group-options",
            "optimizer: load-matches-by-order only-its-parameters state-dict-round-trip unfreezing",
            "sgd: *",
            "sgd_object: *",
            "tutorial: loss-falls sgd-equals-manual-update training-loop without-zero-grad",
            "tutorial_network: one-step five-steps",
        ),
    ),
    Fault(
        "float64-in-float32",
        "sgd.update",
        by(InFloat32()),
        also=these("sgd: *", "tutorial_network: one-step five-steps"),
    ),
    Fault(
        "gradient-clipped",
        "sgd.update",
        by(Clipped()),
        also=these(
            "sgd_object: all-together closure maximize-with-weight-decay nesterov",
            "tutorial: loss-falls sgd-equals-manual-update without-zero-grad",
        ),
    ),
    Fault(
        "default-of-a-hundredth",
        "sgd.default-learning-rate",
        method(INIT, default_rate),
        also=these("sgd_object: default-learning-rate"),
    ),
    Fault(
        "exponential-average",
        "sgd.momentum",
        by(Averaged()),
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
        by(AveragedFromZero()),
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
        by(OfSteps()),
        also=these(
            "optimizer: group-options load-matches-by-order state-dict-round-trip unfreezing",
            "sgd: dampening group-options maximize missing-gradient weight-decay",
            "sgd_object: dampening momentum several-parameters weight-decay-with-momentum zero-gradient-steps",
        ),
    ),
    Fault(
        "one-buffer-a-shape",
        "sgd.momentum",
        method(STEP, one_buffer_a_shape),
        also=these(
            "optimizer: load-matches-by-order state-dict-buffers",
            "sgd: dampening maximize nesterov weight-decay",
            "sgd_object: several-parameters",
        ),
    ),
    Fault(
        "dampened-first-step",
        "sgd.dampening",
        by(DampedFirst()),
        also=these("sgd: maximize missing-gradient weight-decay", "sgd_object: dampening"),
    ),
    Fault(
        "dampening-ignored",
        "sgd.dampening",
        by(Undamped()),
        also=these("sgd: maximize missing-gradient weight-decay", "sgd_object: dampening"),
    ),
    Fault(
        "buffer-dampened-too",
        "sgd.dampening",
        by(DampedBuffer()),
        also=these("sgd: maximize missing-gradient weight-decay", "sgd_object: dampening"),
    ),
    Fault(
        "ahead-along-the-old-buffer",
        "sgd.nesterov",
        by(AheadOfOld()),
        also=these("sgd_object: all-together nesterov"),
    ),
    Fault("nesterov-ignored", "sgd.nesterov", by(NotAhead()), also=these("sgd_object: all-together nesterov")),
    Fault(
        "ahead-without-momentum",
        "sgd.nesterov",
        by(AheadInFull()),
        also=these("sgd_object: all-together nesterov"),
    ),
    Fault(
        "not-ahead-in-the-first-step",
        "sgd.nesterov",
        by(FirstNotAhead()),
        also=these("sgd_object: all-together nesterov"),
    ),
    Fault("ahead-without-decay", "sgd.nesterov", by(UndecayedAhead()), also=these("sgd_object: all-together")),
    Fault(
        "decay-after-momentum",
        "sgd.weight-decay",
        by(Decoupled()),
        also=these(
            "sgd: group-options maximize missing-gradient nesterov",
            "sgd_object: all-together weight-decay-with-momentum",
        ),
    ),
    Fault(
        "decay-times-learning-rate-twice",
        "sgd.weight-decay",
        by(RateOnEveryTerm()),
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
        by(Growth()),
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
        by(SignDecay()),
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
        by(Descent()),
        also=these(
            "optimizer: group-option-of-zero",
            "sgd: group-options",
            "sgd_object: all-together maximize maximize-with-weight-decay",
        ),
    ),
    Fault(
        "decay-maximized",
        "sgd.maximize",
        by(MaximizedDecay()),
        also=these("optimizer: group-option-of-zero", "sgd_object: all-together maximize-with-weight-decay"),
    ),
    Fault(
        "zero-is-the-default",
        "sgd.zero-learning-rate",
        by(DefaultForZero()),
        also=these("optimizer: group-option-of-zero"),
    ),
    Fault(
        "learning-rate-of-the-first-group",
        "sgd.group-options",
        method(STEP, of_the_first_group),
        also=these("optimizer: add-param-group group-option-changed group-option-of-zero group-options"),
    ),
    Fault("zero-momentum-not-given", "sgd.group-options", method(STEP, momentum_unless_zero)),
    Fault(
        "missing-is-zero",
        "sgd.missing-gradient",
        method(STEP, missing_is_zero),
        also=these("optimizer: frozen-parameter", "sgd_object: no-gradient-no-step"),
    ),
    Fault(
        "missing-ends-the-group",
        "sgd.missing-gradient",
        method(STEP, missing_stops),
        also=these("optimizer: frozen-parameter", "sgd_object: closure no-gradient-no-step"),
    ),
    Fault("missing-forgets-momentum", "sgd.missing-gradient", method(STEP, missing_forgets)),
    Fault("negative-rate-accepted", "sgd.negative-learning-rate", accepting("lr", lambda o: abs(o["lr"]))),
    Fault("negative-momentum-accepted", "sgd.negative-momentum", accepting("momentum", lambda o: abs(o["momentum"]))),
    Fault(
        "negative-decay-accepted",
        "sgd.negative-weight-decay",
        accepting("weight_decay", lambda o: abs(o["weight_decay"])),
    ),
    Fault(
        "nesterov-without-momentum-ignored",
        "sgd.nesterov-arguments",
        accepting("nesterov", lambda o: o["nesterov"] and bool(o.get("momentum"))),
        also=these("sgd_object: nesterov-without-momentum"),
    ),
    Fault(
        "nesterov-with-dampening-accepted",
        "sgd.nesterov-arguments",
        accepting("dampening", lambda o: 0 if o.get("nesterov") else o["dampening"]),
        also=these("sgd_object: nesterov-with-dampening"),
    ),
    Optimizer("sgd", "SGD").forgetting(
        "momentum_buffer", "optimizer.state-dict-round-trip", "optimizer.load-matches-by-order"
    ),
)
