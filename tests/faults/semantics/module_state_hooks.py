"""Faults of hooks and options of the state of modules."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

STATE = "nn.state:State"

FAULTS = (
    Fault(
        "the-pre-hook-is-not-told-keep-vars",
        "state_dict_pre_hook.called",
        edited(f"{STATE}.state_dict", ("hook(self, prefix, keep_vars)", "hook(self, prefix, False)")),
    ),
    Fault(
        "the-post-hook-gets-a-copy",
        "state_dict_post_hook.called",
        edited(f"{STATE}.state_dict", ("hook(self, state, prefix, {})", "hook(self, state.copy(), prefix, {})")),
    ),
    Fault(
        "the-pre-hook-gets-no-prefix",
        "load_state_dict_pre_hook.called",
        edited(f"{STATE}.load_level", ("hook(self, state_dict, prefix, {},", 'hook(self, state_dict, "", {},')),
        stumbles=True,
    ),
    Fault(
        "the-post-hook-is-called-before-loading",
        "load_state_dict_post_hook.called",
        edited(
            f"{STATE}.load_level",
            (
                "    missing, unexpected = loading.result\n",
                "    missing, unexpected = loading.result\n"
                "    for hook in list(self._load_state_post_hooks.values()):\n        hook(self, loading.result)\n",
            ),
        ),
        also=these("state_dict_hook: removed"),
    ),
    Fault(
        "the-keys-are-judged-before-the-post-hook",
        "load_state_dict_post_hook.changes-keys",
        edited(
            f"{STATE}.load_level",
            ("hook(self, loading.result)", "hook(self, IncompatibleKeys(list(missing), list(unexpected)))"),
        ),
        stumbles=True,
    ),
    Fault(
        "a-removed-hook-is-still-called",
        "state_dict_hook.removed",
        edited(
            "nn.state_hooks:StateHooks.register_load_state_dict_post_hook",
            (
                "return added(self._load_state_post_hooks, hook)",
                "added(self._load_state_post_hooks, hook)\n    return added({}, hook)",
            ),
        ),
    ),
    Fault(
        "extra-state-is-not-handed-back",
        "module.extra-state",
        edited(f"{STATE}.load_level", ("self.set_extra_state(state_dict[prefix + EXTRA_STATE])", "pass")),
    ),
    Fault(
        "the-prefix-stops-at-the-first-level",
        "module.state-dict-prefix",
        edited(
            f"{STATE}.state_dict",
            ('prefix=f"{prefix}{name}."', 'prefix=f"{name}." if prefix == "net." else f"{prefix}{name}."'),
        ),
    ),
    Fault(
        "the-destination-is-copied",
        "module.state-dict-destination",
        edited(
            f"{STATE}.state_dict",
            (
                "OrderedDict() if destination is None else destination",
                "destination if destination is not None and prefix else OrderedDict(destination or {})",
            ),
        ),
    ),
    Fault(
        "assign-is-ignored",
        "module.load-assign",
        edited("nn.state:_load", ("if not assign:", "if True:")),
    ),
    Fault(
        "assigned-parameters-bring-their-own-requires-grad",
        "module.load-assign-keeps-requires-grad",
        edited(
            "nn.state:_load",
            ("given.requires_grad_(flag) if isinstance(given, Parameter)", "given if isinstance(given, Parameter)"),
        ),
    ),
    Fault(
        "names-registered-as-none-are-passed-over",
        "module.load-registered-none",
        edited(
            f"{STATE}.load_level",
            ("names = {EXTRA_STATE} if", "names = {*self._parameters, *self._buffers}\n    names |= {EXTRA_STATE} if"),
            ("if names and prefix", "if EXTRA_STATE in names and prefix"),
            ("elif names:", "elif EXTRA_STATE in names:"),
        ),
        also=these("load_state_dict_post_hook: called"),
    ),
    Fault(
        "the-result-is-empty",
        "module.load-returns-keys",
        edited(f"{STATE}.load_state_dict", ("return result", "return ([], [])")),
        also=these("module: load-not-strict"),
        stumbles=True,
    ),
)
