"""pixel_shuffle: channels turned into pixels."""

from __future__ import annotations

from typing import Any

from conformance.card import Layer, OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue.vision._shared import shuffled
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, rearrange


def pixel_shuffle(input: Bounded, upscale_factor: int) -> Bounded:
    """Return ``input`` (*, C r r, H, W) as (*, C, H r, W r): channels read as C x r x r, lengths as H x r and W x r."""
    return rearrange(input, lambda x: shuffled(x, upscale_factor))


def _output_shape(input: tuple[int, ...], upscale_factor: int) -> tuple[int, ...]:
    *leading, channels, height, width = input
    return (*leading, channels // upscale_factor**2, height * upscale_factor, width * upscale_factor)


def _case(name: str, lengths: tuple[int, ...], factor: int) -> Case:
    return Case(name, {"input": Draw(lengths)}, {"upscale_factor": factor})


def _options(case: Case) -> dict[str, Any]:
    return dict(case.options)


CARD = OperatorCard(
    "pixel_shuffle",
    documented("generated/torch.nn.PixelShuffle.html"),
    (
        value(
            "value",
            "pixel_shuffle makes images of (C, H r, W r) of those of (C r r, H, W): r r consecutive channels are the "
            "rows of the r x r pixels that they turn each pixel into.",
            _case("one-channel", (2, 4, 2, 3), 2),
            _case("two-channels", (1, 8, 3, 2), 2),
            _case("by-three", (1, 18, 2, 1), 3),
        ),
        value(
            "leading-dimensions",
            "There may be any number of batch dimensions, none included.",
            _case("none", (8, 2, 3), 2),
            _case("two", (2, 3, 4, 1, 2), 2),
        ),
        value("factor-one", "A factor of 1 leaves the input as it is.", _case("one", (1, 3, 2, 4), 1)),
        value("empty-batch", "A batch of nothing stays a batch of nothing.", _case("empty", (0, 4, 2, 3), 2)),
        shape(
            "output-size",
            "The output has r r times fewer channels, r times the height and r times the width.",
            _case("by-two", (2, 12, 3, 5), 2),
            _case("by-three", (1, 9, 4, 4), 3),
        ),
        refusal(
            "channels-divide",
            "A number of channels that r r does not divide is refused.",
            _case("six", (1, 6, 2, 2), 2),
        ),
    ),
    definition=pixel_shuffle,
    selects=True,
    output_shape=_output_shape,
    layer=Layer("PixelShuffle", _options),
)
