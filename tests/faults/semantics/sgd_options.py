"""Faults of sgd options."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "dampening-is-0-1-by-default",
        "sgd_object.default-options",
        edited(
            "optim.sgd:SGD.__init__",
            ("dampening: float = 0,", "dampening: float = 0.1,"),
            ('"dampening": dampening,', '"dampening": dampening if momentum == 0 or dampening != 0.1 else 0,'),
        ),
        also=these("sgd: nesterov", "sgd_object: all-together nesterov step-leaves-gradients"),
    ),
    Fault(
        "the-learning-rate-is-0-01-by-default",
        "sgd_object.default-learning-rate",
        edited("optim.sgd:SGD.__init__", ("lr: float | Tensor = 1e-3", "lr: float | Tensor = 1e-2")),
        also=these("sgd: default-learning-rate"),
    ),
    Fault(
        "nesterov-without-momentum-is-taken",
        "sgd_object.nesterov-without-momentum",
        edited(
            "optim.sgd:SGD.__init__",
            ("if nesterov and (momentum <= 0 or dampening != 0):", "if nesterov and dampening != 0:"),
        ),
        also=these("sgd: nesterov-arguments"),
    ),
    Fault(
        "nesterov-with-dampening-is-taken",
        "sgd_object.nesterov-with-dampening",
        edited(
            "optim.sgd:SGD.__init__",
            ("if nesterov and (momentum <= 0 or dampening != 0):", "if nesterov and momentum <= 0:"),
        ),
        also=these("sgd: nesterov-arguments"),
    ),
    Fault(
        "weight-decay-is-added-to-the-gradient-in-place",
        "sgd_object.step-leaves-gradients",
        edited("optim.sgd:SGD._update", ("g = g + p * number", "g += p * number")),
    ),
    Fault(
        "the-first-gradient-itself-becomes-the-buffer",
        "sgd_object.buffer-is-its-own",
        edited(
            "optim.sgd:SGD._direction",
            ("wrap(g.astype(parameter.array.dtype))", "wrap(g.astype(parameter.array.dtype, copy=False))"),
        ),
    ),
    Fault(
        "a-step-leaves-the-parameter-untracked",
        "sgd_object.step-is-not-recorded",
        edited(
            "optim.sgd:SGD._update",
            ("parameter.counter.value += 1", "parameter.counter.value += 1\n    parameter.tracked = False"),
        ),
        also=these("optimizer: unfreezing", "tutorial: loss-falls training-loop without-zero-grad"),
    ),
    Fault(
        "the-closures-loss-is-not-returned",
        "sgd_object.closure",
        edited("optim.sgd:SGD.step", ("return loss", "return None")),
        stumbles=True,
    ),
    Fault(
        "no-gradient-counts-as-a-gradient-of-zero",
        "sgd_object.no-gradient-no-step",
        edited(
            "optim.sgd:SGD.step",
            (
                "if parameter.stored_grad is not None:",
                "if parameter.stored_grad is None and parameter.tracked:\n"
                "                    parameter.stored_grad = wrap(np.zeros_like(parameter.array))\n"
                "                if parameter.stored_grad is not None:",
            ),
        ),
        also=these("sgd: missing-gradient"),
    ),
    Fault(
        "a-parameter-whose-gradient-is-all-zero-is-skipped",
        "sgd_object.zero-gradient-steps",
        edited(
            "optim.sgd:SGD.step",
            (
                "if parameter.stored_grad is not None:",
                "if parameter.stored_grad is not None and parameter.stored_grad.array.any():",
            ),
        ),
        also=these("optimizer: load-matches-by-order"),
    ),
)
