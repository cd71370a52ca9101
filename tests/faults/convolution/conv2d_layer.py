"""Faults of the layer Conv2d, and of the padding that only it offers."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import (
    backward,
    method,
    operator,
    these,
    together,
)


def _layer_without(option_name: str, default: Any) -> Any:
    """Return a Conv2d whose forward forgets an option."""

    def wrong(right: Any, module: Any, input: Any) -> Any:
        kept = getattr(module, option_name)
        setattr(module, option_name, default)
        try:
            return right(module, input)
        finally:
            setattr(module, option_name, kept)

    return method("operators.convolution.conv2d:Conv2d.forward", wrong)


def _mode_as(given: str, taken: str) -> Any:
    """Return what takes one padding mode for another."""

    def wrong(right: Any, module: Any, input: Any) -> Any:
        if module.padding_mode != given:
            return right(module, input)
        module.padding_mode = taken
        try:
            return right(module, input)
        finally:
            module.padding_mode = given

    return method("operators.convolution.conv2d:Conv2d.forward", wrong)


def _mode_forgotten_for_words(right: Any, module: Any, input: Any) -> Any:
    """With padding='same' the padding mode is forgotten: zeros are padded."""
    if module.padding_mode == "zeros" or not isinstance(module.padding, str):
        return right(module, input)
    mode, module.padding_mode = module.padding_mode, "zeros"
    try:
        return right(module, input)
    finally:
        module.padding_mode = mode


def _edge_in_the_mirror(right: Any, mode: str, size: int, before: int, after: int) -> Any:
    """The mirror stands at the edge of the last pixel and not in its middle: the edge is repeated."""
    if mode != "reflect":
        return right(mode, size, before, after)
    position = np.arange(-before, size + after)
    return np.where(position < 0, -1 - position, np.where(position >= size, 2 * size - 1 - position, position))


def _wrapped_the_wrong_way(right: Any, mode: str, size: int, before: int, after: int) -> Any:
    """The padding in front continues the front and not the end."""
    found = right(mode, size, before, after)
    return np.concatenate([np.arange(before) % size, found[before:]]) if mode == "circular" else found


def _padding_swapped_in_modes(right: Any, input: Any, pad: Any, mode: str, value: Any) -> Any:
    """Widths are given height first, where pad wants the last dimension first."""
    return right(input=input, pad=(*pad[2:], *pad[:2]) if mode == "replicate" else pad, mode=mode, value=value)


def _cropped(right: Any, node: Any, gradient: Any) -> Any:
    """What was mirrored, repeated or wrapped around sends nothing back: the middle of the gradient is cut out."""
    found = right(node, gradient)
    pads = [(wide - narrow, wide, narrow) for wide, narrow in zip(gradient.shape, found.shape, strict=True)]
    if not any(extra for extra, _, _ in pads):
        return found
    return gradient[tuple(slice(extra // 2, extra // 2 + narrow) for extra, _, narrow in pads)].copy()


FAULTS = (
    Fault(
        "padding-sends-nothing-back",
        "conv2d.layer-gradient",
        together(*(backward(f"{mode}PadBackward0", _cropped) for mode in ("Reflection", "Replication", "Circular"))),
        also=("conv*.layer-gradient",),
    ),
    Fault(
        "reflection-repeats-the-edge",
        "conv2d.padding-mode-reflect",
        method("operators.padding.pad:_sources", _edge_in_the_mirror),
        also=these("pad: *", "conv1d: *", "conv2d: layer-gradient", "conv3d: *"),
    ),
    Fault(
        "reflect-is-replicate",
        "conv2d.padding-mode-reflect",
        _mode_as("reflect", "replicate"),
        also=these("conv1d: *", "conv2d: layer-gradient", "conv3d: *"),
    ),
    Fault(
        "mode-forgotten-for-same",
        "conv2d.padding-mode-reflect",
        method("operators.convolution.conv2d:Conv2d.forward", _mode_forgotten_for_words),
        also=these("conv2d: layer-gradient padding-mode-circular padding-mode-replicate"),
    ),
    Fault(
        "replicate-is-zeros",
        "conv2d.padding-mode-replicate",
        _mode_as("replicate", "zeros"),
        also=these("conv1d: *", "conv2d: layer-gradient", "conv3d: *"),
    ),
    Fault(
        "replicate-widths-swapped",
        "conv2d.padding-mode-replicate",
        operator("pad", _padding_swapped_in_modes),
        also=these(
            "pad: gradient layer-replication-pad2d layer-replication-pad3d number-replication-pad*",
            "pad: output-size replicate",
            "conv1d: *",
            "conv2d: layer-gradient",
            "conv3d: *",
        ),
    ),
    Fault(
        "circular-in-front-from-the-front",
        "conv2d.padding-mode-circular",
        method("operators.padding.pad:_sources", _wrapped_the_wrong_way),
        also=these("conv1d: *", "conv2d: layer-gradient", "conv3d: *"),
    ),
    Fault(
        "layer-forgets-dilation",
        "conv2d.layer",
        _layer_without("dilation", (1, 1)),
        also=these("conv2d: layer-gradient padding-mode-circular padding-mode-reflect padding-mode-replicate"),
    ),
    Fault(
        "layer-forgets-bias",
        "conv2d.layer",
        _layer_without("bias", None),
        also=these(
            "conv2d: padding-mode-circular padding-mode-reflect padding-mode-replicate",
            "graph: tutorial-leaves",
            "sequential: same-as-subclass",
            "tutorial: *",
        ),
    ),
    Fault(
        "layer-forgets-stride",
        "conv2d.layer",
        _layer_without("stride", (1, 1)),
        also=these("conv2d: layer-gradient padding-mode-circular padding-mode-reflect padding-mode-replicate"),
    ),
)
