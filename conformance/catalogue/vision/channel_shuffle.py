"""channel_shuffle: the channels of several groups taken in turn."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue.vision._shared import Positions
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, rearrange


def channel_shuffle(input: Bounded, groups: int) -> Bounded:
    """Return ``input`` (N, C, *) with its groups of C / groups channels rearranged as (C / groups, groups)."""

    def shuffled(x: Positions) -> Positions:
        batch, channels, *lengths = x.shape
        apart = x.reshape(batch, groups, channels // groups, *lengths)
        return apart.swapaxes(1, 2).reshape(x.shape)

    return rearrange(input, shuffled)


def _output_shape(input: tuple[int, ...], groups: int) -> tuple[int, ...]:
    del groups
    return input


def _case(name: str, lengths: tuple[int, ...], groups: int) -> Case:
    return Case(name, {"input": Draw(lengths)}, {"groups": groups})


CARD = OperatorCard(
    "channel_shuffle",
    documented("generated/torch.nn.ChannelShuffle.html"),
    (
        value(
            "value",
            "The channels are divided into groups and rearranged as (C / groups, groups): the first of every group, "
            "then the second of every group.",
            _case("documented", (1, 4, 2, 2), 2),
            _case("two-groups", (2, 6, 2, 3), 2),
            _case("three-groups", (1, 12, 1, 2), 3),
        ),
        value("spatial", "The input may have any number of spatial dimensions.", _case("three", (1, 6, 2, 1, 3), 3)),
        value(
            "trivial-groups",
            "One group, and groups of one channel, leave the input as it is.",
            _case("one-group", (1, 6, 2, 2), 1),
            _case("one-channel", (1, 3, 2, 2), 3),
        ),
        shape("output-size", "The output has the input's shape.", _case("eight", (2, 8, 3, 5), 4)),
        refusal(
            "channels-divide",
            "A number of channels that the number of groups does not divide is refused.",
            _case("six-by-four", (1, 6, 2, 2), 4),
        ),
    ),
    definition=channel_shuffle,
    selects=True,
    output_shape=_output_shape,
    layer=Layer("ChannelShuffle", lambda case: dict(case.options)),
)
