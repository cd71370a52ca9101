"""A case: concrete options and inputs of one call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.data import Draw, Recipe, seed_of
from conformance.dtypes import HALVES


@dataclass(frozen=True)
class Case:
    """Concrete options and inputs.

    Args:
        name: What is particular about it, in lower-case words joined by hyphens; unique within its clause.
        inputs: For each array argument, in the operator's documented order, the recipe of its data, or ``None`` for
            an optional one left out.
        options: The other arguments, by their documented names; those left out take the documented defaults.
        seed: Distinguishes cases that are otherwise alike.
        differentiable: Whether its gradient is documented; not so at NaN or at ties, which have clauses of their own.
        only_halves: Whether it shows in the half types alone what shorter cases show in the others: that a sum of many
            terms does not lose the small ones.
    """

    name: str
    inputs: Mapping[str, Recipe | None]
    options: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    differentiable: bool = True
    only_halves: bool = False

    def arrays(self, dtype: str) -> dict[str, NDArray[Any] | None]:
        """Return the inputs, filled, in ``dtype``."""
        return {
            argument: None if recipe is None else recipe.fill(dtype, seed_of(self.name, argument, self.seed))
            for argument, recipe in self.inputs.items()
        }

    def shapes(self) -> dict[str, tuple[int, ...] | None]:
        """Return the shapes of the inputs."""
        return {argument: None if recipe is None else recipe.shape for argument, recipe in self.inputs.items()}

    def shape(self, argument: str) -> tuple[int, ...]:
        """Return the shape of one input.

        Raises:
            ValueError: The case leaves that input out.
        """
        recipe = self.inputs[argument]
        if recipe is None:
            raise ValueError(f"case {self.name!r} has no {argument}")
        return recipe.shape

    @property
    def has_floating(self) -> bool:
        """Whether an input is of floating-point numbers, so that it may have a gradient."""
        return any(recipe is not None and getattr(recipe, "dtype", None) is None for recipe in self.inputs.values())

    @property
    def size(self) -> int:
        """The number of input elements: of two failing cases, the smaller is shown."""
        return sum(int(np.prod(recipe.shape)) for recipe in self.inputs.values() if recipe is not None)

    def call(self, operator: str, dtype: str) -> str:
        """Return the call as code, arrays given by dtype and shape."""
        arguments = [f"{argument}={_array_text(recipe, dtype)}" for argument, recipe in self.inputs.items()]
        arguments += [f"{option}={value!r}" for option, value in self.options.items()]
        return f"{operator}({', '.join(arguments)})"

    def is_in(self, dtype: str) -> bool:
        """Say whether it shows anything in ``dtype``."""
        return dtype in HALVES or not self.only_halves

    def with_inputs(self, **recipes: Recipe | None) -> Case:
        """Return the case with some of its inputs replaced."""
        return replace(self, inputs={**self.inputs, **recipes})


def _array_text(recipe: Recipe | None, dtype: str) -> str:
    if recipe is None:
        return "None"
    own = getattr(recipe, "dtype", None)
    return f"{dtype if own is None else own}{list(recipe.shape)}"


@dataclass(frozen=True)
class Group:
    """A parameter group: the recipes of its parameters, and the options of its own."""

    parameters: tuple[Recipe, ...]
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Trajectory:
    """A case of an optimizer: parameter groups, options, and the gradients of several steps.

    Args:
        name: What is particular about it; unique within its clause.
        groups: The parameter groups, in order.
        options: The options of the optimizer itself.
        steps: How many steps are taken, each with gradients of its own.
        missing: Pairs (step, parameter), both counted from 0, for which there is no gradient.
        regime: The regime of the gradients (see :data:`conformance.data.REGIMES`).
    """

    name: str
    groups: tuple[Group, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    steps: int = 5
    missing: frozenset[tuple[int, int]] = frozenset()
    regime: str = "normal"

    @property
    def parameters(self) -> tuple[Recipe, ...]:
        """The recipes of all parameters, group after group."""
        return tuple(recipe for group in self.groups for recipe in group.parameters)

    def initial(self, dtype: str) -> list[NDArray[Any]]:
        """Return every parameter before the first step."""
        return [recipe.fill(dtype, seed_of("parameter", i)) for i, recipe in enumerate(self.parameters)]

    def gradients(self, step: int, dtype: str) -> list[NDArray[Any] | None]:
        """Return the gradient of every parameter at ``step``; None where it is missing."""
        return [
            None
            if (step, i) in self.missing
            else Draw(recipe.shape, self.regime).fill(dtype, seed_of("gradient", step, i))
            for i, recipe in enumerate(self.parameters)
        ]

    def call(self, optimizer: str, dtype: str) -> str:
        """Return the construction as code, parameters given by dtype and shape."""
        groups = [
            "{"
            + ", ".join(
                [f"'params': {_parameters_text(group, dtype)}"] + [f"{k!r}: {v!r}" for k, v in group.options.items()]
            )
            + "}"
            for group in self.groups
        ]
        options = "".join(f", {option}={value!r}" for option, value in self.options.items())
        return f"{optimizer}([{', '.join(groups)}]{options}), {self.steps} steps"


@dataclass(frozen=True)
class Part:
    """A schedule or a layer that is part of another one.

    Args:
        name: The class's name in ``torch.optim.lr_scheduler`` or ``torch.nn``.
        options: Its own options.
    """

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Course:
    """A case of a learning-rate schedule.

    Args:
        name: What is particular about it; unique within its clause.
        options: The schedule's options.
        rates: The learning rate of every parameter group before the schedule is made.
        steps: How many steps are taken.
        metrics: What the schedule goes by at each step, if it goes by something; as many as there are steps.
    """

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)
    rates: tuple[float, ...] = (0.5, 0.0625)
    steps: int = 40
    metrics: tuple[float, ...] = ()

    def call(self, scheduler: str, dtype: str) -> str:
        """Return the construction as code."""
        del dtype
        options = "".join(f", {option}={value!r}" for option, value in self.options.items())
        return f"{scheduler}(optimizer of rates {list(self.rates)}{options}), {self.steps} steps"


def _parameters_text(group: Group, dtype: str) -> str:
    return "[" + ", ".join(_array_text(recipe, dtype) for recipe in group.parameters) + "]"
