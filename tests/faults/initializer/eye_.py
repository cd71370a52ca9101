"""Slips of eye_."""

from __future__ import annotations

from tests.faults.initializer._shared import slip

FAULTS = (
    slip(
        "eye_.value",
        "ones-once-more-below",
        "structured:eye_",
        (
            "np.eye(*tensor.array.shape)",
            "np.tile(np.eye(min(tensor.array.shape)), (9, 9))[:tensor.array.shape[0], :tensor.array.shape[1]]",
        ),
    ),
    slip(
        "eye_.value",
        "zeros-not-written",
        "structured:eye_",
        ("np.eye(*tensor.array.shape)", "np.where(np.eye(*tensor.array.shape) == 1, 1, tensor.array)"),
    ),
    slip(
        "eye_.dimensions",
        "last-two-of-three",
        "structured:eye_",
        ('_require_dimensions("eye_", tensor, 2)', "np.shape(tensor)"),
        ("*tensor.array.shape", "*([1, 1, *tensor.array.shape][-2:])"),
    ),
)
