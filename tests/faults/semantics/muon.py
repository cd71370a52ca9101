"""Faults of Muon."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, method

_UPDATE = "optim.muon:Muon.update"

FAULTS = (
    Fault(
        "three-dimensions-flattened",
        "muon.two-dimensions",
        edited("optim.muon:Muon.add_param_group", ("parameter.array.ndim != 2", "parameter.array.ndim < 2")),
    ),
    Fault(
        "momentum-of-0.9",
        "muon.default-options",
        method(
            "optim.muon:Muon.__init__",
            lambda right, self, params, **given: right(self, params, **{"momentum": 0.9, **given}),
        ),
    ),
    Fault(
        "decay-whatever-the-rate",
        "muon.weight-decay",
        edited(_UPDATE, ('(1 - lr * group["weight_decay"])', '(1 - group["weight_decay"])')),
    ),
    Fault(
        "decay-in-the-gradient",
        "muon.weight-decay",
        edited(
            _UPDATE,
            ('(1 - lr * group["weight_decay"])', "1"),
            ("buffer = kept", 'g = g + group["weight_decay"] * p\n    buffer = kept'),
        ),
    ),
    Fault(
        "columns-over-rows",
        "muon.original-rate",
        edited(_UPDATE, ("max(1, rows / columns)", "max(1, columns / rows)")),
    ),
    Fault(
        "less-than-one-too",
        "muon.original-rate",
        edited(_UPDATE, ("max(1, rows / columns)", "rows / columns")),
    ),
    Fault(
        "rows-alone",
        "muon.matching-rate",
        edited(_UPDATE, ("math.sqrt(max(p.shape))", "math.sqrt(rows)")),
    ),
    Fault(
        "matching-by-default",
        "muon.rate-default",
        edited(_UPDATE, ('group["adjust_lr_fn"] != "match_rms_adamw"', 'group["adjust_lr_fn"] == "original"')),
    ),
    Fault(
        "unknown-name-as-the-original",
        "muon.rate-name",
        edited(
            "optim.muon:Muon.__init__",
            ('if adjust_lr_fn not in (None, "original", "match_rms_adamw"):', "if adjust_lr_fn == 0:"),
        ),
    ),
    Fault(
        "a-fifth-forgotten",
        "muon.matching-rate",
        edited(_UPDATE, ("0.2 * math.sqrt(max(p.shape))", "math.sqrt(max(p.shape))")),
    ),
    Fault(
        "always-along-the-buffer",
        "muon.nesterov",
        edited(_UPDATE, ('blend(buffer, g, momentum) if group["nesterov"] else buffer', "buffer")),
    ),
    Fault(
        "never-along-the-buffer",
        "muon.nesterov",
        edited(_UPDATE, ('if group["nesterov"] else buffer', "if True else buffer")),
    ),
    Fault(
        "one-iteration",
        "muon.iterations",
        edited("optim.muon:_orthogonalized", ("for _ in range(steps):", "for _ in range(min(steps, 1)):")),
    ),
)
