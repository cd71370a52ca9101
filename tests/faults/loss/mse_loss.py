"""Faults of mse_loss."""

from __future__ import annotations

import warnings
from math import prod
from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import (
    backward,
    forward,
    gradients,
    method,
    operator,
    option,
    these,
    through,
    together,
    widened,
)

_PASS = "MseLossBackward0"
_LAYER = "operators.loss.mse_loss:MSELoss.forward"


def _of_means(factor: Any) -> Any:
    """Return what multiplies a mean, and its gradient, by ``factor(x, y)``."""

    def ahead(right: Any, node: Any, x: Any, y: Any, reduction: str) -> Any:
        result = right(node, x, y, reduction)
        return np.asarray(result * result.dtype.type(factor(x, y))) if reduction == "mean" else result

    def back(right: Any, node: Any, gradient: Any) -> Any:
        scale = factor(*node.saved) if node.reduction == "mean" else 1
        return tuple(None if g is None else g * g.dtype.type(scale) for g in right(node, gradient))

    return together(forward(_PASS, ahead), backward(_PASS, back))


def _by_the_input(right: Any, input: Any, target: Any, reduction: str, **others: Any) -> Any:
    """The sum over the number of elements of the input, which broadcasting may have made more of."""
    result = right(input=input, target=target, reduction=reduction, **others)
    if reduction != "mean" or input.shape == target.shape or not prod(input.shape):
        return result
    return result * (prod(np.broadcast_shapes(input.shape, target.shape)) / prod(input.shape))


def _expanded(right: Any, node: Any, x: Any, y: Any, reduction: str) -> Any:
    """x^2 - 2 x y + y^2: what is left of two large numbers."""
    result = right(node, x, y, reduction)
    squares = x * x - 2 * x * y + y * y
    if reduction == "none":
        return squares
    return np.asarray(squares.mean() if reduction == "mean" and squares.size else squares.sum(), dtype=result.dtype)


def _absolute(right: Any, input: Any, target: Any, reduction: str, **others: Any) -> Any:
    """The absolute differences."""
    difference = right(input=input, target=target, reduction="none", **others).sqrt()
    return difference if reduction == "none" else difference.mean() if reduction == "mean" else difference.sum()


def _at_least_one_dimension(right: Any, **given: Any) -> Any:
    result = right(**given)
    return result if result.ndim else result.reshape(1)


def _scalars_by_length(right: Any, input: Any, **others: Any) -> Any:
    """The number of elements is asked of the first dimension, which a scalar does not have."""
    if input.ndim == 0:
        len(input)
    return right(input=input, **others)


def _no_broadcast(right: Any, input: Any, target: Any, **others: Any) -> Any:
    """Elements are paired as they lie; what the shorter one lacks is left out."""
    if input.shape == target.shape:
        return right(input=input, target=target, **others)
    count = min(prod(input.shape), prod(target.shape))
    return right(input=input.reshape(-1)[:count], target=target.reshape(-1)[:count], **others)


def _quietly(right: Any, **given: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return right(**given)


def _empty_is_nan(right: Any, **given: Any) -> Any:
    result = right(**given)
    return result * float("nan") if given["reduction"] == "sum" and 0 in given["input"].shape else result


def _any_name(right: Any, reduction: str, **others: Any) -> Any:
    return right(reduction=reduction if reduction in {"none", "sum"} else "mean", **others)


def _kept_dimensions(right: Any, reduction: str, input: Any, **others: Any) -> Any:
    """The reduced dimensions stay, of length one."""
    result = right(reduction=reduction, input=input, **others)
    return result if reduction == "none" else result.reshape((1,) * input.ndim)


def _ignoring_what_comes(right: Any, node: Any, gradient: Any) -> Any:
    """The loss is taken for the end of the computation: what comes back from behind it is not looked at."""
    return right(node, np.ones_like(gradient))


def _in_memory_of_input(right: Any, node: Any, x: Any, y: Any, reduction: str) -> Any:
    result = right(node, x, y, reduction)
    if x.shape == y.shape and x.flags.writeable:
        x -= y
    return result


def _layer_means(right: Any, layer: Any, input: Any, target: Any) -> Any:
    del right, layer
    return torch.nn.functional.mse_loss(input, target)


def _some(change: Any) -> Any:
    return lambda found: None if found is None else change(found)


FAULTS = (
    Fault(
        "mean-over-the-batch",
        "mse_loss.value",
        _of_means(lambda x, _: prod(x.shape[1:])),
        also=these(
            "mse_loss: broadcasts gradient layer",
            "mse_loss_module: backward deprecated-reduction mean reduction",
            "tutorial: first-bias-gradient loss loss-falls manual-update",
            "tutorial_network: gradient loss one-step five-steps",
        ),
    ),
    Fault(
        "half-of-it",
        "mse_loss.value",
        _of_means(lambda *_: 0.5),
        also=these(
            "mse_loss: any-shape broadcasts gradient layer",
            "mse_loss_module: backward deprecated-reduction mean reduction",
            "tutorial: first-bias-gradient loss loss-falls manual-update training-loop",
            "tutorial_network: gradient loss one-step five-steps",
        ),
    ),
    Fault(
        "squares-multiplied-out",
        "mse_loss.value",
        forward(_PASS, _expanded),
        also=these("mse_loss: broadcasts gradient-weight layer reduction-none"),
    ),
    Fault(
        "absolute-differences",
        "mse_loss.value",
        operator("mse_loss", _absolute),
        also=these(
            "graph: tutorial-* node-text",
            "mse_loss: *",
            "mse_loss_module: backward deprecated-reduction mean reduction",
            "tutorial: first-bias-gradient loss loss-falls manual-update training-loop",
            "tutorial_network: gradient loss one-step five-steps",
        ),
    ),
    Fault(
        "float64-in-float32",
        "mse_loss.value",
        forward(_PASS, lambda right, node, x, y, reduction: through("float32")(right(node, x, y, reduction))),
        also=these("mse_loss: *", "tutorial_network: loss five-steps"),
    ),
    Fault(
        "none-is-mean",
        "mse_loss.reduction-none",
        option("mse_loss", reduction=lambda r: "mean" if r == "none" else r),
        also=these(
            "mse_loss: broadcasts gradient gradient-weight layer output-size value weight", "mse_loss_module: reduction"
        ),
    ),
    Fault(
        "sum-is-mean",
        "mse_loss.reduction-sum",
        option("mse_loss", reduction=lambda r: "mean" if r == "sum" else r),
        also=these("mse_loss: empty-sum gradient gradient-weight layer value weight", "mse_loss_module: reduction"),
    ),
    Fault(
        "scalar-without-length",
        "mse_loss.any-shape",
        operator("mse_loss", _scalars_by_length),
        stumbles=True,
        also=these("mse_loss: gradient layer value"),
    ),
    Fault(
        "paired-as-they-lie",
        "mse_loss.broadcasts",
        operator("mse_loss", _no_broadcast),
        also=these("mse_loss: gradient layer shape-mismatch size-mismatch-warns"),
    ),
    Fault(
        "mean-by-the-input",
        "mse_loss.broadcasts",
        operator("mse_loss", _by_the_input),
        also=these("mse_loss: gradient layer"),
    ),
    Fault(
        "sum-of-nothing-is-nan",
        "mse_loss.empty-sum",
        operator("mse_loss", _empty_is_nan),
        also=these("mse_loss: layer"),
    ),
    Fault(
        "scalar-of-one-dimension",
        "mse_loss.output-size",
        operator("mse_loss", _at_least_one_dimension),
        also=these(
            "graph: tutorial-* node-text",
            "mse_loss: *",
            "mse_loss_module: deprecated-reduction mean",
            "tutorial: loss",
            "tutorial_network: five-steps gradient loss one-step",
        ),
    ),
    Fault(
        "dimensions-kept",
        "mse_loss.output-size",
        operator("mse_loss", _kept_dimensions),
        also=these(
            "graph: tutorial-* node-text",
            "mse_loss: *",
            "mse_loss_module: deprecated-reduction mean",
            "tutorial: loss",
            "tutorial_network: five-steps gradient loss one-step",
        ),
    ),
    Fault("no-warning", "mse_loss.size-mismatch-warns", operator("mse_loss", _quietly)),
    Fault("any-name-is-mean", "mse_loss.reduction-name", operator("mse_loss", _any_name)),
    Fault(
        "mismatch-cut",
        "mse_loss.shape-mismatch",
        operator("mse_loss", _no_broadcast),
        also=these("mse_loss: broadcasts gradient layer size-mismatch-warns"),
    ),
    Fault(
        "gradient-without-the-two",
        "mse_loss.gradient",
        gradients(_PASS, lambda x, y: (_some(lambda g: g / 2)(x), y)),
        also=these(
            "mse_loss: gradient-weight",
            "mse_loss_module: backward",
            "tutorial: first-bias-gradient loss-falls manual-update training-loop",
            "tutorial_network: gradient one-step five-steps",
        ),
    ),
    Fault(
        "no-gradient-of-target",
        "mse_loss.gradient",
        gradients(_PASS, lambda x, _: (x, None)),
        also=these("mse_loss: gradient-weight"),
    ),
    Fault(
        "gradient-of-target-not-negative",
        "mse_loss.gradient",
        gradients(_PASS, lambda x, y: (x, _some(np.negative)(y))),
        also=these("mse_loss: gradient-weight"),
    ),
    Fault(
        "gradient-taken-for-one",
        "mse_loss.gradient",
        backward(_PASS, _ignoring_what_comes),
        also=these("mse_loss: gradient-weight"),
    ),
    Fault(
        "gradient-in-float32",
        "mse_loss.gradient",
        gradients(_PASS, lambda *found: tuple(map(_some(through("float32")), found))),
        also=these("mse_loss: gradient-weight", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault(
        "broadcast-gradient-averaged",
        "mse_loss.gradient",
        gradients("ExpandBackward0", lambda g: g / g.dtype.type(3)),
        also=these(
            "cosine_similarity: second-gradient gradient-alone",
            "cosine_similarity: gradient gradient-eps",
            "create_graph: in-the-incoming-gradient",
        ),
    ),
    Fault("result-always-float64", "mse_loss.dtype", widened("mse_loss"), also=these("graph: tutorial-* node-text")),
    Fault(
        "in-memory-of-input",
        "mse_loss.purity",
        forward(_PASS, _in_memory_of_input),
        also=these(
            "mse_loss: gradient gradient-weight",
            "mse_loss_module: backward reduction",
            "tutorial: first-bias-gradient manual-update",
            "tutorial_network: gradient one-step five-steps",
        ),
    ),
    Fault(
        "layer-always-averages",
        "mse_loss.layer",
        method(_LAYER, _layer_means),
        also=these("mse_loss_module: equals-functional reduction"),
    ),
)
