"""A trial: one check carried out on one backend, and what was measured and chosen on the way."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.contract import Backend, Description, Native, Unsupported
from conformance.card import Formula
from conformance.case import Case
from conformance.expectation import flattened, named
from conformance.failure import ConformanceFailure, Evidence
from conformance.generation import Effort, drawn_cases, smallest
from conformance.judgement import Judgement, Measurement, judge
from conformance.law import Check
from conformance.operators import Operators
from conformance.oracle import Arithmetic, Bounded, can_judge, numpy_dtype

Expectation = Callable[[Formula, Arithmetic], Bounded]
Expectations = Callable[[Formula, Arithmetic], Mapping[str, Bounded]]
Verify = Callable[[Any], None]


@dataclass
class Trial:
    """One check on one backend.

    Args:
        check: What is checked.
        backend: What is under test.
        description: What the backend says of itself.
        effort: How much is drawn.
    """

    check: Check
    backend: Backend
    description: Description
    effort: Effort = field(default_factory=Effort)
    measurement: Measurement = field(default_factory=Measurement, init=False)
    dialects: set[str] = field(default_factory=set, init=False)

    @property
    def arithmetic(self) -> Arithmetic:
        """The arithmetic that the backend is allowed, declarations included."""
        dtype = self.check.dtype
        return Arithmetic.of(
            dtype,
            accumulator=self.description.accumulator.get(dtype),
            scattered=self.description.scattered.get(dtype),
            tensor_float32=self.description.tensor_float32,
        )

    def require_dtype(self) -> None:
        """Raise unless the backend computes in the check's dtype and this machine can judge it.

        Raises:
            Unsupported: It does not, or the oracle has no precision to spare here.
        """
        dtype = self.check.dtype
        if dtype not in self.backend.dtypes:
            raise Unsupported(f"{dtype} arrays")
        if not can_judge(dtype):
            raise Unsupported(f"{dtype} cannot be judged on this machine: numpy.longdouble is no wider than float64")

    def require_gradients(self) -> None:
        """Raise unless the adapter gives gradients at all, before the oracle goes to any length about them.

        Raises:
            Unsupported: It does not.
        """
        if type(self.backend).vjp is Backend.vjp:
            raise Unsupported("vjp")

    def each_case(self, verify: Verify) -> None:
        """Apply ``verify`` to the check's case, or to every drawn one; a drawn failure is made as small as can be."""
        if self.check.case is not None:
            verify(self.check.case)
            return
        strategy = self.check.statement.drawn
        if strategy is None:
            raise AssertionError(f"{self.check.id}: the statement has neither cases nor a strategy to draw them from")
        for case in drawn_cases(self.check.card.name, strategy, self.effort):
            try:
                verify(case)
            except ConformanceFailure:
                if not self.effort.shrink:
                    raise
                kept = self.measurement
                case = smallest(strategy, lambda other: self._fails(verify, other), case)  # noqa: PLW2901
                self.measurement = kept
                verify(case)
                raise

    def _fails(self, verify: Verify, case: Case) -> bool:
        try:
            verify(case)
        except ConformanceFailure:
            return True
        except Exception:  # noqa: BLE001 - what else a backend does with another case does not take this failure's place
            return False
        return False

    def natives(self, case: Case) -> dict[str, Native]:
        """Return the case's inputs as the backend's own values."""
        arrays = case.arrays(self.check.dtype)
        return {
            name: None if array is None else self.backend.from_numpy(array.copy()) for name, array in arrays.items()
        }

    def operator(self) -> Callable[..., Native]:
        """Return the backend's operator that the check is about."""
        return self.backend.operator(self.check.card.name)

    def apply(self, operator: Callable[..., Native], case: Case, natives: Mapping[str, Native]) -> Native:
        """Return ``operator`` of ``natives``, arrays by position but for those that the card says to name."""
        if self.check.card.call is not None:
            return self.check.card.call(Operators(self.backend), natives, case.options)
        keywords = self.check.card.keywords
        by_name = {name: natives[name] for name in keywords if natives.get(name) is not None}
        return operator(*(natives[name] for name in natives if name not in keywords), **by_name, **case.options)

    def call(self, case: Case) -> dict[str, NDArray[Any]]:
        """Return what the backend's operator gives for ``case``, each output by its name."""
        with quiet():
            return self.arrays(self.apply(self.operator(), case, self.natives(case)))

    def arrays(self, result: Native) -> dict[str, NDArray[Any]]:
        """Return a result of the backend, which may be a nest of tuples, as arrays by name."""
        return {name: self.array(native) for name, native in named(flattened(result)).items()}

    def array(self, native: Native) -> NDArray[Any]:
        """Return a result of the backend as an array of its own, not a view that a later call could change.

        Raises:
            TypeError: The adapter's ``to_numpy`` gave something else than a numeric array.
        """
        return self.numeric(self.backend.to_numpy(native), "to_numpy")

    def numeric(self, array: object, source: str) -> NDArray[Any]:
        """Return ``array``, which the adapter's ``source`` gave, if it is a numeric array or a scalar of NumPy's.

        Raises:
            TypeError: It is not.
        """
        if not isinstance(array, (np.ndarray, np.generic)):
            raise TypeError(
                f"adapter {self.backend.name!r}: expected {source} to return a numeric numpy.ndarray, not "
                f"{type(array).__name__}"
            )
        if array.dtype.kind not in "biuf" and array.dtype != numpy_dtype("bfloat16"):
            raise TypeError(
                f"adapter {self.backend.name!r}: expected {source} to return a numeric numpy.ndarray, not one of dtype "
                f"{array.dtype}"
            )
        return np.array(array, subok=False)

    def compare(self, actual: NDArray[Any], expectation: Expectation, *, call: str, what: str = "output") -> None:
        """Compare ``actual`` with what the permitted formulas give; it must be within the budget of one of them.

        Raises:
            ConformanceFailure: It is within the budget of none.
        """
        self.compare_all(
            {what: actual}, lambda formula, arithmetic: {what: expectation(formula, arithmetic)}, call=call
        )

    def compare_all(self, actual: Mapping[str, NDArray[Any]], expectations: Expectations, *, call: str) -> None:
        """Compare several arrays, each by its name, with what one and the same of the permitted formulas gives.

        Raises:
            ConformanceFailure: No formula fits them all.
        """
        permitted = self.check.card.admissible(self.check.statement)

        def judged(arithmetic: Arithmetic) -> dict[str, Judgement]:
            return {one.name: self._judge(actual, one, expectations, arithmetic, call) for one in permitted}

        self._settle(judged(self.arithmetic), judged)

    def _judge(
        self,
        actual: Mapping[str, NDArray[Any]],
        formula: Formula,
        expectations: Expectations,
        arithmetic: Arithmetic,
        call: str,
    ) -> Judgement:
        expected = expectations(formula, arithmetic)
        measurement, evidence = Measurement(), None
        if list(actual) != list(expected):
            told = Evidence("another number of outputs", call, None, ", ".join(expected), ", ".join(actual))
            return Judgement(Measurement(float("inf"), cases=1, worst_call=call), told)
        for what, array in actual.items():
            judgement = judge(
                array,
                expected[what],
                partial(_statistical, expectations, formula, arithmetic, what),
                call=call,
                what=what,
            )
            measurement = measurement.joined(judgement.measurement)
            evidence = judgement.evidence if evidence is None else evidence
        return Judgement(replace(measurement, cases=1), evidence)

    def _settle(
        self, verdicts: Mapping[str, Judgement], judged: Callable[[Arithmetic], Mapping[str, Judgement]]
    ) -> None:
        """Keep the measurement of the formula that fits best, and note it if it is the only one that fits.

        Where none does, say whether one would if sums accumulated in the half type: that is how they may be off.
        """
        fitting = [name for name, judgement in verdicts.items() if judgement.evidence is None]
        best = min(verdicts.values(), key=lambda judgement: judgement.measurement.ratio)
        self.measurement = self.measurement.joined(best.measurement)
        if not fitting:
            found = next(iter(verdicts.values())).evidence
            evidence = Evidence("no formula fits") if found is None else found
            shorter = self.arithmetic.plain
            if shorter != self.arithmetic and any(one.evidence is None for one in judged(shorter).values()):
                told = f"sums kept in {self.check.dtype} would explain it"
                evidence = replace(evidence, error=f"{evidence.error}; {told}" if evidence.error else told)
            raise ConformanceFailure(evidence)
        if len(verdicts) > 1 and len(fitting) == 1:
            self.dialects.add(fitting[0])

    def fail(self, summary: str, case: Case, expected: str, actual: str) -> None:
        """Raise the failure of a check that is not about numbers.

        Raises:
            ConformanceFailure: Always.
        """
        call = case.call(self.check.card.name, self.check.dtype)
        raise ConformanceFailure(Evidence(summary, call, None, expected, actual))


@contextmanager
def quiet() -> Iterator[None]:
    """Let a backend compute without its warnings; the checks that are about warnings watch for them themselves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _statistical(expectations: Expectations, formula: Formula, arithmetic: Arithmetic, what: str) -> Bounded:
    """Return one of the expectations with statistical bounds."""
    return expectations(formula, arithmetic.statistically())[what]
