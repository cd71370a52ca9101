"""Faults of module tree."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "names-below-the-second-level-lose-the-path",
        "module.named-modules",
        edited(
            "nn.walk:Walk.named_modules",
            (
                'yield from module.named_modules(seen, f"{prefix}.{name}" if prefix else name, remove_duplicate)',
                "yield from module.named_modules(seen, name, remove_duplicate)",
            ),
        ),
        also=these(
            "module: named-buffers-prefix named-parameters-prefix set-submodule",
            "module: parameter-names",
            "module_dict: registers",
            "module_list: registers",
        ),
    ),
    Fault(
        "a-shared-module-is-visited-at-each-place",
        "module.shared-module-visited-once",
        edited("nn.walk:Walk.named_modules", ("    if self in seen:\n        return\n", "")),
        also=these("module: modules-once"),
    ),
    Fault(
        "children-goes-all-the-way-down",
        "module.children-are-immediate",
        edited(
            "nn.walk:Walk.named_children",
            ("yield name, module", "yield name, module\n            yield from module.named_children()"),
        ),
        also=these("module: set-submodule-strict", "module: apply-children-first"),
    ),
    Fault(
        "apply-calls-the-function-on-the-module-first",
        "module.apply-children-first",
        edited(
            "nn.module:Module.apply",
            (
                "for child in self.children():\n        child.apply(fn)\n    fn(self)",
                "fn(self)\n    for child in self.children():\n        child.apply(fn)",
            ),
        ),
    ),
)
