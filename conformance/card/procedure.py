"""Cards of procedures: optimizers, schedules, clipping, initializers, networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.card.formula import Card
from conformance.distribution import Distribution
from conformance.oracle import Bounded


@dataclass(frozen=True)
class OptimizerCard(Card):
    """An optimizer.

    Args:
        class_name: The class's name in ``torch.optim``.
        step: One documented update in oracle arithmetic: ``step(parameter, gradient, state, **options)`` returns the
            parameter afterwards and keeps what it needs between steps in the mapping ``state``.
        defaults: The documented default of every option that the formula uses.
    """

    class_name: str = field(kw_only=True)
    step: Callable[..., Bounded] = field(kw_only=True)
    defaults: Mapping[str, Any] = field(kw_only=True)


@dataclass(frozen=True)
class SchedulerCard(Card):
    """A learning-rate schedule.

    Args:
        class_name: The class's name in ``torch.optim.lr_scheduler``.
        course: The documented rates in oracle arithmetic: ``course(initial rate, number of steps, group, metrics,
            **options)`` gives the rate before the first step and after each.
        momenta: The documented momenta of a schedule that sets them too: ``momenta(what it was before, number of steps,
            group, **options)`` gives them before the first step and after each.
    """

    class_name: str = field(kw_only=True)
    course: Callable[..., list[Bounded]] = field(kw_only=True)
    momenta: Callable[..., list[Bounded]] | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class ClippingCard(Card):
    """A function that measures or changes the gradients of several parameters at once.

    Args:
        definition: ``definition(gradients, **options)`` returns the documented total norm, or None where nothing is
            returned, and the gradients afterwards.
    """

    definition: Callable[..., tuple[Bounded | None, list[Bounded]]] = field(kw_only=True)


@dataclass(frozen=True)
class InitializerCard(Card):
    """An initializer.

    Args:
        values: What is documented of an initializer that draws nothing: ``values(shape, arithmetic, **options)``.
        distribution: What the elements of one that draws are drawn from: ``distribution(shape, arithmetic,
            **options)`` returns a :class:`~conformance.distribution.Distribution`.
        drawn: Which elements of the result are drawn, by default all of them.
        defaults: The documented default of every option that the formula uses.
    """

    values: Callable[..., Bounded] | None = field(default=None, kw_only=True)
    distribution: Callable[..., Distribution] | None = field(default=None, kw_only=True)
    drawn: Callable[[NDArray[Any]], NDArray[Any]] = field(default=np.ravel, kw_only=True)
    defaults: Mapping[str, Any] = field(default_factory=dict, kw_only=True)


@dataclass(frozen=True)
class NetworkCard(Card):
    """A network: operators composed, with parameters and a loss.

    Args:
        forward: ``forward(operators, input, parameters)`` gives the output; ``operators`` has the operators by name,
            the oracle's definitions or the backend's own.
        loss: ``loss(operators, output, target)`` gives the scalar loss.
        parameters: The shape of each parameter by its documented name, in order.
        stages: The operators that ``forward`` calls, in order, each with the shape of one sample of its output.
        optimizer: The card of the optimizer that trains it.
        optimizer_options: The optimizer's options.
    """

    forward: Callable[[Any, Any, Mapping[str, Any]], Any] = field(kw_only=True)
    loss: Callable[[Any, Any, Any], Any] = field(kw_only=True)
    parameters: Mapping[str, tuple[int, ...]] = field(kw_only=True)
    stages: tuple[tuple[str, tuple[int, ...]], ...] = field(kw_only=True)
    optimizer: str = field(kw_only=True)
    optimizer_options: Mapping[str, Any] = field(kw_only=True)
