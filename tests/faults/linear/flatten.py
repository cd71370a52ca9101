"""Faults of flatten."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import edited, operator, option, tape, these, through, widened


def _order(order: Any) -> Any:
    """Return what joins all dimensions in another order of the elements, which the gradient follows."""

    def wrong(right: Any, input: Any, **dims: Any) -> Any:
        result = right(input, **dims)
        if result.ndim != 1 or input.ndim < 2:
            return result
        places = np.arange(result.shape[0]).reshape(input.shape).ravel(order).tolist()
        return result[places]

    return operator("flatten", wrong)


def _end_left_out(right: Any, input: Any, start_dim: int, end_dim: int) -> Any:
    """end_dim is taken for the first dimension that is not joined."""
    end = end_dim % max(input.ndim, 1)
    return right(input, start_dim, end if end == input.ndim - 1 or end <= start_dim % max(input.ndim, 1) else end - 1)


def _negative_off_by_one(right: Any, input: Any, start_dim: int, end_dim: int) -> Any:
    """A negative dimension is counted from the last one instead of from behind it."""
    return right(input, start_dim - 1 if start_dim < 0 else start_dim, end_dim - 1 if end_dim < -1 else end_dim)


def _always_from_one(right: Any, input: Any, start_dim: int, end_dim: int) -> Any:
    """The first dimension is taken for a batch in any case, as the layer Flatten does by default."""
    return right(
        input, 1 if start_dim == 0 and input.ndim > 1 and end_dim in (-1, input.ndim - 1) else start_dim, end_dim
    )


def _scalar_as_it_is(right: Any, input: Any, **dims: Any) -> Any:
    return input if input.ndim == 0 else right(input, **dims)


def _inferred(right: Any, input: Any, **dims: Any) -> Any:
    """The joined length is inferred with -1, which a batch of nothing makes impossible."""
    if 0 in input.shape:
        raise RuntimeError("cannot infer a length of an empty tensor")
    return right(input, **dims)


def _empty_batch_lost(right: Any, input: Any, **dims: Any) -> Any:
    result = right(input, **dims)
    return result.reshape(0) if 0 in result.shape else result


def _one_element_more(right: Any, input: Any, **dims: Any) -> Any:
    result = right(input, **dims)
    return result if result.ndim > 1 else result.reshape(1, -1)


def _dims_in_order(right: Any, input: Any, start_dim: int, end_dim: int) -> Any:
    n = max(input.ndim, 1)
    first, last = start_dim % n, end_dim % n
    return (
        right(input, start_dim, end_dim) if not -n <= end_dim < n else right(input, min(first, last), max(first, last))
    )


def _dims_in_range(right: Any, input: Any, start_dim: int, end_dim: int) -> Any:
    return right(input, start_dim, min(end_dim, max(input.ndim, 1) - 1))


def _gradient(change: Any) -> Any:
    """Return what lets the gradient pass through ``change`` on its way back."""
    passed = tape("ViewBackward0", lambda x: x.copy(), lambda _, gradient: change(gradient))
    return operator("flatten", lambda right, input, **dims: right(passed(input), **dims))


def _first_to_nothing(gradient: Any) -> Any:
    changed = gradient.copy()
    changed.reshape(-1)[:1] = 0
    return changed


def _sorted_in_place(right: Any, input: Any, **dims: Any) -> Any:
    """The elements are put in row-major order where they lie, and stay there in column-major order."""
    result = right(input, **dims).clone()
    input.array[...] = input.array.reshape(-1)[::-1].reshape(input.shape).copy()
    return result


FAULTS = (
    Fault("first-dimension-fastest", "flatten.value", _order("F"), also=these("flatten: gradient")),
    Fault(
        "batch-always-kept",
        "flatten.value",
        operator("flatten", _always_from_one),
        also=these("flatten: gradient output-size"),
    ),
    Fault(
        "end-left-out",
        "flatten.dimensions",
        operator("flatten", _end_left_out),
        also=these("flatten: dimension-range gradient layer value"),
    ),
    Fault(
        "negative-off-by-one",
        "flatten.dimensions",
        operator("flatten", _negative_off_by_one),
        also=these("flatten: gradient layer"),
    ),
    Fault(
        "end-ignored",
        "flatten.dimensions",
        option("flatten", end_dim=lambda _: -1),
        also=these("flatten: dimension-order dimension-range gradient layer value"),
    ),
    Fault(
        "scalar-as-it-is",
        "flatten.scalar",
        operator("flatten", _scalar_as_it_is),
        also=these("flatten: gradient layer"),
    ),
    Fault(
        "empty-length-inferred",
        "flatten.empty-batch",
        operator("flatten", _inferred),
        stumbles=True,
        also=these("flatten: gradient layer value"),
    ),
    Fault(
        "empty-batch-lost",
        "flatten.empty-batch",
        operator("flatten", _empty_batch_lost),
        also=these("flatten: gradient layer value"),
    ),
    Fault(
        "a-row-of-its-own",
        "flatten.output-size",
        operator("flatten", _one_element_more),
        also=these("flatten: gradient layer scalar value"),
    ),
    Fault("dimensions-put-in-order", "flatten.dimension-order", operator("flatten", _dims_in_order)),
    Fault("dimensions-cut-to-range", "flatten.dimension-range", operator("flatten", _dims_in_range)),
    Fault(
        "gradient-of-the-first-lost",
        "flatten.gradient",
        _gradient(_first_to_nothing),
        also=these("sequential: same-as-subclass"),
    ),
    Fault(
        "gradient-in-float32",
        "flatten.gradient",
        _gradient(through("float32")),
        also=these("tutorial_network: gradient one-step five-steps"),
    ),
    Fault(
        "result-always-float64",
        "flatten.dtype",
        widened("flatten"),
        also=these("sequential: same-as-subclass", "tutorial_network: *"),
    ),
    Fault(
        "reordered-in-place",
        "flatten.purity",
        operator("flatten", _sorted_in_place),
        also=these("sequential: same-as-subclass", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault(
        "layer-starts-at-0",
        "flatten.layer",
        edited("operators.linear.flatten:Flatten.__init__", ("start_dim: int = 1", "start_dim: int = 0")),
        also=these("module: text-of-nested-modules", "sequential: same-as-subclass"),
    ),
)
