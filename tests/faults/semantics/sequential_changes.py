"""Faults of changes of Sequentials."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "append-returns-nothing",
        "sequential.append",
        edited("nn.containers:Row.append", ("return self", "return None")),
    ),
    Fault(
        "insert-replaces",
        "sequential.insert",
        edited("nn.containers:Row.insert", ("modules.insert(index, module)", "modules[index] = module")),
        also=these("module_list: insert"),
    ),
    Fault(
        "extend-takes-the-other-in-as-one-module",
        "sequential.extend",
        edited(
            "nn.containers:Row.extend",
            ("in list(modules):", "in [modules] if isinstance(modules, Module) else list(modules):"),
        ),
    ),
    Fault(
        "the-sum-is-the-first-extended",
        "sequential.sum",
        edited("nn.containers:Sequential.__add__", ("Sequential(*self, *other)", "self.extend(other)")),
    ),
    Fault(
        "pop-takes-the-last",
        "sequential.pop",
        edited(
            "nn.containers:Sequential.pop",
            ("removed = self[key]\n    del self[key]", "removed = self[-1]\n    del self[-1]"),
        ),
    ),
)
