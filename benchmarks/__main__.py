"""``python -m benchmarks [training] [report]``: print what is measured; exit with 1 where a promise is not kept."""

from __future__ import annotations

import importlib
import os
import statistics
import subprocess
import sys

from benchmarks import report
from benchmarks.training_step import Measurement, measure

PROMISES = {1: 3.0, 64: 2.5}
"""Batch size, and how many times torch's time a step may take."""

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Read by the libraries when they are loaded, and so set before NumPy is imported: in a process of its own."""

PARTS = ("training", "report")


def main() -> int:
    """Measure in a child process with one thread for each library, or, being that child, print the tables."""
    chosen = sys.argv[1:] if len(sys.argv) > 1 else list(PARTS)
    if unknown := [part for part in chosen if part not in PARTS]:
        sys.stderr.write(f"benchmarks: expected some of {', '.join(PARTS)}, or none for all, not {unknown[0]}\n")
        return 2
    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
        command = [sys.executable, "-m", "benchmarks", *chosen]
        return subprocess.run(command, env={**os.environ, **ONE_THREAD}, check=False).returncode  # noqa: S603 - itself
    kept = [_training() if part == "training" else _report() for part in chosen]
    return int(not all(kept))


def _training() -> bool:
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    reference = importlib.import_module("adapters.reference.namespace").torch
    measurements = [measure(reference, torch, batch, allowed) for batch, allowed in PROMISES.items()]
    _show(table(measurements, torch.__version__))
    return all(measurement.ratio <= measurement.allowed for measurement in measurements)


def _report() -> bool:
    ours, theirs = report.measure()
    _show(report.table(ours, theirs))
    return ours.is_within_limits


def _show(lines: str) -> None:
    sys.stdout.write(f"{lines}\n")
    sys.stdout.flush()


def table(measurements: list[Measurement], version: str) -> str:
    """Return the table of medians and ratios."""
    lines = [
        f"The tutorial's training step, float32, one thread each (torch {version}, CPU)",
        f"{'batch':>5} {'reference':>12} {'torch':>12} {'ratio':>7} {'allowed':>8}  verdict",
    ]
    for m in measurements:
        ours, theirs = (statistics.median(times) * 1e3 for times in (m.reference, m.torch))
        verdict = "kept" if m.ratio <= m.allowed else "not kept"
        lines.append(f"{m.batch:>5} {ours:>9.2f} ms {theirs:>9.2f} ms {m.ratio:>7.2f} {m.allowed:>8.1f}  {verdict}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
