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


NODE = "one check by its node id"

WAITS = {
    "python -m conformance --help": (["-m", "conformance", "--help"], 0, 1.0),
    "python -m reports --help": (["-m", "reports", "--help"], 0, 1.0),
    "pytest --help": ([*PYTEST[1:], "--help"], 0, 1.0),
    "a backend that there is not": (["-m", "pytest", "-p", "no:cacheprovider", "--backend=no-such"], 4, 1.0),
    "an option out of range": ([*PYTEST[1:], "--shard=3/2"], 4, 1.0),
    "a command out of range": (["-m", "conformance", "strength", "-n", "0"], 2, 1.0),
    "pytest --collect-only": ([*PYTEST[1:], "--collect-only"], 0, 3.0),
    NODE: (list(PYTEST[1:]), 0, 2.0),
}
"""What passes before anything is checked: the arguments of the interpreter, the exit code, and the seconds allowed."""

_COMPILED = Path(tempfile.gettempdir()) / f"nn-conformance-compiled-{os.getuid() if hasattr(os, 'getuid') else 'own'}"
"""Where modules are kept as they were compiled."""

MEMORY = 1000.0
"""MB that a process may hold which checks the reference backend."""


@dataclass(frozen=True)
class Wait:
    """Seconds until a command is done: of the processor, which is judged, on the wall clock, and allowed."""

    processor: float
    wall: float
    allowed: float

    @property
    def ratio(self) -> float:
        """Which part of what is allowed it takes."""
        return self.processor / self.allowed


@dataclass(frozen=True)
class Suite:
    """What was measured.

    Args:
        waits: What a command takes, by what it is.
        seconds: Seconds of a whole run in one process.
        checks: Each check of that run and its seconds.
        memory: The most memory that the run held at a time, in MB.
    """

    waits: dict[str, Wait]
    seconds: float
    checks: tuple[tuple[Entry, float], ...]
    memory: float

    @property
    def is_within_limits(self) -> bool:
        """Whether every figure is what the project promises."""
        return self.memory <= MEMORY and all(wait.ratio <= 1 for wait in self.waits.values())


def waits() -> dict[str, Wait]:
    """Return the quickest of three runs of each command: what another program takes off the processor comes on top.

    Compiled modules are kept between the runs, as they are for anybody who runs the suite a second time.
    """
    return {what: min((_wait(what) for _ in range(3)), key=lambda wait: wait.processor) for what in WAITS}


def measure() -> Suite:
    """Run the suite on the reference backend, in one process; first what is shorter."""
    found = waits()
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "junit.xml"
        seconds = _seconds([*PYTEST, f"--junitxml={results}"])
        by_name = {entry.name("ref"): entry for entry in plan()}
        tests = ET.parse(results).iter("testcase")  # noqa: S314 - pytest's own file of a moment ago
        checks = tuple((by_name[test.attrib["name"]], float(test.attrib["time"])) for test in tests)
    # Linux gives kilobytes, macOS bytes: of the largest child so far, which is the whole run.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Suite(found, seconds, checks, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit)


def _first_check() -> str:
    entry = plan()[0]
    return f"{entry.module.replace('.', os.sep)}.py::{entry.name('ref')}"


def _wait(what: str) -> Wait:
    arguments, status, allowed = WAITS[what]
    command = [sys.executable, *arguments, *([_first_check()] if what == NODE else [])]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    _carry_out(command, status)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Wait(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, allowed)


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    _carry_out(command, 0)
    return time.perf_counter() - started


def _carry_out(command: list[str], status: int) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONPYCACHEPREFIX": str(_COMPILED)}
    done = subprocess.run(  # noqa: S603 - our own
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != status:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr}")


def table(suite: Suite) -> str:
    """Return the waits, the time by profile and the slowest clauses."""
    lines = ["The suite on the reference backend, in one process", ""]
    lines += [*waits_table(suite.waits), ""]
    lines += [f"{f'the whole run, {len(suite.checks):,} checks':<34}{suite.seconds:>12.1f} s"]
    ratio = suite.memory / MEMORY
    cells = f"{suite.memory:>11.0f} MB{MEMORY:>20.0f} MB{ratio:>8.2f}  {_verdict(ratio)}"
    lines += [f"{'its memory at most':<34}{cells}", ""]
    lines += [f"{'profile':<28}{'checks':>8}{'seconds':>9}{'ms a check':>12}"]
    lines += _rows(suite, lambda entry: entry.clause.profile.value, None)
    lines += ["", f"{f'the {SLOWEST} slowest clauses':<58}{'checks':>8}{'seconds':>9}{'ms a check':>12}"]
    lines += _rows(suite, lambda entry: entry.clause.id, SLOWEST)
    return "\n".join(lines) + "\n"


def waits_table(found: dict[str, Wait]) -> list[str]:
    """Return a line for each command: what it takes, what is allowed, and the ratio of the two."""
    lines = [f"{'until it is done':<34}{'processor':>12}{'wall':>10}{'allowed':>10}{'ratio':>8}  verdict"]
    for what, wait in found.items():
        cells = f"{wait.processor:>10.2f} s{wait.wall:>8.2f} s{wait.allowed:>8.1f} s{wait.ratio:>8.2f}"
        lines.append(f"{what:<34}{cells}  {_verdict(wait.ratio)}")
    return lines


def _verdict(ratio: float) -> str:
    return "kept" if ratio <= 1 else "not kept"


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
