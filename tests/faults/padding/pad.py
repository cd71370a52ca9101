"""Faults of pad."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import edited, gradients, operator, option, these, through, widened
from tests.faults.padding._layers import layer_faults

_PAD = "operators.padding.pad"
_CONSTANT = "ConstantPadNdBackward0"
_MODES = ("reflect", "replicate", "circular")


def _in_mode(mode: str, change: Any) -> Any:
    """Return what changes the widths of one mode."""

    def wrong(right: Any, pad: Any, **others: Any) -> Any:
        return right(pad=change(pad) if others["mode"] == mode else pad, **others)

    return operator("pad", wrong)


def _ends_turned(pad: Any) -> Any:
    """Before and after are taken for one another."""
    return [width for index in range(0, len(pad), 2) for width in (pad[index + 1], pad[index])]


def _pairs_turned(pad: Any) -> Any:
    """The first pair is taken for the first padded dimension's."""
    return [width for index in range(len(pad) - 2, -1, -2) for width in pad[index : index + 2]]


def _first_dimensions(right: Any, input: Any, pad: Any, **others: Any) -> Any:
    """The widths are taken for the first dimensions where there are fewer pairs than dimensions."""
    if others["mode"] != "constant" or others["value"] is not None or len(pad) % 2 or len(pad) > 2 * input.ndim:
        return right(input=input, pad=pad, **others)
    return right(input=input, pad=[0, 0] * (input.ndim - len(pad) // 2) + list(pad), **others)


def _at_most(mode: str, short: int) -> Any:
    """Return what cuts widths down to the size less ``short``."""

    def wrong(right: Any, input: Any, pad: Any, **others: Any) -> Any:
        if others["mode"] == mode and len(pad) % 2 == 0 and len(pad) <= 2 * input.ndim:
            pad = [min(width, input.shape[-1 - index // 2] - short) for index, width in enumerate(pad)]
        return right(input=input, pad=pad, **others)

    return operator("pad", wrong)


def _few_dimensions(right: Any, input: Any, **others: Any) -> Any:
    if others["mode"] == "constant" and (input.ndim > 5 or input.ndim < 2 or len(others["pad"]) > 6):
        raise NotImplementedError("expected 2 to 5 dimensions")
    return right(input=input, **others)


def _last_left_out(right: Any, pad: Any, **others: Any) -> Any:
    return right(pad=pad[: len(pad) // 2 * 2], **others)


def _more_left_out(right: Any, input: Any, pad: Any, **others: Any) -> Any:
    return right(input=input, pad=pad[: 2 * input.ndim], **others)


def _constant_otherwise(right: Any, mode: Any, **others: Any) -> Any:
    return right(mode=mode if mode in _MODES else "constant", **others)


def _any_dimensions(right: Any, input: Any, pad: Any, **others: Any) -> Any:
    """An input of too many or too few dimensions is brought into a shape that fits, and back."""
    if others["mode"] not in _MODES or len(pad) != 2 or input.ndim in (2, 3):
        return right(input=input, pad=pad, **others)
    result = right(input=input.reshape(-1, input.shape[-1]), pad=pad, **others)
    return result.reshape(*input.shape[:-1], result.shape[-1])


def _one_place_kept(right: Any, input: Any, pad: Any, **others: Any) -> Any:
    """Where nothing would be left, the widths that cut off are cut down."""
    nothing = others["mode"] == "replicate" and any(
        input.shape[-1 - index // 2] + sum(pad[index : index + 2]) < 1 for index in range(0, len(pad), 2)
    )
    return right(input=input, pad=[max(width, 0) for width in pad] if nothing else pad, **others)


def _negative_ignored(right: Any, pad: Any, **others: Any) -> Any:
    given = [max(width, 0) for width in pad] if others["mode"] == "circular" else pad
    return right(pad=given, **others)


def _in_place(right: Any, input: Any, **others: Any) -> Any:
    """The first elements are overwritten by the edge, as in a buffer that is used twice."""
    result = right(input=input, **others)
    if input.array.size:
        input.array.reshape(-1)[0] = result.array.reshape(-1)[0]
    return result


def _wrong_place(gradient: Any) -> Any:
    return np.roll(gradient, 1, axis=-1)


def _filled_with_one(right: Any, value: Any, **others: Any) -> Any:
    given = 1.0 if value is None and others["mode"] == "constant" else value
    return right(value=given, **others)


def _end_repeated(pad: Any) -> Any:
    """The width before a dimension counts for both of its ends."""
    return [pad[index // 2 * 2] for index in range(len(pad))]


_MIRROR = "(size - 1) - np.abs((size - 1) - np.abs(position))"
_MIRROR_WITH_BORDER = (
    "np.clip(np.where(position < 0, -1 - position, np.minimum(position, 2 * size - 1 - position)), 0, None)"
)
_CONVOLUTIONS = these("conv1d: *", "conv2d: *", "conv3d: *")
_UNEVEN = these("conv1d: *", "conv3d: *")
"""Convolutions that pad unevenly by way of pad."""


def _fault(name: str, clause: str, plant: Any, *also: str, **others: Any) -> Fault:
    """Return a fault of pad; ``also`` names other clauses of pad alone, or ids with their cards."""
    named = tuple(one if "." in one else f"pad.{one}" for one in also)
    return Fault(name, f"pad.{clause}", plant, named, **others)


FAULTS = (
    _fault("fill-of-zeros", "value", option("pad", value=lambda _: None)),
    _fault(
        "float64-in-float32",
        "value",
        operator("pad", lambda right, **given: right(**given).float().double()),
        *_CONVOLUTIONS,
    ),
    _fault("filled-with-one", "value-default", operator("pad", _filled_with_one), "*", *_UNEVEN),
    _fault("ends-turned", "order", option("pad", pad=_ends_turned), "*"),
    _fault("pairs-turned", "order", option("pad", pad=_pairs_turned), "*", *_CONVOLUTIONS[1:]),
    _fault("first-dimensions", "order", operator("pad", _first_dimensions), "*", *_UNEVEN),
    _fault("few-dimensions", "any-dimensions", operator("pad", _few_dimensions), "gradient", stumbles=True),
    _fault(
        "ends-turned", "reflect", _in_mode("reflect", _ends_turned), "gradient", "layer-*", "reflect-widest", "value"
    ),
    _fault(
        "border-repeated",
        "reflect",
        edited(f"{_PAD}:_sources", (_MIRROR, _MIRROR_WITH_BORDER)),
        *("gradient", "layer-*", "number-*", "reflect-widest", "value"),
        *_CONVOLUTIONS,
    ),
    _fault(
        "widest-cut-down",
        "reflect-widest",
        _at_most("reflect", 2),
        *("gradient", "layer-*", "number-*", "output-size", "reflect", "reflect-bound", "value"),
    ),
    _fault("ends-turned", "replicate", _in_mode("replicate", _ends_turned), "gradient", "layer-*"),
    _fault("at-most-the-size", "replicate", _at_most("replicate", 0), "gradient", "layer-*"),
    _fault("ends-turned", "circular", _in_mode("circular", _ends_turned), "circular-*", "gradient", "layer-*", "value"),
    _fault(
        "widest-cut-down",
        "circular-widest",
        _at_most("circular", 1),
        *("circular-bound", "gradient", "layer-*", "output-size", "value"),
    ),
    _fault("negative-ignored", "circular-negative", operator("pad", _negative_ignored), "gradient", "layer-*"),
    _fault("end-repeated", "output-size", option("pad", pad=_end_repeated), "*", *_UNEVEN),
    _fault("gradient-one-place-off", "gradient", gradients(_CONSTANT, _wrong_place), *_UNEVEN),
    _fault("gradient-in-float32", "gradient", gradients("ReplicationPadBackward0", through("float32")), *_CONVOLUTIONS),
    _fault("last-width-left-out", "pairs", operator("pad", _last_left_out)),
    _fault("more-widths-left-out", "too-many", operator("pad", _more_left_out)),
    _fault("constant-in-any-other-mode", "mode", operator("pad", _constant_otherwise)),
    _fault("any-number-of-dimensions", "edge-dimensions", operator("pad", _any_dimensions)),
    _fault("too-wide-cut-down", "reflect-bound", _at_most("reflect", 1)),
    _fault("too-wide-cut-down", "circular-bound", _at_most("circular", 0)),
    _fault("nothing-left-cut-down", "replicate-positive", operator("pad", _one_place_kept)),
    _fault("result-always-float64", "dtype", widened("pad"), *_CONVOLUTIONS),
    _fault("in-its-own-memory", "purity", operator("pad", _in_place)),
    *layer_faults(),
)
