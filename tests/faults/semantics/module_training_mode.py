"""Faults of module training mode."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these, together

FAULTS = (
    Fault(
        "modules-start-in-evaluation-mode",
        "module.training-by-default",
        edited(
            "nn.module:Module.__init__",
            ('object.__setattr__(self, "training", True)', 'object.__setattr__(self, "training", False)'),
        ),
        also=these("module: eval-of-a-part forward-sees-the-mode", "rrelu_module: training"),
    ),
    Fault(
        "eval-does-not-reach-submodules",
        "module.eval-mode",
        edited("nn.module:Module.eval", ("return self.train(False)", "self.training = False\n    return self")),
        also=these("module: forward-sees-the-mode"),
    ),
    Fault(
        "train-does-not-put-submodules-back",
        "module.train-mode",
        edited(
            "nn.module:Module.train",
            ("module.training = mode", "module.training = mode and (module is self or module.training)"),
        ),
    ),
    Fault(
        "train-ignores-its-argument",
        "module.train-false",
        together(
            edited("nn.module:Module.train", ("module.training = mode", "module.training = True")),
            edited(
                "nn.module:Module.eval",
                (
                    "return self.train(False)",
                    "for module in self.modules():\n        module.training = False\n    return self",
                ),
            ),
        ),
        also=(
            "batch_norm.evaluation-cumulative",
            "batch_norm.evaluation-state",
            "batch_norm.layer-gradient",
        ),
    ),
    Fault(
        "indexing-a-sequential-gives-a-copy-of-the-module",
        "module.eval-of-a-part",
        edited(
            "nn.containers:Row.__getitem__",
            (
                "return self._modules[self._key(index)]",
                "return __import__('copy').copy(self._modules[self._key(index)])",
            ),
        ),
        also=these(
            "load_state_dict_pre_hook: called",
            "module: modules-once named-modules-with-duplicates",
            "module_list: deletion list-access",
            "sequential: pop",
            "state_dict_post_hook: called",
            "state_dict_pre_hook: called",
        ),
    ),
    Fault(
        "train-and-eval-reach-the-frameworks-own-modules-only",
        "module.forward-sees-the-mode",
        edited(
            "nn.module:Module.train",
            (
                "module.training = mode",
                "if type(module).__module__.startswith('adapters'):\n            module.training = mode",
            ),
        ),
    ),
    Fault(
        "eval-freezes",
        "module.eval-keeps-gradients",
        edited("nn.module:Module.eval", ("return self.train(False)", "return self.train(False).requires_grad_(False)")),
        stumbles=True,
    ),
)
