"""pixel_unshuffle: pixels turned into channels."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue.vision._shared import unshuffled
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, rearrange


def pixel_unshuffle(input: Bounded, downscale_factor: int) -> Bounded:
    """Return ``input`` (*, C, H r, W r) as (*, C r r, H, W): the reverse of pixel_shuffle."""
    return rearrange(input, lambda x: unshuffled(x, downscale_factor))


def _output_shape(input: tuple[int, ...], downscale_factor: int) -> tuple[int, ...]:
    *leading, channels, height, width = input
    return (*leading, channels * downscale_factor**2, height // downscale_factor, width // downscale_factor)


def _case(name: str, lengths: tuple[int, ...], factor: int) -> Case:
    return Case(name, {"input": Draw(lengths)}, {"downscale_factor": factor})


CARD = OperatorCard(
    "pixel_unshuffle",
    documented("generated/torch.nn.PixelUnshuffle.html"),
    (
        value(
            "value",
            "pixel_unshuffle reverses pixel_shuffle: the r x r pixels that one was turned into become r r consecutive "
            "channels again.",
            _case("one-channel", (2, 1, 4, 6), 2),
            _case("two-channels", (1, 2, 6, 4), 2),
            _case("by-three", (1, 2, 6, 3), 3),
        ),
        value(
            "leading-dimensions",
            "There may be any number of batch dimensions, none included.",
            _case("none", (2, 4, 6), 2),
            _case("two", (2, 3, 1, 2, 4), 2),
        ),
        value("factor-one", "A factor of 1 leaves the input as it is.", _case("one", (1, 3, 2, 4), 1)),
        value("empty-batch", "A batch of nothing stays a batch of nothing.", _case("empty", (0, 1, 4, 6), 2)),
        shape(
            "output-size",
            "The output has r r times the channels, and the height and the width divided by r.",
            _case("by-two", (2, 3, 6, 10), 2),
            _case("by-three", (1, 1, 12, 12), 3),
        ),
        refusal(
            "lengths-divide",
            "A height or width that r does not divide is refused.",
            _case("height", (1, 1, 5, 4), 2),
            _case("width", (1, 1, 4, 5), 2),
        ),
    ),
    definition=pixel_unshuffle,
    selects=True,
    output_shape=_output_shape,
    layer=Layer("PixelUnshuffle", lambda case: dict(case.options)),
)
