"""Images and kernels for conv2d: its cases, and what is drawn."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds
from conformance.data import Draw


def _inputs(
    image: tuple[int, ...],
    features: int,
    kernel: tuple[int, int],
    *,
    groups: int = 1,
    bias: bool = True,
    regime: str = "normal",
) -> dict[str, Draw | None]:
    return {
        "input": Draw(image, regime),
        "weight": Draw((features, image[-3] // groups, *kernel), regime),
        "bias": Draw((features,), regime) if bias else None,
    }


def case(name: str, image: tuple[int, ...], features: int, kernel: tuple[int, int], **options: Any) -> Case:
    """Return a case; ``bias=False`` leaves the bias out, ``regime`` is that of the data, the rest are options."""
    bias, regime = options.pop("bias", True), options.pop("regime", "normal")
    inputs = _inputs(image, features, kernel, groups=options.get("groups", 1), bias=bias, regime=regime)
    return Case(name, inputs, options)


@st.composite
def drawn(draw: st.DrawFn) -> Case:
    groups = draw(st.integers(1, 3))
    kernel = (draw(st.integers(1, 4)), draw(st.integers(1, 4)))
    dilation = (draw(st.integers(1, 3)), draw(st.integers(1, 3)))
    stride = (draw(st.integers(1, 3)), draw(st.integers(1, 3)))
    padding = (draw(st.integers(0, 3)), draw(st.integers(0, 3)))
    smallest = [max(1, d * (k - 1) + 1 - 2 * p) for k, d, p in zip(kernel, dilation, padding, strict=True)]
    lengths = [draw(st.integers(s, s + 6)) for s in smallest]
    batch = draw(st.sampled_from([(), (1,), (2,), (0,)]))
    image = (*batch, groups * draw(st.integers(1, 3)), *lengths)
    return Case(
        "drawn",
        _inputs(
            image,
            groups * draw(st.integers(1, 3)),
            kernel,
            groups=groups,
            bias=draw(st.booleans()),
            regime=draw(regimes),
        ),
        {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups},
        draw(seeds),
    )
