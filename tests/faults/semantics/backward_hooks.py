"""Faults of backward hooks of modules."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

HOOKS = "nn.backward_hooks:BackwardHooks"

FAULTS = (
    Fault(
        "gradients-of-inputs-and-outputs-are-swapped",
        "backward_hook.called",
        edited(
            f"{HOOKS}._of_inputs",
            (
                "hook(self.module, gradients, self.output_gradients)",
                "hook(self.module, self.output_gradients, gradients)",
            ),
        ),
        also=these("backward_hook: *", "backward_pre_hook: replaces-gradients"),
    ),
    Fault(
        "a-backward-hook-is-called-once-a-forward",
        "backward_hook.every-time",
        edited(
            f"{HOOKS}._of_inputs",
            ("    return gradients", "    self.hooks = []\n    return gradients"),
        ),
    ),
    Fault(
        "the-gradients-that-a-backward-hook-returns-are-ignored",
        "backward_hook.replaces-gradients",
        edited(f"{HOOKS}._of_inputs", ("gradients = _replaced(", "_replaced(")),
        also=these("backward_hook: order"),
    ),
    Fault(
        "arguments-that-are-no-tensors-are-left-out",
        "backward_hook.inputs-without-gradients",
        edited(
            "nn.backward_hooks:_passed",
            (
                "every: list[Tensor | None] = [None] * len(values)",
                "if len(places) < len(values):\n            return call(gradients)\n        "
                "every: list[Tensor | None] = [None] * len(values)",
            ),
        ),
    ),
    Fault(
        "without-inputs-that-require-gradients-no-backward-hook-is-called",
        "backward_hook.no-input-requires-gradients",
        edited(f"{HOOKS}._of_outputs", ("if not self.enters_recorded:", "if self.enters_recorded is None:")),
    ),
    Fault(
        "without-outputs-that-require-gradients-a-backward-hook-is-called-at-once",
        "backward_hook.no-output-requires-gradients",
        edited(
            f"{HOOKS}.leave",
            ("left, _ = _passed(", "left, found = _passed("),
            (
                "    return type(output)",
                "    if not found:\n        for hook in self.hooks:\n            hook(self.module, (None,), (None,))\n"
                "    return type(output)",
            ),
        ),
    ),
    Fault(
        "prepending-a-backward-hook-appends",
        "backward_hook.order",
        edited(
            "nn.hooks:Hooks.register_full_backward_hook",
            ("added(self._backward_hooks, hook, prepend)", "added(self._backward_hooks, hook)"),
        ),
    ),
    Fault(
        "a-removed-backward-hook-is-still-called",
        "backward_hook.removed",
        edited(
            "nn.hooks:Hooks.register_full_backward_hook",
            (
                "return added(self._backward_hooks, hook, prepend)",
                "added(self._backward_hooks, hook, prepend)\n    return added({}, hook)",
            ),
        ),
    ),
    Fault(
        "inputs-are-handed-on-as-they-are",
        "backward_hook.in-place",
        edited(
            "nn.backward_hooks:_passed",
            ("tensor.base = source if source.base is None else source.base", "tensor.base = None"),
        ),
    ),
    Fault(
        "a-pre-hook-sees-the-first-gradient-only",
        "backward_pre_hook.called",
        edited(
            f"{HOOKS}._of_outputs",
            ("hook(self.module, gradients), gradients", "hook(self.module, gradients[:1]), gradients"),
        ),
    ),
    Fault(
        "a-backward-hook-gets-the-gradients-before-the-pre-hooks",
        "backward_pre_hook.replaces-gradients",
        edited(
            f"{HOOKS}._of_outputs",
            (
                "    for hook in self.pre_hooks:",
                "    self.output_gradients = gradients\n    for hook in self.pre_hooks:",
            ),
            ("    self.output_gradients = gradients\n    if", "    if"),
        ),
    ),
    Fault(
        "prepending-a-backward-pre-hook-appends",
        "backward_pre_hook.order",
        edited(
            "nn.hooks:Hooks.register_full_backward_pre_hook",
            ("added(self._backward_pre_hooks, hook, prepend)", "added(self._backward_pre_hooks, hook)"),
        ),
    ),
    Fault(
        "a-removed-backward-pre-hook-is-still-called",
        "backward_pre_hook.removed",
        edited(
            "nn.hooks:Hooks.register_full_backward_pre_hook",
            (
                "return added(self._backward_pre_hooks, hook, prepend)",
                "added(self._backward_pre_hooks, hook, prepend)\n    return added({}, hook)",
            ),
        ),
    ),
)
