"""Faults of sequential."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "the-modules-run-from-last-to-first",
        "sequential.chains",
        edited("nn.containers:Sequential.forward", ("for module in self:", "for module in reversed(list(self)):")),
        also=these("module: zero-grad-of-all", "sequential: ordered-dict same-as-subclass"),
    ),
    Fault(
        "the-numbers-start-at-1",
        "sequential.numbered-names",
        edited(
            "nn.containers:Sequential.__init__",
            ("for position, module in enumerate(args))", "for position, module in enumerate(args, 1))"),
        ),
        also=these(
            "load_state_dict_post_hook: called",
            "load_state_dict_pre_hook: called",
            "module: named-modules-prefix named-modules-with-duplicates named-parameters-prefix",
            "state_dict_post_hook: called",
            "state_dict_pre_hook: called",
            "module: buffer-in-state load-not-strict parameter-names shared-module-visited-once state-dict-keys",
            "module: text-extra-repr text-of-nested-modules",
        ),
    ),
    Fault(
        "an-ordereddict-is-taken-in-the-order-of-its-keys",
        "sequential.ordered-dict",
        edited(
            "nn.containers:Sequential.__init__", ("named = args[0].items() if", "named = sorted(args[0].items()) if")
        ),
        also=these("sequential: same-as-subclass"),
    ),
    Fault(
        "a-module-that-stands-twice-is-called-once",
        "sequential.module-twice",
        edited("nn.containers:Sequential.forward", ("for module in self:", "for module in dict.fromkeys(self):")),
        also=these("forward_hook: replaces-output"),
    ),
    Fault(
        "the-module-maxpool2d-pads-by-1-by-default",
        "sequential.same-as-subclass",
        edited(
            "operators.pooling._maximum:MaximumPool.__init__",
            ("self.padding = padding", "self.padding = padding or int(type(self).__name__ == 'MaxPool2d')"),
        ),
        stumbles=True,
        also=these("max_pool2d: layer"),
    ),
)
