"""Runs of the suite in a process and a folder of their own, and what they leave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

HONEST = "tests.plugin.honest:Honest"


@dataclass(frozen=True)
class Ran:
    """What a run left: its exit code, what it printed, and its result file if it wrote one."""

    exit: int
    out: str
    document: dict[str, Any] = field(default_factory=dict)

    @property
    def results(self) -> list[dict[str, Any]]:
        return self.document.get("results", [])

    def verdicts(self, backend: str, clause: str) -> set[str]:
        """Return the verdicts on the checks of a clause."""
        return {
            result["verdict"] for result in self.results if result["backend"] == backend and result["clause"] == clause
        }

    def failure(self, backend: str, clause: str) -> dict[str, Any]:
        """Return the first failure of a clause."""
        return next(
            result["failure"]
            for result in self.results
            if result["backend"] == backend and result["clause"] == clause and result.get("failure")
        )


SOME = "conformance.laws.test_value conformance.laws.test_purity"
"""Modules of the suite that have what most of these tests are about, so that a run collects little."""


def command(*arguments: str, where: str = SOME) -> list[str]:
    """Return the command that runs the modules of the suite in ``where`` from any folder."""
    return [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--pyargs", *where.split(), *arguments]


def environment() -> dict[str, str]:
    """Return an environment in which the checkout, and with it the backends of these tests, can be imported."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "OMP_NUM_THREADS": "1"}


def run(
    folder: Path,
    *arguments: str,
    backends: tuple[str, ...] = (HONEST,),
    report: str = "out",
    where: str = SOME,
) -> Ran:
    """Run the modules of the suite in ``where`` in ``folder`` and return what it left."""
    told = [f"--backend={backend}" for backend in backends]
    if report:
        told.append(f"--report={report}.html")
    done = subprocess.run(
        command(*told, *arguments, where=where),
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        errors="backslashreplace",
        timeout=300,
        check=False,
    )
    path = folder / f"{report}.json"
    document = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return Ran(done.returncode, done.stdout + done.stderr, document)


def run_once(factory: pytest.TempPathFactory, name: str, *arguments: str, **options: Any) -> tuple[Path, Ran]:
    """Return what :func:`run` left in the folder ``name``, and that folder: one run for all workers of pytest-xdist.

    A fixture is made anew in every worker that has a test of its. That ``--dist=loadgroup`` sends all of them to one
    worker cannot be relied upon: with pytest 9.2, pytest-xdist 3.8 loses the groups (its issue 1386).
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = factory.mktemp(name)
        return folder, run(folder, *arguments, **options)
    folder = factory.getbasetemp().parent / f"once-{name}"  # above the workers' own folders, and new in every session
    folder.mkdir(exist_ok=True)
    kept = folder / "ran.json"
    with _alone(folder / "lock"):
        if not kept.exists():
            kept.write_text(json.dumps(asdict(run(folder, *arguments, **options))), encoding="utf-8")
    return folder, Ran(**json.loads(kept.read_text(encoding="utf-8")))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes out while the context lasts; a process that dies lets go of the lock."""
    with path.open("w") as lock:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)  # gives up after ten seconds
                    break
                except OSError:
                    continue
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
