"""pad: an edge around an array, of one value or of the array's own elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.padding._layers import LAYERS, numbers
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, gather, positions
from conformance.oracle.movement import OUTSIDE, Positions

_INF = float("inf")


def pad(input: Bounded, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Bounded:
    """Return ``input`` with an edge.

    Args:
        input: Of any shape.
        pad: What is added before and after each dimension, the last dimension's two numbers first.
        mode: See the documentation.
        value: What the edge is in constant mode, 0 by default. Exactly representable.
    """
    source = positions(input.shape)
    for index, (before, after) in enumerate(zip(pad[::2], pad[1::2], strict=True)):
        source = _extended(source, len(input.shape) - 1 - index, before, after, mode)
    return gather(input, source, 0.0 if value is None else value)


def _extended(source: Positions, axis: int, before: int, after: int, mode: str) -> Positions:
    """Return positions with an edge along one axis."""
    size = source.shape[axis]
    place = np.arange(-before, size + after)
    inside = np.clip(place, 0, size - 1)
    if mode == "circular":
        inside = place % size
    elif mode == "reflect":
        inside = (size - 1) - abs((size - 1) - abs(place))
    taken: Positions = np.take(source, inside, axis)
    if mode == "constant":
        np.moveaxis(taken, axis, -1)[..., place != inside] = OUTSIDE
    return taken


def _output_shape(
    input: Sequence[int], pad: Sequence[int], mode: str = "constant", value: float | None = None
) -> tuple[int, ...]:
    del mode, value
    added = [0] * (len(input) - len(pad) // 2) + [sum(pad[i : i + 2]) for i in range(0, len(pad), 2)][::-1]
    return tuple(length + more for length, more in zip(input, added, strict=True))


def _case(name: str, image: tuple[int, ...], widths: tuple[int, ...], regime: str = "normal", **options: Any) -> Case:
    return Case(name, {"input": Draw(image, regime)}, {"pad": widths, **options})


def _around(**options: Any) -> tuple[Case, ...]:
    """Return a case of each number of padded dimensions, with a batch and without."""
    widths = (2, 1, 0, 3, 1, 2)
    lengths = (3, 4, 5)
    return tuple(
        _case(f"last-{n}-{kind}", (*leading, *lengths[-n:]), widths[: 2 * n], **options)
        for n in (1, 2, 3)
        for kind, leading in (("batch", (2, 2)), ("no-batch", (3,)))
    )


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    n = draw(st.integers(1, 3))
    mode = draw(st.sampled_from(["constant", "reflect", "replicate", "circular"]))
    lengths = [draw(st.integers(1, 4)) for _ in range(n)]
    most = {"reflect": [length - 1 for length in lengths], "circular": lengths}.get(mode, [5] * n)
    widths = tuple(draw(st.integers(0, width)) for width in reversed(most) for _ in (0, 1))
    leading = draw(st.sampled_from([(2,), (1, 1), (2, 3)]))
    options: dict[str, Any] = {"pad": widths, "mode": mode}
    if mode == "constant":
        options["value"] = draw(st.sampled_from([None, 0.0, -1.5, 7.0, _INF]))
    return Case("drawn", {"input": Draw((*leading, *lengths))}, options, draw(seeds))


CARD = OperatorCard(
    "pad",
    documented("generated/torch.nn.functional.pad.html"),
    (
        value(
            "value",
            "In constant mode an edge of the given value is put around the elements.",
            *_around(mode="constant", value=-3.5),
            _case("infinite", (2, 3), (1, 2), value=_INF),
            drawn=_drawn(),
        ),
        value("value-default", "The value of the edge is 0 unless it is given.", *_around()),
        value(
            "order",
            "The widths come in pairs, before and after, the last dimension's first; half as many dimensions as there "
            "are widths are padded.",
            _case("last", (2, 3, 4), (1, 3)),
            _case("last-two", (2, 3, 4), (1, 0, 2, 3)),
            _case("all", (2, 3, 4), (0, 1, 3, 0, 2, 1), value=2.0),
            _case("none", (2, 3), ()),
        ),
        value(
            "any-dimensions",
            "Constant mode pads any number of dimensions.",
            _case("one", (4,), (2, 1), value=1.5),
            _case("four-of-four", (2, 1, 3, 2), (0, 1, 2, 0, 1, 1, 3, 0), value=-1.0),
            _case("five-of-six", (1, 2, 1, 2, 1, 2), (1, 0, 0, 1, 2, 0, 0, 2, 1, 1)),
        ),
        value(
            "reflect",
            "In reflect mode the edge mirrors the elements, the outermost not repeated.",
            *_around(mode="reflect"),
            link=documented("generated/torch.nn.ReflectionPad2d.html"),
        ),
        value(
            "reflect-widest",
            "In reflect mode widths of one less than the size are the widest.",
            _case("both-sides", (2, 4), (3, 3), mode="reflect"),
            _case("two-dimensions", (1, 2, 3, 4), (3, 0, 1, 2), mode="reflect"),
            link=documented("generated/torch.nn.ReflectionPad2d.html"),
        ),
        value(
            "replicate",
            "In replicate mode the edge repeats the outermost elements.",
            *_around(mode="replicate"),
            _case("wider-than-the-input", (1, 2, 2), (5, 3), mode="replicate"),
            link=documented("generated/torch.nn.ReplicationPad2d.html"),
        ),
        value(
            "circular",
            "In circular mode the elements at the beginning pad the end, and those at the end the beginning.",
            *_around(mode="circular"),
            link=documented("generated/torch.nn.CircularPad2d.html"),
        ),
        value(
            "circular-widest",
            "In circular mode widths of the size are the widest.",
            _case("both-sides", (2, 3), (3, 3), mode="circular"),
            _case("two-dimensions", (1, 2, 2, 4), (4, 1, 0, 2), mode="circular"),
            link=documented("generated/torch.nn.CircularPad2d.html"),
        ),
        value(
            "circular-negative",
            "In circular mode negative widths remove the ends.",
            _case("one-end", (1, 2, 5), (-2, 0), mode="circular"),
            _case("both-ends", (2, 5), (-1, -2), mode="circular"),
            _case("one-dimension-of-two", (2, 4, 5), (-1, -2, 1, 2), mode="circular"),
            link=documented("generated/torch.nn.CircularPad2d.html"),
        ),
        shape(
            "output-size",
            "Each padded dimension grows by the sum of its two widths.",
            _case("constant", (2, 3, 4), (1, 2, 0, 3)),
            _case("reflect", (2, 3, 4), (1, 2, 0, 2), mode="reflect"),
            _case("replicate", (2, 3, 4, 5), (5, 0, 1, 2), mode="replicate"),
            _case("circular", (1, 2, 3, 3, 4), (1, 2, 0, 3, 2, 1), mode="circular"),
            link=documented("generated/torch.nn.ReflectionPad2d.html"),
        ),
        *numbers(),
        refusal("pairs", "An odd number of widths is refused.", _case("three", (2, 3, 4), (1, 1, 1))),
        refusal(
            "too-many",
            "Widths for more dimensions than there are are refused.",
            _case("three-of-two", (2, 3), (1, 1, 1, 1, 1, 1)),
        ),
        refusal(
            "mode", "A mode that is none of the four is refused.", _case("mirror", (2, 3, 4), (1, 1), mode="mirror")
        ),
        refusal(
            "edge-dimensions",
            "Modes other than constant pad the last dimension of 2 or 3, the last two of 3 or 4, or the last three of "
            "4 or 5; other combinations are refused.",
            *(
                _case(f"{mode}-{name}", image, widths, mode=mode)
                for mode in ("reflect", "replicate", "circular")
                for name, image, widths in (("one-of-one", (4,), (1, 1)), ("one-of-four", (1, 2, 3, 4), (1, 1)))
            ),
        ),
        refusal(
            "reflect-bound",
            "In reflect mode a width that is not less than the size is refused.",
            _case("before", (1, 2, 3), (3, 0), mode="reflect"),
            _case("after", (2, 2, 3), (0, 2, 0, 2), mode="reflect"),
            link=documented("generated/torch.nn.ReflectionPad2d.html"),
        ),
        refusal(
            "circular-bound",
            "In circular mode a width of more than the size is refused.",
            _case("before", (1, 2, 3), (4, 0), mode="circular"),
            _case("after", (2, 2, 3), (0, 1, 0, 3), mode="circular"),
            link=documented("generated/torch.nn.CircularPad2d.html"),
        ),
        refusal(
            "replicate-positive",
            "In replicate mode widths that leave nothing of a dimension are refused.",
            _case("one-dimension", (1, 2, 3), (-1, -2), mode="replicate"),
            _case("one-of-two", (1, 2, 2), (-1, -1, 0, 0), mode="replicate"),
            link=documented("generated/torch.nn.ReplicationPad2d.html"),
        ),
    ),
    definition=pad,
    selects=True,
    output_shape=_output_shape,
    further_layers=LAYERS,
)
