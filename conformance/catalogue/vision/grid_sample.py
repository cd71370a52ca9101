"""grid_sample: images read at the places that a grid names."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.vision._sampling import cubic_weight, linear_weight, nearest, sampled
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, absolute, clamp, rearrange, where
from conformance.oracle.selection import as_float


def grid_sample(
    input: Bounded,
    grid: Bounded,
    mode: str = "bilinear",
    padding_mode: str = "zeros",
    align_corners: bool | None = None,
) -> Bounded:
    """Return ``input`` read at the places of ``grid``, from -1 to 1 in each dimension, the last dimension first.

    Shapes: input (N, C, *lengths), grid (N, *outputs, number of lengths), output (N, C, *outputs).
    """
    known = where(~np.isnan(as_float(grid.value)), grid, -1.0)
    places = []
    for axis, length in enumerate(input.shape[2:]):
        component = rearrange(known, lambda x, axis=axis: x[..., -1 - axis])  # type: ignore[misc]
        places.append(_place(component, length, padding_mode, corners=bool(align_corners)))
    if mode == "nearest":
        return nearest(input, [np.rint(as_float(place.value)).astype(np.intp) for place in places])
    return sampled(input, places, *((cubic_weight, (-1, 2)) if mode == "bicubic" else (linear_weight, (-1, 1))))


def _place(component: Bounded, length: int, padding_mode: str, *, corners: bool) -> Bounded:
    """Return the place, in pixels from the centre of the first, that a component of the grid means."""
    if corners:
        place = (component + 1.0) * 0.5 * float(length - 1)
        low, high = 0.0, float(length - 1)
    else:
        place = ((component + 1.0) * float(length) - 1.0) * 0.5
        low, high = -0.5, length - 0.5
    if padding_mode == "reflection":
        place = _reflected(place, low, high)
    return place if padding_mode == "zeros" else clamp(place, 0.0, float(length - 1))


def _reflected(place: Bounded, low: float, high: float) -> Bounded:
    """Return ``place`` reflected by the borders until it lies between them."""
    span = high - low
    if span == 0:
        return place * 0.0 + low
    beyond = absolute(place - low)
    times = np.floor(as_float(beyond.value) / span)
    rest = beyond - Bounded.input(times * span, place.arithmetic)
    return where(times % 2 == 0, rest, span - rest) + low


def _output_shape(input: tuple[int, ...], grid: tuple[int, ...], **_: Any) -> tuple[int, ...]:
    return (*input[:2], *grid[1:-1])


def _grid(lengths: tuple[int, ...], lowest: float, highest: float, seed: int = 0) -> Values:
    """Return a grid whose components are, up to their signs, between two bounds, and at no pixel's centre or edge."""
    random = np.random.default_rng(seed)
    size = np.round(random.uniform(lowest, highest, lengths) * 1024) / 1024 + 1 / 2048
    return Values((size * random.choice([-1.0, 1.0], lengths)).tolist())


_INSIDE = (0.0, 0.65)
"""Places whose neighbours all lie in an image of at least 3 pixels, or of 4 where four neighbours count."""
_FAR = (2.1, 4.4)
"""Places that lie more than a pixel outside of an image of at least 3 pixels."""


def _case(
    name: str,
    image: tuple[int, ...],
    outputs: tuple[int, ...],
    bounds: tuple[float, float] = _INSIDE,
    seed: int = 0,
    **options: Any,
) -> Case:
    grid = _grid((image[0], *outputs, len(outputs)), *bounds, seed)
    return Case(name, {"input": Draw(image), "grid": grid}, options, seed)


def _both(mode: str, bounds: tuple[float, float], *, modes: bool = True) -> tuple[Case, ...]:
    """Return cases of a padding mode, with and without aligned corners, and by the nearest pixel too."""
    found = [
        _case(name, (1, 2, 4, 5), (3, 3), bounds, seed, padding_mode=mode, align_corners=corners)
        for seed, (name, corners) in enumerate((("edges", False), ("corners", True)))
    ]
    if modes:
        found.append(_case("nearest", (1, 2, 4, 5), (3, 3), bounds, 7, padding_mode=mode, mode="nearest"))
    found.append(_case("volume", (1, 1, 4, 3, 5), (2, 2, 2), bounds, 8, padding_mode=mode, align_corners=True))
    return tuple(found)


def _named(name: str, rows: list[list[list[float]]], **options: Any) -> Case:
    image = Draw((1, 2, 3, 4))
    return Case(name, {"input": image, "grid": Values([rows])}, options, differentiable=False)


_NAN = [[[float("nan"), 0.25], [0.125, float("nan")], [float("nan"), float("nan")]]]

_drawn = st.builds(
    lambda lengths, outputs, batch, mode, seed: Case(
        "drawn",
        {"input": Draw((batch, 2, *lengths)), "grid": Draw((batch, *outputs, 2), "probability")},
        {"align_corners": True, "padding_mode": mode},
        seed,
    ),
    st.tuples(st.integers(2, 5), st.integers(2, 5)),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.integers(1, 2),
    st.sampled_from(["zeros", "border", "reflection"]),
    seeds,
)

CARD = OperatorCard(
    "grid_sample",
    documented("generated/torch.nn.functional.grid_sample.html"),
    (
        value(
            "value",
            "By default each output pixel is interpolated bilinearly between the input pixels around the place (x, y) "
            "that the grid names; -1 and 1 are the outer edges of the corner pixels.",
            _case("interior", (2, 3, 4, 5), (3, 2)),
            _case("one-place", (1, 1, 3, 7), (1, 1)),
            drawn=_drawn,
        ),
        value(
            "align-corners",
            "With align_corners -1 and 1 are the centres of the corner pixels.",
            _case("interior", (2, 2, 4, 5), (3, 2), align_corners=True),
            _case("up-to-the-corners", (1, 2, 3, 4), (3, 3), (0.7, 0.99), align_corners=True),
        ),
        value(
            "corner-pixels",
            "x = -1, y = -1 is the left-top pixel and x = 1, y = 1 the right-bottom one; x goes along the width.",
            _named("corners", [[[-1.0, -1.0], [1.0, 1.0]], [[1.0, -1.0], [-1.0, 1.0]]], align_corners=True),
            _named(
                "nearest", [[[-1.0, -1.0], [1.0, 1.0]], [[1.0, -1.0], [-1.0, 1.0]]], align_corners=True, mode="nearest"
            ),
        ),
        value(
            "nearest",
            "Mode nearest takes the pixel that is nearest to the place.",
            _case("edges", (2, 2, 4, 5), (3, 4), mode="nearest"),
            _case("corners", (1, 2, 4, 5), (3, 4), seed=1, mode="nearest", align_corners=True),
        ),
        value(
            "bicubic",
            "Mode bicubic is cubic convolution of the four by four pixels around the place, with alpha = -0.75.",
            _case("edges", (1, 2, 7, 8), (3, 2), (0.0, 0.5), mode="bicubic"),
            _case("corners", (1, 1, 6, 9), (2, 3), (0.0, 0.5), 1, mode="bicubic", align_corners=True),
        ),
        value(
            "volumes",
            "Volumes are interpolated trilinearly at places (x, y, z), or taken from the nearest pixel.",
            _case("trilinear", (2, 2, 3, 4, 5), (2, 1, 3)),
            _case("corners", (1, 1, 3, 4, 5), (2, 2, 2), seed=1, align_corners=True),
            _case("nearest", (1, 2, 3, 4, 5), (2, 2, 2), seed=2, mode="nearest"),
        ),
        value(
            "zeros",
            "With padding_mode zeros places out of bounds give 0.",
            *_both("zeros", _FAR),
        ),
        value(
            "border",
            "With padding_mode border places out of bounds give the values of the border.",
            *_both("border", (0.9, 3.0)),
        ),
        value(
            "reflection",
            "With padding_mode reflection places out of bounds are reflected by the border, again and again until they "
            "are in bounds.",
            *_both("reflection", (0.9, 4.7)),
            _named("documented", [[[-3.5, 0.25], [1.5, 0.25], [-0.5, 0.25]]], padding_mode="reflection"),
        ),
        value(
            "nan",
            "A NaN in the grid counts as -1.",
            _named("border", _NAN, padding_mode="border"),
            _named("reflection", _NAN, padding_mode="reflection", align_corners=True),
            _named("zeros", _NAN, align_corners=True),
            _named("nearest-zeros", _NAN, align_corners=True, mode="nearest"),
        ),
        shape(
            "output-size",
            "The output has the batch and the channels of the input and the lengths of the grid.",
            _case("image", (2, 3, 4, 5), (6, 7)),
            _case("volume", (2, 3, 4, 5, 3), (2, 3, 4)),
        ),
        refusal(
            "bicubic-dimensions",
            "Mode bicubic is for images alone.",
            _case("volume", (1, 1, 4, 4, 4), (2, 2, 2), mode="bicubic"),
        ),
        refusal(
            "grid-shape",
            "A grid of another batch, of another number of dimensions or of another number of components is refused.",
            Case("batch", {"input": Draw((2, 1, 3, 3)), "grid": Draw((3, 2, 2, 2))}),
            Case("dimensions", {"input": Draw((2, 1, 3, 3)), "grid": Draw((2, 2, 2, 2, 3))}),
            Case("components", {"input": Draw((2, 1, 3, 3)), "grid": Draw((2, 2, 2, 3))}),
        ),
    ),
    definition=grid_sample,
    output_shape=_output_shape,
)
