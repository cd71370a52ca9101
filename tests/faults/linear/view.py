"""Faults of view."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import method, tape, these, through

_VIEW = "tensor:Tensor.view"


def _column_major(right: Any, tensor: Any, *shape: Any) -> Any:
    result = right(tensor, *shape)
    if tensor.ndim < 2 or 0 in tensor.shape:
        return result
    places = np.arange(prod(tensor.shape)).reshape(tensor.shape).ravel("F").tolist()
    return right(right(tensor, -1)[places], *shape)


def _only_length_kept(right: Any, tensor: Any, *shape: Any) -> Any:
    """A shape of -1 alone is taken for the shape as it is."""
    given = list(shape[0] if len(shape) == 1 and isinstance(shape[0], (tuple, list)) else shape)
    if given == [-1]:
        return tensor.clone()
    return right(tensor, *given)


def _cut(right: Any, tensor: Any, *shape: Any) -> Any:
    """What is too much for the shape is left out."""
    given = list(shape[0] if len(shape) == 1 and isinstance(shape[0], (tuple, list)) else shape)
    known = prod(size for size in given if size != -1)
    count = prod(tensor.shape)
    if known and count % known if -1 in given else known < count:
        return right(right(tensor, -1)[: count // known * known if -1 in given else known], *given)
    return right(tensor, *given)


def _singletons_lost(right: Any, tensor: Any, *shape: Any) -> Any:
    result = right(tensor, *shape)
    return result.squeeze() if result.ndim > 2 and 1 in result.shape else result


def _gradient(change: Any) -> Any:
    passed = tape("ViewBackward0", lambda x: x.copy(), lambda _, gradient: change(gradient))
    return method(_VIEW, lambda right, tensor, *shape: right(passed(tensor), *shape))


def _reversed_in_place(right: Any, tensor: Any, *shape: Any) -> Any:
    result = right(tensor, *shape).clone()
    tensor.array[...] = tensor.array.reshape(-1)[::-1].reshape(tensor.shape).copy()
    return result


_NORMALIZATIONS = these("batch_norm: *", "group_norm: *", "instance_norm: *", "layer_norm: *", "rms_norm: *")
"""The operators whose reference brings weight and bias into shape by a view."""

FAULTS = (
    Fault(
        "first-dimension-fastest",
        "view.value",
        method(_VIEW, _column_major),
        also=these("graph: tutorial-chain", "sequential: same-as-subclass", "view: gradient inferred-length"),
    ),
    Fault(
        "only-length-not-inferred",
        "view.inferred-length",
        method(_VIEW, _only_length_kept),
        also=these("view: gradient"),
    ),
    Fault("elements-left-out", "view.size-mismatch", method(_VIEW, _cut)),
    Fault("singletons-lost", "view.output-size", method(_VIEW, _singletons_lost), also=_NORMALIZATIONS),
    Fault(
        "gradient-reversed",
        "view.gradient",
        _gradient(lambda g: g.reshape(-1)[::-1].reshape(g.shape).copy()),
        also=(
            *these(
                "graph: tutorial-chain",
                "sequential: same-as-subclass",
                "tutorial: backward-with-gradient first-bias-gradient manual-update",
            ),
            *_NORMALIZATIONS,
        ),
    ),
    Fault("gradient-in-float32", "view.gradient", _gradient(through("float32")), also=these("graph: tutorial-chain")),
    Fault(
        "result-always-float64",
        "view.dtype",
        method(_VIEW, lambda right, tensor, *shape: right(tensor, *shape).double()),
        also=(
            *these("graph: tutorial-*", "sequential: same-as-subclass", "tensor_view: *", "tutorial: *"),
            *_NORMALIZATIONS,
        ),
    ),
    Fault(
        "reordered-in-place",
        "view.purity",
        method(_VIEW, _reversed_in_place),
        also=these(
            "graph: tutorial-chain",
            "sequential: same-as-subclass",
            "tutorial: backward-with-gradient first-bias-gradient manual-update",
        ),
    ),
)
