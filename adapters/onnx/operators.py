"""Operators by torch's names and arguments: normalizations, losses, products, lookups, shapes; the rest is beside it.

An argument that a method does not list is one that ONNX's operator lacks. What torch leaves out and ONNX requires, a
scale of ones or a shift of zeros, is filled in.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from adapters.contract import Native, Unsupported
from adapters.onnx.activations import Activations
from adapters.onnx.base import batched, computed_in, integers
from adapters.onnx.images import Images
from adapters.onnx.recurrent import Recurrent
from adapters.onnx.windows import Windows

_PADDED = {"replicate": "edge", "circular": "wrap"}


class Operators(Activations, Windows, Images, Recurrent):
    """Every operator that ONNX offers under some name."""

    def linear(self, input: Native, weight: Native, bias: Native | None = None) -> Native:
        if input.ndim == 2:
            return self._run("Gemm", input, weight, bias, transB=1)
        product = self._run("MatMul", input, np.ascontiguousarray(weight.T))
        return product if bias is None else self._run("Add", product, bias)

    def view(self, input: Native, shape: Sequence[int]) -> Native:
        return self._run("Reshape", input, integers(shape), allowzero=1)

    def flatten(self, input: Native, start_dim: int = 0, end_dim: int = -1) -> Native:
        if end_dim in {-1, input.ndim - 1} and start_dim == 1:
            return self._run("Flatten", input, axis=1)
        if start_dim == 0 and end_dim in {-2, input.ndim - 2}:
            return self._run("Flatten", input, axis=input.ndim - 1)
        raise Unsupported("flatten: other dimensions than all but the first, or all but the last")

    def embedding(self, input: Native, weight: Native) -> Native:
        return self._run("Gather", weight, input, axis=0)

    def one_hot(self, tensor: Native, num_classes: int = -1) -> Native:
        if num_classes == -1:
            raise Unsupported("one_hot: a number of classes that is not given")
        if tensor.ndim == 0:
            raise Unsupported("one_hot of a single index, without a dimension")
        return self._several("OneHot", [tensor, integers(num_classes), integers([0, 1])], [np.int64], axis=-1)[0]

    def pad(self, input: Native, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Native:
        before, after = list(pad[::2]), list(pad[1::2])  # the last dimension comes first
        fill = None if mode != "constant" else np.asarray(0.0 if value is None else value, input.dtype)
        axes = integers(range(-1, -len(before) - 1, -1))
        return self._run("Pad", input, integers(before + after), fill, axes, mode=_PADDED.get(mode, mode))

    def dropout(self, input: Native, p: float = 0.5, training: bool = True) -> Native:  # noqa: FBT001, FBT002 - as torch has it
        if p == 1:
            raise Unsupported("dropout: p=1, since the ratio is documented to be below 1")
        ratio, mode = np.asarray(p, input.dtype), np.asarray(training)
        return self._run("Dropout", input, ratio, mode, seed=self._drawn_seed())

    def batch_norm(
        self,
        input: Native,
        running_mean: Native | None,
        running_var: Native | None,
        weight: Native | None = None,
        bias: Native | None = None,
        *,
        training: bool = False,
        eps: float = 1e-5,
    ) -> Native:
        channels = input.shape[1:2]
        zeros, ones = np.zeros(channels, input.dtype), np.ones(channels, input.dtype)
        inputs = [input, *_filled(weight, bias, channels, input), _or(running_mean, zeros), _or(running_var, ones)]
        outputs = [input.dtype] * (3 if training else 1)
        return self._several("BatchNormalization", inputs, outputs, epsilon=eps, training_mode=training)[0]

    def instance_norm(
        self, input: Native, weight: Native | None = None, bias: Native | None = None, *, eps: float = 1e-5
    ) -> Native:
        return self._run("InstanceNormalization", input, *_filled(weight, bias, input.shape[1:2], input), epsilon=eps)

    def group_norm(
        self,
        input: Native,
        weight: Native | None = None,
        bias: Native | None = None,
        *,
        num_groups: int,
        eps: float = 1e-5,
    ) -> Native:
        scaled = _filled(weight, bias, input.shape[1:2], input)
        return self._run(
            "GroupNormalization", input, *scaled, num_groups=num_groups, epsilon=eps, stash_type=computed_in(input)
        )

    def layer_norm(
        self,
        input: Native,
        weight: Native | None = None,
        bias: Native | None = None,
        *,
        normalized_shape: Sequence[int],
        eps: float = 1e-5,
    ) -> Native:
        scale, _ = _filled(weight, bias, normalized_shape, input)
        return self._run(
            "LayerNormalization",
            input,
            scale,
            bias,
            axis=-len(normalized_shape),
            epsilon=eps,
            stash_type=computed_in(input),
        )

    def rms_norm(
        self,
        input: Native,
        weight: Native | None = None,
        *,
        normalized_shape: Sequence[int],
        eps: float | None = None,
    ) -> Native:
        scale, _ = _filled(weight, None, normalized_shape, input)
        least = float(np.finfo(input.dtype).eps) if eps is None else eps
        return self._run(
            "RMSNormalization", input, scale, axis=-len(normalized_shape), epsilon=least, stash_type=computed_in(input)
        )

    def local_response_norm(
        self, input: Native, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
    ) -> Native:
        return self._run("LRN", input, size=size, alpha=alpha, beta=beta, bias=k)

    def normalize(self, input: Native, p: float = 2.0, dim: int = 1) -> Native:
        if p not in {1, 2}:
            raise Unsupported(f"normalize: p={p}, where 1 and 2 are offered")
        return self._run("LpNormalization", input, p=p, axis=dim)

    def nll_loss(
        self,
        input: Native,
        target: Native,
        weight: Native | None = None,
        *,
        ignore_index: int = -100,
        reduction: str = "mean",
    ) -> Native:
        return self._loss("NegativeLogLikelihoodLoss", input, target, weight, ignore_index, reduction)

    def cross_entropy(
        self,
        input: Native,
        target: Native,
        weight: Native | None = None,
        *,
        ignore_index: int = -100,
        reduction: str = "mean",
    ) -> Native:
        if np.issubdtype(target.dtype, np.floating):
            raise Unsupported("cross_entropy: probabilities of classes")
        return self._loss("SoftmaxCrossEntropyLoss", input, target, weight, ignore_index, reduction)

    def _loss(
        self, operator: str, input: Native, target: Native, weight: Native | None, ignore_index: int, reduction: str
    ) -> Native:
        batch, alone = batched(input, 1)
        classes = target[None] if alone else target
        loss = self._run(operator, batch, classes, weight, ignore_index=ignore_index, reduction=reduction)
        return loss[0] if alone and reduction == "none" else loss

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
        if query.ndim != 4:
            raise Unsupported(f"scaled_dot_product_attention: inputs of {query.ndim} dimensions")
        if query.shape[1] != key.shape[1] and not enable_gqa:
            raise Unsupported("scaled_dot_product_attention: heads that differ without enable_gqa")
        if attn_mask is not None and attn_mask.shape[-1] == 1:  # a mask that is too short is filled up, not broadcast
            attn_mask = np.broadcast_to(attn_mask, (*attn_mask.shape[:-1], key.shape[-2]))
        return self._run("Attention", query, key, value, attn_mask, is_causal=is_causal, scale=scale)


def _or(array: Native | None, otherwise: Native) -> Native:
    return otherwise if array is None else array


def _filled(weight: Native | None, bias: Native | None, shape: Sequence[int], like: Native) -> tuple[Native, Native]:
    """Return a scale and a shift; ones and zeros of ``shape`` for those that are not given."""
    return _or(weight, np.ones(shape, like.dtype)), _or(bias, np.zeros(shape, like.dtype))
