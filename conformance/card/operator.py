"""Cards of what has a formula: operators, and layers that wrap no operator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.card.formula import Card, Definition, Formula
from conformance.card.statement import Statement
from conformance.case import Case
from conformance.oracle import Bounded


@dataclass(frozen=True)
class Layer:
    """How an operator is wrapped as a layer.

    Args:
        name: The class's name in ``torch.nn``.
        options: Takes a case to the constructor's arguments.
        state: The inputs of the case that are the layer's state, each under its documented state name.
        given: Those inputs among the state that the constructor takes too, as a loss takes its weights.
        training: Says of a case whether the layer is in training mode.
        after: What the state is after calls, for a layer that changes it: ``after(calls, state, **options)``
            takes bounded arrays to bounded arrays by state name.
        call: How it is called, where not with every input by position: ``call(layer, inputs, case, operators)`` gives
            the outputs that the definition gives; ``operators`` has the backend's operators by name.
        covers: Says of a case whether the layer can do what it asks of the operator.
    """

    name: str
    options: Callable[[Case], dict[str, Any]]
    state: Mapping[str, str] = field(default_factory=dict)
    given: tuple[str, ...] = ()
    training: Callable[[Case], bool] = lambda _: True
    after: Callable[..., Mapping[str, Bounded]] | None = None
    call: Callable[[Any, Mapping[str, Any], Case, Any], Any] | None = None
    covers: Callable[[Case], bool] = lambda _: True


@dataclass(frozen=True)
class Choice:
    """How an operator is random: the elements of its input form units, and each unit meets one of two fates.

    Args:
        kept: What a kept element becomes: takes the input and the options as the definition does.
        dropped: What a dropped one becomes.
        units: Takes the shape of the input to an array of that shape: the number, from 0, of each element's unit.
        probability: Takes the options to the chance that a unit is kept.
    """

    kept: Definition
    dropped: Definition
    units: Callable[[tuple[int, ...]], NDArray[np.intp]]
    probability: Callable[..., float]


@dataclass(frozen=True)
class Spread:
    """How an operator is random: each element of its output is drawn, uniformly, from between two.

    Args:
        lowest: One end: takes the input and the options as the definition does. Where the ends are equal, nothing is
            drawn.
        highest: The other end.
    """

    lowest: Definition
    highest: Definition


@dataclass(frozen=True)
class FormulaCard(Card):
    """A card with a documented formula.

    Args:
        definition: The documented formula.
        formulas: Further formulas where the documentation permits several; the first is ``definition``'s own.
        nondifferentiable: The floating-point arguments that are constants of the formula, such as weights of classes.
    """

    definition: Definition = field(kw_only=True)
    formulas: tuple[Formula, ...] = field(default=(), kw_only=True)
    nondifferentiable: tuple[str, ...] = field(default=(), kw_only=True)

    @cached_property
    def all_formulas(self) -> tuple[Formula, ...]:
        """Every admissible formula; the plain definition where the card names none."""
        return self.formulas if self.formulas else (Formula("documented", "the documented formula", self.definition),)

    def admissible(self, statement: Statement) -> tuple[Formula, ...]:
        """Return the formulas that a statement permits."""
        if statement.formulas is None:
            return self.all_formulas[:1]
        return tuple(formula for formula in self.all_formulas if formula.name in statement.formulas)

    def dialects(self, statement: Statement) -> Mapping[str, str]:
        """Return the permitted alternatives of a statement, each with its meaning."""
        permitted = self.admissible(statement)
        return {formula.name: formula.meaning for formula in permitted} if len(permitted) > 1 else {}


@dataclass(frozen=True)
class OperatorCard(FormulaCard):
    """An operator.

    Args:
        output_shape: The documented shape formula: input shapes by name, and options, to the output's shape.
        layer: How ``torch.nn`` wraps it, if it does.
        further_layers: The classes of ``torch.nn`` that wrap parts of it, each with a clause of its own.
        contraction: ``"matmul"`` or ``"convolution"`` where it is a sum of products: whole numbers stay exact in it.
        contracted: Which two inputs are multiplied, for a contraction.
        keywords: The array arguments that are given by name, because other arguments stand before them.
        call: How it is called, where its arguments are no plain arrays: ``call(operators, inputs, options)`` gives the
            outputs that are documented; ``operators`` has the backend's operators by name.
        result_dtype: The type of the output where it is always the same, such as ``"int64"``.
        written: What the arguments that a call writes to are after it: takes the inputs and options as the definition
            does, and gives bounded arrays by the arguments' names.
        choice: How it is random, if it is; its definition is then what it is where nothing is left to chance.
        spread: Likewise, for one that draws from a range.
        smooth: Whether its gradient has a gradient that the formula determines everywhere: it has no kinks.
        selects: Whether each element of its output is an element of its input, or a constant: nothing is computed that
            could be rounded.
    """

    output_shape: Callable[..., tuple[int, ...]] | None = field(default=None, kw_only=True)
    layer: Layer | None = field(default=None, kw_only=True)
    further_layers: tuple[Layer, ...] = field(default=(), kw_only=True)
    contraction: str | None = field(default=None, kw_only=True)
    contracted: tuple[str, str] = field(default=("input", "weight"), kw_only=True)
    keywords: tuple[str, ...] = field(default=(), kw_only=True)
    call: Callable[[Any, Mapping[str, Any], Mapping[str, Any]], Any] | None = field(default=None, kw_only=True)
    result_dtype: str | None = field(default=None, kw_only=True)
    written: Callable[..., Mapping[str, Bounded]] | None = field(default=None, kw_only=True)
    choice: Choice | None = field(default=None, kw_only=True)
    spread: Spread | None = field(default=None, kw_only=True)
    smooth: bool = field(default=False, kw_only=True)
    selects: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class LayerCard(FormulaCard):
    """A layer that wraps no operator: its definition takes the layer's state and inputs, and gives all its outputs.

    Args:
        layer: How ``torch.nn`` calls it, its options and its state.
        output_shapes: The documented shapes: input shapes by name, and the case's options, to every output's shape.
        parameters: The documented parameters of a layer of the given constructor's arguments: shapes by name.
    """

    layer: Layer = field(kw_only=True)
    output_shapes: Callable[..., tuple[tuple[int, ...], ...]] | None = field(default=None, kw_only=True)
    parameters: Callable[..., Mapping[str, tuple[int, ...]]] | None = field(default=None, kw_only=True)

    def cases(self) -> tuple[Case, ...]:
        """Return every case of the layer law, each named after its clause as well."""
        return self.cases_of("layer")
