"""Faults of MultiheadAttention."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._planting import Planter, edited, method

NAME = "multihead_attention"
_LAYER = "operators.attention.multihead_attention:MultiheadAttention"
_MASKS = "operators.attention._masks"
_MERGED = "operators.attention.multihead_attention:merged"
_BUILT_ON_IT = ("transformer_*",)
"""The cards of what has such layers inside."""


def _fault(name: str, clause: str, plant: Planter, *also: str, stumbles: bool = False, above: bool = False) -> Fault:
    """Return a fault that ``clause`` must catch; ``above`` says that what is built on the layer fails with it."""
    others = tuple(f"{NAME}.{other}" for other in also) + (_BUILT_ON_IT if above else ())
    return Fault(f"{NAME}-{name}", f"{NAME}.{clause}", plant, others, stumbles)


def _forward(*changes: tuple[str, str]) -> Planter:
    """Return what changes words of the forward pass."""
    return edited(f"{_LAYER}.forward", *changes)


def _features_in_turns(right: Any, layer: Any, x: Any, first: bool) -> Any:
    """Deal the features to the heads in turns."""
    del right
    split = x.reshape(*x.shape[:2], layer.head_dim, layer.num_heads)
    return split.permute(0, 3, 1, 2) if first else split.permute(1, 3, 0, 2)


def _transposed_if_it_fits(right: Any, padding: Any, mask: Any, shape: Any, extra: int, like: Any) -> Any:
    """Transpose a mask of two dimensions that only fits then."""
    if mask is not None and tuple(mask.shape) == (shape[3], shape[2]) and shape[2] != shape[3]:
        mask = mask.transpose(0, 1)
    return right(padding, mask, shape, extra, like)


def _each_entry(right: Any, padding: Any, mask: Any, shape: Any, extra: int, like: Any) -> Any:
    """Take a mask of each batch entry for that of all its heads."""
    if mask is not None and mask.ndim == 3 and mask.shape[0] == shape[0] != shape[0] * shape[1]:
        whole = mask.unsqueeze(1).expand(*shape[:2], *mask.shape[1:])
        mask = whole.reshape(-1, *mask.shape[1:])
    return right(padding, mask, shape, extra, like)


def _widened(right: Any, layer: Any, *inputs: Any, **options: Any) -> Any:
    return tuple(None if one is None else one.double() for one in right(layer, *inputs, **options))


def _over_the_query(right: Any, layer: Any, query: Any, *inputs: Any, **options: Any) -> Any:
    """Leave the projected query in the memory of the query."""
    result = right(layer, query, *inputs, **options)
    query.array *= 0.5
    return result


_WITH_WEIGHTS = ("self*", "sizes", "no-bias", "key*", "*mask*", "causal*", "batch*", "unbatched", "dropout", "gradient")
_NUMBERS = (*_WITH_WEIGHTS, "*weights", "zero*")
_OF_EACH_HEAD = ("mask-of-each-head", "unbatched")

FAULTS = (
    _fault("features-in-turns", "value", method(f"{_LAYER}._separated", _features_in_turns), *_NUMBERS, above=True),
    _fault(
        "scale-of-all-features",
        "value",
        _forward(("math.sqrt(self.head_dim)", "math.sqrt(self.embed_dim)")),
        *_NUMBERS,
        above=True,
    ),
    _fault(
        "features-for-their-root",
        "value",
        _forward(("math.sqrt(self.head_dim)", "self.head_dim")),
        *_NUMBERS,
        above=True,
    ),
    _fault(
        "batch-first-forgotten-of-the-same",
        "self-attention",
        _forward(("self.batch_first or not batched", "(self.batch_first and query is not key) or not batched")),
        "gradient",
        above=True,
    ),
    _fault(
        "averaging-ignored",
        "weights",
        _forward(("if average_attn_weights", "if True")),
        "gradient",
        "output-sizes",
        *_OF_EACH_HEAD,
    ),
    _fault(
        "weights-summed",
        "weights",
        _forward(("mean(weights, 1)", "mean(weights, 1) * self.num_heads")),
        "value",
        *_WITH_WEIGHTS,
    ),
    _fault(
        "weights-unless-averaged",
        "no-weights",
        _forward(("if not need_weights", "if not (need_weights or average_attn_weights)")),
        "self*",
        "sizes",
        "no-bias",
        "key*",
        "zero*",
        "*mask*",
        "causal*",
        "batch*",
        "dropout",
        "gradient",
    ),
    _fault(
        "no-bias-of-separate-projections",
        "sizes",
        edited(f"{_LAYER}._projected", ("if bias is None", "if bias is None or packed is None")),
        "gradient",
    ),
    _fault(
        "no-projection-without-bias",
        "no-bias",
        _forward(
            (
                "linear(output, self.out_proj.weight, self.out_proj.bias)",
                "output if self.out_proj.bias is None else linear(output, self.out_proj.weight, self.out_proj.bias)",
            )
        ),
        "key-value-bias",
        "gradient",
        above=True,
    ),
    _fault(
        "key-and-value-bias-exchanged",
        "key-value-bias",
        edited(
            f"{_LAYER}._extended",
            ("reshape(self.bias_k,", "reshape(self.bias_v,"),
            ("v = cat([v, expand(reshape(self.bias_v,", "v = cat([v, expand(reshape(self.bias_k,"),
        ),
        "zero*",
        "gradient",
    ),
    _fault(
        "zeros-are-ones",
        "zero-attention",
        edited(f"{_LAYER}._extended", ("zeros(*shape, dtype=one.dtype)", "zeros(*shape, dtype=one.dtype) + 1.0")),
        "gradient",
    ),
    _fault(
        "further-keys-masked",
        "zero-attention",
        edited(f"{_MASKS}:_extended", ("np.zeros", "np.ones")),
        "key-value-bias",
        "gradient",
    ),
    _fault(
        "padding-inverted",
        "key-padding-mask",
        _forward(
            (
                "merged(key_padding_mask,",
                "merged(key_padding_mask if key_padding_mask is None or key_padding_mask.is_floating_point() "
                "else ~key_padding_mask,",
            )
        ),
        "key-value-bias",
        "zero*",
        "*mask*",
        "unbatched",
        "gradient",
        above=True,
    ),
    _fault(
        "mask-inverted",
        "boolean-mask",
        _forward(
            (
                "attn_mask, shape",
                "attn_mask if attn_mask is None or attn_mask.is_floating_point() else ~attn_mask, shape",
            )
        ),
        "key-value-bias",
        "mask-of*",
        "causal*",
        "unbatched",
        "gradient",
        above=True,
    ),
    _fault(
        "one-mask-alone",
        "boolean-mask",
        edited(f"{_MASKS}:merged", ("parts[0].array | parts[1].array", "parts[1].array")),
        "key-value-bias",
        "unbatched",
        "gradient",
        above=True,
    ),
    _fault(
        "last-mask-alone",
        "float-mask",
        edited(f"{_MASKS}:merged", ("add(total, _numbers(part, like))", "_numbers(part, like)")),
        "gradient",
    ),
    _fault(
        "head-by-head",
        "mask-of-each-head",
        edited(
            f"{_MASKS}:merged",
            (
                "reshape(mask, shape if mask.ndim == 3 else (1, 1, queries, keys))",
                "mask.reshape(heads, batch, queries, keys).transpose(0, 1) if mask.ndim == 3 "
                "else reshape(mask, (1, 1, queries, keys))",
            ),
        ),
        "gradient",
        above=True,
    ),
    _fault(
        "hint-for-the-mask",
        "causal-hint",
        _forward(("attn_mask, shape", "None if is_causal else attn_mask, shape")),
        "gradient",
        above=True,
    ),
    _fault(
        "output-sequence-first",
        "batch-first",
        _forward(("(0, 2, 1, 3) if first", "(0, 2, 1, 3) if not batched")),
        "self*",
        "weights",
        "key*",
        "gradient",
        above=True,
    ),
    _fault(
        "weights-stay-batched", "unbatched", _forward(("squeeze(weights, 0)", "weights")), "output-sizes", "gradient"
    ),
    _fault("dropout-always", "dropout", _forward((" if self.training else 0.0", "")), "gradient", above=True),
    _fault(
        "batch-and-heads-joined",
        "output-sizes",
        _forward(
            (
                "if average_attn_weights else weights",
                "if average_attn_weights else reshape(weights, (-1, *weights.shape[2:]))",
            )
        ),
        "weights",
        "mask-of-each-head",
        "gradient",
    ),
    _fault("transposed-where-it-fits", "mask-shape", method(_MERGED, _transposed_if_it_fits)),
    _fault("mask-of-each-entry", "mask-shape", method(_MERGED, _each_entry)),
    _fault(
        "no-gradient-of-key-bias",
        "gradient",
        edited(f"{_LAYER}._extended", ("reshape(self.bias_k, own)", "reshape(self.bias_k.detach(), own)")),
    ),
    _fault("float64-always", "dtype", method(f"{_LAYER}.forward", _widened), above=True),
    _fault("over-the-query", "purity", method(f"{_LAYER}.forward", _over_the_query), "gradient", above=True),
)
