"""Comparison: each way in which a check's outcome can change is told apart, and what does not change is not told."""

from __future__ import annotations

from dataclasses import replace

import make_results
import pytest

from reports.compare import KINDS, clause_changes, compare, environment_changes, kind_of
from reports.comparison_text import as_text
from reports.model import Measurement, Result, ResultFileError


def result(verdict, ratio=None):
    measurement = None if ratio is None else Measurement(ratio, (0,), 1.0, 1, 1)
    return Result("c", "n", "ref", "a.b", "value", verdict, 0.1, measurement=measurement)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (result("passed"), result("failed"), "newly failing"),
        (result("passed"), result("error"), "newly failing"),
        (result("passed"), result("deviation"), "newly failing"),
        (result("failed"), result("passed"), "newly passing"),
        (result("deviation"), result("passed"), "newly passing"),
        (result("unsupported"), result("passed"), "newly offered"),
        (result("unsupported"), result("failed"), "newly offered"),
        (result("passed"), result("unsupported"), "no longer offered"),
        (result("deviation"), result("unsupported"), "no longer offered"),
        (result("unsupported"), result("unsupported"), None),
        (result("failed"), result("deviation"), "other verdict"),
        (result("passed", 0.1), result("passed", 0.2), "less precise"),
        (result("passed", 0.2), result("passed", 0.1), "more precise"),
        (result("failed", 5.0), result("failed", float("inf")), "less precise"),
        (result("failed", float("inf")), result("failed", float("inf")), None),
        (result("passed", 0.1), result("passed", 0.199), None),
        (result("passed", 0.0), result("passed", 0.009), None),
        (result("passed", 0.0), result("passed", 0.02), "less precise"),
        (result("passed"), result("passed", 0.5), None),
        (None, result("failed"), "added"),
        (result("passed"), None, "removed"),
    ],
)
def test_a_change_has_its_kind(before, after, kind):
    assert kind_of(before, after) == kind


def test_a_run_does_not_differ_from_itself(small):
    assert all(not comparison.changes for comparison in compare(small, small))
    assert clause_changes(small, small) == ()


def test_every_backend_is_compared_with_itself(small, earlier):
    comparisons = compare(earlier, small)
    assert [(pair.before.name, pair.after.name) for pair in comparisons] == [("ref", "ref"), ("mlx", "mlx")]
    counts = {kind: sum(len(pair.of(kind)) for pair in comparisons) for kind in KINDS}
    assert counts["newly failing"] > 0
    assert counts["newly passing"] > 0
    assert counts["added"] == counts["removed"] == 0


def test_two_backends_can_be_compared(small):
    (comparison,) = compare(small, small, ("ref", "mlx"))
    # The same check bears another name on another backend, and is found all the same.
    assert comparison.of("added") == comparison.of("removed") == ()
    assert comparison.of("newly failing")


def test_single_backends_of_different_names_are_compared():
    (comparison,) = compare(make_results.make(1, backends=("ref",)), make_results.make(1, backends=("mlx",)))
    assert (comparison.before.name, comparison.after.name) == ("ref", "mlx")


def test_runs_without_a_common_backend_are_refused(small):
    other = make_results.make(1, backends=("jax", "torch"))
    with pytest.raises(ResultFileError, match="name two with --backends"):
        compare(small, other)
    with pytest.raises(ResultFileError, match="expected one of the backends ref, mlx, not 'jax'"):
        compare(small, small, ("ref", "jax"))


def test_suites_that_differ_are_said_to_be_incomparable_and_in_what(small):
    first, second, *rest = small.clauses
    kept = {clause.id for clause in (first, *rest)}
    other = replace(
        small,
        suite=replace(small.suite, version="0.2.0", digest="other"),
        clauses=(replace(first, sentence="It does something else."), *rest),
        results=tuple(result for result in small.results if result.clause in kept),
    )
    assert [change.id for change in clause_changes(small, other)] == [first.id, second.id]
    told = as_text(small, other, compare(small, other))
    assert "judged by different suites (nn-conformance 0.1.0 and nn-conformance 0.2.0)" in told
    assert f"changed {first.id}: It does something else." in told
    assert f"removed {second.id}" in told


def test_what_differs_of_the_environment_is_told(small):
    newer = replace(small.backends[0], version="9.9")
    other = replace(small, machine={**small.machine, "blas": "MKL"}, backends=(newer, small.backends[1]))
    pair = compare(small, other)[0]
    told = environment_changes(small, other, pair)
    assert told == (("framework", "NumPy reference 0.1.0", "NumPy reference 9.9"), ("blas", "OpenBLAS 0.3.28", "MKL"))


def test_score_and_coverage_are_compared_where_they_can_be(small):
    changed = next(result for result in small.results if result.verdict == "passed")
    failing = replace(changed, verdict="failed", failure=None)
    worse = replace(small, results=tuple(failing if result is changed else result for result in small.results))
    told = as_text(small, worse, compare(small, worse))
    claimed = sum(r.backend == changed.backend and r.verdict != "unsupported" for r in small.results)
    passed = sum(r.backend == changed.backend and r.verdict == "passed" for r in small.results)
    assert f"  score: {passed:,} of {claimed:,} claimed checks passed" in told
    assert f" -> {passed - 1:,} of {claimed:,} claimed checks passed" in told
    assert "coverage:" not in told
    cut_short = replace(worse, run=replace(worse.run, complete=False))
    selected = replace(worse, run=replace(worse.run, selection="-k some"))
    of_another = replace(worse, suite=replace(worse.suite, digest="other"))
    for other in (small, cut_short, selected, of_another):
        assert "score:" not in as_text(small, other, compare(small, other))


def test_the_reason_of_a_deviation_that_came_or_went_is_told(small):
    passing = next(result for result in small.results if result.verdict == "passed")
    known = replace(passing, verdict="deviation", reason="It rounds up.", link="https://example.org/up")
    deviating = replace(small, results=tuple(known if result is passing else result for result in small.results))
    for before, after in ((small, deviating), (deviating, small)):
        (line,) = (
            line for line in as_text(before, after, compare(before, after)).splitlines() if line.startswith("  newly")
        )
        assert line.endswith("(It rounds up.)")
    assert "It rounds up." not in as_text(deviating, deviating, compare(deviating, deviating))


def test_behaviours_outside_of_one_selection_are_no_changes(small):
    first, *rest = small.clauses
    kept = {clause.id for clause in rest}
    part = replace(
        small,
        suite=replace(small.suite, digest="other"),
        run=replace(small.run, selection="-k some"),
        clauses=tuple(rest),
        results=tuple(result for result in small.results if result.clause in kept),
    )
    assert clause_changes(part, small) == clause_changes(small, part) == ()
    told = as_text(part, small, compare(part, small))
    assert "selection: -k some -> everything" in told
    number = sum(result.clause == first.id for result in small.results) // 2
    assert "  No verdict and no precision changed.\n" in told
    assert f"  Not compared: 0 checks of the earlier run alone, {number:,} of the later run alone.\n" in told
    assert "added:" not in told
    assert "added:" in as_text(replace(part, run=small.run), small, compare(part, small))


def test_changes_of_one_behaviour_share_a_line(small):
    failing = replace(
        small,
        results=tuple(
            replace(result, verdict="error", measurement=Measurement(0.5, (0,), 1.0, 1, 1))
            if result.backend == "ref" and result.verdict == "passed"
            else result
            for result in small.results
        ),
    )
    told = as_text(small, failing, compare(small, failing))
    clauses = {result.clause for result in small.results if result.backend == "ref" and result.verdict == "passed"}
    lines = [line for line in told.splitlines() if line.startswith("  newly failing: test")]
    assert len(lines) == min(len(clauses), 20)
    assert all(line.endswith("-> error") for line in lines)
