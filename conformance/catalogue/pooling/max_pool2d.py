"""max_pool2d: the maxima of windows of images."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from conformance.card import Formula, Layer, OperatorCard, Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.convolution._shared import Lengths, each
from conformance.catalogue.pooling._shared import pooled_lengths, pooling_windows
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, maximum
from conformance.oracle.selection import Tie

_NAN, _INF = float("nan"), float("inf")


def max_pool2d(
    input: Bounded,
    kernel_size: Lengths,
    stride: Lengths | None = None,
    padding: Lengths = 0,
    dilation: Lengths = 1,
    ceil_mode: bool = False,
    tie: Tie = "first",
) -> Bounded:
    """Return the largest element of each window; padding counts as negative infinity.

    Shapes: input (N, C, H, W) or (C, H, W); output the same with the numbers of windows for H and W.
    """
    seen = pooling_windows(input, kernel_size, stride, padding, dilation, 2, ceil_mode=ceil_mode, fill=-_INF)
    return maximum(seen, tie)


def _output_shape(
    input: tuple[int, ...],
    kernel_size: Lengths,
    stride: Lengths | None = None,
    padding: Lengths = 0,
    dilation: Lengths = 1,
    ceil_mode: bool = False,
) -> tuple[int, ...]:
    kernel = each(kernel_size, 2)
    step = kernel if stride is None else each(stride, 2)
    lengths = pooled_lengths(input[-2:], kernel, step, each(padding, 2), each(dilation, 2), ceil_mode=ceil_mode)
    return (*input[:-2], *lengths)


def _case(name: str, image: tuple[int, ...], kernel_size: Lengths, regime: str = "normal", **options: Any) -> Case:
    return Case(name, {"input": Draw(image, regime)}, {"kernel_size": kernel_size, **options})


def _written(name: str, image: Any, kernel_size: Lengths, *, differentiable: bool = True, **options: Any) -> Case:
    return Case(name, {"input": Values(image)}, {"kernel_size": kernel_size, **options}, differentiable=differentiable)


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    kernel = (draw(st.integers(1, 4)), draw(st.integers(1, 4)))
    dilation = (draw(st.integers(1, 2)), draw(st.integers(1, 2)))
    padding = (draw(st.integers(0, kernel[0] // 2)), draw(st.integers(0, kernel[1] // 2)))
    reach = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    lengths = [draw(st.integers(r, r + 7)) for r in reach]
    leading = draw(st.sampled_from([(2,), (1, 1), (2, 3), (0, 2)]))
    options = {
        "kernel_size": kernel,
        "stride": draw(st.one_of(st.none(), st.tuples(st.integers(1, 4), st.integers(1, 4)))),
        "padding": padding,
        "dilation": dilation,
        "ceil_mode": draw(st.booleans()),
    }
    return Case("drawn", {"input": Draw((*leading, *lengths))}, options, draw(seeds))


_NEGATIVE = [[[[-5.0, -2.0, -7.0], [-1.0, -6.0, -4.0], [-8.0, -3.0, -9.0]]]]
_TIED = (
    Case("many", {"input": Draw((2, 2, 6, 6), "tied")}, {"kernel_size": 2}, differentiable=False),
    _written("all-equal", [[[[3.0] * 4] * 4]], (2, 4), differentiable=False),
)

CARD = OperatorCard(
    "max_pool2d",
    documented("generated/torch.nn.MaxPool2d.html"),
    (
        value(
            "value",
            "Each output element is the largest of its window.",
            _case("tutorial-pair", (1, 6, 30, 30), (2, 2)),
            _case("tutorial-number", (1, 16, 13, 13), 2),
            _case("rectangular", (2, 3, 7, 9), (3, 2)),
            drawn=_drawn(),
        ),
        value(
            "number-is-square",
            "A window, stride, padding or dilation given as one number counts for height and width.",
            _case("all-numbers", (1, 2, 11, 10), 3, stride=2, padding=1, dilation=2),
        ),
        value(
            "stride-default",
            "The stride is the window's size unless it is given.",
            _case("pair", (2, 2, 9, 8), (3, 2)),
            _case("none", (1, 2, 9, 10), (2, 3), stride=None),
        ),
        value(
            "stride",
            "Windows are stride apart, and may overlap or leave gaps.",
            _case("overlapping", (1, 2, 8, 9), (3, 4), stride=(2, 1)),
            _case("gaps", (2, 1, 11, 12), 2, stride=(3, 5)),
        ),
        value(
            "padding",
            "Padding on both sides counts as negative infinity, so that it never is the largest.",
            _written("all-negative", _NEGATIVE, 2, padding=1),
            _case("pair", (2, 2, 6, 7), (2, 4), padding=(1, 2), stride=(2, 3)),
        ),
        value(
            "dilation",
            "The elements of a window are dilation apart.",
            _case("pair", (1, 2, 9, 10), (3, 2), dilation=(2, 3), stride=1),
            _case("strided", (2, 1, 10, 9), 2, dilation=(3, 1), stride=(2, 3)),
        ),
        value(
            "ceil-mode",
            "With ceil_mode, windows may go over the end if they start within the image or the padding before it.",
            _case("uneven", (1, 2, 6, 8), (4, 3), stride=(3, 3), ceil_mode=True),
            _case("padded", (2, 1, 7, 6), (3, 2), stride=(3, 4), padding=(1, 1), ceil_mode=True),
        ),
        value(
            "ceil-mode-drops",
            "With ceil_mode, a window that would start in the padding at the end is left out.",
            _case("one-left-out", (1, 1, 3, 5), (2, 3), stride=(4, 5), padding=1, ceil_mode=True),
            _case("both-left-out", (1, 2, 5, 7), 2, stride=(6, 8), padding=1, ceil_mode=True),
        ),
        value(
            "unbatched", "An input (C, H, W) gives an output without a batch.", _case("unbatched", (3, 6, 7), (2, 3))
        ),
        value("empty-batch", "A batch of no images gives a batch of no outputs.", _case("empty", (0, 2, 6, 5), 2)),
        value("ties", "A window with several largest elements gives their value.", *_TIED),
        value(
            "nan",
            "A window with a NaN gives NaN, as torch.maximum documents of the largest of two.",
            _written("once", [[[[1.0, _NAN, 3.0, 9.0], [4.0, 5.0, 6.0, 7.0]]]], 2, differentiable=False),
            _written("last", [[[[9.0, 1.0, _INF, 3.0], [4.0, _NAN, 6.0, _NAN]]]], 2, differentiable=False),
            link=documented("generated/torch.maximum.html"),
        ),
        value(
            "infinities",
            "Infinite elements are compared like others; a window of negative infinities gives negative infinity.",
            _written("both", [[[[_INF, 1.0, -_INF, -_INF], [2.0, 3.0, -_INF, -_INF]]]], 2, differentiable=False),
            _written("padded", [[[[-_INF, 1.0], [2.0, -_INF]]]], 2, padding=1, differentiable=False),
        ),
        shape(
            "output-size",
            "The number of windows is floor((length + 2 padding - dilation (kernel - 1) - 1) / stride + 1), or with "
            "ceil_mode the ceiling of it.",
            _case("tutorial-first", (1, 6, 30, 30), (2, 2)),
            _case("tutorial-second", (1, 16, 13, 13), 2),
            _case("does-not-divide", (2, 1, 11, 12), (3, 4), stride=(2, 5), padding=(1, 2)),
            _case("ceiling", (2, 1, 11, 12), (3, 4), stride=(3, 5), ceil_mode=True),
            _case("dilated", (1, 2, 12, 11), (3, 2), dilation=(2, 4), stride=(2, 3)),
        ),
        Statement(
            "gradient-at-ties",
            "The gradient of a window with several largest elements is a subgradient: it goes to those elements alone, "
            "and sums to the window's.",
            "gradient",
            _TIED,
            link=documented("notes/autograd.html#gradients-for-non-differentiable-functions"),
            formulas=("first", "last", "even"),
        ),
        refusal(
            "padding-bound",
            "Padding of more than half the window is refused.",
            _case("number", (1, 1, 6, 6), 2, padding=2),
            _case("width", (1, 1, 6, 6), (4, 2), padding=(2, 2)),
        ),
        refusal(
            "window-fits",
            "A window larger than the padded image is refused.",
            _case("too-wide", (1, 1, 4, 3), (2, 6), padding=(0, 1)),
        ),
        refusal(
            "dimensions",
            "An input of neither three nor four dimensions is refused.",
            _case("two", (6, 6), 2),
            _case("five", (1, 1, 1, 6, 6), 2),
        ),
    ),
    definition=max_pool2d,
    formulas=(
        Formula("first", "the first of several largest elements receives the gradient", max_pool2d),
        Formula("last", "the last of several largest elements receives the gradient", partial(max_pool2d, tie="last")),
        Formula("even", "several largest elements share the gradient evenly", partial(max_pool2d, tie="even")),
    ),
    output_shape=_output_shape,
    layer=Layer("MaxPool2d", lambda case: dict(case.options)),
)
