"""Faults of the hooks of tensors."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

HOOK = "autograd.properties:register_hook"
ADD = "autograd.properties:_add_hook"
REGISTER_AFTER = "autograd.properties:register_post_accumulate_grad_hook"

FAULTS = (
    Fault(
        "a-hook-is-called-once-only",
        "tensor_hook.called",
        edited(
            "autograd.engine:_run_hooks",
            (
                "    for index, hook, _ in list(hooks):",
                "    taken = list(hooks)\n    hooks.clear()\n    for index, hook, _ in taken:",
            ),
        ),
    ),
    Fault(
        "what-a-hook-returns-is-ignored",
        "tensor_hook.replaces",
        edited("autograd.engine:_run_hooks", ("if replaced is not None:", "if replaced is None:")),
        also=these("tensor_hook: *", "post_accumulate_hook: after-tensor-hooks", "retain_grad: fills all-uses"),
    ),
    Fault(
        "a-hook-is-called-for-each-use",
        "tensor_hook.whole-gradient",
        edited(
            "autograd.engine:_receive",
            (
                "    held[index] = gradient if before is None else before + gradient",
                "    if before is not None and node.hooks:\n        _run_hooks(node.hooks, [gradient])\n"
                "    held[index] = gradient if before is None else before + gradient",
            ),
        ),
        also=these("retain_grad: all-uses fills"),
    ),
    Fault(
        "the-last-hook-runs-first",
        "tensor_hook.order",
        edited(
            "autograd.engine:_run_hooks",
            ("in list(hooks):", "in sorted(hooks, key=lambda one: one[2], reverse=False)[::-1]:"),
        ),
        also=these("tensor_hook: before-retained-gradient"),
    ),
    Fault(
        "the-gradient-is-kept-when-retain-grad-was-called",
        "tensor_hook.before-retained-gradient",
        edited(ADD, ("place = len(node.hooks) if last else", "place = len(node.hooks) if True else")),
    ),
    Fault(
        "removing-a-hook-removes-the-last",
        "tensor_hook.removed",
        edited("handle:RemovableHandle.remove", ("self._entries.remove(self._entry)", "self._entries.pop()")),
    ),
    Fault(
        "grad-captures-before-the-hooks",
        "tensor_hook.of-grad",
        edited(
            "autograd.engine:_propagate",
            ("            if node.hooks is not None:\n                _run_hooks(node.hooks, gradients)\n", ""),
            (
                "                if node not in needed:\n                    continue\n",
                "                if node not in needed:\n                    continue\n"
                "            if node.hooks is not None:\n                _run_hooks(node.hooks, gradients)\n",
            ),
        ),
    ),
    Fault(
        "the-hook-is-called-before-the-gradient-is-added",
        "post_accumulate_hook.called",
        edited(
            "autograd.node:AccumulateGrad.run",
            (
                "accumulate(self.variable, gradient)\n        self.call_after()",
                "self.call_after()\n        accumulate(self.variable, gradient)",
            ),
        ),
        stumbles=True,
        also=these("post_accumulate_hook: *"),
    ),
    Fault(
        "the-hook-runs-while-operations-are-recorded",
        "post_accumulate_hook.updates-in-place",
        edited(
            "autograd.engine:_propagate",
            ("set_grad_enabled(recorded), np.errstate", "set_grad_enabled(True), np.errstate"),
        ),
        stumbles=True,
    ),
    Fault(
        "the-gradient-is-added-as-it-was-before-the-tensors-hooks",
        "post_accumulate_hook.after-tensor-hooks",
        edited(
            "autograd.engine:_propagate",
            (
                "                _run_hooks(node.hooks, gradients)\n",
                "                _run_hooks(node.hooks, list(gradients) if not node.next_functions else gradients)\n",
            ),
        ),
        also=these("tensor_hook: replaces order removed"),
    ),
    Fault(
        "results-take-such-hooks-too",
        "post_accumulate_hook.of-a-result",
        edited(REGISTER_AFTER, ("if not self.tracked or self.node is not None:", "if not self.tracked:")),
    ),
    Fault(
        "a-removed-hook-is-still-called",
        "post_accumulate_hook.removed",
        edited(
            REGISTER_AFTER,
            ("return added(self.hooks_after, hook)", "added(self.hooks_after, hook)\n    return added({}, hook)"),
        ),
    ),
)
