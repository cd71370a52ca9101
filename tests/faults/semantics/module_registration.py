"""Faults of module registration."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "only-parameters-that-require-gradients-are-registered",
        "module.parameter-assignment-registers",
        edited(
            "nn.module:Module.__setattr__",
            (
                '"_parameters" if isinstance(value, Parameter) else',
                '"_parameters" if isinstance(value, Parameter) and value.tracked else',
            ),
        ),
        stumbles=True,
        also=these("module: load-assign-keeps-requires-grad"),
    ),
    Fault(
        "every-tensor-that-requires-gradients-is-registered",
        "module.tensor-assignment-does-not-register",
        edited(
            "nn.module:Module.__setattr__",
            (
                '"_parameters" if isinstance(value, Parameter) else',
                '"_parameters" if isinstance(value, Tensor) and value.tracked else',
            ),
        ),
        also=these("module: load-assign-keeps-requires-grad", "module: parameter-assignment-registers"),
    ),
    Fault(
        "children-are-listed-by-name",
        "module.submodule-assignment-registers",
        edited(
            "nn.walk:Walk.named_children",
            ("for name, module in self._modules.items():", "for name, module in sorted(self._modules.items()):"),
        ),
        also=these("module_dict: registers", "sequential: ordered-dict"),
    ),
    Fault(
        "a-parameter-that-is-assigned-too-early-becomes-a-plain-attribute",
        "module.parameter-before-initialisation",
        edited("nn.module:Module.__setattr__", (" if kind is not None:", ' if kind == "_modules":')),
    ),
    Fault(
        "a-module-that-is-assigned-too-early-becomes-a-plain-attribute",
        "module.submodule-before-initialisation",
        edited("nn.module:Module.__setattr__", (" if kind is not None:", ' if kind == "_parameters":')),
    ),
    Fault(
        "a-child-that-is-there-already-stays",
        "module.assignment-replaces",
        edited(
            "nn.module:Module.__setattr__",
            (
                "held[kind][name] = value",
                "if kind == '_modules':\n"
                "            held[kind].setdefault(name, value)\n"
                "        else:\n"
                "            held[kind][name] = value",
            ),
        ),
        also=these("module: set-submodule set-submodule-strict", "module_list: assignment"),
    ),
    Fault(
        "a-plain-attribute-stays-before-the-child",
        "module.assignment-replaces",
        edited("nn.module:Module._forget", ("held.pop(name, None)", "held.get(name)")),
    ),
    Fault(
        "register-parameter-registers-a-buffer",
        "module.register-parameter",
        edited(
            "nn.module:Module.register_parameter",
            (
                'self._register("_parameters", name, param)',
                'self._register("_parameters" if param is None else "_buffers", name, param)',
            ),
        ),
        also=these("*: gradient initial*"),
    ),
    Fault(
        "parameters-lists-none",
        "module.register-parameter-none",
        edited(
            "nn.walk:Walk._named_members",
            ("if member is None or id(member) in seen:", "if member is not None and id(member) in seen:"),
        ),
        also=these(
            "module: buffer-none",
            "*: layer",
            "batch_norm: layer-gradient untracked",
        ),
    ),
    Fault(
        "a-tensor-in-the-place-of-a-parameter-becomes-a-plain-attribute",
        "module.parameter-name-is-reserved",
        edited(
            "nn.module:Module._assign_other",
            (
                '(("_parameters", Parameter), ("_modules", Module), ("_buffers", Tensor))',
                '(("_modules", Module), ("_buffers", Tensor))',
            ),
        ),
    ),
    Fault(
        "add-module-makes-a-plain-attribute",
        "module.add-module",
        edited(
            "nn.module:Module.add_module",
            ('self._register("_modules", name, module)', "object.__setattr__(self, name, module)"),
        ),
        also=these(
            "forward_hook: replaces-output",
            "load_state_dict_post_hook: called",
            "load_state_dict_pre_hook: called",
            "module: extra-state modules-once named-modules-prefix named-modules-with-duplicates",
            "module: named-parameters-prefix",
            "module_dict: dict-access pairs pop registers update-order update-overwrites views",
            "module_list: append assignment deletion extend insert list-access registers slices",
            "state_dict_post_hook: called",
            "state_dict_pre_hook: called",
            "module: apply-children-first buffer-in-state eval-mode eval-of-a-part forward-sees-the-mode",
            "module: load-not-strict parameter-names requires-grad-in-place shared-module-visited-once",
            "module: state-dict-keys state-dict-round-trip text-extra-repr text-of-nested-modules train-false",
            "module: train-mode training-by-default zero-grad-of-all",
            "optimizer: group-params-of-any-iterable one-group",
            "sequential: *",
        ),
    ),
    Fault(
        "keyword-arguments-are-not-passed-on",
        "module.call-runs-forward",
        edited(
            "nn.module:Module.__call__", ("return self.forward(*inputs, **options)", "return self.forward(*inputs)")
        ),
        stumbles=True,
    ),
    Fault(
        "the-default-forward-returns-its-input",
        "module.forward-is-required",
        edited(
            "nn.module:Module.forward",
            (
                "raise NotImplementedError(f'{type(self).__name__} lacks the required method \"forward\"')",
                "return inputs[0]",
            ),
        ),
    ),
)
