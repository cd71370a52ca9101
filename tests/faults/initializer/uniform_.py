"""Slips of uniform_."""

from __future__ import annotations

from tests.faults.initializer._shared import slip

FAULTS = (
    slip(
        "uniform_.distribution",
        "denser-at-the-lower-end",
        "filling:uniform_",
        ("tensor.uniform_(a, b, generator=generator)", "tensor.uniform_(0, 1, generator=generator)**1.2 * (b - a) + a"),
        ("filled: Tensor =", "drawn ="),
        ("return filled", "return tensor.copy_(drawn)"),
        also=("uniform_.defaults", "xavier_uniform_.*", "kaiming_uniform_.*", "*.initial-*"),
    ),
    slip(
        "uniform_.bounds",
        "upper-bound-passed-by-little",
        "filling:uniform_",
        ("tensor.uniform_(a, b, generator=generator)", "tensor.uniform_(a, b + 1e-3 * (b - a), generator=generator)"),
        also=("xavier_uniform_.bounds", "kaiming_uniform_.bounds", "*.initial-*"),
    ),
    slip("uniform_.defaults", "from-minus-one", "filling:uniform_", ("a: float = 0.0", "a: float = -1.0")),
)
