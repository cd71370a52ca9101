"""Faults of module lists."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "the-modules-are-kept-under-names-that-state-would-not-have",
        "module_list.registers",
        edited(
            "nn.containers:Row.append",
            ("self.add_module(str(len(self)), module)", 'self.add_module(f"layer{len(self)}", module)'),
        ),
        also=these(
            "transformer_decoder: *",
            "transformer_encoder: *",
            "module_list: append assignment extend",
            "sequential: append extend",
        ),
    ),
    Fault(
        "negative-indices-are-refused",
        "module_list.list-access",
        edited("nn.containers:Row._key", ("if not -len(self) <= position", "if not 0 <= position")),
        stumbles=True,
        also=these("module_list: assignment"),
    ),
    Fault(
        "the-step-of-a-slice-is-ignored",
        "module_list.slices",
        edited(
            "nn.containers:Row.__getitem__",
            (
                "list(self._modules.items())[index]",
                "sorted(list(self._modules.items())[index], key=lambda entry: entry[0])",
            ),
        ),
    ),
    Fault(
        "an-assignment-registers-under-another-name",
        "module_list.assignment",
        edited(
            "nn.containers:Row.__setitem__",
            (
                "setattr(self, self._key(index), module)",
                "delattr(self, self._key(index))\n    setattr(self, str(index % (len(self) + 1)), module)",
            ),
        ),
    ),
    Fault(
        "a-deletion-leaves-a-gap-in-the-numbers",
        "module_list.deletion",
        edited("nn.containers:Row.__delitem__", ("    self._renumber(list(self._modules.values()))\n", "")),
    ),
    Fault(
        "append-puts-the-module-first",
        "module_list.append",
        edited(
            "nn.containers:Row.append",
            ("self.add_module(str(len(self)), module)", "self._renumber([module, *self])"),
        ),
        also=these("module_list: *", "sequential: append extend"),
    ),
    Fault(
        "extend-goes-through-the-modules-from-the-end",
        "module_list.extend",
        edited("nn.containers:Row.extend", ("in list(modules):", "in reversed(list(modules)):")),
        also=these("module_list: *", "sequential: extend"),
    ),
    Fault(
        "insert-puts-the-module-after-the-index",
        "module_list.insert",
        edited("nn.containers:Row.insert", ("modules.insert(index, module)", "modules.insert(index + 1, module)")),
        also=these("sequential: insert"),
    ),
)
