"""Faults of module state."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "the-keys-are-sorted",
        "module.state-dict-keys",
        edited(
            "nn.state:State.state_dict",
            (
                "for key, holder, name in self.state_entries(prefix):",
                "for key, holder, name in sorted(self.state_entries(prefix), key=lambda entry: entry[0]):",
            ),
        ),
        also=these("module: state-dict-refers"),
    ),
    Fault(
        "state-dict-gives-the-parameters-themselves",
        "module.state-dict-is-detached",
        edited("nn.state:State.state_dict", ("holder[name] if keep_vars else holder[name].detach()", "holder[name]")),
    ),
    Fault(
        "state-dict-copies",
        "module.state-dict-refers",
        edited(
            "nn.state:State.state_dict",
            (
                "holder[name] if keep_vars else holder[name].detach()",
                "holder[name] if keep_vars else holder[name].detach().clone()",
            ),
        ),
    ),
    Fault(
        "load-state-dict-loads-the-modules-own-level-only",
        "module.state-dict-round-trip",
        edited("nn.state:_load", ("    if not assign:", '    if "." in key:\n        return []\n    if not assign:')),
        also=these("load_state_dict_post_hook: called", "load_state_dict_pre_hook: called", "module: load-not-strict"),
    ),
    Fault(
        "load-state-dict-shares-memory-with-the-source",
        "module.load-copies",
        edited("nn.state:_load", ("held.copy_(given)", "held.array = given.array")),
        also=these("module: load-assign"),
    ),
    Fault(
        "load-state-dict-puts-new-parameters-in-place",
        "module.load-keeps-parameters",
        edited(
            "nn.state:_load",
            (
                "held.copy_(given)",
                "holder[name] = Parameter(given.detach().clone(), held.requires_grad) if "
                "isinstance(held, Parameter) else given.detach().clone()",
            ),
        ),
        also=these("module: load-assign"),
    ),
    Fault(
        "load-state-dict-makes-parameters-trainable-again",
        "module.load-keeps-requires-grad",
        edited(
            "nn.state:_load",
            ("held.copy_(given)", "held.copy_(given)\n            held.tracked = isinstance(held, Parameter)"),
        ),
    ),
    Fault(
        "missing-keys-are-not-refused",
        "module.load-missing-key",
        edited(
            "nn.state:State.load_state_dict",
            ("if strict and result.missing_keys:", "if strict is None and result.missing_keys:"),
        ),
        also=these("load_state_dict_post_hook: changes-keys"),
    ),
    Fault(
        "unexpected-keys-are-not-refused",
        "module.load-unexpected-key",
        edited(
            "nn.state:State.load_state_dict",
            ("if strict and result.unexpected_keys:", "if strict is None and result.unexpected_keys:"),
        ),
        also=these("module: load-registered-none"),
    ),
    Fault(
        "missing-and-unexpected-keys-are-swapped-in-the-result",
        "module.load-not-strict",
        edited(
            "nn.state:State.load_state_dict",
            ("return result", "return IncompatibleKeys(result.unexpected_keys, result.missing_keys)"),
        ),
        also=these("module: load-returns-keys"),
    ),
    Fault(
        "a-shape-that-broadcasts-is-loaded",
        "module.load-other-shape",
        edited(
            "nn.state:_load", ("if given.array.shape != held.array.shape:", "if given.array.ndim != held.array.ndim:")
        ),
    ),
)
