"""affine_grid: the grid that an affine map takes the places of an image to."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from conformance.card import OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Arithmetic, Bounded, broadcast_to, matmul, rearrange, reshape, stack


def affine_grid(theta: Bounded, size: tuple[int, ...], align_corners: bool | None = None) -> Bounded:
    """Return, for each pixel of images of ``size``, theta times its place (x, y, 1), or (x, y, z, 1).

    Shapes: theta (N, n, n + 1), size (N, C, *lengths) with n lengths, output (N, *lengths, n).
    """
    lengths = size[2:]
    n = len(lengths)
    lines = []
    for axis in reversed(range(n)):
        line = _line(lengths[axis], theta.arithmetic, corners=bool(align_corners))
        alone = tuple(length if other == axis else 1 for other, length in enumerate(lengths))
        lines.append(reshape(broadcast_to(reshape(line, alone), lengths), (prod(lengths),)))
    ones = Bounded.input(np.ones(prod(lengths)), theta.arithmetic)
    places = reshape(stack([*lines, ones], 1), (1, prod(lengths), n + 1))
    moved = matmul(places, rearrange(theta, lambda x: x.swapaxes(1, 2)))
    return reshape(moved, (theta.shape[0], *lengths, n))


def _line(length: int, arithmetic: Arithmetic, *, corners: bool) -> Bounded:
    """Return the places of a line of pixels: from -1 to 1, or half a pixel inside of that."""
    if length == 1:
        return Bounded.input(np.zeros(1), arithmetic)
    step = Bounded.input(np.asarray(2.0), arithmetic) / float(length - 1)
    line = Bounded.input(np.arange(float(length)), arithmetic) * step - 1.0
    return line if corners else line * (Bounded.input(np.asarray(float(length - 1)), arithmetic) / float(length))


def _output_shape(theta: tuple[int, ...], size: tuple[int, ...], align_corners: bool | None = None) -> tuple[int, ...]:
    del align_corners
    return (theta[0], *size[2:], theta[1])


def _case(name: str, size: tuple[int, ...], regime: str = "normal", **options: Any) -> Case:
    n = len(size) - 2
    return Case(name, {"theta": Draw((size[0], n, n + 1), regime)}, {"size": size, **options})


CARD = OperatorCard(
    "affine_grid",
    documented("generated/torch.nn.functional.affine_grid.html"),
    (
        value(
            "value",
            "By default each place of the grid is theta times (x, y, 1), where x and y are the place of the pixel's "
            "centre if -1 and 1 are the edges of the image.",
            _case("images", (2, 3, 4, 5)),
            _case("many-magnitudes", (1, 1, 3, 2), "wide"),
        ),
        value(
            "align-corners",
            "With align_corners -1 and 1 are the centres of the corner pixels.",
            _case("images", (2, 3, 4, 5), align_corners=True),
            _case("long", (1, 1, 2, 9), align_corners=True),
        ),
        value(
            "volumes",
            "Volumes have places (x, y, z) and a theta of three rows.",
            _case("edges", (2, 1, 2, 3, 4)),
            _case("corners", (1, 2, 3, 2, 5), align_corners=True),
        ),
        value(
            "unit-length",
            "With align_corners all places along a dimension of one pixel are at 0.",
            _case("height", (1, 1, 1, 4), align_corners=True),
            _case("both", (2, 1, 1, 1), align_corners=True),
        ),
        shape(
            "output-size",
            "The grid has the batch of theta, the lengths of the size, and a component for each of them.",
            _case("image", (2, 3, 4, 5)),
            _case("volume", (2, 1, 3, 4, 5)),
        ),
        refusal(
            "theta-shape",
            "A theta whose shape does not go with the size is refused.",
            Case("columns", {"theta": Draw((2, 2, 4))}, {"size": (2, 1, 3, 3)}),
            Case("volume", {"theta": Draw((2, 2, 3))}, {"size": (2, 1, 3, 3, 3)}),
            Case("batch", {"theta": Draw((3, 2, 3))}, {"size": (2, 1, 3, 3)}),
        ),
    ),
    definition=affine_grid,
    output_shape=_output_shape,
)
