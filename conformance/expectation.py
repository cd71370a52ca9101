"""What a definition gives for a case: values and gradients by the oracle, computed once for all backends of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.card import Definition, Formula, FormulaCard, OperatorCard, OptimizerCard, SchedulerCard
from conformance.case import Case, Course, Trajectory
from conformance.data import Draw, seed_of
from conformance.oracle import Arithmetic, Bounded, concatenate, reshape, vector_jacobian_product
from conformance.oracle.movement import stack_sum

Expected = Mapping[str, Bounded]

_cache: dict[tuple[str, ...], Any] = {}
_CACHE_LIMIT = 4096


def remembered(key: tuple[str, ...], compute: Callable[[], Any]) -> Any:
    """Return what ``compute`` gives, computed once for each ``key``."""
    if key not in _cache:
        if len(_cache) >= _CACHE_LIMIT:
            _cache.clear()
        with np.errstate(all="ignore"):
            _cache[key] = compute()
    return _cache[key]


def bounded_inputs(case: Case, dtype: str, arithmetic: Arithmetic) -> dict[str, Any]:
    """Return the case's inputs as the definition takes them: bounded, but for arrays of whole numbers and None."""
    return {
        name: Bounded.input(array, arithmetic) if array is not None and _is_floating(array) else array
        for name, array in case.arrays(dtype).items()
    }


@dataclass(frozen=True)
class Outputs:
    """What a definition returns, each array by its name: ``output``, or ``output 0``, ``output 1`` ... for several.

    Args:
        arrays: The arrays, those of whole numbers without error.
        floating: The names of those that are not of whole numbers, and so have cotangents.
    """

    arrays: Expected
    floating: tuple[str, ...]


def named(results: Sequence[Any]) -> dict[str, Any]:
    """Return several outputs by name, in order; a single one is called ``output``."""
    return {"output": results[0]} if len(results) == 1 else {f"output {i}": one for i, one in enumerate(results)}


def flattened(result: Any) -> list[Any]:
    """Return the arrays in a result that may be a nest of tuples and lists, in order."""
    if isinstance(result, (tuple, list)):
        return [array for part in result for array in flattened(part)]
    return [result]


def expected_outputs(card: FormulaCard, formula: Formula, case: Case, dtype: str, arithmetic: Arithmetic) -> Outputs:
    """Return what ``formula`` gives for ``case``."""

    def compute() -> Outputs:
        found = named(flattened(formula.definition(**bounded_inputs(case, dtype, arithmetic), **case.options)))
        floating = tuple(name for name, output in found.items() if isinstance(output, Bounded))
        return Outputs(
            {
                name: _detached(output) if name in floating else Bounded.input(np.asarray(output), arithmetic)
                for name, output in found.items()
            },
            floating,
        )

    return remembered(("outputs", card.name, formula.name, repr(case), dtype, repr(arithmetic)), compute)  # type: ignore[no-any-return]


def expected_gradients(card: FormulaCard, formula: Formula, case: Case, dtype: str, arithmetic: Arithmetic) -> Expected:
    """Return, for each floating-point input of ``case``, the vector-Jacobian product of its :func:`cotangent` s."""

    def compute() -> Expected:
        inputs = bounded_inputs(case, dtype, arithmetic)
        found = named(flattened(formula.definition(**inputs, **case.options)))
        names = differentiable(card, case, dtype)
        results = {name: output for name, output in found.items() if isinstance(output, Bounded)}
        cotangents = [
            Bounded.input(cotangent(case, output.shape, dtype, name), arithmetic) for name, output in results.items()
        ]
        products = vector_jacobian_product(
            _one(list(results.values())), _one(cotangents), [inputs[name] for name in names]
        )
        return {name: _detached(product) for name, product in zip(names, products, strict=True)}

    key = ("gradient", card.name, formula.name, repr(case), dtype, repr(arithmetic))
    return remembered(key, compute)  # type: ignore[no-any-return]


def expected_written(card: OperatorCard, case: Case, dtype: str, arithmetic: Arithmetic) -> Expected:
    """Return what the arguments that a call of ``case`` writes to are after it."""

    def compute() -> Expected:
        if card.written is None:
            raise AssertionError(f"{card.name}: a card that states what is written says what, in its argument written")
        found = card.written(**bounded_inputs(case, dtype, arithmetic), **case.options)
        return {name: _detached(one) for name, one in found.items()}

    return remembered(("written", card.name, repr(case), dtype, repr(arithmetic)), compute)  # type: ignore[no-any-return]


def expected_second_gradients(
    card: FormulaCard, formula: Formula, case: Case, dtype: str, arithmetic: Arithmetic
) -> Expected:
    """Return the gradients, for each input, of the vector-Jacobian products' sum with the weights of :func:`weight`."""

    def compute() -> Expected:
        inputs = bounded_inputs(case, dtype, arithmetic)
        (output,) = flattened(formula.definition(**inputs, **case.options))
        names = differentiable(card, case, dtype)
        varied = [inputs[name] for name in names]
        products = vector_jacobian_product(
            output, Bounded.input(cotangent(case, output.shape, dtype), arithmetic), varied
        )
        pulled = [
            vector_jacobian_product(product, Bounded.input(weight(case, name, dtype), arithmetic), varied)
            for name, product in zip(names, products, strict=True)
        ]
        return {name: _detached(stack_sum(parts)) for name, *parts in zip(names, *pulled, strict=True)}

    key = ("second gradient", card.name, formula.name, repr(case), dtype, repr(arithmetic))
    return remembered(key, compute)  # type: ignore[no-any-return]


def expected_trajectory(
    card: OptimizerCard, case: Trajectory, dtype: str, arithmetic: Arithmetic
) -> list[list[Bounded]]:
    """Return every parameter after each step of ``case``."""

    def compute() -> list[list[Bounded]]:
        parameters = [Bounded.input(array, arithmetic) for array in case.initial(dtype)]
        options = [
            {**card.defaults, **case.options, **group.options} for group in case.groups for _ in group.parameters
        ]
        states: list[dict[str, Any]] = [{} for _ in parameters]
        history = []
        for step in range(case.steps):
            for i, gradient in enumerate(case.gradients(step, dtype)):
                if gradient is not None:
                    parameters[i] = _detached(
                        card.step(parameters[i], Bounded.input(gradient, arithmetic), states[i], **options[i])
                    )
            history.append(list(parameters))
        return history

    return remembered(("trajectory", card.name, repr(case), dtype, repr(arithmetic)), compute)  # type: ignore[no-any-return]


def expected_course(card: SchedulerCard, case: Course, arithmetic: Arithmetic) -> list[Expected]:
    """Return, for each parameter group, its rates by the number of the step: ``0`` before the first."""

    def compute() -> list[Expected]:
        found: list[Expected] = []
        for group, rate in enumerate(case.rates):
            initial = Bounded.constant(rate, arithmetic)
            rates = card.course(initial, case.steps, group, case.metrics, **case.options)
            found.append({str(step): _detached(one) for step, one in enumerate(rates)})
        return found

    return remembered(("course", card.name, repr(case), repr(arithmetic)), compute)  # type: ignore[no-any-return]


def expected_momenta(card: SchedulerCard, case: Course, arithmetic: Arithmetic, before: float) -> list[Expected]:
    """Return, for each parameter group, its momenta by the number of the step: ``0`` before the first.

    Args:
        card: The schedule's card.
        case: The case.
        arithmetic: The arithmetic.
        before: The momentum of every group before the schedule is made.

    Raises:
        AssertionError: The card documents no momenta.
    """
    momenta = card.momenta
    if momenta is None:
        raise AssertionError(f"{card.name}: the card states momenta and gives none")
    made = Bounded.constant(before, arithmetic)
    return [
        {str(step): _detached(one) for step, one in enumerate(momenta(made, case.steps, group, **case.options))}
        for group in range(len(case.rates))
    ]


def cotangent(case: Case, shape: tuple[int, ...], dtype: str, output: str = "output") -> NDArray[Any]:
    """Return the cotangent of one output, of ``shape``, that gradients of ``case`` are taken with."""
    return Draw(shape).fill(dtype, seed_of(case.name, "cotangent", output, case.seed))


def weight(case: Case, name: str, dtype: str) -> NDArray[Any]:
    """Return what the product for the input ``name`` is multiplied by before its own gradient is taken."""
    array = case.arrays(dtype)[name]
    assert array is not None
    return Draw(array.shape).fill(dtype, seed_of(case.name, "weight", name, case.seed))


def differentiable(card: FormulaCard, case: Case, dtype: str) -> list[str]:
    """Return the names of the case's floating-point inputs, those left out that are constants of the operator."""
    return [
        name
        for name, array in case.arrays(dtype).items()
        if array is not None and _is_floating(array) and name not in card.nondifferentiable
    ]


class Definitions:
    """The catalogue's definitions as a namespace of operators, for networks to be composed of."""

    def __init__(self, definitions: Callable[[str], Definition]) -> None:
        self._definitions = definitions

    def __getattr__(self, name: str) -> Definition:
        return self._definitions(name)


@lru_cache(maxsize=1)
def definitions() -> Definitions:
    """Return the definitions of all operator cards."""
    from conformance.catalogue import operator_card  # noqa: PLC0415 - the cards need this package first

    return Definitions(lambda name: operator_card(name).definition)


def _one(arrays: Sequence[Bounded]) -> Bounded:
    """Return several arrays as one, so that one backward pass does for all; a single one as it is."""
    return arrays[0] if len(arrays) == 1 else concatenate([reshape(array, (array.size,)) for array in arrays])


def _is_floating(array: NDArray[Any]) -> bool:
    return array.dtype.kind not in "iub"


def _detached(x: Bounded) -> Bounded:
    """Return ``x`` without what it was computed from, so that a remembered number keeps no tape alive."""
    return x.detached()
