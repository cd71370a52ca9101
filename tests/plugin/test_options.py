"""The command line: what is asked for, what is refused and how, and what the exit code says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugin._running import HONEST, ROOT, command, environment, run

VIEW = "conformance.laws.test_value"
"""One small file of the suite, so that a run collects little."""


def only(*arguments: str) -> list[str]:
    """Return the command that runs the checks of ``view`` alone."""
    return command("-k", "view.value", *arguments, where=VIEW)


def called(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        only(*arguments), cwd=folder, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--backend=nope"], ["there is no backend 'nope'", "ref ", "installed", "package.module:attribute"]),
        (["--backend=touch"], ["Did you mean 'torch'?"]),
        (["--backend=no.such.module:backend"], ["there is no module 'no'"]),
        (["--backend=tests.plugin.honest:Nothing"], ["to have an attribute 'Nothing'", "Honest"]),
        (["--backend=tests.plugin.honest:np"], ["expected an adapters.contract.Backend"]),
        (["--backend=:x"], ["expected a name or package.module:attribute"]),
        (["--seed=3"], ["--effort=deep"]),
        (["--effort=deep", "--seed=-1"], ["whole number from 0 up"]),
        (["--case-timeout=soon"], ["expected seconds"]),
        (["--report=out.pdf"], ["expected the name of an HTML file"]),
        (["--report=/proc/nowhere/out.html"], ["expected a place that can be written"]),
        (["--deviations=missing.toml"], ["missing.toml"]),
    ],
    ids=lambda value: value[-1].lstrip("-") if isinstance(value, list) and value[-1].startswith("--") else None,
)
def test_a_mistake_is_a_usage_error_of_one_paragraph(tmp_path: Path, arguments: list[str], told: list[str]) -> None:
    done = called(tmp_path, *arguments)
    shown = done.stdout + done.stderr
    assert done.returncode == pytest.ExitCode.USAGE_ERROR, shown
    assert all(text in shown for text in told), shown
    assert "Traceback" not in shown
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize("name", ["torch-cuda", "torch-cuda-float32", "torch-cuda-tf32"])
def test_torch_cuda_without_a_device_says_so(tmp_path: Path, name: str) -> None:
    torch = pytest.importorskip("torch")
    if torch.cuda.is_available():
        pytest.skip("this machine has a CUDA device")
    done = called(tmp_path, f"--backend={name}")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "CUDA" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_an_option_the_reference_is_judged(tmp_path: Path) -> None:
    done = called(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\nref\n" in done.stdout


def test_an_empty_selection_is_no_success(tmp_path: Path) -> None:
    ran = run(tmp_path, "-k", "no_such_check")
    assert ran.exit == pytest.ExitCode.NO_TESTS_COLLECTED
    assert not ran.document


def test_a_backend_that_offers_nothing_of_it_is_no_success(tmp_path: Path) -> None:
    ran = run(tmp_path, "-k", "view.value", backends=("tests.plugin.honest:Lacking",))
    assert ran.exit == pytest.ExitCode.NO_TESTS_COLLECTED
    assert {result["verdict"] for result in ran.results} == {"unsupported"}
    assert all(result["reason"] == "_view" for result in ran.results)


def test_several_backends_are_one_matrix(tmp_path: Path) -> None:
    ran = run(tmp_path, "-k", "view.value", backends=(HONEST, "ref"))
    assert ran.exit == 0, ran.out
    assert [backend["name"] for backend in ran.document["backends"]] == ["honest", "ref"]
    assert ran.verdicts("honest", "view.value") == ran.verdicts("ref", "view.value") == {"passed"}


def test_two_backends_of_one_name_are_refused(tmp_path: Path) -> None:
    ran = run(tmp_path, "-k", "view.value", backends=(HONEST, "tests.plugin.honest:Twin"))
    assert ran.exit == pytest.ExitCode.USAGE_ERROR
    assert "backends of different names" in ran.out


def test_a_backend_of_an_installed_package(tmp_path: Path) -> None:
    info = tmp_path / "somebodys-0.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: somebodys\nVersion: 0.1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[nn_conformance.backends]\nsomebodys = {HONEST}\n", encoding="utf-8")
    paths = f"{ROOT}:{tmp_path}"
    done = subprocess.run(
        only("--backend=somebodys"),
        cwd=tmp_path,
        env={**environment(), "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\nhonest\n" in done.stdout


def test_collecting_lists_clauses_with_their_links(tmp_path: Path) -> None:
    done = subprocess.run(
        only("--collect-only"),
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0
    assert "view.value" in done.stdout
    assert "https://docs.pytorch.org/docs/stable/" in done.stdout


def test_the_marker_of_a_profile_selects_it(tmp_path: Path) -> None:
    ran = run(
        tmp_path,
        "-m",
        "gradient",
        "-k",
        "tensor_view or view.",
        backends=("ref",),
        where="conformance.laws conformance.semantics",
    )
    laws = {result["law"] for result in ran.results}
    assert laws
    assert laws <= {"gradient", "double_backward", "second_derivative", "layer_gradient"}
    assert "-m gradient" in ran.document["run"]["selection"]


def test_importing_the_suite_imports_no_framework() -> None:
    program = "import sys, conformance.plugin, conformance.plan, reports; conformance.plan.plan(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    frameworks = {"torch", "flax", "jax", "tensorflow", "keras", "mlx", "paddle", "tinygrad", "onnx", "onnxruntime"}
    assert not frameworks & set(done.stdout.split())
