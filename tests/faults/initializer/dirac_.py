"""Slips of dirac_."""

from __future__ import annotations

from tests.faults.initializer._shared import own, slip

_PLACE = "structured:dirac_"

FAULTS = (
    slip(
        "dirac_.value",
        "first-element-and-not-the-middle",
        _PLACE,
        ("size // 2 for", "0 * size for"),
        also=own("dirac_"),
    ),
    slip(
        "dirac_.channels",
        "channels-start-anew",
        _PLACE,
        ("range(min(own, inputs))", "range(own)"),
        ("channel, channel, *middle", "channel, channel % inputs, *middle"),
        also=own("dirac_"),
    ),
    slip(
        "dirac_.groups",
        "one-group-alone",
        _PLACE,
        ("for group in range(groups):", "for group in range(1):"),
    ),
    slip(
        "dirac_.groups",
        "input-channels-of-the-whole",
        _PLACE,
        (
            "(group * own + channel, channel, *middle)",
            "(group * own + channel, (group * own + channel) % inputs, *middle)",
        ),
    ),
    slip(
        "dirac_.dimensions",
        "any-dimensions",
        _PLACE,
        ('"dirac_", tensor, 3, 4, 5', '"dirac_", tensor, 2, 3, 4, 5, 6'),
    ),
    slip("dirac_.groups-divide", "rest-left-out", _PLACE, ("outputs % groups != 0", "outputs < groups")),
)
