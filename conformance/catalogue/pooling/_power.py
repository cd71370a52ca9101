"""Power-average pooling over any number of spatial dimensions: the definition, and the clauses that all share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import Definition, Layer, OperatorCard, Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.convolution._shared import Lengths
from conformance.catalogue.pooling._shared import lengths_of, pooled_lengths, pooled_positions
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, absolute, gather, maximum, power, total, where

_INF = float("inf")
_DOCUMENTED = ("documented",)
"""Keeps a statement's cases from the laws of gradients and layers, which have a statement of their own for it."""


def power_average(
    input: Bounded,
    norm_type: float,
    kernel_size: Lengths,
    stride: Lengths | None,
    ceil_mode: bool,
    *,
    dimensions: int,
) -> Bounded:
    """Return the p-th root of the sum of each window's p-th powers; the largest absolute value for an infinite p.

    Args:
        input: Of shape (N, C, *lengths) or (C, *lengths).
        norm_type: The exponent p.
        kernel_size: See the documentation; so for the next two.
        stride: The window's size by default.
        ceil_mode: Let windows go off bounds.
        dimensions: The number of spatial dimensions.
    """
    n = dimensions
    kernel = lengths_of(kernel_size, n)
    step = kernel if stride is None else lengths_of(stride, n)
    seen = pooled_positions(input.shape, kernel, step, (0,) * n, (1,) * n, ceil_mode=ceil_mode)
    if norm_type == _INF:
        return maximum(gather(absolute(input), seen, -_INF))
    sums = total(power(gather(input, seen), float(norm_type)), (-1,))
    something = np.asarray(sums.value != 0, dtype=np.bool_)  # where there is nothing, so is the gradient
    return where(something, power(where(something, sums, 1.0), 1.0 / norm_type), 0.0)


def _case(
    name: str, image: tuple[int, ...], norm_type: float, kernel_size: Lengths, regime: str = "normal", **options: Any
) -> Case:
    return Case(name, {"input": Draw(image, regime)}, {"norm_type": norm_type, "kernel_size": kernel_size, **options})


@st.composite
def _drawn(draw: st.DrawFn, n: int) -> Case:
    kernel = tuple(draw(st.integers(1, 4)) for _ in range(n))
    image = (
        *draw(st.sampled_from([(2,), (1, 1), (2, 3)])),
        *(draw(st.integers(k, k + 4)) for k in kernel),
    )
    norm_type, regime = draw(st.sampled_from([(2, "normal"), (1, "positive"), (3, "positive"), (1.5, "positive")]))
    options = {
        "norm_type": norm_type,
        "kernel_size": kernel if n > 1 else kernel[0],
        "stride": draw(st.one_of(st.none(), st.integers(1, 4))),
    }
    return Case("drawn", {"input": Draw(image, regime)}, options, draw(seeds))


def _windows(n: int) -> tuple[Statement, ...]:
    """Return what is documented of the windows."""

    def last(*lengths: int) -> Any:
        return lengths[-n:] if n > 1 else lengths[-1]

    def image(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    beyond = (
        _case("two", (1, 2, *image(5, 6, 8)), 2, last(2, 4, 3), stride=3, ceil_mode=True),
        _case("one", (2, 1, *image(3, 4, 5)), 1, last(2, 3, 2), "positive", ceil_mode=True),
    )
    number = value(
        "number",
        "A window or stride given as one number counts for every direction.",
        _case("both", (1, 2, *image(5, 6, 8)), 2, 3, stride=2),
    )
    return (
        *((number,) if n > 1 else ()),
        value(
            "stride-default",
            "The stride is the window's size unless it is given.",
            _case("none", (1, 2, *image(5, 9, 8)), 2, last(2, 2, 3), stride=None),
        ),
        value(
            "stride",
            "Windows are stride apart, and may overlap or leave gaps.",
            _case("overlapping", (1, 2, *image(4, 6, 7)), 2, last(2, 3, 4), stride=last(1, 2, 3)),
            _case("gaps", (2, 1, *image(5, 8, 11)), 2, last(2, 2, 3), stride=last(3, 4, 5)),
        ),
        value(
            "ceil-mode",
            "With ceil_mode, windows may go over the end if they start within the input; nothing beyond is summed.",
            *beyond,
            formulas=_DOCUMENTED,
        ),
        Statement(
            "gradient-ceil-mode",
            "The gradient under ceil_mode is that of the sum of what lies within the input.",
            "gradient",
            beyond,
            formulas=_DOCUMENTED,
        ),
        value(
            "ceil-mode-drops",
            "With ceil_mode, a window that would start behind the input is left out.",
            _case("left-out", (1, 2, *image(3, 4, 5)), 2, last(1, 2, 3), stride=last(3, 4, 5), ceil_mode=True),
        ),
        value(
            "unbatched",
            "An input without a batch dimension gives an output without one.",
            _case("unbatched", (3, *image(4, 5, 7)), 2, last(3, 2, 3)),
        ),
        shape(
            "output-size",
            "The number of windows is floor((length - kernel) / stride + 1), with ceil_mode the ceiling.",
            _case("does-not-divide", (2, 1, *image(6, 11, 12)), 2, last(2, 3, 4), stride=last(3, 3, 5)),
            _case("ceiling", (2, 1, *image(6, 11, 12)), 2, last(2, 3, 4), stride=last(3, 3, 5), ceil_mode=True),
        ),
    )


def _exponents(n: int) -> tuple[Statement, ...]:
    """Return what is documented of the exponent."""

    def last(*lengths: int) -> Any:
        return lengths[-n:] if n > 1 else lengths[-1]

    def image(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    def written(name: str, norm_type: float, row: list[float]) -> Case:
        options = {"norm_type": norm_type, "kernel_size": (1,) * (n - 1) + (2,) if n > 1 else 2}
        return Case(name, {"input": Values(np.reshape(row, (1, 1, *(1,) * (n - 1), -1)).tolist())}, options)

    return (
        value(
            "value",
            "Each output element is the p-th root of the sum of the p-th powers of its window.",
            _case("two", (2, 3, *image(4, 5, 6)), 2, last(1, 3, 2)),
            _case("three", (1, 2, *image(4, 5, 6)), 3, last(2, 2, 3), "positive"),
            _case("fraction", (1, 2, *image(4, 5, 6)), 1.25, last(2, 2, 3), "positive"),
            drawn=_drawn(n),
        ),
        value(
            "one",
            "With an exponent of 1 the elements are summed.",
            _case("positive", (1, 2, *image(4, 5, 6)), 1, last(2, 2, 3), "positive"),
            written("negative", 1, [-1.5, -2.25, 3.0, -0.5]),
        ),
        value(
            "infinity",
            "With an infinite exponent the largest absolute value is taken.",
            _case("plain", (2, 2, *image(4, 5, 6)), _INF, last(2, 2, 3)),
            _case("strided", (1, 2, *image(4, 6, 7)), _INF, last(2, 3, 4), stride=last(1, 2, 3)),
        ),
        Statement(
            "gradient-zero-sum",
            "Where the sum of the p-th powers is zero, the gradient is zero.",
            "gradient",
            (
                written("two", 2, [0.0, 0.0, 3.0, -4.0]),
                written("fraction", 1.25, [2.0, 1.0, 0.0, 0.0]),
                written("cancelled", 1, [1.5, -1.5, 2.0, 1.0]),
            ),
        ),
        refusal(
            "dimensions",
            f"An input of neither {n + 1} nor {n + 2} dimensions is refused.",
            _case("too-many", (1, 1, 1, *(6,) * n), 2, 2),
        ),
    )


def power_card(n: int, definition: Definition) -> OperatorCard:
    """Return the card of power-average pooling over ``n`` spatial dimensions, ``definition`` being that of its file."""

    def output_shape(
        input: Sequence[int],
        norm_type: float,
        kernel_size: Lengths,
        stride: Lengths | None = None,
        ceil_mode: bool = False,
    ) -> tuple[int, ...]:
        del norm_type
        kernel = lengths_of(kernel_size, n)
        step = kernel if stride is None else lengths_of(stride, n)
        return (*input[:-n], *pooled_lengths(input[-n:], kernel, step, (0,) * n, (1,) * n, ceil_mode=ceil_mode))

    basic, *others = _exponents(n)
    return OperatorCard(
        f"lp_pool{n}d",
        documented(f"generated/torch.nn.LPPool{n}d.html"),
        (basic, *_windows(n), *others),
        definition=definition,
        output_shape=output_shape,
        layer=Layer(f"LPPool{n}d", lambda case: dict(case.options)),
    )
