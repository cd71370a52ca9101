"""Max unpooling over any number of spatial dimensions: the definition, and the clauses that all of them share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from conformance.card import Definition, Layer, OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds
from conformance.catalogue.convolution._shared import Lengths
from conformance.catalogue.pooling._shared import lengths_of
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, scatter


def unpooled_lengths(
    lengths: Sequence[int], kernel_size: Lengths, stride: Lengths | None, padding: Lengths, output_size: Any
) -> tuple[int, ...]:
    """Return the spatial lengths of the output: (length - 1) stride - 2 padding + kernel, or those that are asked for.

    The whole shape may be asked for as well, the batch and the channels first.
    """
    n = len(lengths)
    if output_size is not None:
        return tuple(output_size[-n:])
    kernel = lengths_of(kernel_size, n)
    step = kernel if stride is None else lengths_of(stride, n)
    return tuple(
        (length - 1) * s - 2 * p + k
        for length, s, p, k in zip(lengths, step, lengths_of(padding, n), kernel, strict=True)
    )


def unpooled(
    input: Bounded,
    indices: NDArray[Any],
    kernel_size: Lengths,
    stride: Lengths | None,
    padding: Lengths,
    output_size: Sequence[int] | None,
    *,
    dimensions: int,
) -> Bounded:
    """Return zeros but for the elements of ``input``, each at its index in its plane.

    Args:
        input: Of shape (N, C, *lengths) or (C, *lengths).
        indices: Positions in the output's planes, counted in reading order, of the same shape.
        kernel_size: See the documentation; so for the next three.
        stride: The window's size by default.
        padding: What the input of the pooling was padded with.
        output_size: The output's size, as unpooled_lengths takes it.
        dimensions: The number of spatial dimensions.
    """
    leading, lengths = input.shape[:-dimensions], input.shape[-dimensions:]
    found = unpooled_lengths(lengths, kernel_size, stride, padding, output_size)
    planes = np.arange(prod(leading)).reshape(*leading, *(1,) * dimensions) * prod(found)
    return scatter(input, np.asarray(planes + indices, dtype=np.intp), (*leading, *found))


def _indices(
    shape: Sequence[int], kernel: Sequence[int], stride: Sequence[int], padding: Sequence[int], output: Sequence[int]
) -> list[Any]:
    """Return an element of each window, no two alike and in no regular order, by its position in the output's plane."""
    n = len(kernel)
    cells = np.indices(shape)
    places = []
    for axis, (k, s, p) in enumerate(zip(kernel, stride, padding, strict=True)):
        start = cells[axis - n] * s - p
        low, high = np.maximum(-start, 0), np.minimum(min(k, s), output[axis] - start)
        mixed = 3 * cells.sum(axis=0) + 5 * cells[0] + axis
        places.append(start + low + mixed % np.maximum(high - low, 1))
    found: list[Any] = np.ravel_multi_index(places, tuple(output)).tolist()
    return found


def _case(
    name: str, image: tuple[int, ...], kernel_size: Lengths, dimensions: int, regime: str = "normal", **options: Any
) -> Case:
    n = dimensions
    kernel, pads = lengths_of(kernel_size, n), lengths_of(options.get("padding", 0), n)
    given = options.get("stride")
    step = kernel if given is None else lengths_of(given, n)
    # indices that fit the usual size too, so that a wrong size shows as another shape
    usual = unpooled_lengths(image[-n:], kernel, step, pads, None)
    asked = unpooled_lengths(image[-n:], kernel, step, pads, options.get("output_size"))
    positions = _indices(image, kernel, step, pads, usual)
    moved = np.ravel_multi_index(np.unravel_index(positions, usual), asked, mode="clip").tolist()
    return Case(
        name,
        {"input": Draw(image, regime), "indices": Values(moved, "int64")},
        {"kernel_size": kernel_size, **options},
    )


@st.composite
def _drawn(draw: st.DrawFn, n: int) -> Case:
    kernel = tuple(draw(st.integers(1, 4)) for _ in range(n))
    image = (*draw(st.sampled_from([(2,), (1, 1), (2, 3)])), *(draw(st.integers(1, 3)) for _ in range(n)))
    stride = draw(st.one_of(st.none(), st.just(tuple(k + 1 for k in kernel)), st.just(kernel)))
    case = _case("drawn", image, kernel, n, draw(regimes), stride=stride)
    return Case(case.name, case.inputs, case.options, draw(seeds))


def _output_shape(
    input: Sequence[int],
    indices: Sequence[int],
    kernel_size: Lengths,
    stride: Lengths | None = None,
    padding: Lengths = 0,
    output_size: Sequence[int] | None = None,
    *,
    dimensions: int,
) -> tuple[int, ...]:
    del indices
    n = dimensions
    return (*input[:-n], *unpooled_lengths(input[-n:], kernel_size, stride, padding, output_size))


def _called(layer: Any, inputs: Mapping[str, Any], case: Case, operators: Any) -> Any:
    """Call a layer, which takes the output's size with its inputs."""
    del operators
    asked = {"output_size": case.options["output_size"]} if "output_size" in case.options else {}
    return layer(*inputs.values(), **asked)


def unpooling_card(n: int, definition: Definition) -> OperatorCard:
    """Return the card of max unpooling over ``n`` spatial dimensions, ``definition`` being that of its file."""

    def last(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    def case(name: str, image: tuple[int, ...], kernel_size: Lengths, regime: str = "normal", **options: Any) -> Case:
        return _case(name, image, kernel_size, n, regime, **options)

    def output_shape(**given: Any) -> tuple[int, ...]:
        return _output_shape(**given, dimensions=n)

    beyond = Values(np.full((1, 1, *last(1, 1, 2)), prod(last(2, 2, 4))).tolist(), "int64")
    usual = (1, 2, *last(2, 3, 2))
    larger = tuple((length - 1) * 3 + 2 + 1 for length in usual[2:])
    return OperatorCard(
        f"max_unpool{n}d",
        documented(f"generated/torch.nn.MaxUnpool{n}d.html"),
        (
            value(
                "value",
                "Each element goes where its index, as max pooling gives it out, says; all others are zero.",
                case("planes", (2, 3, *last(2, 3, 2)), last(2, 2, 3)),
                case("wide", (1, 2, *last(1, 2, 4)), last(3, 2, 2), "wide"),
                drawn=_drawn(n),
            ),
            value(
                "number",
                "A window, stride or padding given as one number counts for every direction.",
                case("all-numbers", (1, 2, *last(2, 3, 2)), 3, stride=4, padding=1),
                *(() if n > 1 else (case("single-element", (2, 1, 3), (3,), stride=(4,), padding=(1,)),)),
            ),
            value(
                "stride-default",
                "The stride is the window's size unless it is given.",
                case("none", (1, 2, *last(2, 3, 2)), last(2, 3, 2), stride=None),
            ),
            value(
                "stride",
                "With a stride, the output is as large as windows that far apart need.",
                case("overlapping", (2, 1, *last(2, 3, 4)), last(2, 3, 3), stride=last(1, 2, 2)),
                case("gaps", (1, 2, *last(2, 2, 3)), 2, stride=last(4, 5, 3)),
            ),
            value(
                "padding",
                "What the input of the pooling was padded with is missing from the output.",
                case("mixed", (2, 2, *last(3, 2, 3)), last(3, 2, 4), padding=last(1, 0, 2), stride=last(3, 2, 4)),
            ),
            value(
                "output-size-given",
                "output_size says how large the output is, where several sizes are pooled to the same.",
                case("lengths", usual, 2, stride=3, output_size=larger),
                case("whole-shape", usual, 2, stride=3, output_size=(*usual[:2], *larger)),
            ),
            value(
                "unbatched",
                "An input without a batch dimension gives an output without one.",
                case("unbatched", (3, *last(2, 3, 2)), last(2, 2, 3)),
            ),
            shape(
                "output-size",
                "The output's lengths are (length - 1) stride - 2 padding + kernel.",
                case("plain", (2, 1, *last(2, 3, 4)), last(2, 3, 2)),
                case("all", (1, 2, *last(2, 4, 3)), last(2, 3, 4), stride=last(3, 4, 5), padding=last(1, 1, 2)),
            ),
            refusal(
                "index-beyond",
                "An index beyond the output is refused, as where a larger output_size would be needed.",
                Case("one", {"input": Draw((1, 1, *last(1, 1, 2))), "indices": beyond}, {"kernel_size": 2}),
                link=documented("generated/torch.nn.MaxUnpool2d.html"),
            ),
        ),
        definition=definition,
        selects=True,
        output_shape=output_shape,
        layer=Layer(
            f"MaxUnpool{n}d",
            lambda asked: {name: given for name, given in asked.options.items() if name != "output_size"},
            call=_called,
        ),
    )
