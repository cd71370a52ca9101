"""Faults of sgd."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "the-step-goes-up",
        "sgd_object.update",
        edited("optim.sgd:SGD._update", ("p -= (g *", "p += (g *")),
        also=these(
            "embedding_module: padding-fixed",
            "optimizer: add-param-group frozen-parameter group-option-changed group-option-of-zero group-options",
            "optimizer: load-matches-by-order only-its-parameters state-dict-round-trip unfreezing",
            "sgd: *",
            "sgd_object: *",
            "tutorial: loss-falls sgd-equals-manual-update training-loop without-zero-grad",
            "tutorial_network: one-step five-steps",
        ),
    ),
    Fault(
        "the-parameters-of-a-group-share-one-buffer",
        "sgd_object.several-parameters",
        edited("optim.sgd:SGD._direction", ("state = self.state[parameter]", 'state = self.state[group["params"][0]]')),
        also=these("sgd: *", "sgd_object: no-gradient-no-step"),
    ),
    Fault(
        "the-buffer-is-a-running-average",
        "sgd_object.momentum",
        edited(
            "optim.sgd:SGD._direction",
            (
                'number_array(1 - group["dampening"], g.dtype)',
                'number_array((1 - group["dampening"]) * (1 - group["momentum"]), g.dtype)',
            ),
        ),
        also=these(
            "optimizer: group-options state-dict-buffers state-dict-round-trip unfreezing",
            "sgd: *",
            "sgd_object: all-together buffer-is-its-own dampening momentum-before-learning-rate nesterov",
            "sgd_object: several-parameters weight-decay-with-momentum",
        ),
    ),
    Fault(
        "the-buffer-holds-steps-as-in-sutskevers-form",
        "sgd_object.momentum-before-learning-rate",
        edited(
            "optim.sgd:SGD._update",
            (
                "g = self._direction(parameter, g, group)\n"
                '    p -= (g * number_array(float(group["lr"]), p.dtype)).astype(p.dtype, copy=False)',
                'p -= self._direction(parameter, g * number_array(float(group["lr"]), p.dtype), '
                "group).astype(p.dtype)\n"
                "    else:\n"
                '        p -= (g * number_array(float(group["lr"]), p.dtype)).astype(p.dtype, copy=False)',
            ),
        ),
        also=these("optimizer: state-dict-buffers"),
    ),
    Fault(
        "dampening-scales-the-first-gradient-too",
        "sgd_object.dampening",
        edited(
            "optim.sgd:SGD._direction",
            (
                "wrap(g.astype(parameter.array.dtype))",
                'wrap((g * (1 - group["dampening"])).astype(parameter.array.dtype))',
            ),
        ),
        also=these("sgd: dampening maximize missing-gradient weight-decay"),
    ),
    Fault(
        "nesterov-weighs-the-gradient-not-the-buffer",
        "sgd_object.nesterov",
        edited("optim.sgd:SGD._direction", ("return g + momentum * buffer if", "return momentum * g + buffer if")),
        also=these("sgd: nesterov", "sgd_object: all-together"),
    ),
    Fault(
        "weight-decay-acts-on-the-size-not-on-the-value-of-the-parameter",
        "sgd_object.weight-decay",
        edited(
            "optim.sgd:SGD._update",
            (
                'g = g + p * number_array(group["weight_decay"], p.dtype)',
                'g = g + np.sign(p) * number_array(group["weight_decay"], p.dtype)',
            ),
        ),
        also=these(
            "optimizer: frozen-parameter group-option-of-zero",
            "sgd: group-options maximize missing-gradient nesterov weight-decay",
            "sgd_object: all-together maximize-with-weight-decay no-gradient-no-step weight-decay-with-momentum",
            "sgd_object: zero-gradient-steps",
        ),
    ),
    Fault(
        "weight-decay-is-decoupled-added-after-momentum",
        "sgd_object.weight-decay-with-momentum",
        edited(
            "optim.sgd:SGD._update",
            (
                'if group["weight_decay"] != 0:\n'
                '        g = g + p * number_array(group["weight_decay"], p.dtype)\n'
                '    if group["momentum"] != 0:\n'
                "        g = self._direction(parameter, g, group)",
                'if group["momentum"] != 0:\n'
                "        g = self._direction(parameter, g, group)\n"
                '    if group["weight_decay"] != 0:\n'
                '        g = g + p * number_array(group["weight_decay"], p.dtype)',
            ),
        ),
        also=these("sgd: group-options missing-gradient nesterov weight-decay", "sgd_object: all-together"),
    ),
    Fault(
        "maximize-is-ignored",
        "sgd_object.maximize",
        edited("optim.sgd:SGD._update", ('if group["maximize"]:', 'if group["maximize"] is None:')),
        also=these(
            "optimizer: group-option-of-zero",
            "sgd: group-options maximize",
            "sgd_object: all-together maximize-with-weight-decay",
        ),
    ),
    Fault(
        "maximize-turns-weight-decay-round-too",
        "sgd_object.maximize-with-weight-decay",
        edited(
            "optim.sgd:SGD._update",
            (
                'if group["maximize"]:\n'
                "        g = -g\n"
                '    if group["weight_decay"] != 0:\n'
                '        g = g + p * number_array(group["weight_decay"], p.dtype)',
                'if group["weight_decay"] != 0:\n'
                '        g = g + p * number_array(group["weight_decay"], p.dtype)\n'
                '    if group["maximize"]:\n'
                "        g = -g",
            ),
        ),
        also=these("optimizer: group-option-of-zero", "sgd: maximize", "sgd_object: all-together"),
    ),
    Fault(
        "nesterov-adds-the-gradient-without-weight-decay",
        "sgd_object.all-together",
        edited(
            "optim.sgd:SGD._direction",
            (
                "return g + momentum * buffer if",
                'return (-1 if group["maximize"] else 1) * parameter.stored_grad.array + momentum * buffer if',
            ),
        ),
        also=these("sgd: nesterov"),
    ),
)
