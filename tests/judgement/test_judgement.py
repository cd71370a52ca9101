"""What a comparison says: ratio, place, ulp, evidence, and which numbers are not constrained."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance.judgement import Judgement, Measurement, judge
from conformance.oracle import Arithmetic, Bounded, numpy_dtype, total

SINGLE = Arithmetic.of("float32")


def expected(values: object, error: object = 0.0, arithmetic: Arithmetic = SINGLE) -> Bounded:
    value = np.asarray(values, dtype=np.longdouble)
    return Bounded(value, np.broadcast_to(np.asarray(error, dtype=np.longdouble), value.shape), arithmetic)


def judged(actual: object, bounded: Bounded, statistical: Bounded | None = None) -> Judgement:
    array = actual if isinstance(actual, np.ndarray) else np.asarray(actual, dtype=np.float32)
    return judge(array, bounded, lambda: bounded if statistical is None else statistical, call="f(x)", what="output")


def passes(actual: object, bounded: Bounded) -> bool:
    judgement = judged(actual, bounded)
    assert (judgement.evidence is None) == (judgement.measurement.ratio <= 1)
    return judgement.evidence is None


def test_an_error_within_its_budget_passes() -> None:
    judgement = judged([1.0, 2.5], expected([1.0, 2.0], [0.1, 1.0]))
    assert judgement.evidence is None
    assert judgement.measurement.ratio == pytest.approx(0.5)
    assert judgement.measurement.worst_index == (1,)
    assert judgement.measurement.elements == 2
    assert judgement.measurement.cases == 1
    assert judgement.measurement.worst_call == "f(x)"


def test_an_error_beyond_its_budget_fails_with_evidence() -> None:
    judgement = judged([[1.0, 2.5]], expected([[1.0, 2.0]], 0.1))
    evidence = judgement.evidence
    assert evidence is not None
    assert judgement.measurement.ratio == pytest.approx(5.0)
    assert evidence.index == (0, 1)
    assert evidence.expected == "2"
    assert evidence.actual == "2.5"
    assert evidence.error == "0.5, 5 times what is allowed"
    assert evidence.allowed == "0.1"
    assert "1 of 2 elements" in evidence.summary


def test_exact_results_leave_no_room() -> None:
    assert passes([1.0, -2.0], expected([1.0, -2.0]))
    judgement = judged(np.nextafter(np.float32([1.0]), np.float32(2)), expected([1.0]))
    assert judgement.measurement.ratio > 1
    assert judgement.evidence is not None
    assert judgement.evidence.allowed == "none: the result is exact"


def test_an_exact_zero_leaves_no_room_at_all() -> None:
    assert np.isinf(judged([1e-45], expected([0.0])).measurement.ratio)


def test_zeros_of_either_sign_are_equal() -> None:
    assert passes([0.0, -0.0], expected([-0.0, 0.0]))


@pytest.mark.parametrize("exceptional", [np.nan, np.inf, -np.inf])
def test_exceptional_values_have_to_be_met(exceptional: float) -> None:
    assert passes([exceptional], expected([exceptional]))
    for other in {1.0, np.nan, np.inf, -np.inf} - {exceptional}:
        if not (np.isnan(other) and np.isnan(exceptional)):
            judgement = judged([other], expected([exceptional]))
            assert np.isinf(judgement.measurement.ratio)
            assert judgement.evidence is not None
        assert passes([exceptional], expected([exceptional], 5.0)) is True


@pytest.mark.parametrize("computed", [np.nan, np.inf, -np.inf])
def test_an_exceptional_result_for_a_finite_one_fails_whatever_the_budget(computed: float) -> None:
    assert not passes([computed], expected([1.0], 1e30))


@pytest.mark.parametrize("computed", [np.nan, np.inf, -np.inf, 0.0, 3e38])
def test_what_may_overflow_is_not_constrained(computed: float) -> None:
    assert passes([computed], expected([3.4e38], 1e37))
    assert passes([computed], expected([1e39]))


@pytest.mark.parametrize("computed", [np.nan, np.inf, -np.inf, 0.0])
@pytest.mark.parametrize("value", [1.0, np.nan, np.inf])
def test_an_infinite_budget_constrains_nothing(computed: float, value: float) -> None:
    assert passes([computed], expected([value], np.inf))


def test_the_largest_number_itself_is_constrained() -> None:
    largest = float(np.finfo(np.float32).max)
    assert passes([largest], expected([largest]))
    assert not passes([1.0], expected([largest]))


def test_half_types_have_a_range_of_their_own() -> None:
    half = Arithmetic.of("float16")
    assert passes(np.array([np.inf], dtype=np.float16), expected([65504.0], 100.0, half))
    assert not passes(np.array([np.inf], dtype=np.float16), expected([60000.0], 100.0, half))


@pytest.mark.parametrize(("actual", "wanted"), [((2,), (3,)), ((1, 3), (3,)), ((), (1,)), ((0,), (1,))])
def test_another_shape_fails(actual: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    judgement = judged(np.zeros(actual, dtype=np.float32), expected(np.zeros(wanted)))
    assert judgement.evidence is not None
    assert judgement.evidence.expected == f"shape {list(wanted)}"
    assert judgement.evidence.actual == f"shape {list(actual)}"
    assert np.isinf(judgement.measurement.ratio)


def test_nothing_to_compare_passes() -> None:
    judgement = judged(np.zeros((0, 3), dtype=np.float32), expected(np.zeros((0, 3))))
    assert judgement.evidence is None
    assert judgement.measurement.elements == 0
    assert judgement.measurement.cases == 1


def test_a_scalar_is_judged() -> None:
    assert passes(np.float32(1.5).reshape(()), expected(1.5))
    judgement = judged(np.float32(2.5).reshape(()), expected(1.5, 0.5))
    assert judgement.evidence is not None
    assert judgement.evidence.index == ()
    assert judgement.evidence.surroundings is None


@pytest.mark.parametrize(("value", "units"), [(1.0, 3), (1.75, 3), (4.0, 2), (-1e-3, 5)])
def test_errors_are_counted_in_units_of_the_expected_value(value: float, units: int) -> None:
    base = np.float32(value)
    computed = base
    for _ in range(units):
        computed = np.nextafter(computed, np.float32(np.sign(value) * np.inf))
    assert judged([computed], expected([base], 1.0)).measurement.ulp == pytest.approx(units)


def test_units_below_the_smallest_normal_number_are_its_own() -> None:
    tiny = float(np.finfo(np.float32).smallest_subnormal)
    assert judged([3 * tiny], expected([tiny], 1.0)).measurement.ulp == pytest.approx(2)


def test_bfloat16_is_read_without_rounding() -> None:
    brain = numpy_dtype("bfloat16")
    arithmetic = Arithmetic.of("bfloat16")
    computed: NDArray = np.array([1.0, 1.0078125]).astype(brain)
    assert passes(computed, expected([1.0, 1.0078125], 0.0, arithmetic))
    judgement = judged(computed, expected([1.0, 1.0], 1.0, arithmetic))
    assert judgement.measurement.ulp == pytest.approx(1)


def test_the_expected_value_is_not_rounded_first() -> None:
    """Half a unit of a value between two numbers is half a unit, not 0 or 1."""
    between = np.longdouble(1) + np.longdouble(2) ** -24
    assert judged([1.0], expected([between], 2.0**-23)).measurement.ratio == pytest.approx(0.5)


def test_the_oracles_own_roundoff_is_allowed() -> None:
    value = 2 - np.longdouble(2) ** -60
    double = Arithmetic.of("float64")
    assert passes(np.array([np.nextafter(value, np.longdouble(1))]), expected([value], 0.0, double))
    assert not passes(np.array([value - np.longdouble(2) ** -58]), expected([value], 0.0, double))


def long_sum(arithmetic: Arithmetic) -> Bounded:
    """Return a sum of 400 ones: 399 roundings at worst, and 120 by chance."""
    return total(Bounded.input(np.ones((1, 400)), arithmetic), (1,))


def off_by(roundings: int) -> NDArray:
    return np.array([400 * (1 + roundings * SINGLE.roundoff)], dtype=np.float32)


@pytest.mark.parametrize(("roundings", "verdict"), [(100, "passed"), (200, "imprecise"), (450, "failed")])
def test_an_error_between_the_two_bounds_is_imprecise(roundings: int, verdict: str) -> None:
    judgement = judged(off_by(roundings), long_sum(SINGLE), long_sum(SINGLE.statistically()))
    assert judgement.measurement.imprecise == (verdict == "imprecise")
    assert (judgement.evidence is not None) == (verdict == "failed")


def test_the_statistical_bound_is_computed_only_where_it_can_matter() -> None:
    def refused() -> Bounded:
        raise AssertionError("not needed")

    bounded = long_sum(Arithmetic.of("float32"))
    assert judge(off_by(50), bounded, refused, call="f(x)", what="output").evidence is None
    with pytest.raises(AssertionError, match="not needed"):
        judge(off_by(200), bounded, refused, call="f(x)", what="output")


def test_measurements_join_to_the_worse_one() -> None:
    none = Measurement()
    mild = Measurement(ratio=0.2, worst_index=(1,), ulp=3.0, elements=5, cases=1, worst_call="mild")
    bad = Measurement(ratio=0.7, worst_index=(2,), ulp=1.0, elements=7, cases=1, imprecise=True, worst_call="bad")
    both = none.joined(mild).joined(bad)
    assert both == bad.joined(mild)
    assert (both.ratio, both.worst_index, both.worst_call) == (0.7, (2,), "bad")
    assert (both.ulp, both.elements, both.cases, both.imprecise) == (3.0, 12, 2, True)


def test_surroundings_say_where_they_begin_and_mark_what_is_wrong() -> None:
    values = np.arange(12.0).reshape(1, 12)
    computed = np.where(values == 9, -1, values).astype(np.float32)
    evidence = judged(computed, expected(values, 0.5)).evidence
    assert evidence is not None
    first, true, seen, marks = str(evidence.surroundings).splitlines()
    assert first == "from [0, 7]"
    assert true.split() == ["expected", "7", "8", "9", "10", "11"]
    assert seen.split() == ["actual", "7", "8", "-1", "10", "11"]
    assert marks.rstrip().endswith("^ wrong")
    assert len(marks.rstrip()) == seen.index("-1") + len("-1")


def test_numbers_that_differ_look_different_and_stay_within_their_width() -> None:
    values = np.full((1, 12), -1.0 / 3.0e100)
    computed = values.copy()
    computed[0, 4] = np.nextafter(computed[0, 4], 0)
    evidence = judged(computed, expected(values, 0.0)).evidence
    assert evidence is not None
    assert evidence.expected != evidence.actual
    first, true, seen, marks = str(evidence.surroundings).splitlines()
    assert first == "from [0, 3]"
    assert (true.split()[2], seen.split()[2]) == (evidence.expected, evidence.actual)
    assert len(marks.rstrip()) == seen.index(evidence.actual) + len(evidence.actual)
    assert max(map(len, (true, seen))) <= 90
