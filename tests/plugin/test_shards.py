"""Parts of the plan: every check in exactly one, evenly, and together the same as the whole run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.plan import plan
from conformance.plugin import values
from conformance.plugin.share import Share, division, name_of
from reports.model import Shard
from tests.plugin._running import HONEST, Ran, environment, run

WRONG = "tests.plugin.honest:Wrong"
VALUE = "conformance.laws.test_value"
FEW = ("-q", "-k", "relu.value or linear.no-bias or view.value")

NAMES = tuple(entry.name("ref") for entry in plan())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parts")


@pytest.fixture(scope="module")
def whole(folder: Path) -> Ran:
    """A run of a few checks, some of which fail."""
    return run(folder, *FEW, backends=(WRONG,), report="whole", where=VALUE)


def merged(folder: Path, *parts: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reports", "merge", *parts, "-o", "merged.json"],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def timeless(path: Path) -> str:
    """Return the text of a result file without times and the report's own name."""
    text = re.sub(r'"(seconds|started)": ?("[^"]*"|[-0-9.e]+)', r'"\1":0', path.read_text(encoding="ascii"))
    return re.sub(r" --report=\w+\.html| -n 2", "", text)


def test_two_parts_together_are_the_whole_run_byte_for_byte(folder: Path, whole: Ran) -> None:
    assert whole.exit == 1
    parts = [
        run(
            folder,
            *FEW,
            f"--shard={k}/2",
            "--shard-by=whole.json",
            *workers,
            backends=(WRONG,),
            report=f"part{k}",
            where=VALUE,
        )
        for k, workers in ((1, []), (2, ["-n", "2"]))
    ]
    assert all(len(part.results) < len(whole.results) for part in parts)
    assert all(part.document["run"]["complete"] for part in parts)
    assert [part.document["run"]["shard"]["number"] for part in parts] == [1, 2]
    done = merged(folder, "part2.json", "part1.json")
    assert done.returncode == 0, done.stderr
    assert timeless(folder / "merged.json") == timeless(folder / "whole.json")
    assert "2/2 missing and 1/2 there twice" in merged(folder, "part1.json", "part1.json").stderr


def test_an_empty_part_is_a_success_with_a_result_file(folder: Path) -> None:
    few = ("-q", "-k", "view.value")
    backend = {"backends": (HONEST,), "where": VALUE}
    planned = run(folder, *few, report="all", **backend).document["run"]["planned"]
    parts = [
        run(folder, *few, f"--shard={number}/{planned + 1}", *workers, report=f"few{number}", **backend)
        for number, workers in ((planned + 1, []), (planned + 1, ["-n", "1"]))
    ]
    for part in parts:
        assert part.exit == 0, part.out
        assert part.results == []
        assert part.document["run"]["complete"] is True
        assert part.document["run"]["planned"] == planned


@pytest.mark.parametrize("text", ["0/4", "5/4", "1", "1/0", "-1/2", "a/b", "1/2/3", "1/99999", "1/\u0664", ""])
def test_what_is_no_part_is_a_usage_error(text: str) -> None:
    with pytest.raises(pytest.UsageError, match="expected k/n"):
        values.shard(text)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--shard=0/2"], "expected k/n"),
        (["--shard-by=x.json"], "expected --shard too"),
        (["--shard=1/2", "--shard-by=missing.json"], "missing.json: expected a result file"),
    ],
    ids=["no-such-part", "no-part", "no-file"],
)
def test_a_mistake_is_a_usage_error(tmp_path: Path, arguments: list[str], told: str) -> None:
    ran = run(tmp_path, *arguments, where=VALUE)
    assert ran.exit == pytest.ExitCode.USAGE_ERROR
    assert told in ran.out
    assert "Traceback" not in ran.out


names_and_costs = st.dictionaries(
    st.from_regex(r"test_(value|gradient)\[[a-z]{1,6}\]", fullmatch=True), st.floats(0, 100), max_size=60
)


@given(names_and_costs, st.integers(1, 9), st.booleans())
@settings(max_examples=200, derandomize=True, deadline=None)
def test_each_check_is_in_one_part_and_none_has_much_to_do_more(
    costs: dict[str, float], of: int, measured: bool
) -> None:
    parts = division(costs, of, costs if measured else {})
    assert set(parts) == set(costs)
    loads = [sum(costs[name] if measured else 1 for name in parts if parts[name] == k) for k in range(1, of + 1)]
    assert set(parts.values()) <= set(range(1, of + 1))
    # Whoever got a check had least to do before it.
    assert max(loads) - min(loads) <= max([0, *(costs.values() if measured else (1,))]) * (1 + 1e-9)


def test_every_machine_divides_alike_in_whatever_order_and_folder_it_collects() -> None:
    shuffled = list(NAMES)
    Random(0).shuffle(shuffled)
    paths = [f"../site-packages/conformance/laws/x.py::{name}" for name in shuffled]
    assert {name_of(path) for path in paths} == set(NAMES)
    parts = [set(Share(Shard(number, 4)).part(list(NAMES))) for number in range(1, 5)]
    assert parts == [set(Share(Shard(number, 4)).part(list(map(name_of, paths)))) for number in range(1, 5)]
    assert sum(map(len, parts)) == len(NAMES)
    assert set().union(*parts) == set(NAMES)


def test_without_measured_costs_no_part_has_more_of_a_law_or_of_a_dtype() -> None:
    parts = [list(Share(Shard(number, 4)).part(NAMES)) for number in range(1, 5)]
    for test in {name.partition("[")[0] for name in NAMES}:
        counts = [sum(name.startswith(f"{test}[") for name in part) for part in parts]
        assert max(counts) - min(counts) <= 1
    doubles = [sum(name.endswith("float64]") for name in part) for part in parts]
    assert max(doubles) <= 1.1 * min(doubles)


def test_costs_of_another_backend_and_of_the_same_law_serve_too() -> None:
    share = Share(
        Shard(1, 2), {"test_value[*-relu.value]": 9.0, "test_value[torch-relu.value]": 9.0}, backends=("ref", "torch")
    )
    found = share._costs_of(["test_value[ref-relu.value]", "test_value[ref-new.value]", "test_other[ref-x.y]"])
    assert list(found.values()) == [9.0, 9.0, 9.0]
    assert Share.in_worker(json.loads(json.dumps(share.to_worker()))) == share


def test_a_worker_that_dies_in_a_part_is_replaced(folder: Path) -> None:
    few = ("-q", "-k", "(relu.value or view.value) and not _relu and not relu6 and not prelu and not rrelu")
    part = ("--shard=2/2", "-n", "1")
    ran = run(folder, *few, *part, backends=("tests.plugin.hostile:named.exits-at-once",), report="died", where=VALUE)
    assert ran.exit == 1, ran.out
    assert ran.document["run"]["complete"] is True
    assert ran.verdicts("exits-at-once", "relu.value") == {"error"}
    assert ran.verdicts("exits-at-once", "view.value") == {"passed"}
