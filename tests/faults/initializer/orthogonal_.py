"""Slips of orthogonal_."""

from __future__ import annotations

from tests.faults.initializer._shared import own, slip

_PLACE = "structured:orthogonal_"

FAULTS = (
    slip(
        "orthogonal_.orthogonality",
        "normalized-and-not-orthogonal",
        _PLACE,
        ("np.linalg.qr(drawn)", "drawn / np.linalg.norm(drawn, axis=0), drawn"),
        also=own("orthogonal_"),
    ),
    slip(
        "orthogonal_.orthogonality",
        "rounded-to-half",
        _PLACE,
        ("np.linalg.qr(drawn)", "np.linalg.qr(drawn)[0].astype(np.float16).astype(wide), drawn"),
        also=own("orthogonal_"),
    ),
    slip(
        "orthogonal_.trailing-dimensions",
        "orthogonal-in-the-first-two",
        _PLACE,
        ("tensor.array.size // shape[0]", "shape[1]"),
        (".reshape(shape)", ".reshape(shape[:2] + (1,) * (len(shape) - 2)) * np.ones(shape)"),
    ),
    slip("orthogonal_.gain", "root-of-the-gain", _PLACE, ("gain * (", "gain**0.5 * (")),
    slip(
        "orthogonal_.too-few-dimensions",
        "vector-as-one-row",
        _PLACE,
        ("if len(shape) < 2:", "if len(shape) < 1:"),
    ),
)
