"""Faults of linear."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import changed, gradients, method, operator, significand, these, through, widened

_BIASED, _PLAIN = "AddmmBackward0", "MmBackward0"
_LAYER = "operators.linear.linear:Linear.forward"


def _result(change: Any) -> Any:
    return operator("linear", lambda right, **given: changed(right(**given), change))


def _factors(change: Any) -> Any:
    """Return what changes input and weight before they are multiplied, gradients included."""

    def wrong(right: Any, input: Any, weight: Any, bias: Any) -> Any:
        short = [tensor + torch.from_numpy(change(tensor.array) - tensor.array) for tensor in (input, weight)]
        return right(*short, bias)

    return operator("linear", wrong)


def _of_float32(change: Any) -> Any:
    return lambda array: change(array) if array.dtype == np.float32 else array


def _bias_twice(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    result = right(input, weight, bias)
    return result if bias is None else result + bias


def _untransposed_if_square(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    """The weight is transposed only where it does not fit as it is."""
    fits = weight.ndim == 2 and input.ndim and input.shape[-1] == weight.shape[0]
    return right(input, weight.t() if fits else weight, bias)


def _leading_reversed(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    """Rows come out in the order of the leading dimensions the other way round."""
    result = right(input, weight, bias)
    if result.ndim < 3 or 0 in result.shape:
        return result
    return result.transpose(0, 1).reshape(result.shape)


def _always_a_batch(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    result = right(input, weight, bias)
    return result.unsqueeze(0) if result.ndim == 1 else result


def _joined_leading(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    """Leading dimensions are joined to one and stay so."""
    result = right(input, weight, bias)
    return result.reshape(-1, result.shape[-1]) if result.ndim > 2 and 0 not in result.shape else result


def _bias_of_ones(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    return right(input, weight, torch.ones(weight.shape[0], dtype=weight.dtype) if bias is None else bias)


def _squeezed(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    result = right(input, weight, bias)
    return result.squeeze(-1) if weight.shape[0] == 1 else result


def _single_row_squeezed(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    result = right(input, weight, bias)
    return result.squeeze(0) if result.ndim == 2 and result.shape[0] == 1 else result


def _no_empty(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    if input.shape[0] == 0:
        raise RuntimeError("linear: the batch is empty")
    return right(input, weight, bias)


def _empty_inside(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    """Leading dimensions are inferred with -1, which an empty one makes impossible: they are given up."""
    result = right(input, weight, bias)
    return result.reshape(0, result.shape[-1]) if 0 in result.shape[:-1] else result


def _cut_to_fit(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    if input.shape[-1] == weight.shape[-1]:
        return right(input, weight, bias)
    features = min(input.shape[-1], weight.shape[-1])
    return right(input[..., :features], weight[..., :features], bias)


def _transposed_if_it_fits(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    if weight.ndim == 2 and input.shape[-1] != weight.shape[1] and input.shape[-1] == weight.shape[0]:
        weight = weight.t()
    return right(input, weight, bias)


def _in_memory_of_bias(right: Any, input: Any, weight: Any, bias: Any) -> Any:
    """The result is summed up in the memory of the bias."""
    result = right(input, weight, bias)
    if bias is not None and result.array.size:
        bias.array[...] = result.array.reshape(-1, bias.shape[0])[-1]
    return result


def _without_bias(right: Any, layer: Any, input: Any) -> Any:
    del right
    return torch.nn.functional.linear(input, layer.weight)


def _biased(change: Any) -> Any:
    """Return a change of the gradients of bias, rows and weight, in that order."""
    return gradients(_BIASED, lambda b, x, w: tuple(change(b, x, w)))


def _if(array: Any, change: Any) -> Any:
    return None if array is None else change(array)


FAULTS = (
    Fault(
        "bias-twice",
        "linear.value",
        operator("linear", _bias_twice),
        also=these(
            "create_graph: gradient-penalty",
            "graph: tutorial-*",
            "linear: exact-integers gradient layer leading-dimensions single-feature",
            "module: state-dict-round-trip zero-grad zero-grad-set-to-none zero-grad-then-backward",
            "module: zero-grad-to-zeros",
            "tutorial: backward-with-gradient manual-update training-loop",
            "tutorial_network: gradient loss one-step output five-steps",
        ),
    ),
    Fault(
        "weight-transposed-only-where-needed",
        "linear.value",
        operator("linear", _untransposed_if_square),
        also=these("linear: feature-mismatch gradient layer"),
    ),
    Fault(
        "factors-of-float16",
        "linear.value",
        _factors(_of_float32(through("float16"))),
        also=these("graph: tutorial-*", "linear: *"),
    ),
    Fault(
        "float64-in-float32",
        "linear.value",
        _factors(through("float32")),
        also=these("graph: tutorial-*", "linear: *", "tutorial_network: gradient loss one-step output five-steps"),
    ),
    Fault(
        "tensor-float32",
        "linear.exact-integers",
        _factors(_of_float32(significand(11))),
        also=these("graph: tutorial-*", "linear: *"),
    ),
    Fault(
        "sums-of-float16",
        "linear.exact-integers",
        _result(_of_float32(through("float16"))),
        also=these("linear: layer leading-dimensions no-bias single-feature value"),
    ),
    Fault(
        "leading-dimensions-reversed",
        "linear.leading-dimensions",
        operator("linear", _leading_reversed),
        also=these("linear: gradient layer value"),
    ),
    Fault(
        "vector-becomes-a-batch",
        "linear.leading-dimensions",
        operator("linear", _always_a_batch),
        also=these("linear: gradient layer value"),
    ),
    Fault(
        "leading-dimensions-joined",
        "linear.leading-dimensions",
        operator("linear", _joined_leading),
        also=these("linear: gradient layer output-size value"),
    ),
    Fault("ones-without-bias", "linear.no-bias", operator("linear", _bias_of_ones), also=these("linear: layer value")),
    Fault(
        "single-feature-squeezed",
        "linear.single-feature",
        operator("linear", _squeezed),
        also=these(
            "linear: gradient layer value",
            "module: state-dict-round-trip",
            "create_graph: in-the-incoming-gradient",
        ),
    ),
    Fault(
        "empty-refused",
        "linear.empty-batch",
        operator("linear", _no_empty),
        stumbles=True,
        also=these("linear: gradient layer value"),
    ),
    Fault(
        "empty-dimensions-given-up",
        "linear.empty-batch",
        operator("linear", _empty_inside),
        also=these("linear: gradient layer value"),
    ),
    Fault(
        "single-row-squeezed",
        "linear.output-size",
        operator("linear", _single_row_squeezed),
        also=these(
            "graph: tutorial-*",
            "linear: gradient value",
            "module: state-dict-round-trip",
            "sequential: same-as-subclass",
            "tutorial: backward-with-gradient output single-sample",
            "tutorial_network: feature-sizes output five-steps",
            "create_graph: in-the-incoming-gradient",
        ),
    ),
    Fault(
        "features-cut-to-fit",
        "linear.feature-mismatch",
        operator("linear", _cut_to_fit),
        also=these("tutorial_network: wrong-image-size five-steps"),
    ),
    Fault("transposed-where-it-fits", "linear.feature-mismatch", operator("linear", _transposed_if_it_fits)),
    Fault(
        "no-bias-gradient",
        "linear.gradient",
        _biased(lambda _, x, w: (None, x, w)),
        also=these(
            "create_graph: gradient-penalty",
            "module: zero-grad zero-grad-of-all zero-grad-set-to-none zero-grad-then-backward zero-grad-to-zeros",
            "sequential: same-as-subclass",
            "tutorial: backward-with-gradient manual-update sgd-equals-manual-update training-loop",
            "tutorial_network: gradient one-step five-steps",
        ),
    ),
    Fault(
        "bias-gradient-averaged",
        "linear.gradient",
        _biased(lambda b, x, w: (_if(b, lambda g: g / 3), x, w)),
        also=these(
            "create_graph: gradient-penalty",
            "module: zero-grad zero-grad-set-to-none zero-grad-then-backward zero-grad-to-zeros",
            "tutorial: backward-with-gradient manual-update training-loop",
            "tutorial_network: gradient one-step five-steps",
        ),
    ),
    Fault(
        "weight-gradient-missing-without-bias",
        "linear.gradient",
        gradients(_PLAIN, lambda x, w: (x, _if(w, np.zeros_like))),
        also=these("create_graph: gradient-penalty"),
    ),
    Fault(
        "gradient-in-float32",
        "linear.gradient",
        _biased(lambda b, x, w: [_if(g, through("float32")) for g in (b, x, w)]),
        also=these("tutorial_network: gradient one-step five-steps"),
    ),
    Fault(
        "gradient-in-tensor-float32",
        "linear.gradient",
        _biased(lambda b, x, w: (b, x, _if(w, significand(11)))),
        also=these("create_graph: gradient-penalty", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault(
        "result-always-float64",
        "linear.dtype",
        widened("linear"),
        also=these(
            "graph: tutorial-*",
            "module: zero-grad-of-all",
            "sequential: same-as-subclass",
            "tutorial: *",
            "tutorial_network: *",
        ),
    ),
    Fault(
        "in-memory-of-bias",
        "linear.purity",
        operator("linear", _in_memory_of_bias),
        also=these("tutorial: loss-falls manual-update training-loop"),
    ),
    Fault(
        "layer-forgets-bias",
        "linear.layer",
        method(_LAYER, _without_bias),
        also=these(
            "create_graph: gradient-penalty",
            "graph: tutorial-*",
            "module: state-dict-round-trip zero-grad zero-grad-of-all zero-grad-set-to-none",
            "module: zero-grad-then-backward zero-grad-to-zeros",
            "sequential: same-as-subclass",
            "tutorial: backward-with-gradient manual-update sgd-equals-manual-update training-loop",
        ),
    ),
)
