"""Faults of module buffers."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "parameters-lists-buffers-too",
        "module.buffer-in-state",
        edited(
            "nn.walk:Walk._named_members",
            (
                "for name, member in getattr(module, kind).items():",
                "for name, member in {**getattr(module, kind), **(module._buffers if kind == "
                "'_parameters' else {})}.items():",
            ),
        ),
        also=these("buffer: registers", "module: converted-keeps-parameters"),
    ),
    Fault(
        "persistent-false-is-ignored",
        "module.buffer-not-persistent",
        edited(
            "nn.state:State.state_entries",
            ("if buffer is not None and name not in self._transient:", "if buffer is not None:"),
        ),
        also=these("buffer: not-persistent"),
    ),
    Fault(
        "a-tensor-that-is-assigned-to-a-buffers-name-becomes-a-plain-attribute",
        "module.buffer-assigned",
        edited(
            "nn.module:Module._assign_other",
            (
                '(("_parameters", Parameter), ("_modules", Module), ("_buffers", Tensor))',
                '(("_parameters", Parameter), ("_modules", Module))',
            ),
        ),
    ),
    Fault(
        "load-state-dict-passes-over-buffers",
        "module.buffer-round-trip",
        edited(
            "nn.state:_load",
            ("    if not assign:", "    if not isinstance(held, Parameter):\n        return []\n    if not assign:"),
        ),
        also=these("batch_norm: running-statistics evaluation-cumulative evaluation-state layer-gradient"),
    ),
)
