"""Faults of listing modules, parameters and buffers."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

WALK = "nn.walk:Walk"

FAULTS = (
    Fault(
        "modules-gives-every-place",
        "module.modules-once",
        edited(f"{WALK}.modules", ("self.named_modules()", "self.named_modules(remove_duplicate=False)")),
    ),
    Fault(
        "duplicates-are-always-left-out",
        "module.named-modules-with-duplicates",
        edited(f"{WALK}.named_modules", ("if remove_duplicate:", "if remove_duplicate is not None:")),
    ),
    Fault(
        "the-prefix-is-put-before-the-root-only",
        "module.named-modules-prefix",
        edited(
            f"{WALK}.named_modules",
            ('f"{prefix}.{name}" if prefix else name', 'f"{prefix}.{name}" if prefix and "." in prefix else name'),
        ),
        also=these("module: *", "module_list: *", "module_dict: *"),
    ),
    Fault(
        "the-prefix-is-forgotten-without-recursion",
        "module.named-parameters-prefix",
        edited(f"{WALK}._named_members", ("else [(prefix, self)]", 'else [("", self)]')),
    ),
    Fault(
        "a-shared-parameter-is-always-listed-once",
        "module.named-parameters-with-duplicates",
        edited(f"{WALK}._named_members", ("if remove_duplicate:", "if remove_duplicate or kind == '_parameters':")),
    ),
    Fault(
        "buffers-always-recurse",
        "module.buffers-without-recursion",
        edited(f"{WALK}.named_buffers", ('"_buffers", prefix, recurse,', '"_buffers", prefix, True,')),
    ),
    Fault(
        "the-prefix-of-buffers-is-ignored",
        "module.named-buffers-prefix",
        edited(f"{WALK}.named_buffers", ('"_buffers", prefix,', '"_buffers", "",')),
    ),
    Fault(
        "equal-buffers-are-taken-for-one",
        "module.named-buffers-duplicates",
        edited(f"{WALK}.named_buffers", ("remove_duplicate)", "not remove_duplicate)")),
    ),
    Fault(
        "a-buffer-none-is-in-the-state",
        "module.buffer-none",
        edited(
            "nn.module:Module.register_buffer",
            (
                'self._register("_buffers", name, tensor)',
                'self._register("_buffers", name, Tensor() if tensor is None else tensor)',
            ),
        ),
        also=(
            "batch_norm.layer-gradient",
            "batch_norm.untracked",
            "batch_norm_module.untracked",
        ),
    ),
    Fault(
        "a-buffer-is-a-plain-tensor",
        "buffer.registers",
        edited(
            "nn.module:Module.__setattr__",
            ('"_buffers" if isinstance(value, Buffer)', '"_buffers" if isinstance(value, ())'),
        ),
        also=these(
            "embedding_bag_module: from-pretrained frozen initial-weight padding-zeros weight",
            "embedding_module: from-pretrained frozen initial-weight padding-changed padding-fixed",
            "embedding_module: padding-zeros weight",
            "buffer: not-persistent",
        ),
    ),
    Fault(
        "persistent-is-ignored",
        "buffer.not-persistent",
        edited("nn.module:Module.__setattr__", ("persistent=value.persistent", "persistent=True")),
    ),
)
