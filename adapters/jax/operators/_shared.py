"""What operators of several families share."""

from __future__ import annotations

from adapters.contract import Native


def of_channels(values: Native, places: int) -> Native:
    """Return one number for each channel in the shape that meets arrays (..., C, *) of so many places, *."""
    return values.reshape(-1, *(1,) * places)


def with_bias(output: Native, bias: Native | None, places: int) -> Native:
    """Return ``output`` (..., C, *) plus the bias (C) if there is one."""
    return output if bias is None else output + of_channels(bias, places)


def affine(output: Native, weight: Native | None, bias: Native | None) -> Native:
    """Return ``output`` times ``weight`` plus ``bias``, where they are given."""
    scaled = output if weight is None else output * weight
    return scaled if bias is None else scaled + bias
