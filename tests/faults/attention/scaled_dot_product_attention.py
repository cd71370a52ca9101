"""Faults of scaled_dot_product_attention."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import Planter, constant, edited, gradients, operator, option, through, widened

NAME = "scaled_dot_product_attention"
NODE = "ScaledDotProductFlashAttentionForCpuBackward0"


def _fault(name: str, clause: str, plant: Planter, *also: str, stumbles: bool = False) -> Fault:
    return Fault(f"{NAME}-{name}", f"{NAME}.{clause}", plant, tuple(f"{NAME}.{other}" for other in also), stumbles)


def _on_the_tape(name: str, change: Any) -> Fault:
    """Return a fault of the gradients of query, key, value and mask, which every layer of attention has with it."""
    layers = ("multihead_attention.gradient*", "transformer_*.gradient*")
    return Fault(f"{NAME}-{name}", f"{NAME}.gradient", gradients(NODE, change), layers)


def _of_dropout(name: str, clause: str, change: tuple[str, str]) -> Fault:
    """Return a fault of the factors of dropout, which attention of several heads has with it."""
    above = ("transformer.attention-dropout", f"{NAME}.dropped-*")
    plant = edited("operators.attention._core:factors_of_dropout", change)
    return Fault(f"{NAME}-{name}", f"{NAME}.{clause}", plant, above)


def _wrong(change: Any) -> Planter:
    """Return what computes ``change(right, arguments by name)`` in place of the operator."""
    return operator(NAME, lambda right, **given: change(right, given))


def _lower(queries: int, keys: int, diagonal: int = 0) -> Any:
    """Return a boolean mask that is true on and below a diagonal."""
    return torch.from_numpy(np.tri(queries, keys, diagonal, dtype=np.bool_))


def _by_hand(change: Any) -> Planter:
    """Return attention written out, where ``change`` gives the weights of scores, mask and causality."""

    def wrong(right: Any, given: dict[str, Any]) -> Any:
        mask, scale = given["attn_mask"], given["scale"]
        if given["enable_gqa"] or given["dropout_p"] or (mask is not None and given["is_causal"]):
            return right(**given)
        factor = 1 / math.sqrt(given["query"].shape[-1]) if scale is None else scale
        numbers = torch.matmul(given["query"], given["key"].transpose(-1, -2))
        return torch.matmul(change(numbers, factor, mask, given["is_causal"]), given["value"])

    return _wrong(wrong)


def _taking_part(numbers: Any, mask: Any, causal: bool) -> Any:
    """Return the scores, the masked ones negative infinity, and what is added added."""
    if causal:
        mask = _lower(*numbers.shape[-2:])
    if mask is None:
        return numbers
    if mask.dtype == torch.bool:
        mask = torch.from_numpy(np.where(mask.array, 0, -np.inf).astype(numbers.array.dtype))
    return numbers + mask


def _over_queries(numbers: Any, factor: float, mask: Any, causal: bool) -> Any:
    """Let the weights of each key, not those of each query, sum to 1."""
    return torch.nn.functional.softmax(_taking_part(numbers * factor, mask, causal), -2)


def _unshifted(numbers: Any, factor: float, mask: Any, causal: bool) -> Any:
    """Take the exponentials of scores as they are."""
    powers = torch.exp(_taking_part(numbers * factor, mask, causal))
    return powers / powers.sum(-1, keepdim=True)


def _mask_scaled(numbers: Any, factor: float, mask: Any, causal: bool) -> Any:
    """Scale what is added to the scores as well."""
    return torch.nn.functional.softmax(_taking_part(numbers, mask, causal) * factor, -1)


def _scaled_afterwards(numbers: Any, factor: float, mask: Any, causal: bool) -> Any:
    """Apply a scale to the weights instead of the scores where it is not the default one."""
    if factor == 1 / math.sqrt(6) or factor <= 0:
        return torch.nn.functional.softmax(_taking_part(numbers * factor, mask, causal), -1)
    weights = torch.nn.functional.softmax(_taking_part(numbers, mask, causal), -1) * factor
    return weights / weights.sum(-1, keepdim=True)


def _not_rescaled(numbers: Any, factor: float, mask: Any, causal: bool) -> Any:
    """Set masked weights to zero after the softmax, so that the others sum to less than 1."""
    if mask is None or mask.dtype != torch.bool:
        return torch.nn.functional.softmax(_taking_part(numbers * factor, mask, causal), -1)
    return torch.nn.functional.softmax(numbers * factor, -1) * mask.to(numbers.dtype)


def _squared_scale(right: Any, given: dict[str, Any]) -> Any:
    """Divide by the number of features instead of its root."""
    scale = 1 / given["query"].shape[-1] if given["scale"] is None else given["scale"]
    return right(**{**given, "scale": scale})


def _scale_of_the_values(right: Any, given: dict[str, Any]) -> Any:
    """Take the features of the value for those of the query."""
    scale = 1 / math.sqrt(given["value"].shape[-1]) if given["scale"] is None else given["scale"]
    return right(**{**given, "scale": scale})


def _inverted(mask: Any) -> Any:
    return ~mask if mask is not None and mask.dtype == torch.bool else mask


def _finite(mask: Any) -> Any:
    """Take any negative infinity of a mask for a moderately large number."""
    if mask is None or mask.dtype == torch.bool or not np.isinf(mask.array).any():
        return mask
    return torch.from_numpy(np.maximum(mask.array, -5))


def _bottom_right(right: Any, given: dict[str, Any]) -> Any:
    """Align the last queries and keys, not the first."""
    queries, keys = given["query"].shape[-2], given["key"].shape[-2]
    if not given["is_causal"] or given["attn_mask"] is not None:
        return right(**given)
    return right(**{**given, "is_causal": False, "attn_mask": _lower(queries, keys, keys - queries)})


def _strictly_before(right: Any, given: dict[str, Any]) -> Any:
    """Keep a query from its own place as well, but for the first."""
    if not given["is_causal"] or given["attn_mask"] is not None:
        return right(**given)
    mask = _lower(given["query"].shape[-2], given["key"].shape[-2], -1)
    mask.array[0, 0] = True
    return right(**{**given, "is_causal": False, "attn_mask": mask})


def _of_the_first_row(mask: Any) -> Any:
    """Take a mask of a row for each batch element or head for the first of them."""
    if mask is None or mask.ndim < 3:
        return mask
    for _ in range(mask.ndim - 2):
        mask = mask[0]
    return mask


def _in_turns(right: Any, given: dict[str, Any]) -> Any:
    """Repeat the heads of key and value as a whole, so that they serve the query's in turns."""
    if not given["enable_gqa"] or given["query"].shape[-3] % given["key"].shape[-3]:
        return right(**given)
    times = given["query"].shape[-3] // given["key"].shape[-3]
    tiled = {name: torch.cat([given[name]] * times, -3) for name in ("key", "value")}
    return right(**{**given, **tiled, "enable_gqa": False})


def _cut_to_fit(right: Any, given: dict[str, Any]) -> Any:
    """Leave out the last heads of key and value that fit no group."""
    own, heads = given["key"].shape[-3], given["query"].shape[-3]
    if not given["enable_gqa"] or heads % own == 0:
        return right(**given)
    while heads % own:
        own -= 1
    return right(**{**given, "key": given["key"][:, :own], "value": given["value"][:, :own]})


def _mask_wins(right: Any, given: dict[str, Any]) -> Any:
    """Let a mask take the place of is_causal."""
    return right(**{**given, "is_causal": given["is_causal"] and given["attn_mask"] is None})


def _four_dimensions(right: Any, given: dict[str, Any]) -> Any:
    """Join the first batch dimensions, and the mask is that of the first element."""
    query = given["query"]
    if query.ndim == 4:
        return right(**given)
    lead = tuple(query.shape[:-3])
    one = {name: given[name].reshape(-1, *given[name].shape[-3:]) for name in ("query", "key", "value")}
    result = right(**{**given, **one, "attn_mask": _of_the_first_row(given["attn_mask"])})
    return result.reshape(*lead[::-1], *result.shape[-3:])


def _dropped_in_training_alone(probability: Any) -> Any:
    """Take the probability for that of a layer in evaluation."""
    return probability * 0.0


def _one_batch_dimension(right: Any, given: dict[str, Any]) -> Any:
    """Give the heads joined."""
    result = right(**given)
    return result.reshape(-1, *result.shape[-2:])


def _in_memory_of_query(right: Any, given: dict[str, Any]) -> Any:
    result = right(**given)
    given["query"].array *= 0.5
    return result


def _half(right: Any, given: dict[str, Any]) -> Any:
    """Let the weights meet the values in sixteen bits."""
    short = given["value"] + torch.from_numpy(through("float16")(given["value"].array) - given["value"].array)
    return right(**{**given, "value": short})


def _of_one_row(mask: Any) -> Any:
    return mask / 2 if mask is not None and mask.ndim > 2 else mask


_NUMBERS = ("default-scale", "scale", "*mask*", "causal", "batch*", "gradient")

FAULTS = (
    _fault("softmax-over-queries", "value", _by_hand(_over_queries), *_NUMBERS, "dropout"),
    _fault("no-shift", "value", _by_hand(_unshifted), "gradient"),
    _fault("half-precision-values", "value", _wrong(_half), "*"),
    _fault("features-for-their-root", "default-scale", _wrong(_squared_scale), "*"),
    _fault("features-of-the-value", "default-scale", _wrong(_scale_of_the_values), "*"),
    _fault("scale-ignored", "scale", option(NAME, scale=constant(None)), "value", "gradient"),
    _fault("scale-of-the-weights", "scale", _by_hand(_scaled_afterwards), "*"),
    _fault(
        "mask-inverted",
        "boolean-mask",
        option(NAME, attn_mask=_inverted),
        "value",
        "gradient",
        "*mask*",
        "grouped*",
        "batch*",
    ),
    _fault("masked-after-the-softmax", "boolean-mask", _by_hand(_not_rescaled), "gradient", "*mask*", "batch*"),
    _fault("mask-scaled", "float-mask", _by_hand(_mask_scaled), "scale", "value", "gradient", "mask-broadcasting"),
    _fault("infinity-is-finite", "float-mask", option(NAME, attn_mask=_finite), "gradient"),
    _fault(
        "mask-of-the-first",
        "mask-broadcasting",
        option(NAME, attn_mask=_of_the_first_row),
        "gradient",
        "grouped*",
        "batch*",
    ),
    _fault("aligned-at-the-end", "causal", _wrong(_bottom_right), "value", "gradient", "grouped*", "batch*"),
    _fault("not-to-itself", "causal", _wrong(_strictly_before), "value", "gradient", "grouped*", "batch*"),
    _fault("heads-in-turns", "grouped-queries", _wrong(_in_turns), "value", "gradient"),
    _fault("batch-reversed", "batch-dimensions", _wrong(_four_dimensions), "value", "gradient"),
    _fault(
        "dropout-in-training-alone",
        "dropout",
        option(NAME, dropout_p=_dropped_in_training_alone),
        "gradient",
        "dropped-*",
    ),
    _of_dropout(
        "kept-weights-unscaled",
        "dropped-weights",
        ("np.divide(staying, 1 - probability, dtype=weights.dtype)", "staying.astype(weights.dtype)"),
    ),
    _of_dropout("dropped-with-the-other-probability", "dropped-share", (">= probability", "< probability")),
    _of_dropout(
        "one-decision-for-all-heads",
        "dropped-independently",
        (
            "default_generator.stream.random(weights.shape, dtype=np.float32)",
            "np.resize(default_generator.stream.random(weights.shape[-2:], dtype=np.float32), weights.shape)",
        ),
    ),
    _fault("heads-joined", "output-size", _wrong(_one_batch_dimension), "*"),
    _fault("mask-takes-the-place", "mask-and-causal", _wrong(_mask_wins)),
    _fault("groups-cut-to-fit", "group-mismatch", _wrong(_cut_to_fit)),
    _on_the_tape("mask-gradient-forgotten", lambda q, k, v, mask: (q, k, v, None if mask is None else mask * 0)),
    _on_the_tape("mask-gradient-of-one-row", lambda q, k, v, mask: (q, k, v, _of_one_row(mask))),
    _on_the_tape("key-gradient-unscaled", lambda q, k, v, mask: (q, None if k is None else k * 2, v, mask)),
    _fault("float64-always", "dtype", widened(NAME)),
    _fault("in-memory-of-query", "purity", _wrong(_in_memory_of_query)),
)
