"""The guide's examples: taken from adapters/README.md as they stand, and run in an empty folder."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "adapters" / "README.md"


def example(name: str) -> str:
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)
    return next(block for block in blocks if block.startswith(f"# {name}"))


def run(folder: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], list[dict[str, object]]]:
    command = [sys.executable, "-P", "-m", "pytest", "--pyargs", "conformance", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "--report", "out.html", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    results = json.loads((folder / "out.json").read_text(encoding="utf-8"))["results"]
    return done, results


def verdicts(results: list[dict[str, object]], law: str) -> set[object]:
    return {result["verdict"] for result in results if result["law"] == law}


def test_functional_example_is_judged_and_honestly_unsupported(tmp_path: Path) -> None:
    pytest.importorskip("autograd")
    text = example("autograd_adapter.py")
    assert len(text.splitlines()) < 60
    (tmp_path / "autograd_adapter.py").write_text(text, encoding="utf-8")
    chosen = "relu. or linear. or view. or conv2d. or sgd. or tape."
    done, results = run(tmp_path, "--backend=autograd_adapter:backend", "-k", chosen)
    assert done.returncode == 0, done.stdout + done.stderr
    clauses = {str(result["clause"]): result["verdict"] for result in results}
    assert {clauses[name] for name in ("relu.value", "relu.gradient", "linear.value", "linear.gradient")} == {"passed"}
    assert clauses["conv2d.value"] == "unsupported"
    assert verdicts(results, "semantics") == {"unsupported"}
    assert verdicts(results, "trajectory") == {"unsupported"}
    assert all(result["reason"] for result in results if result["verdict"] == "unsupported")


def test_torch_shaped_example_passes(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    (tmp_path / "shaped_adapter.py").write_text(example("shaped_adapter.py"), encoding="utf-8")
    done, results = run(tmp_path, "--backend=shaped_adapter:backend", "-k", "relu. or sgd.")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {result["verdict"] for result in results} == {"passed"}
