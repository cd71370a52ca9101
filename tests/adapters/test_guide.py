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


@pytest.mark.parametrize("name", ["shaped", "device"])
def test_torch_shaped_example_passes(tmp_path: Path, name: str) -> None:
    pytest.importorskip("torch")
    (tmp_path / f"{name}_adapter.py").write_text(example(f"{name}_adapter.py"), encoding="utf-8")
    done, results = run(tmp_path, f"--backend={name}_adapter:backend", "-k", "relu. or sgd.")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {result["verdict"] for result in results} == {"passed"}


@pytest.mark.parametrize(("framework", "shape"), [("numpy", "functional"), ("torch", "torch")])
def test_what_new_writes_is_judged_as_it_stands(tmp_path: Path, framework: str, shape: str) -> None:
    pytest.importorskip(framework)
    command = [sys.executable, "-P", "-m", "adapters", "new", framework, "--like", shape]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    done, results = run(tmp_path, f"--backend={framework}_adapter:backend", "-k", "relu. and value")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {result["verdict"] for result in results if result["clause"] == "relu.value"} == {"passed"}
    again = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert (again.returncode, again.stderr) == (
        2,
        f"python -m adapters: {framework}_adapter.py is there already; move it away to have a new one\n",
    )


def test_new_wants_a_name_that_python_can_import(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", "adapters", "new", "my-lib"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "not 'my-lib'" in done.stderr
    assert not list(tmp_path.iterdir())
