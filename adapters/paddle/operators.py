"""Operators by torch's names and arguments: functions of ``paddle.nn.functional`` and ``paddle``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partialmethod
from typing import Any

import paddle
import paddle.nn.functional as F

from adapters.contract import Native, Unsupported
from adapters.functional import FunctionalBackend
from adapters.paddle.functions import FUNCTIONS, function, in_its_own_words
from adapters.translation import each, lacking, names_of, renamed

Size = int | Sequence[int]


class Operators(FunctionalBackend):
    """The functions that take a table's worth of names, and as methods those that take more."""

    def operator(self, name: str) -> Callable[..., Native]:
        """Return Paddle's function, or the method; what Paddle itself says that it lacks is unsupported."""
        by_names = name in FUNCTIONS and not hasattr(self, name)
        called = function(name) if by_names else super().operator(name)
        window = re.search(r"(conv|conv_transpose|pool|unpool)(\d)d$", name)

        def call(*arguments: Any, **options: Any) -> Native:
            if window is not None and arguments[0].ndim != int(window[2]) + 2:
                raise Unsupported(f"{name}: an input of {arguments[0].ndim} dimensions")
            with in_its_own_words():
                return called(*arguments, **options)

        return call

    def gelu(self, input: Native, approximate: str = "none") -> Native:
        lacking(f"gelu: approximate={approximate!r}", when=approximate not in {"none", "tanh"})
        return F.gelu(input, approximate == "tanh")

    def view(self, input: Native, shape: Sequence[int]) -> Native:
        return paddle.view(input, shape)

    def flatten(self, input: Native, start_dim: int = 0, end_dim: int = -1) -> Native:
        return paddle.flatten(input, start_dim, end_dim)

    def unflatten(self, input: Native, dim: int, sizes: Sequence[int]) -> Native:
        return paddle.unflatten(input, dim, sizes)

    def linear(self, input: Native, weight: Native, bias: Native | None = None) -> Native:
        return F.linear(input, weight.T, bias)  # Paddle keeps the weight the other way round

    def bilinear(self, input1: Native, input2: Native, weight: Native, bias: Native | None = None) -> Native:
        return F.bilinear(input1, input2, weight, None if bias is None else bias.reshape([1, -1]))

    def pad(self, input: Native, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Native:
        edges = mode != "constant" and (input.ndim not in {3, 4, 5} or len(pad) != 2 * (input.ndim - 2))
        lacking(f"pad: mode={mode!r} of other dimensions than all but the first two", when=edges)
        return F.pad(input, list(pad), mode, value or 0.0, pad_from_left_axis=False)

    def _avg_pool(
        self,
        dimensions: int,
        input: Native,
        kernel_size: Size,
        stride: Size | None = None,
        padding: Size = 0,
        *,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        **options: Any,
    ) -> Native:
        lacking("avg_pool1d: divisor_override=", when=dimensions == 1 and bool(options))
        pool = getattr(F, f"avg_pool{dimensions}d")
        own = {"exclusive": not count_include_pad, "ceil_mode": ceil_mode, **options}
        sizes = [None if size is None else each(size, dimensions) for size in (kernel_size, stride, padding)]
        return pool(input, *sizes, **own)

    avg_pool1d = partialmethod(_avg_pool, 1)
    avg_pool2d = partialmethod(_avg_pool, 2)
    avg_pool3d = partialmethod(_avg_pool, 3)

    def batch_norm(
        self,
        input: Native,
        running_mean: Native | None = None,
        running_var: Native | None = None,
        weight: Native | None = None,
        bias: Native | None = None,
        training: bool = False,  # noqa: FBT001, FBT002 - as torch documents it
        momentum: float | None = 0.1,
        eps: float = 1e-5,
    ) -> Native:
        lacking("batch_norm without running statistics", when=running_mean is None)
        if momentum is None:
            raise Unsupported("batch_norm: momentum=None")
        kept = 1 - momentum  # Paddle counts what remains, torch what is new
        return F.batch_norm(input, running_mean, running_var, weight, bias, training, kept, eps)

    def instance_norm(
        self, input: Native, weight: Native | None = None, bias: Native | None = None, eps: float = 1e-5
    ) -> Native:
        return F.instance_norm(input, weight=weight, bias=bias, eps=eps)

    def layer_norm(
        self,
        input: Native,
        normalized_shape: Sequence[int],
        weight: Native | None = None,
        bias: Native | None = None,
        eps: float = 1e-5,
    ) -> Native:
        flat = (None if one is None else one.reshape([-1]) for one in (weight, bias))  # as Paddle keeps them
        return F.layer_norm(input, normalized_shape, *flat, epsilon=eps)

    def rms_norm(
        self, input: Native, normalized_shape: Sequence[int], weight: Native | None = None, eps: float | None = None
    ) -> Native:
        if eps is None or not hasattr(F, "rms_norm"):
            raise Unsupported("rms_norm: eps=None")
        return F.rms_norm(input, normalized_shape, weight, eps)[0]

    def feature_alpha_dropout(self, input: Native, p: float = 0.5, training: bool = False) -> Native:  # noqa: FBT001, FBT002
        lacking("feature_alpha_dropout without a batch", when=input.ndim == 4)  # of volumes; one of images has a batch
        return F.feature_alpha_dropout(input, p, training)

    def max_unpool1d(self, input: Native, indices: Native, *sizes: Any, **options: Any) -> Native:
        size = options.get("output_size")
        lacking("max_unpool1d: output_size= without batch and channels", when=size is not None and len(size) == 1)
        return function("max_unpool1d")(input, indices, *sizes, **options)

    def cosine_similarity(self, x1: Native, x2: Native, dim: int = 1, eps: float = 1e-8) -> Native:
        lacking("cosine_similarity of tensors of different numbers of dimensions", when=x1.ndim != x2.ndim)
        return F.cosine_similarity(x1, x2, dim, eps)

    def fold(self, input: Native, output_size: Size, kernel_size: Size, **options: Any) -> Native:
        return F.fold(input, each(output_size, 2), each(kernel_size, 2), **_patches("fold", options))

    def unfold(self, input: Native, kernel_size: Size, **options: Any) -> Native:
        return F.unfold(input, each(kernel_size, 2), **_patches("unfold", options))

    def multi_margin_loss(self, input: Native, target: Native, **options: Any) -> Native:
        lacking("multi_margin_loss without a batch", when=input.ndim != 2)
        return F.multi_margin_loss(input, target, **renamed("multi_margin_loss", options, _MULTI_MARGIN))

    def smooth_l1_loss(self, input: Native, target: Native, *, reduction: str = "mean", beta: float = 1.0) -> Native:
        return F.smooth_l1_loss(input, target, reduction, beta, is_huber=False)

    def cross_entropy(self, input: Native, target: Native, weight: Native | None = None, **options: Any) -> Native:
        axis, soft = min(1, input.ndim - 1), "float" in str(target.dtype)
        smoothed = bool(options.get("label_smoothing")) and input.ndim > 2
        lacking("cross_entropy: label_smoothing= of more than two dimensions", when=smoothed)
        losses = F.cross_entropy(input, target, weight, soft_label=soft, axis=axis, **options)
        return losses.squeeze(axis) if losses.ndim == input.ndim else losses  # Paddle keeps the classes' dimension

    def ctc_loss(
        self, log_probs: Native, targets: Native, input_lengths: Native, target_lengths: Native, **options: Any
    ) -> Native:
        lacking(
            "ctc_loss: targets one after the other, or without a batch", when=(log_probs.ndim, targets.ndim) != (3, 2)
        )
        lengths = [paddle.to_tensor(one, dtype="int64") for one in (input_lengths, target_lengths)]
        return F.ctc_loss(log_probs, targets.astype("int32"), *lengths, **options)

    def scaled_dot_product_attention(
        self,
        query: Native,
        key: Native,
        value: Native,
        attn_mask: Native | None = None,
        *,
        dropout_p: float = 0.0,
        is_causal: bool = False,
        scale: float | None = None,
        enable_gqa: bool = False,
    ) -> Native:
        lacking(f"scaled_dot_product_attention: inputs of {query.ndim} dimensions", when=query.ndim not in {3, 4})
        heads = [paddle.swapaxes(one, -3, -2) for one in (query, key, value)]  # which stand behind the sequence
        output = F.scaled_dot_product_attention(
            *heads, attn_mask, dropout_p, is_causal, scale=scale, enable_gqa=enable_gqa
        )
        return paddle.swapaxes(output, -3, -2)

    def interpolate(
        self,
        input: Native,
        size: Size | None = None,
        scale_factor: float | Sequence[float] | None = None,
        mode: str = "nearest",
        align_corners: bool | None = None,  # noqa: FBT001 - as torch documents it
        **options: Any,
    ) -> Native:
        lacking("interpolate: mode='nearest-exact'", when=mode == "nearest-exact")
        spatial = input.ndim - 2
        lengths = [size] * spatial if isinstance(size, int) else size
        factors = [scale_factor] * spatial if isinstance(scale_factor, (int, float)) else scale_factor
        return F.interpolate(input, lengths, factors, mode, bool(align_corners), **options)

    upsample = interpolate

    def upsample_nearest(self, input: Native, size: Size | None = None, scale_factor: Any = None) -> Native:
        return self.interpolate(input, size, scale_factor)

    def upsample_bilinear(self, input: Native, size: Size | None = None, scale_factor: Any = None) -> Native:
        return self.interpolate(input, size, scale_factor, "bilinear", align_corners=True)


_MULTI_MARGIN = names_of("p margin weight reduction")


def _patches(owner: str, options: dict[str, Size]) -> dict[str, tuple[int, ...]]:
    own = renamed(owner, options, names_of("dilation=dilations padding=paddings stride=strides"))
    return {option: each(value, 2) for option, value in own.items()}
