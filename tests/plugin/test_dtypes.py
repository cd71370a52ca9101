"""The types that checks are made in: the usual ones, or those that are asked for."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from conformance.dtypes import ALL, HALVES, USUAL
from conformance.plan import clauses, in_halves, laws, plan
from tests.plugin._running import Ran, environment, run
from tests.plugin.honest import Honest

ASKED = tuple(f"--dtype={dtype}" for dtype in HALVES)
RELU6 = ("-k", "relu6.")
LAWS = "conformance.laws.test_value conformance.laws.test_purity"


class Halved(Honest):
    """Offers half types, and its relu is off by a unit in the last place of float16."""

    name = "halved"
    dtypes = ALL

    def relu(self, input: Any) -> Any:
        result = super().relu(input)
        return result * result.dtype.type(1 + 2**-10) if result.dtype == np.float16 else result


class Keeping(Halved):
    """Keeps the sums of linear in the half type."""

    name = "keeping"

    def linear(self, input: Any, weight: Any, bias: Any = None) -> Any:
        rows = input.reshape(-1, input.shape[-1])
        total = np.zeros((len(rows), len(weight)), input.dtype) if bias is None else np.tile(bias, (len(rows), 1))
        for k in range(rows.shape[1]):
            total = total + rows[:, [k]] * weight.T[[k]]
        return total.reshape(*input.shape[:-1], len(weight))


def types(ran: Ran) -> set[str | None]:
    """Return the types that the results of a run name."""
    return {result.get("dtype") for result in ran.results}


def test_a_run_checks_the_usual_types_unless_it_is_asked_for_others(tmp_path: Path) -> None:
    usual = run(tmp_path, *RELU6, backends=("ref",), where=LAWS)
    halves = run(tmp_path, *RELU6, *ASKED, backends=("ref",), where=LAWS, report="halves")
    both = run(tmp_path, *RELU6, *ASKED, "--dtype=float32", "-n", "2", backends=("ref",), where=LAWS)
    assert usual.exit == halves.exit == both.exit == 0, halves.out
    assert types(usual) == set(USUAL)
    assert types(halves) == set(HALVES)
    assert types(both) == {"float32", *HALVES}
    assert usual.document["run"]["selection"] == "-k relu6."
    assert halves.document["run"]["selection"] == "--dtype=float16 --dtype=bfloat16 -k relu6."
    assert {result["clause"] for result in halves.results} < {result["clause"] for result in usual.results}


def test_what_names_no_type_goes_with_float32(tmp_path: Path) -> None:
    where = "conformance.semantics.test_zero_grad"
    assert run(tmp_path, backends=("ref",), where=where, report="").exit == 0
    asked = run(tmp_path, "--dtype=float16", backends=("ref",), where=where)
    assert asked.exit == pytest.ExitCode.NO_TESTS_COLLECTED
    assert "deselected" in asked.out
    assert not asked.results


def test_every_process_plans_the_same() -> None:
    assert plan(ALL) != plan()
    assert {entry.name("") for entry in plan(ALL)} == {entry.name("") for dtype in ALL for entry in plan((dtype,))}
    assert [entry for entry in plan(ALL) if entry.is_in(USUAL)] == list(plan())
    assert {entry.name("") for entry in in_halves(plan())} == {entry.name("") for entry in plan(HALVES)}


def test_the_half_types_show_no_clause_that_the_usual_ones_do_not() -> None:
    assert {entry.clause.id for entry in plan(HALVES)} < set(clauses())
    assert {law.name for law in laws() if law.halves} > {"value", "gradient", "layer", "exactness"}


def test_another_type_is_refused(tmp_path: Path) -> None:
    ran = run(tmp_path, "--dtype=float8", report="")
    assert ran.exit == pytest.ExitCode.USAGE_ERROR
    assert "float16" in ran.out


def test_a_backend_without_the_type_does_not_support_it(tmp_path: Path) -> None:
    ran = run(tmp_path, "-k", "relu.value", "--dtype=float32", "--dtype=float16")
    assert ran.exit == 0, ran.out
    relu = [result for result in ran.results if result["clause"] == "relu.value"]
    assert {(result["dtype"], result["verdict"]) for result in relu} == {
        ("float32", "passed"),
        ("float16", "unsupported"),
    }


def test_the_line_that_reproduces_a_failure_asks_for_its_type(tmp_path: Path) -> None:
    ran = run(tmp_path, "-k", "relu.value", *ASKED, backends=("tests.plugin.test_dtypes:Halved",))
    failed = [result for result in ran.results if result["verdict"] == "failed"]
    assert {result["dtype"] for result in failed} == {"float16"}
    line = shlex.split(failed[0]["reproduce"])
    assert "--dtype=float16" in line
    assert "--dtype=bfloat16" not in line
    again = subprocess.run(
        [sys.executable, "-m", *line, "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert again.returncode == pytest.ExitCode.TESTS_FAILED, again.stdout + again.stderr


def test_a_failure_says_where_sums_in_the_half_type_would_explain_it(tmp_path: Path) -> None:
    asked = ("--dtype=float16", "-k", "relu.value or linear.value")
    ran = run(tmp_path, *asked, backends=("tests.plugin.test_dtypes:Keeping",))
    told = "sums kept in float16 would explain it"
    assert told in ran.failure("keeping", "linear.value")["error"]
    assert told not in ran.failure("keeping", "relu.value")["error"]


@pytest.mark.parametrize(("dtype", "exit_code"), [("float16", 0), ("float8", pytest.ExitCode.USAGE_ERROR)])
def test_a_deviation_of_a_half_type_is_known_in_a_run_without_it(tmp_path: Path, dtype: str, exit_code: int) -> None:
    (tmp_path / "known.toml").write_text(
        "[[deviation]]\n"
        f'clause = "relu.value"\ndtype = "{dtype}"\nreason = "One unit off."\nlink = "https://example.org"\n'
        'looks_like = "the output is wrong"\n',
        encoding="utf-8",
    )
    options = ("-k", "relu.value", "--deviations=known.toml")
    backends = ("tests.plugin.test_dtypes:Halved",)
    assert run(tmp_path, *options, backends=backends).exit == exit_code
    if exit_code == 0:
        asked = run(tmp_path, *options, *ASKED, backends=backends)
        assert asked.exit == 0, asked.out
        assert asked.verdicts("halved", "relu.value") == {"passed", "deviation"}


def test_torch_says_what_it_lacks_in_a_half_type() -> None:
    pytest.importorskip("torch")
    from adapters.contract import Unsupported
    from adapters.registry import load

    backend = load("torch")
    with pytest.raises(Unsupported, match="not implemented for 'Half'"), backend.session():
        raise NotImplementedError("\"somewhere_cpu\" not implemented for 'Half'")
    with pytest.raises(RuntimeError, match="for 'Int'"), backend.session():
        raise NotImplementedError("\"somewhere_cpu\" not implemented for 'Int'")
    with pytest.raises(RuntimeError, match="elsewhere"), backend.session():
        raise RuntimeError("elsewhere: \"somewhere_cpu\" not implemented for 'Half'")
