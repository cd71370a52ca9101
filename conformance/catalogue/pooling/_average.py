"""Average pooling over any number of spatial dimensions: the definition, and the clauses that all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from conformance.card import Formula, Layer, OperatorCard, Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds
from conformance.catalogue.convolution._shared import Lengths
from conformance.catalogue.pooling._shared import lengths_of, pooled_lengths, pooled_positions
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, gather, total

_BEYOND = ("inside", "whole-window")


def average(
    input: Bounded,
    kernel_size: Lengths,
    stride: Lengths | None = None,
    padding: Lengths = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
    *,
    dimensions: int,
    count_beyond: bool = False,
) -> Bounded:
    """Return the sum of each window over its divisor; padding counts as zeros.

    Args:
        input: Of shape (N, C, *lengths) or (C, *lengths).
        kernel_size: See the documentation; so for the next five.
        stride: The window's size by default.
        padding: Zeros on both sides.
        ceil_mode: Let windows go off bounds.
        count_include_pad: Count padding in the divisor.
        divisor_override: The divisor in the place of the number of elements.
        dimensions: The number of spatial dimensions.
        count_beyond: Count the elements of a window that lie beyond the padding too, where padding is counted.
    """
    n = dimensions
    kernel, pads = lengths_of(kernel_size, n), lengths_of(padding, n)
    step = kernel if stride is None else lengths_of(stride, n)
    sums = total(gather(input, pooled_positions(input.shape, kernel, step, pads, (1,) * n, ceil_mode=ceil_mode)), (-1,))
    if divisor_override is not None:
        return sums / float(divisor_override)
    numbers = []
    for length, k, s, p, count in zip(input.shape[-n:], kernel, step, pads, sums.shape[-n:], strict=True):
        first = np.arange(count) * s - p
        end = first + k
        if not count_include_pad:
            first, end = np.maximum(first, 0), np.minimum(end, length)
        elif not count_beyond:
            end = np.minimum(end, length + p)
        numbers.append(end - first)
    divisor: NDArray[Any] = reduce(np.multiply.outer, numbers)
    return sums / Bounded.input(np.broadcast_to(divisor, sums.shape).astype(np.float64), input.arithmetic)


def _case(name: str, image: tuple[int, ...], kernel_size: Lengths, regime: str = "normal", **options: Any) -> Case:
    return Case(name, {"input": Draw(image, regime)}, {"kernel_size": kernel_size, **options})


@st.composite
def _drawn(draw: st.DrawFn, n: int) -> Case:
    kernel = tuple(draw(st.integers(1, 4)) for _ in range(n))
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    lengths = [draw(st.integers(k, k + 4)) for k in kernel]
    include = draw(st.booleans())
    options = {
        "kernel_size": kernel,
        "stride": draw(st.one_of(st.none(), st.tuples(*[st.integers(1, 4)] * n))),
        "padding": padding,
        "ceil_mode": not include and draw(st.booleans()),
        "count_include_pad": include,
    }
    leading = draw(st.sampled_from([(2,), (1, 1), (2, 3), (0, 2)]))
    return Case("drawn", {"input": Draw((*leading, *lengths), draw(regimes))}, options, draw(seeds))


def _positions(n: int) -> tuple[Statement, ...]:
    """Return what is documented of where windows lie."""

    def last(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    image = last(5, 6, 7)
    many = {1: (1800,), 2: (50, 36), 3: (10, 12, 15)}[n]
    return (
        value(
            "value",
            "Each output element is the sum of its window over the window's number of elements.",
            _case("windows", (2, 3, *image), last(2, 3, 2)),
            _case("cancelling", (1, 2, *image), last(2, 3, 4), regime="offset"),
            replace(_case("many-elements", (1, 1, *many), last(*many), "positive"), only_halves=True),
            drawn=_drawn(n),
        ),
        value(
            "number",
            "A window, stride or padding given as one number counts for every direction.",
            _case("all-numbers", (1, 2, *last(6, 8, 7)), 3, stride=2, padding=1),
            *(() if n == 3 else (_case("single-element", (2, 1, *last(6, 8, 7)), (3,), stride=(2,), padding=(1,)),)),
        ),
        value(
            "stride-default",
            "The stride is the window's size unless it is given.",
            _case("none", (1, 2, *last(5, 9, 8)), last(2, 3, 2), stride=None),
        ),
        value(
            "stride",
            "Windows are stride apart, and may overlap or leave gaps.",
            _case("overlapping", (1, 2, *last(5, 6, 7)), last(2, 3, 4), stride=last(1, 2, 1)),
            _case("gaps", (2, 1, *last(5, 8, 11)), 2, stride=last(3, 4, 5)),
        ),
        value(
            "padding",
            "Padding puts zeros on both sides, which count in the average by default.",
            _case("mixed", (2, 2, *image), last(4, 4, 5), padding=last(0, 1, 2), stride=last(2, 1, 3)),
        ),
        value(
            "unbatched",
            "An input without a batch dimension gives an output without one.",
            _case("unbatched", (3, *image), last(3, 2, 3)),
        ),
        value(
            "empty-batch", "A batch of nothing gives a batch of nothing.", _case("empty", (0, 2, *image), last(2, 3, 2))
        ),
        shape(
            "output-size",
            "The number of windows is floor((length + 2 padding - kernel) / stride + 1), with ceil_mode the ceiling.",
            _case("does-not-divide", (2, 1, *last(6, 11, 12)), last(2, 3, 4), stride=last(3, 3, 4), padding=1),
            _case("ceiling", (2, 1, *last(6, 11, 12)), last(2, 3, 4), stride=last(3, 3, 5), ceil_mode=True),
        ),
    )


def _divisors(n: int) -> tuple[Statement, ...]:
    """Return what is documented of the divisor."""

    def last(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    beyond = (
        _case("unpadded", (1, 2, *last(5, 6, 8)), last(2, 4, 3), stride=last(2, 3, 3), ceil_mode=True),
        _case("padded", (2, 1, *last(4, 7, 6)), last(2, 3, 3), stride=last(3, 3, 4), padding=1, ceil_mode=True),
    )
    states = [
        value(
            "count-include-pad",
            "Without count_include_pad, the average is over the elements that are not padding.",
            _case("excluded", (2, 2, *last(4, 5, 6)), last(2, 3, 4), padding=last(1, 1, 2), count_include_pad=False),
        ),
        value(
            "ceil-mode",
            "With ceil_mode, windows may go over the end if they start within the input or the padding before it.",
            _case("uneven", (1, 2, *last(5, 6, 8)), last(2, 4, 3), stride=3, ceil_mode=True, count_include_pad=False),
        ),
        value(
            "ceil-mode-drops",
            "With ceil_mode, a window that would start in the padding at the end is left out.",
            _case("left-out", (1, 2, *last(3, 4, 5)), 2, stride=last(4, 5, 6), padding=1, ceil_mode=True),
        ),
        value(
            "ceil-mode-divisor",
            "The divisor of a window that ceil_mode lets go beyond the padding is the size of its region.",
            *beyond,
            formulas=_BEYOND,
        ),
        Statement(
            "gradient-ceil-mode-divisor",
            "The gradient under ceil_mode is divided by the same number as the sum.",
            "gradient",
            beyond,
            formulas=_BEYOND,
        ),
    ]
    if n > 1:
        padded: dict[str, Any] = {"padding": last(1, 1, 2), "count_include_pad": False, "divisor_override": 5}
        states.append(
            value(
                "divisor-override",
                "divisor_override is the divisor in the place of the number of elements.",
                _case("plain", (2, 1, *last(4, 5, 6)), last(2, 3, 2), divisor_override=7),
                _case("padded", (1, 2, *last(4, 5, 6)), last(2, 3, 4), **padded),
            )
        )
    return tuple(states)


def _refusals(n: int) -> tuple[Statement, ...]:
    most = (2, 3, 4)[-n:]
    return (
        refusal(
            "padding-bound",
            "Padding of more than half the window is refused.",
            _case("number", (1, 1, *(6,) * n), 2, padding=2),
        ),
        refusal(
            "window-fits",
            "A window larger than the padded input is refused.",
            _case("too-wide", (1, 1, *(4, 4, 3)[-n:]), (2, 2, 6)[-n:]),
        ),
        refusal(
            "dimensions",
            f"An input of neither {n + 1} nor {n + 2} dimensions is refused.",
            _case("too-few", (6,) * n, most),
            _case("too-many", (1, 1, 1, *(6,) * n), most),
        ),
    )


def average_card(n: int, definition: Any) -> OperatorCard:
    """Return the card of average pooling over ``n`` spatial dimensions, ``definition`` being that of its file."""

    def whole(input: Bounded, **options: Any) -> Bounded:
        return average(input, **options, dimensions=n, count_beyond=True)

    def output_shape(
        input: Sequence[int],
        kernel_size: Lengths,
        stride: Lengths | None = None,
        padding: Lengths = 0,
        ceil_mode: bool = False,
    ) -> tuple[int, ...]:
        kernel = lengths_of(kernel_size, n)
        step = kernel if stride is None else lengths_of(stride, n)
        found = pooled_lengths(input[-n:], kernel, step, lengths_of(padding, n), (1,) * n, ceil_mode=ceil_mode)
        return (*input[:-n], *found)

    return OperatorCard(
        f"avg_pool{n}d",
        documented(f"generated/torch.nn.AvgPool{n}d.html"),
        (*_positions(n), *_divisors(n), *_refusals(n)),
        definition=definition,
        formulas=(
            Formula(_BEYOND[0], "the elements of the input and its padding are counted", definition),
            Formula(_BEYOND[1], "all elements of the window are counted, wherever they lie", whole),
        ),
        output_shape=output_shape,
        layer=Layer(f"AvgPool{n}d", lambda case: dict(case.options)),
    )
