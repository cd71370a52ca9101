"""A limit on memory: a backend that takes more of it than there is costs one verdict, and not the machine."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conformance.plugin import values
from conformance.plugin.memory import MemoryLimit
from tests.plugin._running import run

if sys.platform != "linux":
    pytest.skip("a process can be kept from taking memory on Linux", allow_module_level=True)

# Checks of relu, of which each takes memory, and of view, which has room again.
FEW = ("-q", "-k", "(relu.value or view.value) and float32 and not _relu and not prelu and not rrelu")
WHERE = "conformance.laws.test_value"


def hostile(name: str) -> tuple[str, ...]:
    return (f"tests.plugin.hostile:named.{name}",)


def test_what_is_given_back_costs_a_verdict_and_no_process(tmp_path: Path) -> None:
    name = "takes-too-much-and-gives-it-back"
    ran = run(tmp_path, *FEW, "--memory-limit=1000", backends=hostile(name), where=WHERE)
    assert ran.exit == 1, ran.out
    assert ran.document["run"]["complete"] is True
    assert ran.verdicts(name, "relu.value") == {"error"}
    assert "MemoryError" in ran.failure(name, "relu.value")["summary"]
    assert ran.verdicts(name, "view.value") == {"passed"}


def test_a_leak_costs_a_process_that_is_replaced(tmp_path: Path) -> None:
    ran = run(tmp_path, *FEW, "-n", "1", "--memory-limit=1000", backends=hostile("leaks"), where=WHERE)
    assert ran.exit == 1, ran.out
    assert ran.document["run"]["complete"] is True
    assert ran.verdicts("leaks", "relu.value") == {"error"}
    assert "--memory-limit" in ran.failure("leaks", "relu.value")["summary"]
    assert ran.verdicts("leaks", "view.value") == {"passed"}
    assert all("--memory-limit=1000" in result["reproduce"] for result in ran.results if result["verdict"] == "error")


def test_a_leak_without_workers_ends_the_run_and_says_so(tmp_path: Path) -> None:
    ran = run(tmp_path, *FEW, "--memory-limit=1000", backends=hostile("leaks"), where=WHERE)
    assert ran.exit == pytest.ExitCode.INTERRUPTED, ran.out
    assert "under -n 1 the process would be replaced" in ran.out
    assert ran.document["run"]["complete"] is False
    assert [result["verdict"] for result in ran.results].count("error") == 1


def test_a_limit_below_what_the_suite_takes_is_a_usage_error() -> None:
    with pytest.raises(pytest.UsageError, match="expected more than the"):
        MemoryLimit(1)


@pytest.mark.parametrize("text", ["-1", "1.5", "much", "1" * 10, ""])
def test_what_is_no_amount_is_a_usage_error(text: str) -> None:
    with pytest.raises(pytest.UsageError, match="expected mebibytes"):
        values.mebibytes(text)
    assert values.mebibytes("0") == 0
