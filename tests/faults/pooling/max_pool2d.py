"""Faults of max_pool2d."""

from __future__ import annotations

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import (
    backward,
    both,
    constant,
    gradients,
    method,
    operator,
    option,
    swapped,
    these,
    through,
)
from tests.faults.pooling._max_pool2d import (
    LAYER,
    PASS,
    any_dimensions,
    any_padding,
    cropped_window,
    fewer_where_dilated,
    fill,
    finite,
    finite_padding,
    in_its_own_memory,
    nan_only_in_front,
    no_empty_batch,
    options_by_position,
    overwriting,
    padding_swapped,
    result,
    sum_of_the_equal,
    to_all_ties,
    unbatched_with_batch,
    without_nan,
    without_the_last,
)
from tests.faults.pooling._maximum import counting, dropped_where, index_faults, widened_maxima

FAULTS = (
    Fault(
        "smallest",
        "max_pool2d.value",
        operator("max_pool2d", lambda right, input, **others: -right(input=-input, **others)),
        also=these(
            "graph: tutorial-chain",
            "max_pool2d: *",
            "tutorial: loss-falls",
            "tutorial_network: gradient loss one-step output five-steps",
        ),
    ),
    Fault(
        "starts-from-zero",
        "max_pool2d.value",
        result(lambda y: np.maximum(y, 0)),
        also=these("max_pool2d: ceil-mode ceil-mode-drops dilation infinities layer padding stride"),
    ),
    Fault(
        "float64-in-float32",
        "max_pool2d.value",
        result(through("float32")),
        also=these(
            "lp_pool2d: infinity layer",
            "max_pool2d: ceil-mode ceil-mode-drops dilation layer number padding stride stride-default",
            "max_pool2d: unbatched",
            "tutorial_network: gradient loss one-step output five-steps",
        ),
    ),
    Fault("window-swapped", "max_pool2d.value", option("max_pool2d", kernel_size=swapped), also=these("max_pool2d: *")),
    Fault(
        "padding-number-for-height",
        "max_pool2d.number",
        option("max_pool2d", padding=lambda p: (p, 0) if isinstance(p, int) else p),
        also=these("max_pool2d: ceil-mode ceil-mode-drops gradient layer padding"),
    ),
    Fault(
        "dilation-number-for-height",
        "max_pool2d.number",
        option("max_pool2d", dilation=lambda d: (d, 1) if isinstance(d, int) else d),
        also=these("max_pool2d: gradient layer"),
    ),
    Fault(
        "stride-number-for-height",
        "max_pool2d.number",
        option("max_pool2d", stride=lambda s: (s, 1) if isinstance(s, int) else s),
        also=these("max_pool2d: ceil-mode gradient layer", "sequential: same-as-subclass"),
    ),
    Fault(
        "stride-one-by-default",
        "max_pool2d.stride-default",
        option("max_pool2d", stride=lambda s: 1 if s is None else s),
        also=these(
            "graph: tutorial-*",
            "max_pool2d: empty-batch gradient gradient-at-ties infinities nan output-size padding ties unbatched",
            "max_pool2d: value",
            "sequential: same-as-subclass",
            "tutorial: *",
            "tutorial_network: *",
        ),
    ),
    Fault(
        "stride-of-the-height-by-default",
        "max_pool2d.stride-default",
        operator(
            "max_pool2d",
            lambda right, stride, kernel_size, **others: right(
                stride=both(kernel_size)[0] if stride is None else stride, kernel_size=kernel_size, **others
            ),
        ),
        also=these("max_pool2d: gradient unbatched value"),
    ),
    Fault(
        "stride-swapped",
        "max_pool2d.stride",
        option("max_pool2d", stride=swapped),
        also=these("max_pool2d: ceil-mode ceil-mode-drops dilation gradient indices layer output-size padding value"),
    ),
    Fault(
        "stride-at-most-the-window",
        "max_pool2d.stride",
        operator(
            "max_pool2d",
            lambda right, stride, kernel_size, **others: right(
                stride=None if stride is None else tuple(map(min, both(stride), both(kernel_size))),
                kernel_size=kernel_size,
                **others,
            ),
        ),
        also=these("max_pool2d: ceil-mode ceil-mode-drops dilation gradient indices layer output-size value"),
    ),
    Fault(
        "padding-of-zeros",
        "max_pool2d.padding",
        fill(0.0),
        also=these("max_pool2d: gradient infinities layer value"),
    ),
    Fault(
        "padding-swapped",
        "max_pool2d.padding",
        operator("max_pool2d", padding_swapped),
        also=these("max_pool2d: gradient layer padding-bound value"),
    ),
    Fault(
        "dilation-swapped",
        "max_pool2d.dilation",
        option("max_pool2d", dilation=swapped),
        also=these("max_pool2d: gradient indices layer output-size value"),
    ),
    Fault(
        "dilation-ignored",
        "max_pool2d.dilation",
        option("max_pool2d", dilation=lambda dilation: dilation if dilation == 0 else 1),
        also=these("max_pool2d: gradient indices layer number output-size value"),
    ),
    Fault(
        "ceil-mode-ignored",
        "max_pool2d.ceil-mode",
        option("max_pool2d", ceil_mode=constant(False)),
        also=these("max_pool2d: ceil-mode-drops gradient indices layer output-size value"),
    ),
    Fault(
        "ceil-mode-drops-nothing",
        "max_pool2d.ceil-mode-drops",
        dropped_where(2, lambda *_: False),
        also=these("max_pool2d: ceil-mode gradient layer value"),
    ),
    Fault(
        "ceil-mode-drops-too-late",
        "max_pool2d.ceil-mode-drops",
        dropped_where(2, lambda start, length, padding: start > length + padding),
        also=these("max_pool2d: gradient layer value"),
    ),
    Fault(
        "ceil-mode-forgets-the-padding-in-front",
        "max_pool2d.ceil-mode-drops",
        dropped_where(2, lambda start, length, _: start >= length),
        also=these("max_pool2d: gradient layer value"),
    ),
    Fault(
        "ceil-mode-counts-both-paddings",
        "max_pool2d.ceil-mode-drops",
        dropped_where(2, lambda start, length, padding: start >= length + 2 * padding),
        also=these("max_pool2d: gradient layer value"),
    ),
    Fault(
        "always-ceil-mode",
        "max_pool2d.output-size",
        option("max_pool2d", ceil_mode=constant(True)),
        also=these(
            "graph: tutorial-*",
            "max_pool2d: empty-batch gradient indices layer number stride stride-default unbatched value",
            "max_pool2d: window-fits",
            "sequential: same-as-subclass",
            "tutorial: *",
            "tutorial_network: *",
        ),
    ),
    Fault(
        "dilation-not-in-the-size",
        "max_pool2d.output-size",
        counting(2, fewer_where_dilated),
        also=these("max_pool2d: dilation gradient indices layer number value"),
    ),
    Fault(
        "unbatched-with-batch",
        "max_pool2d.unbatched",
        operator("max_pool2d", unbatched_with_batch),
        also=these("max_pool2d: gradient layer value"),
    ),
    Fault(
        "empty-batch-refused",
        "max_pool2d.empty-batch",
        operator("max_pool2d", no_empty_batch),
        stumbles=True,
        also=these("max_pool2d: gradient layer value"),
    ),
    Fault(
        "equal-elements-summed",
        "max_pool2d.ties",
        operator("max_pool2d", sum_of_the_equal),
        also=these("max_pool2d: gradient-at-ties layer", "tutorial: first-bias-gradient loss manual-update output"),
    ),
    Fault("nan-passed-over", "max_pool2d.nan", operator("max_pool2d", without_nan), also=these("max_pool2d: layer")),
    Fault(
        "nan-only-in-front",
        "max_pool2d.nan",
        operator("max_pool2d", nan_only_in_front),
        also=these("max_pool2d: layer"),
    ),
    Fault(
        "starts-from-lowest-finite",
        "max_pool2d.infinities",
        operator("max_pool2d", finite),
        also=these("max_pool2d: layer"),
    ),
    Fault(
        "padding-of-lowest-finite",
        "max_pool2d.infinities",
        operator("max_pool2d", finite_padding),
        also=these("max_pool2d: layer"),
    ),
    Fault(
        "overlaps-overwritten", "max_pool2d.gradient", backward(PASS, overwriting), also=these("lp_pool2d: gradient")
    ),
    Fault(
        "gradient-one-column-off",
        "max_pool2d.gradient",
        backward(PASS, without_the_last),
        also=these(
            "lp_pool2d: gradient", "max_pool2d: gradient-at-ties", "tutorial_network: gradient one-step five-steps"
        ),
    ),
    Fault(
        "gradient-in-float32",
        "max_pool2d.gradient",
        gradients(PASS, through("float32")),
        also=these(
            "lp_pool2d: gradient", "max_pool2d: gradient-at-ties", "tutorial_network: gradient one-step five-steps"
        ),
    ),
    Fault(
        "gradient-to-all-ties",
        "max_pool2d.gradient-at-ties",
        backward(PASS, to_all_ties),
        also=these("max_pool2d: gradient", "tutorial: backward-with-gradient first-bias-gradient manual-update"),
    ),
    Fault("any-padding", "max_pool2d.padding-bound", operator("max_pool2d", any_padding)),
    Fault("window-cut-down", "max_pool2d.window-fits", operator("max_pool2d", cropped_window)),
    Fault("any-number-of-dimensions", "max_pool2d.dimensions", operator("max_pool2d", any_dimensions)),
    Fault(
        "result-always-float64",
        "max_pool2d.dtype",
        operator("max_pool2d", widened_maxima),
        also=these("graph: tutorial-*", "sequential: same-as-subclass", "tutorial: *", "tutorial_network: *"),
    ),
    Fault(
        "in-its-own-memory",
        "max_pool2d.purity",
        operator("max_pool2d", in_its_own_memory),
        also=these("max_pool2d: gradient gradient-at-ties", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault("layer-options-by-position", "max_pool2d.layer", method(LAYER, options_by_position)),
    *index_faults(2),
)
