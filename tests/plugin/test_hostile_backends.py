"""Whatever a backend does: the right verdict on the right clause, all others untouched, and the run ends well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugin._running import Ran, run, run_once
from tests.plugin.hostile import EXPECTED, HANGING, LETHAL

ONLY = "not _relu and not relu6 and not prelu and not rrelu"
OTHERS = ("linear.empty-batch", "view.value")
PASSED = {clause: {"passed"} for clause in OTHERS}


def chosen(*clauses: str) -> tuple[str, str]:
    return "-k", f"({' or '.join([*clauses, *OTHERS])}) and {ONLY}"


def names(*backends: str) -> tuple[str, ...]:
    return tuple(f"tests.plugin.hostile:named.{name}" for name in backends)


@pytest.fixture(scope="module")
def battery_and_folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    told = (*chosen("relu.value", "relu.purity"), "-q")
    return run_once(tmp_path_factory, "battery", *told, backends=names(*EXPECTED, "witness"))


@pytest.fixture(scope="module")
def folder(battery_and_folder: tuple[Path, Ran]) -> Path:
    """Where the battery ran."""
    return battery_and_folder[0]


@pytest.fixture(scope="module")
def battery(battery_and_folder: tuple[Path, Ran]) -> Ran:
    """One run of all hostile backends that leave the process alive, the witness last."""
    return battery_and_folder[1]


def test_the_run_ends_and_fails(battery: Ran) -> None:
    assert battery.exit == 1, battery.out[-3000:]
    assert battery.document["run"]["complete"] is True


@pytest.mark.parametrize("name", EXPECTED)
def test_verdict(battery: Ran, name: str) -> None:
    verdict, text = EXPECTED[name]
    assert verdict in battery.verdicts(name, "relu.value")
    assert battery.verdicts(name, "relu.value") <= {verdict, "passed"}
    if text:
        failure = battery.failure(name, "relu.value")
        assert text in f"{failure['summary']} {failure.get('traceback')}"


@pytest.mark.parametrize("name", EXPECTED)
def test_other_clauses_are_untouched(battery: Ran, name: str) -> None:
    assert {clause: battery.verdicts(name, clause) for clause in OTHERS} == PASSED


def test_nothing_is_left_for_the_next_backend(battery: Ran) -> None:
    seen = battery.verdicts("witness", "relu.value")
    assert seen == {"passed"}, battery.failure("witness", "relu.value")


def test_a_changed_input_is_seen(battery: Ran) -> None:
    assert battery.verdicts("changes-its-input", "relu.purity") == {"failed"}


def test_no_text_of_a_backend_is_kept_at_length(battery: Ran) -> None:
    assert len(battery.failure("raises-a-megabyte", "relu.value")["summary"]) <= 1000
    assert len(battery.out) < 3_000_000


def test_the_report_obeys_no_backend(battery: Ran, folder: Path) -> None:
    assert battery.results
    assert "alert(1)</script>" not in (folder / "out.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", HANGING)
def test_a_check_that_hangs_costs_one_verdict(name: str, tmp_path: Path) -> None:
    # The limit is for the suite's own part of a check as well, which on a machine with much to do takes a while.
    ran = run(tmp_path, *chosen("relu.purity"), "-q", "--case-timeout=4", backends=names(name))
    assert ran.exit == 1, ran.out[-3000:]
    assert ran.verdicts(name, "relu.purity") == {"error"}
    assert "hung" in ran.failure(name, "relu.purity")["summary"]
    assert {clause: ran.verdicts(name, clause) for clause in OTHERS} == PASSED


@pytest.mark.parametrize("name", LETHAL)
def test_a_check_that_ends_its_process_costs_one_verdict(name: str, tmp_path: Path) -> None:
    ran = run(tmp_path, *chosen("relu.purity"), "-n", "1", "-q", "--case-timeout=4", backends=names(name))
    assert ran.exit == 1, ran.out[-3000:]
    assert ran.verdicts(name, "relu.purity") == {"error"}
    assert "the process ended" in ran.failure(name, "relu.purity")["summary"]
    assert {clause: ran.verdicts(name, clause) for clause in OTHERS} == PASSED
    assert ran.document["run"]["complete"] is True
