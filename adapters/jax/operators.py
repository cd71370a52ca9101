"""Operators by torch's names and arguments, each one or two of JAX's and optax's own functions.

An argument that a method does not list is one that the functions lack. Biases are added and losses are averaged with
``jax.numpy``, as the documentation of both libraries does it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partialmethod

import jax
import jax.numpy as jnp
import optax
from jax import lax

from adapters.contract import Native, Unsupported
from adapters.functional import FunctionalBackend
from adapters.translation import both_sides, each


class Operators(FunctionalBackend):
    """``jax.nn``, ``jax.numpy``, ``jax.lax``, ``jax.image`` and the losses of optax."""

    def relu(self, input: Native) -> Native:
        return jax.nn.relu(input)

    def relu6(self, input: Native) -> Native:
        return jax.nn.relu6(input)

    def sigmoid(self, input: Native) -> Native:
        return jax.nn.sigmoid(input)

    def logsigmoid(self, input: Native) -> Native:
        return jax.nn.log_sigmoid(input)

    def silu(self, input: Native) -> Native:
        return jax.nn.silu(input)

    def mish(self, input: Native) -> Native:
        return jax.nn.mish(input)

    def tanh(self, input: Native) -> Native:
        return jnp.tanh(input)

    def softsign(self, input: Native) -> Native:
        return jax.nn.soft_sign(input)

    def softplus(self, input: Native) -> Native:
        return jax.nn.softplus(input)

    def hardtanh(self, input: Native) -> Native:
        return jax.nn.hard_tanh(input)

    def hardsigmoid(self, input: Native) -> Native:
        return jax.nn.hard_sigmoid(input)

    def hardswish(self, input: Native) -> Native:
        return jax.nn.hard_silu(input)

    def selu(self, input: Native) -> Native:
        return jax.nn.selu(input)

    def elu(self, input: Native, alpha: float = 1.0) -> Native:
        return jax.nn.elu(input, alpha)

    def celu(self, input: Native, alpha: float = 1.0) -> Native:
        return jax.nn.celu(input, alpha)

    def leaky_relu(self, input: Native, negative_slope: float = 0.01) -> Native:
        return jax.nn.leaky_relu(input, negative_slope)

    def gelu(self, input: Native, approximate: str = "none") -> Native:
        if approximate not in {"none", "tanh"}:
            raise Unsupported(f"gelu: approximate={approximate!r}")
        return jax.nn.gelu(input, approximate=approximate == "tanh")

    def glu(self, input: Native, dim: int = -1) -> Native:
        return jax.nn.glu(input, axis=dim)

    def softmax(self, input: Native, dim: int) -> Native:
        return jax.nn.softmax(input, axis=dim)

    def log_softmax(self, input: Native, dim: int) -> Native:
        return jax.nn.log_softmax(input, axis=dim)

    def linear(self, input: Native, weight: Native, bias: Native | None = None) -> Native:
        product = jnp.matmul(input, weight.T)
        return product if bias is None else product + bias

    def view(self, input: Native, shape: Sequence[int]) -> Native:
        return jnp.reshape(input, shape)

    def flatten(self, input: Native, start_dim: int = 0, end_dim: int = -1) -> Native:
        return lax.collapse(input, start_dim, None if end_dim == -1 else end_dim + 1)

    def embedding(self, input: Native, weight: Native) -> Native:
        return jnp.take(weight, input, axis=0)

    def one_hot(self, tensor: Native, num_classes: int = -1) -> Native:
        if num_classes == -1:
            raise Unsupported("one_hot: a number of classes that is not given")
        return jax.nn.one_hot(tensor, num_classes, dtype=jnp.int64)

    def pad(self, input: Native, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Native:
        of_last_first = list(zip(pad[::2], pad[1::2], strict=True))
        widths = [(0, 0)] * (input.ndim - len(of_last_first)) + of_last_first[::-1]
        if mode == "constant":
            fill = jnp.asarray(0.0 if value is None else value, input.dtype)
            return lax.pad(input, fill, [(before, after, 0) for before, after in widths])
        if min(pad) < 0:
            raise Unsupported(f"pad: less than nothing in mode={mode!r}")
        return jnp.pad(input, widths, mode={"reflect": "reflect", "replicate": "edge", "circular": "wrap"}[mode])

    def _convolution(
        self,
        dimensions: int,
        input: Native,
        weight: Native,
        bias: Native | None = None,
        stride: int | Sequence[int] = 1,
        padding: str | int | Sequence[int] = 0,
        dilation: int | Sequence[int] = 1,
        groups: int = 1,
    ) -> Native:
        batch = input if input.ndim == dimensions + 2 else input[None]
        output = lax.conv_general_dilated(
            batch,
            weight,
            each(stride, dimensions),
            padding.upper() if isinstance(padding, str) else both_sides(padding, dimensions),
            rhs_dilation=each(dilation, dimensions),
            feature_group_count=groups,
        )
        return _with_bias(output if batch is input else output[0], bias, dimensions)

    conv1d = partialmethod(_convolution, 1)
    conv2d = partialmethod(_convolution, 2)
    conv3d = partialmethod(_convolution, 3)

    def _transposed_convolution(
        self,
        dimensions: int,
        input: Native,
        weight: Native,
        bias: Native | None = None,
        stride: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
        output_padding: int | Sequence[int] = 0,
        *,
        dilation: int | Sequence[int] = 1,
    ) -> Native:
        batch = input if input.ndim == dimensions + 2 else input[None]
        apart, inner = each(dilation, dimensions), each(padding, dimensions)
        # JAX counts the padding of the convolution that does the work, torch that of the convolution it transposes.
        outer = [a * (k - 1) - p for a, k, p in zip(apart, weight.shape[2:], inner, strict=True)]
        layout = "DHW"[-dimensions:]
        output = lax.conv_transpose(
            batch,
            weight,
            each(stride, dimensions),
            [(p, p + more) for p, more in zip(outer, each(output_padding, dimensions), strict=True)],
            rhs_dilation=apart,
            dimension_numbers=(f"NC{layout}", f"OI{layout}", f"NC{layout}"),
            transpose_kernel=True,
        )
        return _with_bias(output if batch is input else output[0], bias, dimensions)

    conv_transpose1d = partialmethod(_transposed_convolution, 1)
    conv_transpose2d = partialmethod(_transposed_convolution, 2)
    conv_transpose3d = partialmethod(_transposed_convolution, 3)

    def unfold(
        self,
        input: Native,
        kernel_size: int | Sequence[int],
        dilation: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
        stride: int | Sequence[int] = 1,
    ) -> Native:
        batch = input if input.ndim == 4 else input[None]
        patches = lax.conv_general_dilated_patches(
            batch, each(kernel_size, 2), each(stride, 2), both_sides(padding, 2), rhs_dilation=each(dilation, 2)
        )
        columns = lax.collapse(patches, 2)
        return columns if batch is input else columns[0]

    def _max_pool(
        self,
        dimensions: int,
        input: Native,
        kernel_size: int | Sequence[int],
        stride: int | Sequence[int] | None = None,
        padding: int | Sequence[int] = 0,
        dilation: int | Sequence[int] = 1,
    ) -> Native:
        outer = input.ndim - dimensions
        if outer not in {1, 2}:
            raise Unsupported(f"max_pool{dimensions}d: an input of {input.ndim} dimensions")
        return lax.reduce_window(
            input,
            -jnp.inf,
            lax.max,
            (1,) * outer + each(kernel_size, dimensions),
            (1,) * outer + each(kernel_size if stride is None else stride, dimensions),
            [(0, 0)] * outer + both_sides(padding, dimensions),
            window_dilation=(1,) * outer + each(dilation, dimensions),
        )

    max_pool1d = partialmethod(_max_pool, 1)
    max_pool2d = partialmethod(_max_pool, 2)
    max_pool3d = partialmethod(_max_pool, 3)

    def interpolate(
        self, input: Native, size: int | Sequence[int], mode: str = "nearest", *, antialias: bool = False
    ) -> Native:
        spatial = input.ndim - 2
        linear = ("linear", "bilinear", "trilinear")[spatial - 1]
        if mode not in {linear, "nearest-exact"}:  # its cubic kernel has -0.5 where torch's has -0.75
            raise Unsupported(f"interpolate: mode={mode!r} of {spatial} spatial dimensions")
        if antialias and mode != "bilinear":
            raise Unsupported(f"interpolate: antialias= of mode={mode!r}")
        method = "linear" if mode == linear else "nearest"  # which takes the nearest of centres, as nearest-exact does
        return jax.image.resize(input, (*input.shape[:2], *each(size, spatial)), method, antialias=antialias)

    def scaled_dot_product_attention(
        self,
        query: Native,
        key: Native,
        value: Native,
        attn_mask: Native | None = None,
        *,
        is_causal: bool = False,
        scale: float | None = None,
    ) -> Native:
        if query.ndim not in {3, 4}:
            raise Unsupported(f"scaled_dot_product_attention: inputs of {query.ndim} dimensions")
        if key.shape != value.shape:
            raise Unsupported("scaled_dot_product_attention: values of another size than keys")
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
        if x1.ndim != x2.ndim:
            raise Unsupported("cosine_similarity of arrays of different numbers of dimensions")
        return optax.cosine_similarity(x1, x2, epsilon=eps, axis=dim)

    def mse_loss(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        return _reduced(optax.squared_error(*_alike(input, target)), reduction)

    def huber_loss(self, input: Native, target: Native, *, reduction: str = "mean", delta: float = 1.0) -> Native:
        return _reduced(optax.huber_loss(input, target, delta=delta), reduction)

    def binary_cross_entropy_with_logits(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        return _reduced(optax.sigmoid_binary_cross_entropy(*_alike(input, target)), reduction)

    def cross_entropy(self, input: Native, target: Native, *, reduction: str = "mean") -> Native:
        axis = min(1, input.ndim - 1)
        if jnp.issubdtype(target.dtype, jnp.integer):
            losses = optax.softmax_cross_entropy_with_integer_labels(input, target, axis=axis)
        else:
            losses = optax.softmax_cross_entropy(input, target, axis=axis)
        return _reduced(losses, reduction)


def _with_bias(output: Native, bias: Native | None, dimensions: int) -> Native:
    return output if bias is None else output + bias.reshape(-1, *(1,) * dimensions)


def _alike(input: Native, target: Native) -> tuple[Native, Native]:
    if input.shape != target.shape:
        raise Unsupported("losses of an input and a target of different shapes")
    return input, target


def _reduced(losses: Native, reduction: str) -> Native:
    if reduction == "none":
        return losses
    if reduction not in {"mean", "sum"}:
        raise Unsupported(f"reduction={reduction!r}")
    return jnp.mean(losses) if reduction == "mean" else jnp.sum(losses)
