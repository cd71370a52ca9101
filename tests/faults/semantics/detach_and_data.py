"""Faults of detach and data."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "detach-keeps-requires-grad-of-a-leaf",
        "detach.requires-no-grad",
        edited(
            "autograd.properties:detach",
            (
                "result.counter = self.counter",
                "result.counter = self.counter\n    result.tracked = self.tracked and self.node is None",
            ),
        ),
        also=these(
            "*: second-gradient parameters*",
            "*: initial initial-bias initial-state initial-weight",
            "*: defaults eps group-options maximize missing-gradient state-dict weight-decay",
            "adafactor: *",
            "adadelta: learning-rate rho update",
            "adagrad: initial-accumulator learning-rate-decay update",
            "adam: amsgrad betas update",
            "adamax: betas update",
            "adamw: amsgrad betas update",
            "batch_norm: cumulative-average running-statistics evaluation-state",
            "detach: change-is-noticed shares-memory",
            "module: state-dict-is-detached",
            "nadam: decoupled-weight-decay momentum-decay update",
            "radam: decoupled-weight-decay update",
            "rmsprop: alpha centered momentum update",
            "rprop: etas step-sizes update",
            "sgd: dampening default-learning-rate momentum nesterov update zero-learning-rate",
            "tutorial_network: five-steps one-step",
        ),
    ),
    Fault(
        "detach-takes-the-tensor-itself-off-the-tape",
        "detach.leaves-the-tensor-alone",
        edited(
            "autograd.properties:detach",
            (
                "result.counter = self.counter",
                "result.counter = self.counter\n"
                "    if self.node is not None:\n"
                "        self.node, self.tracked = None, False",
            ),
        ),
    ),
    Fault(
        "detach-of-a-result-is-recorded-as-a-view",
        "detach.stops-gradients",
        edited(
            "autograd.properties:detach",
            ("result = wrap(self.array)", "result = wrap(self.array) if self.node is None else self.view(*self.shape)"),
        ),
        also=these(
            "*: gradient* *-gradient",
            "gru*: *",
            "lstm*: *",
            "rnn*: *",
            "transformer*: *",
            "multihead_attention: *",
            "backward_hook: no-output-requires-gradients",
            "*: initial-state layer",
            "conv1d: padding-mode-circular padding-mode-reflect padding-mode-replicate",
            "conv2d: padding-mode-circular padding-mode-reflect padding-mode-replicate",
            "conv3d: padding-mode-circular padding-mode-reflect padding-mode-replicate",
            "detach: requires-no-grad",
            "batch_norm: evaluation-cumulative untracked",
        ),
    ),
    Fault(
        "detach-copies",
        "detach.shares-memory",
        edited("autograd.properties:detach", ("result = wrap(self.array)", "result = wrap(self.array.copy())")),
        also=these("module: state-dict-refers"),
    ),
    Fault(
        "detach-starts-a-version-counter-of-its-own",
        "detach.change-is-noticed",
        edited("autograd.properties:detach", ("result.counter = self.counter\n    return result", "return result")),
    ),
    Fault(
        "changes-in-place-of-results-are-not-counted",
        "tape.change-in-place-is-noticed",
        edited("autograd.inplace:store", ("target.counter.value += 1", "target.counter.value += target.node is None")),
        also=these("custom_function: saved-tensor-changed", "tensor_view: saved-part-changed"),
    ),
    Fault(
        "data-of-a-result-still-requires-gradients",
        "data.is-untracked",
        edited(
            "tensor:Tensor.data",
            (
                "return wrap(self.array)",
                "bare = wrap(self.array)\n    bare.tracked = self.node is not None\n    return bare",
            ),
        ),
    ),
    Fault(
        "data-is-a-copy",
        "data.update-in-place",
        edited("tensor:Tensor.data", ("return wrap(self.array)", "return wrap(self.array.copy())")),
        also=these(
            "state_dict_pre_hook: called",
            "module: load-copies state-dict-refers",
            "tutorial: manual-update sgd-equals-manual-update",
        ),
    ),
    Fault(
        "data-shares-the-version-counter-as-detach-does",
        "data.update-is-not-noticed",
        edited(
            "tensor:Tensor.data",
            ("return wrap(self.array)", "bare = wrap(self.array)\n    bare.counter = self.counter\n    return bare"),
        ),
        stumbles=True,
    ),
)
