"""Going on with a run that ended early: only what is not done is carried out, and the whole is as if it had not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance.plugin.resumption import require_same
from reports.model import Journal, ResultFile, Shard, load
from tests.plugin._running import Ran, run

WRONG = ("tests.plugin.honest:Wrong",)
VALUE = "conformance.laws.test_value"
FEW = ("-q", "-k", "relu.value or linear.no-bias or view.value")

MARK = 4321.5
"""Seconds that no check takes: what has them was not carried out again."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("resumed")


@pytest.fixture(scope="module")
def whole(folder: Path) -> ResultFile:
    """A whole run."""
    ran = run(folder, *FEW, backends=WRONG, report="whole", where=VALUE)
    assert ran.exit == 1, ran.out
    return load(folder / "whole.json")


@pytest.fixture(scope="module")
def early(whole: ResultFile) -> ResultFile:
    """The same run, as if it had ended when every other check was done."""
    done = tuple(replace(result, seconds=MARK) for result in whole.results[::2])
    return replace(whole, run=replace(whole.run, complete=False, exit_status=2), results=done)


def told(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**result, "seconds": 0} for result in document["results"]]


def goes_on(ran: Ran, whole: ResultFile, early: ResultFile) -> None:
    """Check that what was done is kept, and that the rest was carried out."""
    assert ran.exit == 1, ran.out
    assert ran.document["run"]["complete"] is True
    assert told(ran.document) == told(whole.to_json())
    kept = {result["check"] for result in ran.results if result["seconds"] == MARK}
    assert kept == {result.check for result in early.results}


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["alone", "workers"])
def test_the_journal_of_a_run_that_died_is_gone_on_with(
    folder: Path, whole: ResultFile, early: ResultFile, workers: list[str]
) -> None:
    journal = folder / "again.partial.jsonl"
    Journal(journal, early, early.results).close()
    ran = run(folder, *FEW, f"--resume={journal}", *workers, backends=WRONG, report="again", where=VALUE)
    goes_on(ran, whole, early)
    assert not journal.exists()


def test_where_all_is_done_nothing_is_carried_out_and_a_failure_stays_one(folder: Path, whole: ResultFile) -> None:
    ran = run(folder, *FEW, "--resume=whole.json", backends=WRONG, report="same", where=VALUE)
    assert ran.exit == 1
    assert ran.document["results"] == whole.to_json()["results"]


def test_another_run_is_not_gone_on_with(folder: Path, whole: ResultFile) -> None:
    assert whole.results
    ran = run(folder, "-q", "-k", "view.value", "--resume=whole.json", backends=WRONG, report="other", where=VALUE)
    assert ran.exit == pytest.ExitCode.USAGE_ERROR, ran.out
    assert "--resume=whole.json: expected the selection of this run" in ran.out
    assert "Traceback" not in ran.out


def test_what_is_not_gone_on_with_stays_as_it_is(folder: Path, early: ResultFile) -> None:
    path = folder / "stays.json"
    path.write_text(json.dumps(early.to_json()), encoding="ascii")
    before = path.read_bytes()
    ran = run(folder, "-q", "-k", "view.value", "--resume=stays.json", backends=WRONG, report="stays", where=VALUE)
    assert ran.exit == pytest.ExitCode.USAGE_ERROR, ran.out
    assert path.read_bytes() == before


def test_what_was_done_is_on_disk_before_the_first_new_check(folder: Path, early: ResultFile) -> None:
    path = folder / "kept.partial.jsonl"
    with Journal(path, early, early.results):
        kept = Journal.recover(path)
    assert kept.sorted().results == early.sorted().results
    assert kept.run.seconds == pytest.approx(early.run.seconds)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        (lambda file: replace(file, suite=replace(file.suite, digest="0" * 64)), "the suite"),
        (lambda file: replace(file, run=replace(file.run, effort="deep")), "the effort"),
        (lambda file: replace(file, run=replace(file.run, seed=7)), "the seed"),
        (lambda file: replace(file, run=replace(file.run, selection="-k other")), "the selection"),
        (lambda file: replace(file, run=replace(file.run, planned=7)), "the plan"),
        (lambda file: replace(file, run=replace(file.run, shard=Shard(1, 2))), "the part of the plan"),
        (lambda file: replace(file, backends=(replace(file.backends[0], version="0"),)), "the backends"),
        (lambda file: replace(file, machine={**file.machine, "numpy": "0"}), "the environment"),
    ],
    ids=["suite", "effort", "seed", "selection", "plan", "part", "backend", "environment"],
)
def test_what_differs_is_named(whole: ResultFile, changed: Any, named: str) -> None:
    require_same(whole, whole, None)
    with pytest.raises(pytest.UsageError, match=f"expected {named} of this run"):
        require_same(changed(whole), whole, Path("out.json"))


def test_a_run_that_stopped_at_the_first_failure_is_gone_on_with(folder: Path, whole: ResultFile) -> None:
    first = run(folder, *FEW, "-x", backends=WRONG, report="short", where=VALUE)
    assert len(first.results) < len(whole.results)
    assert json.loads((folder / "short.json").read_text(encoding="ascii"))["run"]["complete"] is False
    ran = run(folder, *FEW, "--resume=short.json", backends=WRONG, report="short", where=VALUE)
    assert told(ran.document) == told(whole.to_json())


KNOWN = """
[[deviation]]
clause = "linear.no-bias"
reason = "It adds what is not asked for."
link = "https://example.org/known"
looks_like = "wrong"
"""


def test_what_was_done_is_judged_by_the_deviations_that_are_known_now(folder: Path, whole: ResultFile) -> None:
    assert {result.verdict for result in whole.results if result.clause == "linear.no-bias"} == {"failed"}
    (folder / "known.toml").write_text(KNOWN, encoding="utf-8")
    options = (*FEW, "--deviations=known.toml", "--resume=whole.json")
    ran = run(folder, *options, backends=WRONG, report="known", where=VALUE)
    assert ran.verdicts("wrong", "linear.no-bias") == {"deviation"}, ran.out
    assert ran.exit == 1  # of what is not known

    again = run(folder, *FEW, "--resume=known.json", backends=WRONG, report="unknown", where=VALUE)
    assert again.verdicts("wrong", "linear.no-bias") == {"failed"}, again.out
