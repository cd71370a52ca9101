"""Verdicts where people look for them: in the terminal, the result file, JUnit XML, and the next run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from adapters.registry import BackendError
from conformance.plugin.subjects import subjects
from tests.plugin._running import HONEST, Ran, environment, run
from tests.plugin.honest import Wrong

WRONG = "tests.plugin.honest:Wrong"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wrong")


@pytest.fixture(scope="module")
def wrong(folder: Path) -> Ran:
    """A run of a backend whose relu and linear are wrong."""
    return run(folder, "-k", "relu.value or linear.no-bias or view.value", "--junit-xml=out.xml", backends=(WRONG,))


def test_wrong_numbers_fail(wrong: Ran) -> None:
    assert wrong.exit == 1
    assert wrong.verdicts("wrong", "linear.no-bias") == {"failed"}
    assert wrong.verdicts("wrong", "view.value") == {"passed"}


def test_a_failure_has_all_that_it_takes_to_understand_it(wrong: Ran) -> None:
    failure = wrong.failure("wrong", "linear.no-bias")
    for part in ("summary", "call", "index", "expected", "actual", "error", "allowed"):
        assert failure[part], part
    assert "times what is allowed" in failure["error"]


def test_the_terminal_shows_it_within_a_hundred_columns(wrong: Ran) -> None:
    for label in ("wrong ", "call ", "first at", "expected ", "actual ", "allowed ", "reproduce "):
        assert re.search(f"^{label}", wrong.out, flags=re.MULTILINE), label
    long = [line for line in wrong.out.splitlines() if len(line) > 100 and not line.startswith(("reproduce", "see"))]
    assert not long


def test_the_line_that_reproduces_it_does(wrong: Ran, folder: Path) -> None:
    line = next(result["reproduce"] for result in wrong.results if result["verdict"] == "failed")
    program, *arguments = shlex.split(line)
    assert program == "pytest"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert "1 failed" in done.stdout


def test_junit_xml_bears_clause_and_measurement(wrong: Ran, folder: Path) -> None:
    assert wrong.results
    cases = list(ET.parse(folder / "out.xml").getroot().iter("testcase"))
    assert len(cases) == len(wrong.results)
    told = [{one.get("name"): one.get("value") for one in case.iter("property")} for case in cases]
    assert {one.get("clause") for one in told} >= {"relu.value", "linear.no-bias", "view.value"}
    assert all({"clause", "verdict", "sentence", "link"} <= set(each) for each in told)
    assert any("error over budget" in each for each in told)
    assert sum(case.find("failure") is not None for case in cases) == sum(
        result["verdict"] == "failed" for result in wrong.results
    )


def test_a_failure_that_follows_from_another_says_so(tmp_path: Path) -> None:
    ran = run(tmp_path, "-k", "linear.value or linear.no-bias", backends=(WRONG,))
    following = [result for result in ran.results if result["clause"] == "linear.no-bias"]
    assert following
    assert all(result["follows_from"] == ["linear.value"] for result in following)
    assert "linear.value fails too: begin there" in ran.out


def _told(results: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    kept = ("check", "backend", "verdict", "measurement", "dialect", "failure", "follows_from")
    return sorted(tuple(str(result[name]) for name in kept) for result in results)


def test_any_number_of_workers_finds_the_same(tmp_path: Path, wrong: Ran) -> None:
    parallel = run(tmp_path, "-k", "relu.value or linear.no-bias or view.value", "-n", "2", backends=(WRONG,))
    assert parallel.exit == 1
    assert _told(parallel.results) == _told(wrong.results)


def test_stopping_at_the_first_failure_leaves_a_result_file_that_says_so(tmp_path: Path) -> None:
    ran = run(tmp_path, "-k", "linear", "-x", backends=(WRONG,))
    assert ran.exit == 1
    assert ran.document["run"]["complete"] is False
    assert len(ran.results) < ran.document["run"]["planned"]


DEVIATION = """
[[deviation]]
clause = "{clause}"
reason = "{reason}"
link = "https://example.org/known"
looks_like = "{looks_like}"
"""


def _known(
    folder: Path, clause: str = "linear.*", reason: str = "It has the sign wrong.", looks_like: str = "is wrong"
) -> str:
    path = folder / "known.toml"
    path.write_text(DEVIATION.format(clause=clause, reason=reason, looks_like=looks_like), encoding="utf-8")
    return f"--deviations={path}"


def test_a_known_failure_is_a_deviation_and_no_failure(tmp_path: Path) -> None:
    ran = run(tmp_path, "-k", "linear.no-bias", _known(tmp_path), backends=(WRONG,))
    assert ran.exit == 0, ran.out
    assert ran.verdicts("wrong", "linear.no-bias") == {"deviation"}
    known = [result for result in ran.results if result["verdict"] == "deviation"]
    assert {result["link"] for result in known} == {"https://example.org/known"}


def test_a_failure_of_another_look_is_a_failure(tmp_path: Path) -> None:
    ran = run(tmp_path, "-k", "linear.no-bias", _known(tmp_path, looks_like="another shape"), backends=(WRONG,))
    assert ran.exit == 1
    assert ran.verdicts("wrong", "linear.no-bias") == {"failed"}


def test_a_deviation_that_no_longer_deviates_fails(tmp_path: Path) -> None:
    ran = run(tmp_path, "-k", "linear.no-bias", _known(tmp_path), backends=(HONEST,))
    assert ran.exit == 1
    assert "no longer deviates" in ran.failure("honest", "linear.no-bias")["summary"]


def test_an_entry_may_be_about_several_clauses(tmp_path: Path) -> None:
    option = _known(tmp_path, clause="linear.no-bias|linear.value")
    ran = run(tmp_path, "-k", "linear.no-bias or linear.value or linear.batch", option, backends=(WRONG,))
    assert ran.verdicts("wrong", "linear.no-bias") == ran.verdicts("wrong", "linear.value") == {"deviation"}


def test_every_alternative_of_an_entry_must_be_about_something(tmp_path: Path) -> None:
    ran = run(tmp_path, "-k", "linear", _known(tmp_path, clause="linear.no-bias|no_such.clause"), backends=(WRONG,))
    assert ran.exit == pytest.ExitCode.USAGE_ERROR
    assert "there is no clause like 'no_such.clause'" in ran.out


def test_a_backend_built_on_another_has_the_files_of_both(tmp_path: Path) -> None:
    files = []
    for clause in ("linear.no-bias", "linear.value"):
        (tmp_path / clause).mkdir()
        _known(tmp_path / clause, clause=clause)
        files.append(tmp_path / clause / "known.toml")
    backend = Wrong()
    backend.deviations = tuple(files)
    found = subjects({"wrong": backend}, {})["wrong"]
    assert [known.clause for known in found.deviations] == ["linear.no-bias", "linear.value"]
    backend.deviations = [*files]  # type: ignore[assignment]
    with pytest.raises(BackendError, match=r"to be a pathlib\.Path, several in a tuple, or None, not \["):
        subjects({"wrong": backend}, {})


def test_a_deviation_that_depends_on_the_machine_may_pass(tmp_path: Path) -> None:
    option = _known(tmp_path)
    with (tmp_path / "known.toml").open("a", encoding="utf-8") as file:
        file.write('depends_on = "the processor"\n')
    ran = run(tmp_path, "-k", "linear.no-bias", option, backends=(HONEST,))
    assert ran.exit == 0, ran.out
    assert ran.verdicts("honest", "linear.no-bias") == {"passed"}
    assert run(tmp_path, "-k", "linear.no-bias", option, backends=(WRONG,)).exit == 0


@pytest.mark.parametrize(
    ("entry", "told"),
    [({"clause": "no_such.clause"}, "no_such.clause"), ({"reason": ""}, "reason"), ({"looks_like": "("}, "looks_like")],
    ids=["unknown-clause", "no-reason", "no-pattern"],
)
def test_a_faulty_entry_is_a_usage_error(tmp_path: Path, entry: dict[str, str], told: str) -> None:
    ran = run(tmp_path, "-k", "linear.no-bias", _known(tmp_path, **entry), backends=(WRONG,))
    assert ran.exit == pytest.ExitCode.USAGE_ERROR
    assert told in ran.out
    assert "Traceback" not in ran.out
