"""A layer of Keras's in the place of one of torch's: its state under torch's names, its input laid out as Keras's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from keras import ops

from adapters.contract import Array, Native, Unsupported
from adapters.keras.layout import channels_first, channels_last

Shape = tuple[int | None, ...]


def same(native: Any) -> Any:
    """Return what both lay out alike."""
    return native


def as_called(layer: Any, shape: Shape) -> None:
    """Build ``layer`` for inputs of ``shape``."""
    layer.build(shape)


@dataclass(frozen=True)
class Slot:
    """Where an array of torch's is kept, or a part of it.

    Args:
        variable: Where in the layer, as a path of attributes.
        to: Takes torch's array to the variable's value.
        back: Takes the variable's value to torch's array.
    """

    variable: str
    to: Callable[[Native], Native] = same
    back: Callable[[Native], Native] = same

    def of(self, layer: Any) -> Any:
        """Return the variable of ``layer``."""
        for name in self.variable.split("."):
            layer = getattr(layer, name)
        return layer


Slots = Mapping[str, tuple[Slot, ...]]


@dataclass(frozen=True)
class Plan:
    """A layer of Keras's that stands for one of torch's.

    Args:
        layer: The layer, not yet built.
        slots: Its state by torch's names; of several slots under one name, each keeps a part of the rows.
        build: Builds the layer; takes the shape of an input too, channels last.
        dimensions: Which numbers of dimensions an input may have; any where empty.
        channels: Whether dimension 1 of torch's input is the last of Keras's.
        by_training: Whether it is told if it is in training.
        call: How it is called where not with one input: ``call(layer, *arguments, **options)``.
    """

    layer: Any
    slots: Slots = field(default_factory=dict)
    build: Callable[[Any, Shape], None] = as_called
    dimensions: Sequence[int] = ()
    channels: bool = False
    by_training: bool = False
    call: Callable[..., Native] | None = None


class KerasLayer:
    """A layer with its state, called as torch's is.

    Args:
        plan: The layer of Keras's.
        state: Arrays by torch's names.
        run: Calls a function of tensors.
        training: Whether it is in training.
    """

    def __init__(self, plan: Plan, state: Mapping[str, Native], run: Callable[..., Native], *, training: bool) -> None:
        unknown = sorted(set(state) - set(plan.slots))
        if unknown:
            raise Unsupported(f"{type(plan.layer).__name__}: {', '.join(unknown)}")
        self.plan, self.state, self._run = plan, dict(state), run
        self._told = {"training": training} if plan.by_training else {}

    def __call__(self, *inputs: Native, **options: Any) -> Native:
        """Return what the layer gives."""
        self.ready(tuple(inputs[0].shape))
        if self.plan.by_training:  # it may change its state
            return self._called(*inputs, **options)
        return self._run(self._called, *inputs, **options)

    def _called(self, *inputs: Native, **options: Any) -> Native:
        plan = self.plan
        if plan.call is not None:
            return plan.call(plan.layer, *inputs, **options, **self._told)
        if not plan.channels or len(inputs[0].shape) < 3:
            return plan.layer(*inputs, **self._told)
        return channels_first(plan.layer(channels_last(inputs[0]), **self._told))

    def ready(self, shape: Shape | None = None) -> None:
        """Build the layer for inputs of torch's ``shape``, or of any, and load its state, unless that is done."""
        plan = self.plan
        if plan.dimensions and shape is not None and len(shape) not in plan.dimensions:
            raise Unsupported(f"{type(plan.layer).__name__} of an input of {len(shape)} dimensions")
        if plan.slots and not plan.layer.built:
            of = shape if shape is not None else (None,) * (plan.dimensions[0] if plan.dimensions else 2)
            plan.build(plan.layer, (of[0], *of[2:], of[1]) if plan.channels and len(of) > 1 else of)
            for variable, value in self.assigned(self.state):
                variable.assign(value)

    def assigned(self, state: Mapping[str, Native]) -> list[tuple[Any, Native]]:
        """Return the variables that keep ``state``, and their values; what shares a variable adds up there."""
        found: dict[int, tuple[Any, Native]] = {}
        for name, array in state.items():
            slots = self.plan.slots[name]
            for slot, part in zip(slots, ops.split(array, len(slots)) if len(slots) > 1 else [array], strict=True):
                variable, value = slot.of(self.plan.layer), slot.to(part)
                before = found.get(id(variable))
                found[id(variable)] = (variable, value if before is None else ops.add(before[1], value))
        return list(found.values())

    def kept(self) -> dict[str, Array]:
        """Return the state as it is now, by torch's names."""
        self.ready()
        found = {}
        for name, slots in self.plan.slots.items():
            pairs = [(slot, slot.of(self.plan.layer)) for slot in slots]
            if all(variable is not None for _, variable in pairs):
                parts = [np.array(ops.convert_to_numpy(slot.back(variable.value))) for slot, variable in pairs]
                found[name] = np.concatenate(parts) if len(parts) > 1 else parts[0]
        return found
