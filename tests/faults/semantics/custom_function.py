"""Faults of functions that a user defines."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

NODE = "autograd.custom:CustomNode"

FAULTS = (
    Fault(
        "the-gradient-passes-as-it-is",
        "custom_function.apply",
        edited(
            f"{NODE}.run_recorded",
            (
                "found = self.function.backward(self, *given)",
                "found = (given[0], *[None] * (len(self.needs_input_grad) - 1))",
            ),
        ),
        also=these("custom_function: *"),
        stumbles=True,
    ),
    Fault(
        "forward-is-recorded",
        "custom_function.forward-is-not-recorded",
        edited("autograd.custom:Function.apply", ("with no_grad():", "if True:")),
        also=these("custom_function: non-differentiable-output"),
    ),
    Fault(
        "saved-tensors-come-in-reverse",
        "custom_function.saved-tensors",
        edited(f"{NODE}.saved_tensors", ("return tuple(self.kept)", "return tuple(self.kept[::-1])")),
        also=these("custom_function: setup-context"),
        stumbles=True,
    ),
    Fault(
        "a-change-of-a-saved-tensor-is-not-noticed",
        "custom_function.saved-tensor-changed",
        edited(f"{NODE}.saved_tensors", ("tensor.counter.value != version", "tensor.counter.value < version")),
    ),
    Fault(
        "only-tensors-are-counted",
        "custom_function.needs-input-grad",
        edited(
            f"{NODE}.run_recorded",
            (
                "found = self.function.backward(self, *given)",
                "every = self.needs_input_grad\n"
                "    self.needs_input_grad = tuple(every[place] for place in self.places)\n"
                "    found = self.function.backward(self, *given)\n"
                "    self.needs_input_grad = every",
            ),
        ),
    ),
    Fault(
        "backward-gets-the-gradients-that-came-only",
        "custom_function.several-outputs",
        edited(f"{NODE}.run_recorded", ("wrap(np.zeros(shape, dtype))", "wrap(np.ones(shape, dtype))")),
        also=these("custom_function: non-differentiable-output"),
    ),
    Fault(
        "set-materialize-grads-is-ignored",
        "custom_function.no-materialized-gradients",
        edited(f"{NODE}.set_materialize_grads", ("self.materialize = value", "self.materialize = True")),
    ),
    Fault(
        "mark-non-differentiable-is-ignored",
        "custom_function.non-differentiable-output",
        edited(f"{NODE}.mark_non_differentiable", ("self.constant = tensors", "self.constant = ()")),
    ),
    Fault(
        "setup-context-gets-the-inputs-one-by-one",
        "custom_function.setup-context",
        edited(
            "autograd.custom:Function.apply",
            ("cls.setup_context(node, arguments, output)", "cls.setup_context(node, arguments[::-1], output)"),
        ),
    ),
    Fault(
        "a-custom-backward-pass-is-never-recorded",
        "custom_function.double-backward",
        edited(
            f"{NODE}.run_recorded",
            (
                "found = self.function.backward(self, *given)",
                "with no_grad():\n        found = self.function.backward(self, *given)",
            ),
        ),
        stumbles=True,
    ),
    Fault(
        "once-differentiable-does-nothing",
        "custom_function.once-differentiable",
        edited("autograd.custom:once_differentiable", ("return without_graph", "return backward")),
    ),
    Fault(
        "a-change-that-is-told-is-not-counted",
        "custom_function.mark-dirty",
        edited(f"{NODE}.finish", ("output.counter.value += 1", "pass")),
    ),
    Fault(
        "what-was-changed-is-no-result",
        "custom_function.dirty-output",
        edited(
            f"{NODE}.finish",
            (
                "True in self.needs_input_grad and not",
                "True in self.needs_input_grad and not any(output is one for one in self.dirty) and not",
            ),
        ),
    ),
)
