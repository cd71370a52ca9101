"""Faults of module dictionaries."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "the-modules-are-kept-but-not-registered",
        "module_dict.registers",
        edited(
            "nn.module_dict:ModuleDict.__setitem__",
            (
                "self.add_module(key, module)",
                "self._modules.update({key: module}) or vars(module).update(_parameters={})",
            ),
        ),
        also=these("module_dict: pop"),
        stumbles=True,
    ),
    Fault(
        "pairs-are-taken-from-the-end",
        "module_dict.pairs",
        edited("nn.module_dict:pairs", ("in enumerate(given):", "in enumerate(reversed(list(given))):")),
        also=these("module_dict: update-order views", "parameter_dict: *"),
    ),
    Fault(
        "a-key-is-looked-for-among-all-attributes",
        "module_dict.dict-access",
        edited("nn.module_dict:ModuleDict.__contains__", ("key in self._modules", "bool(self._modules)")),
    ),
    Fault(
        "values-gives-the-keys",
        "module_dict.views",
        edited("nn.module_dict:ModuleDict.values", ("self._modules.values()", "self._modules.keys()")),
    ),
    Fault(
        "update-sorts-the-keys",
        "module_dict.update-order",
        edited(
            "nn.module_dict:ModuleDict.update",
            (
                'in pairs(modules, "ModuleDict.update"):',
                'in sorted(pairs(modules, "ModuleDict.update"), key=lambda pair: pair[0]):',
            ),
        ),
        also=these("module_dict: *"),
    ),
    Fault(
        "update-keeps-what-is-there",
        "module_dict.update-overwrites",
        edited(
            "nn.module_dict:ModuleDict.update",
            ("self[key] = module", "self[key] = self._modules.get(key, module)"),
        ),
    ),
    Fault(
        "pop-gives-the-module-and-keeps-it",
        "module_dict.pop",
        edited("nn.module_dict:ModuleDict.pop", ("self._modules.pop(key)", "self._modules[key]")),
    ),
    Fault(
        "clear-removes-the-last-module-only",
        "module_dict.clear",
        edited("nn.module_dict:ModuleDict.clear", ("self._modules.clear()", "self._modules.popitem()")),
    ),
)
