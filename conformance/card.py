"""Cards: the entries of the catalogue. A card gives meaning, clauses and cases; it never calls a backend."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from hypothesis.strategies import SearchStrategy
from numpy.typing import NDArray

from conformance.case import Case
from conformance.clause import Clause
from conformance.distribution import Distribution
from conformance.oracle import Bounded
from conformance.profile import Profile

Definition = Callable[..., Any]
"""A documented formula in oracle arithmetic: bounded arrays and options in, a bounded array out."""


@dataclass(frozen=True)
class Statement:
    """A clause as a card states it: what is documented, the law that checks it, and the cases that show it.

    Args:
        behaviour: The clause's id after the card's name.
        sentence: See :class:`~conformance.clause.Clause`.
        law: The name of the law that checks it: ``"value"`` is ``conformance/laws/test_value.py``.
        cases: What shows it: :class:`~conformance.case.Case`, or for an optimizer
            :class:`~conformance.case.Trajectory`.
        link: Where it is documented, if not on the card's own page.
        drawn: Further cases, drawn by hypothesis.
        formulas: The names of the card's formulas that are permitted, all of them by default. More than one makes the
            clause have dialects, and the report says which one the backend chose.
        raises: For a refusal, the documented types of exception.
        wrapping: For a law of layers, the layer that it is about, if it is not the card's only one.
        follows_from: Other behaviours of the card, or whole clause ids, without which this one cannot pass.
    """

    behaviour: str
    sentence: str
    law: str
    cases: tuple[Any, ...] = ()
    link: str | None = None
    drawn: SearchStrategy[Case] | None = None
    formulas: tuple[str, ...] | None = None
    raises: tuple[type[Exception], ...] = ()
    wrapping: Layer | None = None
    follows_from: tuple[str, ...] = ()


def value(behaviour: str, sentence: str, *cases: Case, **others: Any) -> Statement:
    """State what an operator returns: the value law compares it with the definition."""
    return Statement(behaviour, sentence, "value", cases, **others)


def shape(behaviour: str, sentence: str, *cases: Case, **others: Any) -> Statement:
    """State the shape of what an operator returns: the shape law compares it with the card's documented formula."""
    return Statement(behaviour, sentence, "shape", cases, **others)


def refusal(behaviour: str, sentence: str, *cases: Case, **others: Any) -> Statement:
    """State that an operator refuses arguments: the refusal law wants an exception."""
    return Statement(behaviour, sentence, "refusal", cases, **others)


def layer(behaviour: str, sentence: str, *cases: Case, **others: Any) -> Statement:
    """State what a layer with given state returns: the layer law compares it with the definition."""
    return Statement(behaviour, sentence, "layer", cases, **others)


@dataclass(frozen=True)
class Card:
    """What every card has: a name, a page of documentation and statements.

    Args:
        name: The operator's name in the documentation; also the card's file name and the prefix of its clauses.
        link: The page that documents it.
        states: Its clauses. The first is the basic one: failures of the others follow from a failure of it.
        composed_of: Cards that it is made of: its failures follow from theirs.
    """

    name: str
    link: str
    states: tuple[Statement, ...]
    composed_of: tuple[str, ...] = field(default=(), kw_only=True)

    def clause(self, statement: Statement, profile: Profile) -> Clause:
        """Return the clause that ``statement`` makes of this card, as the law of ``profile`` checks it."""
        basic = f"{self.name}.{self.states[0].behaviour}" if self.states else None
        own = f"{self.name}.{statement.behaviour}"
        return Clause(
            id=own,
            sentence=statement.sentence,
            link=self.link if statement.link is None else statement.link,
            profile=profile,
            dialects=self.dialects(statement),
            follows_from=tuple(f"{name}.*" for name in self.composed_of)
            + ((basic,) if basic not in {None, own} else ())
            + tuple(other if "." in other else f"{self.name}.{other}" for other in statement.follows_from),
        )

    def dialects(self, statement: Statement) -> Mapping[str, str]:  # noqa: ARG002 - cards with formulas need it
        """Return the permitted alternatives of a statement, each with its meaning."""
        return {}

    def admissible(self, statement: Statement) -> tuple[Formula, ...]:  # noqa: ARG002 - cards with formulas need it
        """Return the formulas that a statement permits."""
        return (_ONLY,)

    def cases(self) -> tuple[Case, ...]:
        """Return every case of the value law that the card's own definition is the only formula for.

        Each is named after its clause as well, so that other laws can have them all under one clause.
        """
        return self.cases_of("value")

    def cases_of(self, law: str) -> tuple[Case, ...]:
        """Return the same of another law that compares with the definition."""
        return tuple(
            replace(case, name=f"{state.behaviour}-{case.name}")
            for state in described(self.states, law)
            if state.formulas is None
            for case in state.cases
        )


@dataclass(frozen=True)
class Formula:
    """One of several admissible ways to compute what is documented."""

    name: str
    meaning: str
    definition: Definition


_ONLY = Formula("documented", "the documented formula", lambda: None)
"""For cards that have a procedure instead of one formula."""


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
        momenta: The documented momenta of a schedule that sets them too: ``momenta(arithmetic, number of steps, group,
            **options)`` gives them before the first step and after each.
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


def described(statements: Sequence[Statement], law: str) -> tuple[Statement, ...]:
    """Return those of ``statements`` that ``law`` checks."""
    return tuple(statement for statement in statements if statement.law == law)
