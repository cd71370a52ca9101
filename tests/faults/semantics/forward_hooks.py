"""Faults of forward hooks."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

CALL = "nn.hooks:Hooks.call_with_hooks"

FAULTS = (
    Fault(
        "a-pre-hook-gets-a-list",
        "forward_pre_hook.called",
        edited(
            CALL,
            (
                "else hook(self, inputs)\n        if replaced is None:",
                "else hook(self, list(inputs))\n        if replaced is None:",
            ),
        ),
    ),
    Fault(
        "one-value-is-unpacked",
        "forward_pre_hook.replaces-inputs",
        edited(
            CALL,
            (
                "inputs = replaced if isinstance(replaced, tuple) else (replaced,)",
                "inputs = (replaced, *inputs[1:]) if not isinstance(replaced, tuple) else replaced[:1]",
            ),
        ),
    ),
    Fault(
        "the-keyword-arguments-that-a-pre-hook-returns-are-dropped",
        "forward_pre_hook.with-kwargs",
        edited(CALL, ("inputs, options = _both(replaced)", "inputs, _ = _both(replaced)")),
    ),
    Fault(
        "prepending-a-pre-hook-appends",
        "forward_pre_hook.order",
        edited(
            "nn.hooks:Hooks.register_forward_pre_hook",
            (
                "added(self._forward_pre_hooks, (hook, with_kwargs), prepend)",
                "added(self._forward_pre_hooks, (hook, with_kwargs), False)",
            ),
        ),
    ),
    Fault(
        "removing-a-pre-hook-removes-all",
        "forward_pre_hook.removed",
        edited("handle:RemovableHandle.remove", ("del self._entries[self._entry]", "self._entries.clear()")),
        also=these(
            "post_accumulate_hook: removed",
            "forward_hook: removed",
            "backward_hook: removed",
            "backward_pre_hook: removed",
            "state_dict_hook: removed",
        ),
    ),
    Fault(
        "a-hook-gets-the-keyword-arguments-among-the-inputs",
        "forward_hook.called",
        edited(CALL, ("else hook(self, inputs, output)\n", "else hook(self, (*inputs, *options.values()), output)\n")),
    ),
    Fault(
        "what-a-hook-returns-is-ignored",
        "forward_hook.replaces-output",
        edited(CALL, ("output = output if replaced is None else replaced", "del replaced")),
        also=these("forward_hook: with-kwargs order removed"),
    ),
    Fault(
        "a-hook-gets-no-keyword-arguments",
        "forward_hook.with-kwargs",
        edited(CALL, ("hook(self, inputs, options, output) if", "hook(self, inputs, {'factor': 2.0}, output) if")),
    ),
    Fault(
        "every-hook-gets-the-output-of-forward",
        "forward_hook.order",
        edited(
            CALL,
            ("output = output if replaced is None else replaced", "last = output if replaced is None else replaced"),
            (
                "return output if backward is None",
                "output = last if self._forward_hooks else output\n    return output if backward is None",
            ),
        ),
    ),
    Fault(
        "every-hook-is-called-where-forward-raises",
        "forward_hook.always-call",
        edited(CALL, ("if always and key not in called:", "if key not in called:")),
    ),
    Fault(
        "removing-a-hook-removes-the-last",
        "forward_hook.removed",
        edited("handle:RemovableHandle.remove", ("del self._entries[self._entry]", "self._entries.popitem()")),
        also=these(
            "post_accumulate_hook: removed",
            "forward_pre_hook: removed",
            "backward_hook: removed",
            "backward_pre_hook: removed",
            "state_dict_hook: removed",
        ),
    ),
)
