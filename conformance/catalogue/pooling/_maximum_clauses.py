"""What max pooling and adaptive max pooling are documented to do, over any number of spatial dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import Definition, Layer, OperatorCard, Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.convolution._shared import Lengths
from conformance.catalogue.pooling._maximum import TIES, tie_formulas
from conformance.catalogue.pooling._shared import lengths_of, pooled_lengths
from conformance.clause import documented
from conformance.data import Draw, Values

_NAN, _INF = float("nan"), float("inf")


def case(name: str, image: tuple[int, ...], kernel_size: Lengths, regime: str = "normal", **options: Any) -> Case:
    """Return a case of drawn data."""
    return Case(name, {"input": Draw(image, regime)}, {"kernel_size": kernel_size, **options})


def _written(name: str, rows: Any, n: int, kernel_size: Lengths, **options: Any) -> Case:
    """Return a case of one image written out, brought to ``n`` spatial dimensions; its gradient is not documented."""
    image = np.array(rows)
    shaped = image.reshape(1, 1, *(1,) * (n - 2), *(image.shape if n > 1 else (-1,)))
    return Case(name, {"input": Values(shaped.tolist())}, {"kernel_size": kernel_size, **options}, differentiable=False)


@st.composite
def _drawn(draw: st.DrawFn, n: int) -> Case:
    kernel = tuple(draw(st.integers(1, 4)) for _ in range(n))
    dilation = tuple(draw(st.integers(1, 2)) for _ in range(n))
    lengths = [draw(st.integers(d * (k - 1) + 1, d * (k - 1) + 7)) for k, d in zip(kernel, dilation, strict=True)]
    options = {
        "kernel_size": kernel,
        "stride": draw(st.one_of(st.none(), st.tuples(*[st.integers(1, 4)] * n))),
        "padding": tuple(draw(st.integers(0, k // 2)) for k in kernel),
        "dilation": dilation,
        "ceil_mode": draw(st.booleans()),
    }
    leading = draw(st.sampled_from([(2,), (1, 1), (2, 3), (0, 2)]))
    return Case("drawn", {"input": Draw((*leading, *lengths))}, options, draw(seeds))


def _windows(n: int, basic: tuple[Case, ...]) -> tuple[Statement, ...]:
    """Return what is documented of the windows."""

    def last(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    single = () if n == 3 else (case("single-element", (2, 1, *last(5, 8, 9)), (2,), stride=(3,), padding=(1,)),)
    return (
        value(
            "value",
            "Each output element is the largest of its window.",
            *basic,
            case("oblong", (2, 3, *last(5, 7, 9)), last(1, 3, 2)),
            drawn=_drawn(n),
        ),
        value(
            "number",
            "A window, stride, padding or dilation given as one number counts for every direction.",
            case("all-numbers", (1, 2, *last(7, 11, 10)), 3, stride=2, padding=1, dilation=2),
            *(single if n == 1 else ()),
        ),
        value(
            "stride-default",
            "The stride is the window's size unless it is given.",
            case("left-out", (2, 2, *last(4, 9, 8)), last(2, 3, 2)),
            case("none", (1, 2, *last(5, 9, 10)), last(3, 2, 3), stride=None),
        ),
        value(
            "stride",
            "Windows are stride apart, and may overlap or leave gaps.",
            case("overlapping", (1, 2, *last(5, 8, 9)), last(2, 3, 4), stride=last(1, 2, 1)),
            case("gaps", (2, 1, *last(6, 11, 12)), 2, stride=last(4, 3, 5)),
        ),
        value(
            "padding",
            "Padding on both sides counts as negative infinity, so that it never is the largest.",
            Case(
                "all-negative",
                {"input": Values(-1.0 - np.arange(prod(last(2, 2, 3))).reshape(1, 1, *last(2, 2, 3)))},
                {"kernel_size": 2, "padding": 1},
            ),
            case("mixed", (2, 2, *last(5, 6, 7)), last(2, 2, 4), padding=last(0, 1, 2), stride=last(1, 2, 3)),
        ),
        value(
            "dilation",
            "The elements of a window are dilation apart.",
            case("mixed", (1, 2, *last(5, 9, 10)), last(2, 3, 2), dilation=last(3, 2, 3), stride=1),
            case("strided", (2, 1, *last(6, 10, 9)), 2, dilation=last(2, 3, 1), stride=last(3, 2, 3)),
        ),
        value(
            "ceil-mode",
            "With ceil_mode, windows may go over the end if they start within the input or the padding before it.",
            case("uneven", (1, 2, *last(5, 6, 8)), last(2, 4, 3), stride=3, ceil_mode=True),
            case("padded", (2, 1, *last(6, 7, 6)), last(2, 3, 2), stride=last(3, 3, 4), padding=1, ceil_mode=True),
        ),
        value(
            "ceil-mode-drops",
            "With ceil_mode, a window that would start in the padding at the end is left out.",
            case(
                "last-left-out", (1, 1, *last(4, 3, 5)), last(3, 2, 3), stride=last(2, 4, 5), padding=1, ceil_mode=True
            ),
            case("all-left-out", (1, 2, *last(3, 5, 7)), 2, stride=last(4, 6, 8), padding=1, ceil_mode=True),
        ),
        value(
            "unbatched",
            "An input without a batch dimension gives an output without one.",
            case("unbatched", (3, *last(4, 6, 7)), last(3, 2, 3)),
        ),
        value("empty-batch", "A batch of nothing gives a batch of nothing.", case("empty", (0, 2, *last(4, 6, 5)), 2)),
    )


def _elements(n: int) -> tuple[Statement, ...]:
    """Return what is documented of which element is the largest."""

    def last(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    wide = last(1, 2, 2)
    tied = (
        Case("many", {"input": Draw((2, 2, *last(4, 6, 6)), "tied")}, {"kernel_size": 2}, differentiable=False),
        _written("all-equal", [[3.0] * 4] * 4, n, last(1, 2, 4)),
    )
    return (
        value(
            "indices",
            "With return_indices the position of each largest element comes along, counted through its plane in "
            "reading order, as max unpooling takes it.",
            case("strided", (2, 2, *last(3, 5, 7)), last(2, 2, 3), stride=last(1, 2, 2), return_indices=True),
            case(
                "padded-and-dilated",
                (1, 2, *last(4, 6, 5)),
                2,
                stride=last(2, 1, 2),
                padding=last(0, 1, 1),
                dilation=last(2, 3, 2),
                return_indices=True,
            ),
            case(
                "ceil-mode",
                (3, *last(3, 5, 6)),
                last(2, 2, 3),
                stride=last(2, 3, 4),
                ceil_mode=True,
                return_indices=True,
            ),
            link=documented(f"generated/torch.nn.MaxUnpool{n}d.html"),
        ),
        value("ties", "A window with several largest elements gives their value.", *tied),
        value(
            "nan",
            "A window with a NaN gives NaN, as torch.maximum documents of the largest of two.",
            _written("once", [[1.0, _NAN, 3.0, 9.0], [4.0, 5.0, 6.0, 7.0]], n, wide),
            _written("last", [[9.0, 1.0, _INF, 3.0], [4.0, _NAN, 6.0, _NAN]], n, wide),
            link=documented("generated/torch.maximum.html"),
        ),
        value(
            "infinities",
            "Infinite elements are compared like others; a window of negative infinities gives negative infinity.",
            _written("both", [[_INF, 1.0, -_INF, -_INF], [2.0, 3.0, -_INF, -_INF]], n, wide),
            _written("padded", [[-_INF, 1.0], [2.0, -_INF]], n, last(1, 2, 2), padding=last(0, 1, 1)),
        ),
        Statement(
            "gradient-at-ties",
            "The gradient of a window with several largest elements is a subgradient: it goes to those elements alone, "
            "and sums to the window's.",
            "gradient",
            tied,
            link=documented("notes/autograd.html#gradients-for-non-differentiable-functions"),
            formulas=TIES,
        ),
    )


def _limits(n: int, sizes: tuple[Case, ...]) -> tuple[Statement, ...]:
    """Return what is documented of sizes."""

    def last(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    return (
        shape(
            "output-size",
            "The number of windows is floor((length + 2 padding - dilation (kernel - 1) - 1) / stride + 1), or with "
            "ceil_mode the ceiling of it.",
            *sizes,
            case(
                "does-not-divide", (2, 1, *last(6, 11, 14)), last(2, 3, 4), stride=last(3, 2, 5), padding=last(1, 1, 2)
            ),
            case("ceiling", (2, 1, *last(6, 11, 12)), last(2, 3, 4), stride=last(3, 3, 5), ceil_mode=True),
            case("dilated", (1, 2, *last(6, 12, 11)), last(2, 3, 2), dilation=last(3, 2, 4), stride=last(2, 2, 3)),
        ),
        refusal(
            "padding-bound",
            "Padding that is negative or more than half the window is refused.",
            case("number", (1, 1, *(6,) * n), 2, padding=2),
            case("last", (1, 1, *(6,) * n), last(4, 4, 2), padding=(2,) * n),
            case("negative", (1, 1, *(6,) * n), 2, padding=-1),
            link=documented(f"generated/torch.nn.functional.max_pool{n}d.html"),
        ),
        refusal(
            "positive",
            "A window, stride or dilation that is not greater than 0 is refused."
            if n == 1
            else "A dilation that is not greater than 0 is refused.",
            case("dilation", (1, 1, *(6,) * n), 2, dilation=0),
            *((case("window", (1, 1, 6), 0, stride=1), case("stride", (1, 1, 6), 2, stride=0)) if n == 1 else ()),
            link=documented(f"generated/torch.nn.functional.max_pool{n}d.html"),
        ),
        refusal(
            "window-fits",
            "A window larger than the padded input is refused.",
            case("too-wide", (1, 1, *last(4, 4, 3)), last(2, 2, 6), padding=last(0, 0, 1)),
        ),
        refusal(
            "dimensions",
            f"An input of neither {n + 1} nor {n + 2} dimensions is refused.",
            case("too-few", (6,) * n, 2),
            case("too-many", (1, 1, 1, *(6,) * n), 2),
        ),
    )


def maximum_card(
    n: int, definition: Definition, basic: tuple[Case, ...] = (), sizes: tuple[Case, ...] = ()
) -> OperatorCard:
    """Return the card of max pooling over ``n`` dimensions, with further cases of its values and of its sizes."""

    def output_shape(
        input: Sequence[int],
        kernel_size: Lengths,
        stride: Lengths | None = None,
        padding: Lengths = 0,
        dilation: Lengths = 1,
        ceil_mode: bool = False,
    ) -> tuple[int, ...]:
        kernel = lengths_of(kernel_size, n)
        step = kernel if stride is None else lengths_of(stride, n)
        pads, steps = lengths_of(padding, n), lengths_of(dilation, n)
        return (*input[:-n], *pooled_lengths(input[-n:], kernel, step, pads, steps, ceil_mode=ceil_mode))

    return OperatorCard(
        f"max_pool{n}d",
        documented(f"generated/torch.nn.MaxPool{n}d.html"),
        (*_windows(n, basic), *_elements(n), *_limits(n, sizes)),
        definition=definition,
        selects=True,
        formulas=tie_formulas(definition),
        output_shape=output_shape,
        layer=Layer(f"MaxPool{n}d", lambda asked: dict(asked.options)),
    )
