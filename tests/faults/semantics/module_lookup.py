"""Faults of finding and replacing modules by name."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

WALK = "nn.walk:Walk"

FAULTS = (
    Fault(
        "a-path-is-followed-one-step-only",
        "module.get-submodule",
        edited(
            f"{WALK}.get_submodule",
            ("for name in target", "for name in (target.split('.')[:1] if target else []) or target"),
        ),
        also=these("module: get-parameter get-buffer *-missing set-submodule*"),
    ),
    Fault(
        "any-attribute-counts-as-a-module",
        "module.get-submodule-missing",
        edited(f"{WALK}.get_submodule", ('vars(module)["_modules"].get(name)', "getattr(module, name)")),
    ),
    Fault(
        "a-parameter-is-looked-for-in-the-module-itself",
        "module.get-parameter",
        edited(
            f"{WALK}._member",
            ("self.get_submodule(path)", "(self if kind == '_parameters' else self.get_submodule(path))"),
        ),
        stumbles=True,
    ),
    Fault(
        "what-is-not-there-is-none",
        "module.get-parameter-missing",
        edited(f"{WALK}._member", ("if member is None:", "if member is None and kind != '_parameters':")),
    ),
    Fault(
        "a-buffer-is-copied",
        "module.get-buffer",
        edited(f"{WALK}.get_buffer", ('self._member("_buffers", target)', 'self._member("_buffers", target).clone()')),
    ),
    Fault(
        "parameters-count-as-buffers",
        "module.get-buffer-missing",
        edited(
            f"{WALK}._member",
            (
                "getattr(self.get_submodule(path), kind).get(name)",
                "{**self.get_submodule(path)._parameters, **self.get_submodule(path)._buffers}.get(name) "
                "if kind == '_buffers' else getattr(self.get_submodule(path), kind).get(name)",
            ),
        ),
    ),
    Fault(
        "a-new-submodule-is-refused",
        "module.set-submodule",
        edited(f"{WALK}.set_submodule", ("if strict:", "if not strict:")),
        also=these("module: set-submodule-strict"),
        stumbles=True,
    ),
    Fault(
        "strict-is-ignored",
        "module.set-submodule-strict",
        edited(f"{WALK}.set_submodule", ("if strict:", "if strict is None:")),
    ),
    Fault(
        "whatever-is-no-module-is-set-as-an-attribute",
        "module.set-submodule-refusals",
        edited(f"{WALK}.set_submodule", ("if not isinstance(module, Walk):", "if module is None:")),
        stumbles=True,
    ),
    Fault(
        "a-registered-module-is-a-mere-attribute",
        "module.register-module",
        edited(
            "nn.module:Module.register_module",
            ('self._register("_modules", name, module)', "vars(self)[name] = module"),
        ),
    ),
)
