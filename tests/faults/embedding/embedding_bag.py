"""Faults of embedding_bag."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import changed, constant, edited, operator, option
from tests.faults.embedding._shared import class_method, derived, module_faults, shortening, slip

_NAME = "embedding_bag"
_FORWARD = "operators.embedding.embedding_bag:EmbeddingBagBackward0.forward"
_BACKWARD = "operators.embedding.embedding_bag:EmbeddingBagBackward0.backward"
_BAGS = "operators.embedding._bags:"
_CHECKS = f"{_BAGS}require_bags"


def _nan_for_nothing(right: Any, mode: str, **given: Any) -> Any:
    """A mean of nothing is 0 over 0; so are the others, for an implementer who divides always."""
    result = right(mode=mode, **given)
    if given["offsets"] is None:
        return result
    ends = np.append(given["offsets"].array, [] if given["include_last_offset"] else given["input"].numel())
    empty = (np.diff(ends) == 0)[:, None]
    return changed(result, lambda y: np.where(empty, np.nan, y).astype(y.dtype))


def _padding_counted(right: Any, mode: str, padding_idx: Any, **given: Any) -> Any:
    """A mean over the size of the bag, padding included."""
    if mode != "mean" or padding_idx is None:
        return right(mode=mode, padding_idx=padding_idx, **given)
    ones = torch.ones(given["weight"].shape, dtype=given["weight"].dtype)
    every = right(mode="sum", padding_idx=None, **{**given, "weight": ones}).detach()
    kept = right(mode="sum", padding_idx=padding_idx, **given)
    return kept / torch.from_numpy(np.maximum(every.array, 1))


def _lengths(right: Any, offsets: Any, input: Any, include_last_offset: bool, **given: Any) -> Any:
    """Offsets taken for lengths of bags."""
    if offsets is not None and offsets.ndim == 1 and not include_last_offset:
        starts = np.minimum(np.concatenate([[0], np.cumsum(offsets.array)[:-1]]), input.numel())
        offsets = torch.from_numpy(starts.astype(offsets.array.dtype)) if offsets.numel() else offsets
    return right(offsets=offsets, input=input, include_last_offset=include_last_offset, **given)


def _rows_by_steps(right: Any, input: Any, **given: Any) -> Any:
    """The offsets of rows are counted in steps of their length."""
    if input.ndim == 2 and input.shape[1] == 0:
        raise RuntimeError("embedding_bag: expected steps that are not 0")
    return right(input=input, **given)


def _long_only(right: Any, input: Any, **given: Any) -> Any:
    if input.array.dtype != np.int64:
        raise RuntimeError("embedding_bag: expected indices of type int64")
    return right(input=input, **given)


def _rows_end_early(right: Any, input: Any, offsets: Any, include_last_offset: bool, **given: Any) -> Any:
    """Rows of an input are bags whose offsets are made, and the last of them is taken for an end."""
    result = right(input=input, offsets=offsets, include_last_offset=include_last_offset, **given)
    return result[:-1] if include_last_offset and offsets is None else result


def _columns_are_bags(right: Any, input: Any, per_sample_weights: Any, **given: Any) -> Any:
    if input.ndim == 2:
        input = torch.from_numpy(input.array.T.copy())
        per_sample_weights = None if per_sample_weights is None else per_sample_weights.t()
    return right(input=input, per_sample_weights=per_sample_weights, **given)


def _weights_normalized(right: Any, per_sample_weights: Any, **given: Any) -> Any:
    weights = per_sample_weights
    return right(per_sample_weights=None if weights is None else weights / weights.abs().sum(), **given)


def _kept_dimension(right: Any, **given: Any) -> Any:
    result = right(**given)
    return result.reshape(result.shape[0], 1, result.shape[1])


def _no_sparse(right: Any, sparse: bool, mode: str, **given: Any) -> Any:
    if sparse and mode != "max":
        raise RuntimeError("embedding_bag: sparse gradients are not supported")
    return right(sparse=sparse, mode=mode, **given)


def _mode_means(right: Any, embeddings: Any, *given: Any, **options: Any) -> Any:
    """The mode given is forgotten."""
    options.pop("mode", None)
    return right(embeddings, *given, **options)


FAULTS = (
    slip(_NAME, "value", "offsets-are-lengths", operator(_NAME, _lengths)),
    slip(
        _NAME,
        "mean",
        "default-is-sum",
        edited(_FORWARD, ('result / self._sizes(weight.dtype) if mode == "mean" else result', "result")),
        modules=True,
    ),
    slip(
        _NAME,
        "max",
        "largest-size-wins",
        edited(
            "operators.embedding.embedding_bag:EmbeddingBagBackward0._largest",
            ("rows[places].argmax(axis=0)", "np.abs(rows[places]).argmax(axis=0)"),
        ),
    ),
    slip(_NAME, "rows-are-bags", "columns-are-bags", operator(_NAME, _columns_are_bags), modules=True),
    slip(_NAME, "empty-rows", "offsets-by-steps", operator(_NAME, _rows_by_steps), stumbles=True),
    slip(_NAME, "empty-bags", "nan-for-nothing", operator(_NAME, _nan_for_nothing)),
    slip(_NAME, "per-sample-weights", "weights-ignored", option(_NAME, per_sample_weights=constant(None))),
    slip(_NAME, "per-sample-weights", "weights-normalized", operator(_NAME, _weights_normalized)),
    slip(_NAME, "include-last-offset", "an-offset-like-others", option(_NAME, include_last_offset=constant(False))),
    slip(_NAME, "include-last-offset-rows", "last-row-left-out", operator(_NAME, _rows_end_early)),
    slip(_NAME, "padding", "padding-in-the-mean", operator(_NAME, _padding_counted)),
    slip(_NAME, "padding-gradient", "padding-ignored", option(_NAME, padding_idx=constant(None))),
    slip(_NAME, "frequency-gradient", "frequency-ignored", option(_NAME, scale_grad_by_freq=constant(False))),
    slip(
        _NAME,
        "frequency-gradient",
        "frequency-of-a-neighbour",
        edited(_BACKWARD, ("np.maximum(self.often, 1)", "np.maximum(np.roll(self.often, 1), 1)")),
        alone=True,
    ),
    slip(_NAME, "index-types", "long-only", operator(_NAME, _long_only), stumbles=True),
    *shortening(_NAME, "EmbeddingBag"),
    slip(_NAME, "sparse", "sparse-refused", operator(_NAME, _no_sparse), stumbles=True),
    slip(_NAME, "output-size", "dimension-kept", operator(_NAME, _kept_dimension), modules=True),
    slip(
        _NAME,
        "weighted-mode",
        "weights-left-out",
        alone=True,
        plant=edited(_CHECKS, ('if mode != "sum":', 'if mode == "":')),
    ),
    slip(
        _NAME,
        "weights-shape",
        "weights-repeated",
        alone=True,
        plant=operator(
            _NAME,
            lambda right, per_sample_weights, input, **given: right(
                per_sample_weights=None
                if per_sample_weights is None
                else torch.from_numpy(np.resize(per_sample_weights.array, input.array.shape))
                if per_sample_weights.shape != input.shape
                else per_sample_weights,
                input=input,
                **given,
            ),
        ),
    ),
    slip(
        _NAME,
        "max-without-frequency",
        "frequency-left-out",
        alone=True,
        plant=operator(
            _NAME,
            lambda right, mode, scale_grad_by_freq, **given: right(
                mode=mode, scale_grad_by_freq=scale_grad_by_freq and mode != "max", **given
            ),
        ),
    ),
    slip(
        _NAME,
        "max-without-sparse",
        "sparse-left-out",
        alone=True,
        plant=option(_NAME, sparse=constant(False)),
    ),
    slip(
        _NAME,
        "offsets-given",
        "one-bag-without",
        alone=True,
        plant=operator(
            _NAME,
            lambda right, input, offsets, **given: right(
                input=input,
                offsets=torch.tensor([0]) if input.ndim == 1 and (offsets is None or offsets.ndim != 1) else offsets,
                **given,
            ),
        ),
    ),
    slip(
        _NAME,
        "offsets-with-rows",
        "offsets-left-out",
        alone=True,
        plant=operator(
            _NAME,
            lambda right, input, offsets, **given: right(
                input=input, offsets=None if input.ndim == 2 else offsets, **given
            ),
        ),
    ),
    slip(
        _NAME,
        "mode-name",
        "any-mode-is-mean",
        alone=True,
        plant=option(_NAME, mode=lambda m: m if m in {"sum", "mean", "max"} else "mean"),
    ),
    *derived(_NAME, "EmbeddingBag"),
    *module_faults(_NAME, "EmbeddingBag"),
    Fault(
        "mode-forgotten",
        "embedding_bag_module.from-pretrained",
        class_method("operators.embedding.embedding_bag:EmbeddingBag.from_pretrained", _mode_means),
    ),
)
