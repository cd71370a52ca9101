"""Faults of zero grad."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "zero-grad-goes-through-the-buffers",
        "module.zero-grad",
        edited(
            "nn.module:Module.zero_grad", ("for parameter in self.parameters():", "for parameter in self.buffers():")
        ),
        also=these(
            "module: zero-grad-of-all zero-grad-set-to-none zero-grad-then-backward zero-grad-to-zeros",
            "tutorial: first-bias-gradient",
        ),
    ),
    Fault(
        "set-to-none-true-is-ignored",
        "module.zero-grad-set-to-none",
        edited(
            "nn.module:Module.zero_grad",
            ("clear_grad(parameter, set_to_none=set_to_none)", "clear_grad(parameter, set_to_none=False)"),
        ),
        also=these("module: zero-grad-of-all"),
    ),
    Fault(
        "set-to-none-false-is-ignored",
        "module.zero-grad-to-zeros",
        edited(
            "nn.module:Module.zero_grad",
            ("clear_grad(parameter, set_to_none=set_to_none)", "clear_grad(parameter, set_to_none=True)"),
        ),
        stumbles=True,
    ),
    Fault(
        "zeros-are-put-where-no-gradient-was",
        "module.zero-grad-leaves-absent-gradients",
        edited(
            "nn.module:Module.zero_grad",
            (
                "clear_grad(parameter, set_to_none=set_to_none)",
                "if not set_to_none and parameter.stored_grad is None:\n"
                "            parameter.stored_grad = parameter.detach() * 0.0\n"
                "        clear_grad(parameter, set_to_none=set_to_none)",
            ),
        ),
    ),
    Fault(
        "zero-grad-reaches-the-modules-own-parameters-only",
        "module.zero-grad-of-all",
        edited(
            "nn.module:Module.zero_grad",
            ("for parameter in self.parameters():", "for parameter in self.parameters(recurse=False):"),
        ),
        also=these("tutorial: first-bias-gradient"),
    ),
    Fault(
        "zero-grad-resets-grad-but-not-the-total-that-backward-adds-to",
        "module.zero-grad-then-backward",
        edited(
            "autograd.node:accumulate",
            (
                'variable.stored_grad = wrap(np.array(gradient, dtype=variable.array.dtype, order="C"))',
                "total = gradient + (getattr(variable, '_total', 0) if type(variable) is not Tensor else "
                "0)\n"
                "        variable._total = total\n"
                "        variable.stored_grad = wrap(np.array(total, dtype=variable.array.dtype, "
                'order="C"))',
            ),
        ),
        also=these("lbfgs: state-dict", "optimizer: unfreezing", "tutorial: loss-falls training-loop"),
    ),
)
