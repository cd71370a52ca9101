"""The suite's own time: a whole run by profile and by clause, and what a user waits for before the first check."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from conformance.plan import Entry, plan

ROOT = Path(__file__).parents[1]
SLOWEST = 20
PYTEST = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "--backend=ref")


@dataclass(frozen=True)
class Suite:
    """What was measured.

    Args:
        waits: Seconds until a command is done, by what it is.
        seconds: Seconds of a whole run in one process.
        checks: Each check of that run and its seconds.
        memory: The most memory that the run held at a time, in MB.
    """

    waits: dict[str, float]
    seconds: float
    checks: tuple[tuple[Entry, float], ...]
    memory: float


def measure() -> Suite:
    """Run the suite on the reference backend, in one process; first what is shorter."""
    waits = {
        "python -m conformance --help": _seconds([sys.executable, "-m", "conformance", "--help"]),
        "python -m reports --help": _seconds([sys.executable, "-m", "reports", "--help"]),
        "pytest --help": _seconds([*PYTEST, "--help"]),
        "pytest --collect-only": _seconds([*PYTEST, "--collect-only"]),
        "one check by its node id": _seconds([*PYTEST, _first_check()]),
    }
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "junit.xml"
        seconds = _seconds([*PYTEST, f"--junitxml={results}"])
        by_name = {entry.name("ref"): entry for entry in plan()}
        tests = ET.parse(results).iter("testcase")  # noqa: S314 - pytest's own file of a moment ago
        checks = tuple((by_name[test.attrib["name"]], float(test.attrib["time"])) for test in tests)
    # Linux gives kilobytes, macOS bytes: of the largest child so far, which is the whole run.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Suite(waits, seconds, checks, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit)


def _first_check() -> str:
    entry = plan()[0]
    return f"{entry.module.replace('.', os.sep)}.py::{entry.name('ref')}"


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr}")
    return time.perf_counter() - started


def table(suite: Suite) -> str:
    """Return the waits, the time by profile and the slowest clauses."""
    lines = ["The suite on the reference backend, in one process", ""]
    lines += [f"{what:<40}{seconds:>8.2f} s" for what, seconds in suite.waits.items()]
    lines += [f"{f'the whole run, {len(suite.checks):,} checks':<40}{suite.seconds:>8.1f} s"]
    lines += [f"{'its memory at most':<40}{suite.memory:>8.0f} MB", ""]
    lines += [f"{'profile':<28}{'checks':>8}{'seconds':>9}{'ms a check':>12}"]
    lines += _rows(suite, lambda entry: entry.clause.profile.value, None)
    lines += ["", f"{f'the {SLOWEST} slowest clauses':<58}{'checks':>8}{'seconds':>9}{'ms a check':>12}"]
    lines += _rows(suite, lambda entry: entry.clause.id, SLOWEST)
    return "\n".join(lines) + "\n"


def _rows(suite: Suite, key: Callable[[Entry], str], most: int | None) -> list[str]:
    """Return a line for each group of checks, slowest first, ``most`` of them."""
    groups: dict[str, list[float]] = defaultdict(list)
    for entry, seconds in suite.checks:
        groups[key(entry)].append(seconds)
    slowest = sorted(groups.items(), key=lambda group: (-sum(group[1]), group[0]))[:most]
    width = 28 if most is None else 58
    return [
        f"{name:<{width}}{len(times):>8,}{sum(times):>9.2f}{1e3 * sum(times) / len(times):>12.1f}"
        for name, times in slowest
    ]
