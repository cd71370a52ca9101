"""Faults of parameter lists and dictionaries."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

LIST = "nn.parameter_containers:ParameterList"
DICT = "nn.parameter_containers:ParameterDict"

FAULTS = (
    Fault(
        "the-parameters-are-copied",
        "parameter_list.registers",
        edited(
            f"{LIST}.__setitem__",
            ("_trainable(value)", "Parameter(value.detach().clone()) if isinstance(value, Tensor) else value"),
        ),
        also=these("parameter_list: append list-access"),
    ),
    Fault(
        "an-assignment-keeps-a-plain-tensor",
        "parameter_list.converts-tensors",
        edited(f"{LIST}.append", ("self[-1] = value", "setattr(self, str(self._size - 1), value)")),
    ),
    Fault(
        "the-step-of-a-slice-is-ignored",
        "parameter_list.list-access",
        edited(f"{LIST}.__getitem__", ("range(*index.indices(len(self)))", "range(*index.indices(len(self))[:2])")),
    ),
    Fault(
        "append-puts-the-value-in-the-place-of-the-last",
        "parameter_list.append",
        edited(f"{LIST}.append", ("self._size += 1", "self._size = max(self._size, 2) if self._size else 1")),
        also=these("parameter_list: *"),
        stumbles=True,
    ),
    Fault(
        "extend-goes-through-the-values-from-the-end",
        "parameter_list.extend",
        edited(f"{LIST}.extend", ("in list(values):", "in reversed(list(values)):")),
        also=these("parameter_list: *"),
    ),
    Fault(
        "the-parameters-are-copied",
        "parameter_dict.registers",
        edited(
            f"{DICT}.__setitem__",
            ("_trainable(value)", "Parameter(value.detach().clone()) if isinstance(value, Tensor) else value"),
        ),
        also=these("parameter_dict: *"),
    ),
    Fault(
        "an-assignment-keeps-a-plain-tensor",
        "parameter_dict.converts-tensors",
        edited(f"{DICT}.__setitem__", ("_trainable(value)", "value")),
        also=these("parameter_dict: update-order"),
    ),
    Fault(
        "deleting-forgets-the-key-only",
        "parameter_dict.dict-access",
        edited(f"{DICT}.__delitem__", ("    delattr(self, key)\n", "")),
        also=these("parameter_dict: clear pop popitem"),
    ),
    Fault(
        "objects-are-not-counted",
        "parameter_dict.other-objects",
        edited(
            f"{DICT}.__setitem__",
            ("self._keys[key] = None", "if isinstance(value, Tensor):\n        self._keys[key] = None"),
        ),
        stumbles=True,
    ),
    Fault(
        "update-sorts-the-keys",
        "parameter_dict.update-order",
        edited(
            f"{DICT}.update",
            (
                "if isinstance(parameters, Mapping) and not isinstance(parameters, OrderedDict):",
                "if isinstance(parameters, (Mapping, Module)):",
            ),
        ),
    ),
    Fault(
        "get-inserts-the-default",
        "parameter_dict.get",
        edited(
            f"{DICT}.get", ("getattr(self, key) if key in self._keys else default", "self.setdefault(key, default)")
        ),
    ),
    Fault(
        "setdefault-does-not-insert",
        "parameter_dict.setdefault",
        edited(
            f"{DICT}.setdefault", ("self[key] = default\n    return self[key]", "return default\n    return self[key]")
        ),
    ),
    Fault(
        "pop-gives-the-value-and-keeps-it",
        "parameter_dict.pop",
        edited(f"{DICT}.pop", ("    del self[key]\n", "")),
        also=these("parameter_dict: popitem"),
    ),
    Fault(
        "popitem-takes-the-first",
        "parameter_dict.popitem",
        edited(f"{DICT}.popitem", ("next(reversed(self._keys))", "next(iter(self._keys))")),
    ),
    Fault(
        "clear-leaves-the-first",
        "parameter_dict.clear",
        edited(f"{DICT}.clear", ("in list(self):", "in list(self)[1:]:")),
    ),
    Fault(
        "copy-is-the-dictionary-itself",
        "parameter_dict.copy",
        edited(f"{DICT}.copy", ("ParameterDict(list(self.items()))", "self")),
    ),
    Fault(
        "fromkeys-adds-to-the-dictionary",
        "parameter_dict.fromkeys",
        edited(
            f"{DICT}.fromkeys",
            (
                "return ParameterDict([(key, default) for key in keys])",
                "self.update([(key, default) for key in keys])\n    return self",
            ),
        ),
    ),
)
