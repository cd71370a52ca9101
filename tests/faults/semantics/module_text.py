"""Faults of module text."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited

FAULTS = (
    Fault(
        "a-stride-of-1-is-left-out-of-the-text-of-conv2d",
        "module.text",
        edited(
            "operators.convolution.conv2d:Conv2d.extra_repr",
            (', stride={self.stride}"', '" + (f", stride={self.stride}" if self.stride != (1, 1) else "")'),
        ),
    ),
    Fault(
        "lines-of-inner-modules-are-not-indented-further",
        "module.text-of-nested-modules",
        edited("nn.module:_indented", ('return text.replace("\\n", "\\n  ")', "return text")),
    ),
    Fault(
        "a-module-without-a-text-of-its-own-lists-its-parameters-names",
        "module.text-without-children",
        edited(
            "nn.module:Module.__repr__",
            ("if self.extra_repr() else []", "if self.extra_repr() else list(self._parameters)"),
        ),
    ),
    Fault(
        "extra-repr-of-the-users-classes-is-not-asked",
        "module.text-extra-repr",
        edited(
            "nn.module:Module.__repr__",
            (
                'extra = self.extra_repr().split("\\n") if self.extra_repr() else []',
                'extra = self.extra_repr().split("\\n") if self.extra_repr() and '
                'type(self).__module__.startswith("adapters") else []',
            ),
        ),
    ),
    Fault(
        "the-text-gives-the-vertical-stride-twice",
        "module.text-of-conv2d",
        edited(
            "operators.convolution.conv2d:Conv2d.extra_repr",
            (', stride={self.stride}"', ', stride={(self.stride[0], self.stride[0])}"'),
        ),
    ),
    Fault(
        "the-text-always-says-bias-true",
        "module.text-of-linear",
        edited("operators.linear.linear:Linear.extra_repr", ("bias={self.bias is not None}", "bias=True")),
    ),
)
