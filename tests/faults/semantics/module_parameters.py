"""Faults of module parameters."""

from __future__ import annotations

from typing import Any

from adapters.reference.nn.parameter import Parameter
from adapters.reference.tensor import Tensor
from conformance.strength import Fault
from tests.faults._planting import edited, everywhere, these


class _ByDuck(type):
    """Asks for a tensor and nothing more."""

    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, Tensor)


class _AnyTensor(Parameter, metaclass=_ByDuck):
    """A parameter for which every tensor passes."""

    __slots__ = ()


FAULTS = (
    Fault(
        "submodules-are-walked-by-name",
        "module.parameters-in-order",
        edited(
            "nn.walk:Walk.named_modules",
            ("for name, module in self._modules.items():", "for name, module in sorted(self._modules.items()):"),
        ),
        also=these(
            "module: set-submodule", "module_dict: registers", "module: shared-submodule-listed-once", "tutorial: *"
        ),
    ),
    Fault(
        "the-path-is-shortened-to-its-last-part",
        "module.parameter-names",
        edited(
            "nn.walk:Walk._named_members",
            (
                'yield f"{path}.{name}" if path else name, member',
                "yield f\"{path.rpartition('.')[2]}.{name}\" if path else name, member",
            ),
        ),
        also=these("module: named-buffers-prefix", "module_dict: registers", "module_list: registers"),
    ),
    Fault(
        "a-modules-own-parameters-come-last",
        "module.own-parameters-first",
        edited(
            "nn.walk:Walk._named_members",
            (
                "modules = self.named_modules(None, prefix, remove_duplicate) if recurse else [(prefix, self)]",
                "modules = sorted(self.named_modules(None, prefix, remove_duplicate), key=lambda pair: "
                "pair[1] is self) if recurse else [(prefix, self)]",
            ),
        ),
        also=these(
            "module: buffers-without-recursion converted-keeps-parameters named-buffers-prefix",
            "module: named-parameters-prefix",
        ),
    ),
    Fault(
        "shared-parameters-are-listed-at-each-place",
        "module.shared-parameter-listed-once",
        edited("nn.walk:Walk._named_members", ("if member is None or id(member) in seen:", "if member is None:")),
        also=these("module: named-buffers-duplicates"),
    ),
    Fault(
        "duplicates-are-removed-within-each-module-only",
        "module.shared-submodule-listed-once",
        edited(
            "nn.walk:Walk._named_members",
            (
                "modules = self.named_modules(None, prefix, remove_duplicate) if recurse else",
                "modules = self.named_modules(None, prefix, False) if recurse else",
            ),
            ("if member is None or id(member) in seen:", "if member is None or (path, id(member)) in seen:"),
            ("seen.add(id(member))", "seen.add((path, id(member)))"),
        ),
    ),
    Fault(
        "recurse-is-ignored",
        "module.parameters-without-recursion",
        edited("nn.walk:Walk._named_members", ("if recurse else [(prefix, self)]", "if True else [(prefix, self)]")),
        stumbles=True,
        also=these("module: buffers-without-recursion named-parameters-prefix"),
    ),
    Fault(
        "requires-grad-reaches-the-modules-own-parameters-only",
        "module.requires-grad-in-place",
        edited(
            "nn.module:Module.requires_grad_",
            ("for parameter in self.parameters():", "for parameter in self.parameters(recurse=False):"),
        ),
    ),
    Fault(
        "every-tensor-passes-for-a-parameter",
        "parameter.is-a-tensor",
        everywhere("nn.parameter:Parameter", lambda _: _AnyTensor),
        also=these(
            "parameter_list: converts-tensors",
            "module: buffer-assigned parameter-name-is-reserved tensor-assignment-does-not-register",
        ),
    ),
    Fault(
        "requires-grad-false-is-ignored",
        "parameter.requires-grad",
        edited("nn.parameter:Parameter.__init__", ("self.tracked = bool(requires_grad)", "self.tracked = True")),
        also=these("embedding_module: frozen", "module: load-assign-keeps-requires-grad"),
    ),
)
