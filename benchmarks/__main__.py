"""``python -m benchmarks [training] [layers] [suite] [report]``: print measurements; exit 1 if a promise is broken."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from typing import Any

from benchmarks import layers, report, suite
from benchmarks.training_step import measure
from benchmarks.turns import table

PROMISES = {1: 3.0, 64: 2.5}
"""Batch size, and how many times torch's time a step may take."""

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Read by the libraries when they are loaded, and so set before NumPy is imported: in a process of its own."""


def main() -> int:
    """Measure in a child process with one thread for each library, or, being that child, print the tables."""
    chosen = sys.argv[1:] if len(sys.argv) > 1 else list(PARTS)
    if unknown := [part for part in chosen if part not in PARTS]:
        sys.stderr.write(f"benchmarks: expected some of {', '.join(PARTS)}, or none for all, not {unknown[0]}\n")
        return 2
    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
        command = [sys.executable, "-m", "benchmarks", *chosen]
        return subprocess.run(command, env={**os.environ, **ONE_THREAD}, check=False).returncode  # noqa: S603 - itself
    kept = [PARTS[part]() for part in chosen]
    return int(not all(kept))


def _frameworks() -> tuple[Any, Any]:
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    return importlib.import_module("adapters.reference.namespace").torch, torch


def _training() -> bool:
    reference, torch = _frameworks()
    measurements = [measure(reference, torch, batch, allowed) for batch, allowed in PROMISES.items()]
    title = f"The tutorial's training step, float32, one thread each (torch {torch.__version__}, CPU)"
    _show(table(title, measurements))
    return all(measurement.is_kept for measurement in measurements)


def _layers() -> bool:
    reference, torch = _frameworks()
    measurements = layers.measure(reference, torch)
    title = f"Layers, forward and backward, float32, one thread each (torch {torch.__version__}, CPU)"
    _show(table(title, measurements))
    return all(measurement.is_kept for measurement in measurements)


def _suite() -> bool:
    found = suite.measure()
    _show(suite.table(found))
    return found.is_within_limits


def _report() -> bool:
    ours, theirs = report.measure()
    _show(report.table(ours, theirs))
    return ours.is_within_limits


def _show(lines: str) -> None:
    sys.stdout.write(f"{lines}\n")
    sys.stdout.flush()


PARTS = {"training": _training, "layers": _layers, "suite": _suite, "report": _report}
"""What is measured, by the name that asks for it alone; each says whether its promises are kept."""


if __name__ == "__main__":
    sys.exit(main())
