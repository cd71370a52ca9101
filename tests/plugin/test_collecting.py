"""Collection: what it does with the process's garbage collector is undone."""

from __future__ import annotations

import subprocess
import sys

from tests.plugin._running import ROOT, environment

PROGRAM = """
import gc, pytest
arguments = ["--backend=ref", "--collect-only", "-q", "-k", "relu.value", "-p", "no:cacheprovider"]
pytest.main([*arguments, "conformance/laws/test_value.py"])
print("frozen", gc.get_freeze_count(), "enabled", gc.isenabled())
"""


def test_a_process_that_runs_pytest_has_its_garbage_collector_back() -> None:
    for before, enabled in (("", True), ("import gc; gc.disable()", False)):
        ran = subprocess.run(
            [sys.executable, "-c", before + PROGRAM],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.stdout.splitlines()[-1] == f"frozen 0 enabled {enabled}", ran.stdout + ran.stderr
