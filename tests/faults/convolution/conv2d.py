"""Faults of conv2d."""

from __future__ import annotations

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import (
    both,
    constant,
    forward,
    gradients,
    operator,
    option,
    significand,
    swapped,
    these,
    through,
    widened,
)
from tests.faults.convolution._conv2d import (
    PASS,
    any_dimensions,
    as_it_comes,
    bias_reversed,
    channels_left_out,
    combined,
    depthwise,
    edge_repeated,
    empty_output,
    factors,
    flipped_and_left_so,
    interleaved_groups,
    interleaved_outputs,
    no_bias_no_result,
    no_empty_batch,
    of_float32,
    on_arrays,
    on_one_side,
    one_by_one,
    one_by_one_unstrided,
    one_side_ahead_the_other_back,
    rounded_up,
    same,
    strided_same,
    unbatched_as_batch,
    uneven_to_the_other_side,
    whole_image,
)

FAULTS = (
    Fault("odd-zeros-ahead-and-back", "conv2d.gradient-same-even", forward(PASS, one_side_ahead_the_other_back)),
    Fault(
        "kernel-flipped",
        "conv2d.value",
        forward(
            PASS, lambda right, node, x, w, *others: right(node, x, np.ascontiguousarray(w[..., ::-1, ::-1]), *others)
        ),
        also=these("conv2d: *", "tutorial_network: gradient loss one-step output five-steps"),
    ),
    Fault(
        "bias-added-twice",
        "conv2d.value",
        forward(PASS, on_arrays(lambda y, b: y if b is None else y + b[:, None, None])),
        also=these(
            "conv2d: *",
            "tutorial: first-bias-gradient loss manual-update output",
            "tutorial_network: gradient loss one-step output five-steps",
        ),
    ),
    Fault(
        "bias-in-reversed-order",
        "conv2d.value",
        forward(PASS, on_arrays(bias_reversed)),
        also=these(
            "conv2d: *",
            "tutorial: first-bias-gradient loss loss-falls manual-update output",
            "tutorial_network: gradient loss one-step output five-steps",
        ),
    ),
    Fault(
        "products-of-float16-factors",
        "conv2d.value",
        forward(PASS, factors(of_float32(through("float16")))),
        also=these("conv2d: *", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault(
        "float64-computed-in-float32",
        "conv2d.value",
        forward(PASS, factors(through("float32"))),
        also=these("conv2d: *", "tutorial_network: gradient loss one-step output five-steps"),
    ),
    Fault(
        "tensor-float32",
        "conv2d.exact-integers",
        forward(PASS, factors(of_float32(significand(11)))),
        also=these("conv2d: *", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault(
        "sums-of-float16",
        "conv2d.exact-integers",
        forward(PASS, on_arrays(lambda y, _: through("float16")(y) if y.dtype == np.float32 else y)),
        also=these("conv2d: *"),
    ),
    Fault(
        "result-always-float64",
        "conv2d.dtype",
        widened("conv2d"),
        also=these("graph: tutorial-*", "sequential: same-as-subclass", "tutorial: *", "tutorial_network: *"),
    ),
    Fault(
        "ones-without-bias",
        "conv2d.no-bias",
        operator("conv2d", no_bias_no_result),
        also=these("conv2d: combined layer value"),
    ),
    Fault(
        "stride-swapped",
        "conv2d.stride",
        option("conv2d", stride=swapped),
        also=these(
            "conv2d: combined gradient layer layer-gradient output-size padding-mode-circular padding-mode-reflect",
            "conv2d: padding-mode-replicate padding-valid single-position unbatched value",
        ),
    ),
    Fault(
        "stride-of-the-height-for-both",
        "conv2d.stride",
        option("conv2d", stride=lambda s: both(s)[0]),
        also=these(
            "conv2d: combined gradient layer layer-gradient output-size padding-mode-circular padding-mode-reflect",
            "conv2d: padding-mode-replicate padding-valid single-position unbatched value",
        ),
    ),
    Fault(
        "stride-at-most-the-kernel",
        "conv2d.stride",
        operator(
            "conv2d",
            lambda right, stride, weight, **others: right(
                stride=tuple(map(min, both(stride), weight.shape[2:])), weight=weight, **others
            ),
        ),
        also=these("conv2d: combined gradient layer output-size single-position value"),
    ),
    Fault(
        "padding-swapped",
        "conv2d.padding",
        option("conv2d", padding=swapped),
        also=these("conv2d: combined gradient layer output-size single-position value"),
    ),
    Fault(
        "padding-on-one-side",
        "conv2d.padding",
        operator("conv2d", on_one_side),
        also=these("conv2d: combined gradient layer single-position value"),
    ),
    Fault(
        "padding-repeats-the-edge",
        "conv2d.padding",
        operator("conv2d", edge_repeated),
        also=these("conv2d: combined gradient layer single-position value"),
    ),
    Fault(
        "padding-less-than-the-kernel",
        "conv2d.padding",
        operator(
            "conv2d",
            lambda right, padding, weight, **others: right(
                padding=padding
                if isinstance(padding, str)
                else tuple(min(p, k - 1) for p, k in zip(both(padding), weight.shape[2:], strict=True)),
                weight=weight,
                **others,
            ),
        ),
        also=these("conv2d: combined gradient layer single-position value"),
    ),
    Fault(
        "valid-pads-by-one",
        "conv2d.padding-valid",
        option("conv2d", padding=lambda p: 1 if p == "valid" else p),
        also=these("conv2d: gradient layer"),
    ),
    Fault(
        "same-is-half-the-kernel",
        "conv2d.padding-same",
        operator("conv2d", same(lambda k, d: k // 2 if d * (k - 1) % 2 == 0 else d * (k - 1) // 2)),
        also=these("conv2d: gradient gradient-same-even layer output-size padding-same-even"),
    ),
    Fault(
        "same-pads-both-sides-in-full",
        "conv2d.padding-same",
        operator("conv2d", same(lambda k, d: d * (k - 1))),
        also=these("conv2d: gradient gradient-same-even layer output-size padding-same-even"),
    ),
    Fault(
        "same-without-the-odd-zero",
        "conv2d.padding-same-even",
        operator("conv2d", same(lambda k, d: d * (k - 1) // 2)),
        also=these("conv2d: gradient-same-even output-size"),
    ),
    Fault(
        "odd-zeros-on-unlike-sides",
        "conv2d.padding-same-even",
        operator("conv2d", uneven_to_the_other_side),
        also=these("conv2d: gradient-same-even"),
    ),
    Fault(
        "dilation-swapped",
        "conv2d.dilation",
        option("conv2d", dilation=swapped),
        also=these(
            "conv2d: combined gradient gradient-same-even kernel-fits layer layer-gradient output-size",
            "conv2d: padding-mode-circular padding-mode-reflect padding-mode-replicate padding-same",
            "conv2d: padding-same-even value",
        ),
    ),
    Fault(
        "dilation-ignored",
        "conv2d.dilation",
        option("conv2d", dilation=constant(1)),
        also=these(
            "conv2d: combined gradient gradient-same-even kernel-fits layer layer-gradient output-size",
            "conv2d: padding-mode-circular padding-mode-reflect padding-mode-replicate padding-same",
            "conv2d: padding-same-even value",
        ),
    ),
    Fault(
        "groups-take-channels-in-turn",
        "conv2d.groups",
        operator("conv2d", interleaved_groups),
        also=these(
            "conv2d: combined gradient layer layer-gradient padding-mode-circular padding-mode-reflect",
            "conv2d: padding-mode-replicate value",
        ),
    ),
    Fault(
        "outputs-of-groups-in-turn",
        "conv2d.groups",
        operator("conv2d", interleaved_outputs),
        also=these("conv2d: combined depthwise gradient layer unbatched value"),
    ),
    Fault(
        "depthwise-kernels-in-turn",
        "conv2d.depthwise",
        operator("conv2d", depthwise),
        also=these("conv2d: combined gradient layer unbatched"),
    ),
    Fault(
        "padding-swapped-where-strided-and-dilated",
        "conv2d.combined",
        operator("conv2d", combined),
        also=these("conv2d: gradient layer value"),
    ),
    Fault(
        "unbatched-output-with-batch",
        "conv2d.unbatched",
        operator("conv2d", unbatched_as_batch),
        also=these("conv2d: gradient layer value"),
    ),
    Fault(
        "empty-batch-refused",
        "conv2d.empty-batch",
        operator("conv2d", no_empty_batch),
        stumbles=True,
        also=these("conv2d: gradient layer value"),
    ),
    Fault(
        "no-bias-for-one-by-one",
        "conv2d.single-position",
        operator("conv2d", one_by_one),
        also=these("conv2d: gradient layer"),
    ),
    Fault(
        "no-stride-for-one-by-one",
        "conv2d.single-position",
        operator("conv2d", one_by_one_unstrided),
        also=these("conv2d: gradient layer"),
    ),
    Fault(
        "no-position-for-whole-images",
        "conv2d.single-position",
        operator("conv2d", whole_image),
        also=these("conv2d: gradient layer"),
    ),
    Fault(
        "output-size-rounded-up",
        "conv2d.output-size",
        operator("conv2d", rounded_up),
        also=these(
            "conv2d: combined gradient layer layer-gradient padding-mode-circular padding-mode-reflect",
            "conv2d: padding-mode-replicate padding-valid single-position stride value",
        ),
    ),
    Fault(
        "no-bias-gradient",
        "conv2d.gradient",
        gradients(PASS, lambda x, w, _: (x, w, None)),
        also=these(
            "conv2d: gradient-same-even",
            "sequential: same-as-subclass",
            "tutorial: backward-with-gradient first-bias-gradient manual-update sgd-equals-manual-update",
            "tutorial_network: gradient one-step five-steps",
        ),
    ),
    Fault(
        "bias-gradient-averaged",
        "conv2d.gradient",
        gradients(PASS, lambda x, w, b: (x, w, b if b is None or x is None else b / max(len(x), 1))),
        also=these("conv2d: gradient-same-even", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault(
        "input-gradient-not-flipped",
        "conv2d.gradient",
        gradients(PASS, lambda x, w, b: (None if x is None else np.ascontiguousarray(x[..., ::-1]), w, b)),
        also=these("conv2d: gradient-same-even layer-gradient", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault(
        "weight-gradient-flipped",
        "conv2d.gradient",
        gradients(PASS, lambda x, w, b: (x, None if w is None else np.ascontiguousarray(w[..., ::-1, ::-1]), b)),
        also=these("conv2d: gradient-same-even", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault(
        "gradient-in-float32",
        "conv2d.gradient",
        gradients(PASS, lambda *found: tuple(None if g is None else through("float32")(g) for g in found)),
        also=these("conv2d: gradient-same-even layer-gradient", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault(
        "gradient-in-tensor-float32",
        "conv2d.gradient",
        gradients(PASS, lambda *found: tuple(None if g is None else significand(11)(g) for g in found)),
        also=these("conv2d: gradient-same-even layer-gradient", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault("channels-that-do-not-divide-left-out", "conv2d.groups-divide", operator("conv2d", as_it_comes)),
    Fault("further-channels-left-out", "conv2d.channel-mismatch", operator("conv2d", channels_left_out)),
    Fault("same-with-stride-accepted", "conv2d.same-needs-stride-one", operator("conv2d", strided_same)),
    Fault("too-large-kernel-gives-nothing", "conv2d.kernel-fits", operator("conv2d", empty_output)),
    Fault("any-number-of-dimensions", "conv2d.dimensions", operator("conv2d", any_dimensions)),
    Fault(
        "weight-flipped-in-place",
        "conv2d.purity",
        operator("conv2d", flipped_and_left_so),
        also=these(
            "conv2d: gradient gradient-same-even layer-gradient",
            "tutorial: loss-falls",
            "tutorial_network: gradient one-step five-steps",
        ),
    ),
)
