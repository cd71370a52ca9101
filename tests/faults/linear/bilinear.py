"""Faults of bilinear."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._card import Slips
from tests.faults._planting import edited, forward, significand

_BILINEAR = Slips("bilinear", "linear.bilinear", "Bilinear", "input1")


def _transposed(right: Any, node: Any, x: Any, a: Any, y: Any) -> Any:
    """The matrices are transposed where they are square."""
    return right(node, x, np.swapaxes(a, 1, 2) if a.shape[1] == a.shape[2] else a, y)


def _short_factors(right: Any, node: Any, x: Any, a: Any, y: Any) -> Any:
    return right(node, significand(11)(x), significand(11)(a), y)


def _only_rows(right: Any, input1: Any, **others: Any) -> Any:
    if input1.ndim != 2:
        raise RuntimeError("bilinear: expected a matrix")
    return right(input1=input1, **others)


def _bias_of_ones(right: Any, bias: Any, **others: Any) -> Any:
    return right(bias=bias, **others) + 1.0 if bias is None else right(bias=bias, **others)


def _first_left_out(right: Any, **given: Any) -> Any:
    """A dimension of one is dropped, the others kept."""
    result = right(**given)
    return result.reshape(-1) if result.ndim and result.shape[0] == 1 else result


def _single_feature(right: Any, weight: Any, **others: Any) -> Any:
    result = right(weight=weight, **others)
    return result * 2.0 if tuple(weight.shape[1:]) == (1, 1) else result


def _rows_cut(right: Any, input1: Any, input2: Any, **others: Any) -> Any:
    if input1.ndim == input2.ndim == 2:
        rows = min(input1.shape[0], input2.shape[0])
        input1, input2 = input1[:rows], input2[:rows]
    return right(input1=input1, input2=input2, **others)


def _features_cut(right: Any, input1: Any, input2: Any, weight: Any, **others: Any) -> Any:
    first, second = min(input1.shape[-1], weight.shape[1]), min(input2.shape[-1], weight.shape[2])
    if (first, second) != tuple(weight.shape[1:]) or first != input1.shape[-1]:
        input1, input2, weight = input1[..., :first], input2[..., :second], weight[:, :first, :second]
    return right(input1=input1, input2=input2, weight=weight, **others)


FAULTS = (
    _BILINEAR.fault("matrices-transposed", "value", forward("TrilinearBackward0", _transposed), "layer"),
    _BILINEAR.fault("only-rows", "leading-dimensions", _BILINEAR.wrong(_only_rows), "*", stumbles=True),
    _BILINEAR.fault("bias-of-ones", "no-bias", _BILINEAR.wrong(_bias_of_ones), "value", "layer"),
    _BILINEAR.fault("single-feature-doubled", "single-feature", _BILINEAR.wrong(_single_feature), "*"),
    _BILINEAR.empty(),
    _BILINEAR.fault("one-row-dropped", "output-size", _BILINEAR.wrong(_first_left_out), "*"),
    _BILINEAR.fault("rows-cut", "row-mismatch", _BILINEAR.wrong(_rows_cut)),
    _BILINEAR.fault("features-cut", "feature-mismatch", _BILINEAR.wrong(_features_cut)),
    _BILINEAR.fault("short-factors", "exact-integers", forward("TrilinearBackward0", _short_factors), "*"),
    *_BILINEAR.derived(
        edited(
            "operators.linear.bilinear:Bilinear.forward",
            ("self.bias)", "None)"),
        )
    ),
)
