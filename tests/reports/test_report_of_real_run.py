"""A real run of a backend with ten planted faults: from the page alone, each of them can be named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from faulty_backend import SLIPS

from reports.html import render
from reports.model import load

ROOT = Path(__file__).parents[2]
NAMED = {
    "conv2d.stride": "conv2d.value",
    "linear.gradient": "linear.gradient",
    "max_pool2d.value": "max_pool2d.value",
    "relu.gradient-at-zero": "relu.gradient-at-zero",
    "gelu.value": "gelu.value",
    "softmax.dim": "softmax.value",
    "mse_loss.size-mismatch-warns": "mse_loss.size-mismatch-warns",
    "sgd.nesterov": "sgd.nesterov",
    "adam.eps": "adam.update",
    "module.load-unexpected-key": "module.load-unexpected-key",
}
"""What each slip breaks, and the entry of the overview under which a reader finds it: the behaviour it follows from."""
SOUND = ("sigmoid.value", "sgd.momentum", "module.load-missing-key")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run of the behaviours that the slips break and of a few others: its result file and what the terminal said."""
    path = tmp_path_factory.mktemp("real") / "out.html"
    chosen = " or ".join({*NAMED, *NAMED.values(), *SOUND})
    command = [sys.executable, "-m", "pytest", "--backend=tests.reports.faulty_backend:backend"]
    command += ["-k", chosen, "--report", str(path), "-q", "--tb=no", "-p", "no:cacheprovider"]
    kept = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST_")}
    environment = {**kept, "COLUMNS": "100"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    return load(path.with_suffix(".json")), done.stdout


@pytest.fixture(scope="module")
def real(run):
    """The result file of that run."""
    return run[0]


def test_the_terminal_says_it_in_a_hundred_columns_and_without_colour(run):
    said = run[1]
    assert "\x1b" not in said
    lines = [line for line in said.splitlines() if not line.startswith(("report ", "results "))]
    assert max(map(len, lines)) <= 100
    for cause in NAMED.values():
        assert f"FAILED {cause}: " in said
    # One table of verdicts by profile, whose columns line up, with score and coverage.
    start = next(place for place, line in enumerate(lines) if line.split()[:2] == ["passed", "failed"])
    heads = lines[start].split()
    assert heads == ["passed", "failed", "error", "deviation", "unsupported", "score", "coverage"]
    total = next(line for line in lines[start:] if line.strip().startswith("all "))
    assert total.endswith("100 %")
    assert len(total) == len(lines[start])
    assert "follow from others" in said


def test_every_slip_is_named_on_the_overview(pages, real):
    assert sorted(NAMED) == sorted(slip.partition(":")[0] for slip in SLIPS)
    page = pages.open(render([real]))
    entries = page.locator(".roots > li")
    told = {entry.locator(".root-head .id").inner_text(): entry.inner_text() for entry in entries.all()}
    # What never looks at the dimension does not refuse one that is not there either.
    assert set(told) - {"softmax.dimension-range"} == set(NAMED.values())
    for slip, cause in NAMED.items():
        assert slip == cause or slip in told[cause], slip
    assert not any(clause in text for clause in SOUND for text in told.values())


def test_every_entry_leads_to_the_call_the_numbers_and_the_command(pages, real):
    page = pages.open(render([real]))
    for cause in NAMED.values():
        page.evaluate("location.hash = 'overview'")
        page.locator(".roots .root-head .id", has_text=cause).click()
        card = page.locator(".panel .failure").first
        failed = next(r for r in real.results if r.clause == cause and r.verdict == "failed")
        assert card.locator(".summary").inner_text() != ""
        assert f"--backend={failed.reproduce.split('--backend=')[1].split()[0]}" in card.inner_text()
        if failed.measurement is not None:
            assert "The call" in card.inner_text()
            assert "Expected" in card.inner_text()
