"""Faults of the modes of the tape."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, method, these

FAULTS = (
    Fault(
        "the-end-turns-recording-on",
        "set_grad_enabled.context",
        edited("autograd.mode:set_grad_enabled.__exit__", ("self._before", "True")),
    ),
    Fault(
        "the-mode-is-set-by-a-with-statement-only",
        "set_grad_enabled.function",
        edited("autograd.mode:set_grad_enabled.__init__", ("RECORDING.enabled = self._mode", "pass")),
    ),
    Fault(
        "a-decorator-sets-the-mode-when-it-decorates",
        "enable_grad.decorator",
        method(
            "autograd.mode:_Mode.__call__",
            lambda right, self, function: function if self.wanted else right(self, function),
        ),
    ),
    Fault(
        "inference-mode-records",
        "inference_mode.result",
        edited("autograd.mode:inference_mode.__enter__", ("= not self._mode, self._mode", "= True, self._mode")),
        also=these("inference_mode: *"),
        stumbles=True,
    ),
    Fault(
        "without-parentheses-the-function-is-taken-for-the-mode",
        "inference_mode.decorator",
        edited("autograd.mode:inference_mode.__new__", ("return cls()(mode)", "return mode")),
    ),
    Fault(
        "the-argument-is-ignored",
        "inference_mode.false",
        edited("autograd.mode:inference_mode.__init__", ("bool(mode)", "True")),
    ),
    Fault(
        "what-was-made-in-inference-mode-is-a-normal-tensor",
        "inference_mode.not-saved-for-backward",
        edited("autograd.mode:inference_mode.__enter__", ("= not self._mode, self._mode", "= not self._mode, False")),
    ),
    Fault(
        "a-clone-stays-a-tensor-of-inference-mode",
        "inference_mode.clone",
        edited(
            "arithmetic.conversion:clone",
            ("    return result", "    result.inference = input.inference\n    return result"),
        ),
        stumbles=True,
    ),
)
