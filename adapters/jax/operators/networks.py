"""What is peculiar to networks: standardizing, attention and similarity, functions of ``jax.nn`` and optax."""

from __future__ import annotations

from collections.abc import Sequence

import jax
import jax.numpy as jnp
import optax

from adapters.contract import Native
from adapters.functional import FunctionalBackend
from adapters.jax.operators._shared import affine, of_channels
from adapters.translation import lacking


class Networks(FunctionalBackend):
    """Norms are ``jax.nn.standardize`` over other axes each, its algorithm the default one."""

    def layer_norm(
        self,
        input: Native,
        normalized_shape: Sequence[int],
        weight: Native | None = None,
        bias: Native | None = None,
        eps: float = 1e-5,
    ) -> Native:
        axes = tuple(range(-len(normalized_shape), 0))
        last = input.shape[input.ndim - len(normalized_shape) :]
        lacking("layer_norm: lengths that the last dimensions do not have", when=last != tuple(normalized_shape))
        return affine(jax.nn.standardize(input, axes, epsilon=eps), weight, bias)

    def instance_norm(
        self, input: Native, weight: Native | None = None, bias: Native | None = None, eps: float = 1e-5
    ) -> Native:
        axes = tuple(range(2, input.ndim))
        return _by_channels(jax.nn.standardize(input, axes, epsilon=eps), weight, bias)

    def batch_norm(
        self,
        input: Native,
        running_mean: Native | None = None,
        running_var: Native | None = None,
        weight: Native | None = None,
        bias: Native | None = None,
        training: bool = False,  # noqa: FBT001, FBT002 - as torch documents it
        eps: float = 1e-5,
    ) -> Native:
        lacking("batch_norm: running statistics kept in training", when=training and running_mean is not None)
        axes, places = (0, *range(2, input.ndim)), input.ndim - 2
        mean, variance = (None if one is None else of_channels(one, places) for one in (running_mean, running_var))
        return _by_channels(jax.nn.standardize(input, axes, mean, variance, eps), weight, bias)

    def scaled_dot_product_attention(
        self,
        query: Native,
        key: Native,
        value: Native,
        attn_mask: Native | None = None,
        *,
        is_causal: bool = False,
        scale: float | None = None,
        enable_gqa: bool = False,
    ) -> Native:
        lacking(f"scaled_dot_product_attention: inputs of {query.ndim} dimensions", when=query.ndim not in {3, 4})
        lacking("scaled_dot_product_attention: values of another size than keys", when=key.shape != value.shape)
        fewer = query.shape[-3] != key.shape[-3]
        lacking("scaled_dot_product_attention: fewer heads that are not grouped", when=fewer and not enable_gqa)
        selects = attn_mask is not None and attn_mask.dtype == bool
        output = jax.nn.dot_product_attention(  # its heads stand behind the sequence
            *(jnp.swapaxes(one, -3, -2) for one in (query, key, value)),
            bias=None if selects else attn_mask,
            mask=attn_mask if selects else None,
            scale=scale,
            is_causal=is_causal,
        )
        return jnp.swapaxes(output, -3, -2)

    def cosine_similarity(self, x1: Native, x2: Native, dim: int = 1, eps: float = 1e-8) -> Native:
        lacking("cosine_similarity of arrays of different numbers of dimensions", when=x1.ndim != x2.ndim)
        return optax.cosine_similarity(x1, x2, epsilon=eps, axis=dim)


def _by_channels(output: Native, weight: Native | None, bias: Native | None) -> Native:
    scale, shift = (None if one is None else of_channels(one, output.ndim - 2) for one in (weight, bias))
    return affine(output, scale, shift)
