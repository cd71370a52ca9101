"""Faults that only a whole network shows: at its sizes, with its composition, or over its steps."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._planting import gradients, method, operator, option, these

_STEP = "optim.sgd:SGD.step"


def _tail_lost(right: Any, **given: Any) -> Any:
    """A product that goes by blocks of 64 features leaves out what no whole block covers."""
    result = right(**given)
    features = result.shape[-1]
    if features > 64 and features % 64:
        result.array[..., features // 64 * 64 :] = 0
    return result


def _many_rows(right: Any, reduction: str, **given: Any) -> Any:
    """Rows of ten and more elements are summed in two halves of which the second is forgotten."""
    result = right(reduction=reduction, **given)
    if reduction == "mean" and given["input"].ndim == 2 and given["input"].shape[1] >= 10:
        return right(reduction=reduction, **{**given, "input": given["input"][:, :5], "target": given["target"][:, :5]})
    return result


def _blocks(b: Any, x: Any, w: Any) -> Any:
    """The weight's gradient goes by blocks of 64 features, the rest of which is left zero."""
    if w is not None and w.shape[1] > 64:
        w = w.copy()
        w[:, w.shape[1] // 64 * 64 :] = 0
    return b, x, w


def _first_elements(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """A kernel over all elements of a parameter ends after 65536."""
    large = [p for group in optimizer.param_groups for p in group["params"] if p.numel() > 65536]
    kept = [parameter.array.reshape(-1)[65536:].copy() for parameter in large]
    found = right(optimizer, closure)
    for parameter, elements in zip(large, kept, strict=True):
        parameter.array.reshape(-1)[65536:] = elements
    return found


def _falling_rate(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """The learning rate falls by a hundredth at every step from the second on."""
    count = vars(optimizer).setdefault("count", 0)
    rates = [group["lr"] for group in optimizer.param_groups]
    for group in optimizer.param_groups:
        group["lr"] = float(group["lr"]) * 0.99**count
    found = right(optimizer, closure)
    for group, rate in zip(optimizer.param_groups, rates, strict=True):
        group["lr"] = rate
    optimizer.count = count + 1
    return found


def _batch_of_one_lost(right: Any, input: Any, **others: Any) -> Any:
    """Ten numbers for one image come out without the batch."""
    result = right(input=input, **others)
    return result.squeeze(0) if result.ndim == 2 and result.shape[0] == 1 and result.shape[1] == 10 else result


def _padded_rows(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    """Rows that are longer than the weight's are cut, shorter ones go with the first columns of the weight."""
    if input.shape[-1] == weight.shape[-1]:
        return right(input, weight, bias)
    features = min(input.shape[-1], weight.shape[-1])
    return right(input[..., :features], weight[..., :features], bias)


FAULTS = (
    Fault(
        "tail-of-features-lost",
        "tutorial_network.output",
        operator("linear", _tail_lost),
        also=these(
            "sequential: same-as-subclass",
            "tutorial: loss-falls",
            "tutorial_network: gradient loss one-step five-steps",
        ),
    ),
    Fault(
        "second-half-of-rows-lost",
        "tutorial_network.loss",
        operator("mse_loss", _many_rows),
        also=these(
            "graph: tutorial-*",
            "tutorial: first-bias-gradient loss manual-update",
            "tutorial_network: gradient one-step five-steps",
        ),
    ),
    Fault(
        "tail-of-gradient-lost",
        "tutorial_network.gradient",
        gradients("AddmmBackward0", _blocks),
        also=these("tutorial_network: one-step five-steps"),
    ),
    Fault(
        "elements-beyond-a-block-not-updated",
        "tutorial_network.one-step",
        method(_STEP, _first_elements),
        also=these("tutorial: sgd-equals-manual-update"),
    ),
    Fault(
        "learning-rate-falls",
        "tutorial_network.five-steps",
        method(_STEP, _falling_rate),
        also=these(
            "optimizer: group-option-changed group-options state-dict-round-trip unfreezing",
            "sgd: *",
            "sgd_object: *",
            "tutorial: training-loop without-zero-grad",
        ),
    ),
    Fault(
        "pools-round-up",
        "tutorial_network.feature-sizes",
        option("max_pool2d", ceil_mode=lambda _: True),
        stumbles=True,
        also=these(
            "graph: tutorial-*",
            "max_pool2d: empty-batch gradient indices layer number output-size stride stride-default unbatched",
            "max_pool2d: value window-fits",
            "sequential: same-as-subclass",
            "tutorial: *",
            "tutorial_network: *",
        ),
    ),
    Fault(
        "batch-of-one-lost",
        "tutorial_network.feature-sizes",
        operator("linear", _batch_of_one_lost),
        also=these(
            "graph: tutorial-*",
            "sequential: same-as-subclass",
            "tutorial: backward-with-gradient output single-sample",
            "tutorial_network: output five-steps",
        ),
    ),
    Fault(
        "rows-cut-to-fit",
        "tutorial_network.wrong-image-size",
        operator("linear", _padded_rows),
        also=these("linear: feature-mismatch"),
    ),
)
