"""Slips of sparse_."""

from __future__ import annotations

from tests.faults.initializer._shared import slip

_PLACE = "structured:sparse_"

FAULTS = (
    slip("sparse_.zeros", "one-zero-too-many", _PLACE, ("math.ceil(sparsity * rows)", "int(sparsity * rows) + 1")),
    slip(
        "sparse_.zeros",
        "fraction-of-each-row",
        _PLACE,
        ("rows, columns = tensor.array.shape", "columns, rows = tensor.array.shape"),
        ("filled = tensor.array.copy()", "filled = tensor.array.T.copy()"),
        ("store(tensor, filled)", "store(tensor, filled.T)"),
    ),
    slip(
        "sparse_.zeros",
        "fraction-of-numbers-left",
        _PLACE,
        ("math.ceil(sparsity * rows)", "math.ceil((1 - sparsity) * rows)"),
    ),
    slip(
        "sparse_.distribution",
        "variance-for-deviation",
        _PLACE,
        ("normal_(tensor, 0, std, generator)", "normal_(tensor, 0, std**2 if std > 0.1 else std, generator)"),
    ),
    slip("sparse_.std-default", "default-of-a-tenth", _PLACE, ("std: float = 0.01", "std: float = 0.1")),
    slip(
        "sparse_.dimensions",
        "other-tensors-as-one-column",
        _PLACE,
        ('_require_dimensions("sparse_", tensor, 2)', "pass"),
        (
            "rows, columns = tensor.array.shape",
            "rows, columns = tensor.array.shape if tensor.array.ndim == 2 else (len(tensor.array), 1)",
        ),
    ),
)
