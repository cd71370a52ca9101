"""What convolutions and transposed convolutions of any number of dimensions document alike: cases and clauses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from conformance.card import Statement, refusal, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds
from conformance.data import Draw

Make = Callable[..., Case]
"""Makes a case: ``make(name, image, features, kernel, **options)``, with ``bias`` and ``regime`` among the options."""


def maker(*, transposed: bool) -> Make:
    """Return what makes cases; the weight of a transposed convolution has the input's channels first."""

    def make(name: str, image: tuple[int, ...], features: int, kernel: tuple[int, ...], **options: Any) -> Case:
        bias, regime = options.pop("bias", True), options.pop("regime", "normal")
        seed, groups = options.pop("seed", 0), options.get("groups", 1)
        channels = image[-len(kernel) - 1]
        weight = (channels, features // groups) if transposed else (features, channels // groups)
        inputs = {
            "input": Draw(image, regime),
            "weight": Draw((*weight, *kernel), regime),
            "bias": Draw((features,), regime) if bias else None,
        }
        return Case(name, inputs, options, seed)

    return make


@st.composite
def drawn(draw: st.DrawFn, n: int, make: Make, *, transposed: bool) -> Case:
    """Return a case with drawn options, which fit together."""

    def each(low: int, high: int) -> tuple[int, ...]:
        return tuple(draw(st.integers(low, high)) for _ in range(n))

    groups, kernel, dilation, stride = draw(st.integers(1, 2)), each(1, 3), each(1, 2), each(1, 3)
    padding = tuple(draw(st.integers(0, d * (k - 1) // 2)) for d, k in zip(dilation, kernel, strict=True))
    reach = [d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True)]
    lengths = each(1, 3) if transposed else tuple(draw(st.integers(r, r + 3)) for r in reach)
    options: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    if transposed:
        options["output_padding"] = tuple(
            draw(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation, strict=True)
        )
    image = (*draw(st.sampled_from([(), (1,), (2,), (0,)])), groups * draw(st.integers(1, 2)), *lengths)
    features = groups * draw(st.integers(1, 2))
    data = {"bias": draw(st.booleans()), "regime": draw(regimes), "seed": draw(seeds)}
    return make("drawn", image, features, kernel, **options, **data)


def alike(n: int, make: Make) -> tuple[Statement, ...]:
    """Return the clauses that convolutions and their transposes share, word by word."""

    def last(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    image, kernel = last(3, 5, 6), last(2, 3, 2)
    return (
        value("no-bias", "Without a bias nothing is added.", make("no-bias", (2, 2, *image), 3, kernel, bias=False)),
        value(
            "stride",
            "Kernels lie stride apart, one number for all directions or one for each.",
            make("number", (1, 2, *image), 3, kernel, stride=2),
            make("each", (2, 1, *image), 2, last(2, 2, 3), stride=last(1, 3, 2)),
        ),
        value(
            "dilation",
            "The kernel's elements are dilation apart, one number for all directions or one for each.",
            make("number", (1, 2, *last(3, 5, 6)), 2, last(2, 3, 3), dilation=2),
            make("each", (2, 1, *last(3, 5, 7)), 2, last(2, 2, 3), dilation=last(1, 2, 3)),
        ),
        value(
            "groups",
            "With groups, each group of output channels is made of its own group of input channels, in order.",
            make("two", (2, 4, *image), 6, kernel, groups=2),
            make("one-each", (1, 3, *image), 6, kernel, groups=3),
        ),
        value(
            "unbatched",
            "An input without a batch dimension gives an output without one.",
            make("unbatched", (3, *image), 2, kernel),
        ),
        value(
            "empty-batch",
            "A batch of nothing gives a batch of nothing.",
            make("empty", (0, 2, *image), 3, kernel),
        ),
        refusal(
            "groups-divide",
            "The number of input channels must be divisible by groups.",
            Case("input-channels", _plain((1, 3, *(4,) * n), (3, 1, *(2,) * n)), {"groups": 2}),
        ),
        refusal(
            "channel-mismatch",
            "An input whose channels are not those of the weight is refused.",
            Case("one-more", _plain((1, 4, *(4,) * n), (3, 3, *(2,) * n))),
        ),
        refusal(
            "dimensions",
            f"An input of neither {n + 1} nor {n + 2} dimensions is refused.",
            Case("too-few", _plain((4,) * n, (1, 1, *(2,) * n))),
            Case("too-many", _plain((1, 1, 1, *(4,) * n), (1, 1, *(2,) * n))),
        ),
    )


def _plain(image: tuple[int, ...], weight: tuple[int, ...]) -> dict[str, Draw | None]:
    return {"input": Draw(image), "weight": Draw(weight), "bias": None}
