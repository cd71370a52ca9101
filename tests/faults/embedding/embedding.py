"""Faults of embedding."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import changed, constant, edited, method, operator, option
from tests.faults.embedding._shared import derived, module_faults, shifted, shortening, slip

_NAME = "embedding"
_BACKWARD = "operators.embedding.embedding:EmbeddingBackward0.backward"
_SHORTEN = "operators.embedding._shared:shorten"


def _from_one(right: Any, input: Any, weight: Any, **given: Any) -> Any:
    return right(input=shifted(input, -1, weight.shape[0]), weight=weight, **given)


def _vectors_at_least(right: Any, input: Any, **given: Any) -> Any:
    result = right(input=input, **given)
    return result if input.ndim else result.reshape(1, -1)


def _long_only(right: Any, input: Any, **given: Any) -> Any:
    if input.array.dtype != np.int64:
        raise RuntimeError("embedding: expected indices of type int64")
    return right(input=input, **given)


def _zero_padding(right: Any, input: Any, weight: Any, padding_idx: Any, **given: Any) -> Any:
    result = right(input=input, weight=weight, padding_idx=padding_idx, **given)
    if padding_idx is None:
        return result
    padded = (input.array == padding_idx % weight.shape[0])[..., None]
    return changed(result, lambda y: np.where(padded, 0, y).astype(y.dtype))


def _no_sparse(right: Any, sparse: bool, **given: Any) -> Any:
    if sparse:
        raise RuntimeError("embedding: sparse gradients are not supported")
    return right(sparse=sparse, **given)


def _one_row_each(right: Any, weight: Any, **given: Any) -> Any:
    return right(weight=weight, **given).reshape(-1, weight.shape[-1])


def _columns(right: Any, weight: Any, **given: Any) -> Any:
    return right(weight=weight if weight.ndim == 2 else weight.reshape(weight.shape[0], -1), **given)


def _zeros_always(right: Any, module: Any, input: Any) -> Any:
    if module.padding_idx is not None:
        module.weight.array[module.padding_idx] = 0
    return right(module, input)


def _trained(right: Any, module: Any, input: Any) -> Any:
    padding, module.padding_idx = module.padding_idx, None
    result = right(module, input)
    module.padding_idx = padding
    return result


FAULTS = (
    slip(_NAME, "value", "counts-from-one", operator(_NAME, _from_one), modules=True),
    slip(_NAME, "any-shape", "one-becomes-a-batch", operator(_NAME, _vectors_at_least)),
    slip(_NAME, "index-types", "long-only", operator(_NAME, _long_only), stumbles=True),
    slip(_NAME, "padding-value", "zeros-for-padding", operator(_NAME, _zero_padding), modules=True),
    slip(_NAME, "padding-gradient", "padding-ignored", option(_NAME, padding_idx=constant(None)), modules=True),
    slip(
        _NAME,
        "padding-from-the-end",
        "negative-is-none",
        option(_NAME, padding_idx=lambda p: None if p is not None and p < 0 else p),
        alone=True,
    ),
    slip(_NAME, "frequency-gradient", "frequency-ignored", option(_NAME, scale_grad_by_freq=constant(False))),
    slip(
        _NAME,
        "frequency-gradient",
        "root-of-the-frequency",
        edited(_BACKWARD, ("np.maximum(often, 1)", "np.sqrt(np.maximum(often, 1))")),
    ),
    Fault(
        "short-rows-too",
        "embedding.max-norm",
        edited(_SHORTEN, ("norms > max_norm", "norms > 0")),
        also=("embedding.*", "embedding_bag.*"),
    ),
    Fault(
        "last-row-left-out",
        "embedding.max-norm",
        edited(_SHORTEN, ("np.unique(index)", "np.unique(index)[:-1]")),
        also=("embedding.*", "embedding_bag.*"),
    ),
    slip(_NAME, "norm-type", "always-two", option(_NAME, norm_type=constant(2.0))),
    slip(
        _NAME,
        "norm-type",
        "infinity-is-one",
        edited(_SHORTEN, ("sizes.max(axis=1)", "sizes.sum(axis=1)")),
    ),
    *shortening(_NAME, "Embedding"),
    slip(_NAME, "sparse", "sparse-refused", operator(_NAME, _no_sparse), stumbles=True),
    slip(_NAME, "output-size", "one-row-each", operator(_NAME, _one_row_each)),
    slip(_NAME, "weight-dimensions", "columns-for-a-vector", operator(_NAME, _columns), alone=True),
    slip(
        _NAME,
        "index-type",
        "truncated",
        option(_NAME, input=lambda i: abs(i).long() if i.is_floating_point() else i),
        alone=True,
    ),
    *derived(_NAME, "Embedding"),
    *module_faults(_NAME, "Embedding"),
    Fault(
        "always-zeros",
        "embedding_module.padding-changed",
        method("operators.embedding.embedding:Embedding.forward", _zeros_always),
        also=("embedding_module.padding-fixed", "embedding.layer"),
    ),
    Fault(
        "padding-trained",
        "embedding_module.padding-fixed",
        method("operators.embedding.embedding:Embedding.forward", _trained),
    ),
)
