"""Nothing is lost: what a run had found is on disk, however it ended."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.plugin._running import command, environment

SLOW = ["--backend=tests.plugin.honest:Slow", "--report=out.html", "-k", "relu.value or relu.any-shape", "-q"]


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a slow run, and return it when some results are on disk."""
    process = subprocess.Popen(
        command(*SLOW, *arguments),
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A shell has the jobs that it puts in the background ignore this signal, and their children inherit it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - there is one thread here
    )
    journal = folder / "out.partial.jsonl"
    for _ in range(1200):
        if journal.exists() and journal.read_text(encoding="ascii").count('"result"') >= 3:
            return process
        if process.poll() is not None:
            pytest.fail(f"the run ended by itself: {process.communicate()[0]}")
        time.sleep(0.05)
    process.kill()
    raise TimeoutError("the run left nothing on disk in a minute")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["alone", "workers"])
def test_a_run_that_is_told_to_stop_writes_what_it_has(tmp_path: Path, number: int, workers: list[str]) -> None:
    process = started(tmp_path, *workers)
    process.send_signal(number)
    out = process.communicate(timeout=60)[0]
    assert process.returncode not in {0, 1, 5}, out
    document = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert document["run"]["complete"] is False
    assert len(document["results"]) >= 3
    assert (tmp_path / "out.html").exists()
    assert not (tmp_path / "out.partial.jsonl").exists()


def test_what_a_killed_run_had_found_can_be_read(tmp_path: Path) -> None:
    process = started(tmp_path)
    process.kill()
    process.communicate(timeout=60)
    assert not (tmp_path / "out.json").exists()
    done = subprocess.run(
        [sys.executable, "-m", "reports", "summary", "out.partial.jsonl"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "slow" in done.stdout, done.stdout + done.stderr
    assert "Not complete" in done.stdout


def test_a_full_disk_is_told_and_ends_no_run(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full here")
    (tmp_path / "out.partial.jsonl").symlink_to(full)
    done = subprocess.run(
        command("--backend=tests.plugin.honest:Honest", "--report=out.html", "-k", "view.value", "-q"),
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    shown = done.stdout + done.stderr
    assert "No space left on device" in shown
    assert "Traceback" not in shown
    assert done.returncode != 0
