"""Joining: the parts of a plan, or backends side by side; anything else is refused, and says why."""

from __future__ import annotations

from dataclasses import replace

import make_results
import pytest

from reports.merge import merge
from reports.model import ResultFileError, Shard


def parts(result_file, of=3):
    """Return a run as its shards would write it, with names."""
    shards = []
    for number in range(1, of + 1):
        run = replace(result_file.run, shard=Shard(number, of), seconds=10.0, started=f"2025-03-01T09:3{number}:00Z")
        shards.append((f"{number}.json", replace(result_file, run=run, results=result_file.results[number - 1 :: of])))
    return shards


def changed(named, **changes):
    path, file = named
    return path, replace(file, **changes)


def changed_run(named, **changes):
    path, file = named
    return path, replace(file, run=replace(file.run, **changes))


def test_parts_join_into_the_whole_run_in_any_order(small):
    merged = merge(parts(small)[::-1])
    whole = replace(small.run, seconds=30.0, started="2025-03-01T09:31:00Z")
    assert merged.result_file == replace(small, run=whole).sorted()
    assert merged.account == f"Joined 3 parts of one run into its whole plan of {len(small.results):,} checks."


def test_parts_that_do_not_say_which_they_are_join_where_they_make_up_the_plan(small):
    assert merge([changed_run(part, shard=None) for part in parts(small)]).result_file.results == small.results


def test_an_interrupted_part_is_named(small):
    first, second, (path, third) = parts(small)
    cut = (path, replace(third, run=replace(third.run, complete=False), results=third.results[:-5]))
    with pytest.raises(ResultFileError, match=r"the parts have [\d,]+; 3\.json ended early"):
        merge([first, second, cut])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda p: p[:1], "expected two or more result files to join, not 1"),
        (lambda p: p[:2], "expected each of the 3 parts once, but 3/3 missing"),
        (lambda p: [*p, p[0]], "expected each of the 3 parts once, but 1/3 there twice"),
        (lambda p: [*p[:2], changed_run(p[2], shard=Shard(3, 4))], "expected parts of one division"),
        (lambda p: [*p[:2], changed_run(p[2], shard=None)], "expected parts of one"),
        (lambda p: [changed_run(part, shard=None) for part in p[:2]], "a part is missing"),
        (lambda p: [changed_run(part, shard=None) for part in [*p, p[0]]], "but both have"),
        (lambda p: [p[0], p[1], changed_run(p[2], planned=7)], "3.json: expected the plan of 1.json"),
        (lambda p: [p[0], p[1], changed_run(p[2], seed=7)], "3.json: expected the seed of 1.json, None, not 7"),
        (lambda p: [p[0], p[1], changed_run(p[2], effort="deep")], "expected the effort of 1.json, default, not deep"),
        (lambda p: [p[0], p[1], changed_run(p[2], selection="-k x")], "expected the selection of 1.json"),
        (lambda p: [p[0], p[1], changed(p[2], machine={"numpy": "9"})], "expected the environment of 1.json"),
        (
            lambda p: [p[0], changed(p[1], machine={"numpy": "9\n  of two\nlines"})],
            "not numpy 9 of two lines",
        ),
        (
            lambda p: [p[0], p[1], changed(p[2], suite=replace(p[2][1].suite, digest="0"))],
            "expected the suite of 1.json",
        ),
        (
            lambda p: [
                p[0],
                p[1],
                changed(p[2], backends=(p[2][1].backends[0], replace(p[2][1].backends[1], version="9"))),
            ],
            "expected the backends of 1.json",
        ),
    ],
)
def test_what_is_not_one_run_is_refused(spoil, said, small):
    with pytest.raises(ResultFileError) as caught:
        merge(spoil(parts(small)))
    assert said in str(caught.value)


def test_runs_of_different_backends_stand_side_by_side():
    ref = make_results.make(1, backends=("ref",))
    mlx = replace(make_results.make(1, backends=("mlx",)), machine={**ref.machine, "platform": "macOS-15"})
    merged = merge([("ref.json", ref), ("mlx.json", mlx)])
    joined = merged.result_file
    assert merged.account == "Put 2 runs of different backends side by side: ref, mlx."
    assert [backend.name for backend in joined.backends] == ["ref", "mlx"]
    assert len(joined.results) == len(ref.results) + len(mlx.results) == joined.run.planned
    # What the machines have in common is said once, the rest with the backend.
    assert "platform" not in joined.machine
    assert joined.backends[1].machine == {"platform": "macOS-15"}
    assert joined.machine["numpy"] == ref.machine["numpy"]


def test_backends_that_are_partly_shared_are_refused(small):
    with pytest.raises(ResultFileError, match="but mlx is in several of the files and other backends are not"):
        merge([("small.json", small), ("mlx.json", make_results.make(1, backends=("mlx",)))])


def test_a_part_does_not_stand_beside_another_backend():
    ref = parts(make_results.make(1, backends=("ref",)))[0]
    with pytest.raises(ResultFileError, match=r"1\.json: expected a whole run to put beside others, not part 1/3"):
        merge([("mlx.json", make_results.make(1, backends=("mlx",))), ref])
