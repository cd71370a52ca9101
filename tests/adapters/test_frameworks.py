"""The adapters of other frameworks: what they translate, where their findings are, and the environments they run in.

What needs a framework is skipped where it is not installed. `make report BACKEND=jax` makes an environment that has it,
and `.venv-jax/bin/python -m pytest tests/adapters/test_frameworks.py` runs this file there.
"""

import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

import adapters
from adapters.contract import Unsupported
from adapters.registry import BackendError, load
from adapters.translation import both_sides, each, lacking, renamed

ADAPTERS = Path(adapters.__file__).parent
ROOT = ADAPTERS.parent
FOLDERS = sorted(path.parent.name for path in ADAPTERS.glob("*/constraints.txt"))
NAMES = sorted(name for folder in FOLDERS for name in importlib.import_module(f"adapters.{folder}").BACKENDS)
FINDINGS = sorted(ADAPTERS.glob("*/findings/*.py"))

OPERATORS = {
    "conv1d": (((2, 4, 9), (6, 2, 3), (6,)), {"stride": 2, "padding": 1, "dilation": 2, "groups": 2}),
    "conv2d": (((2, 4, 7, 8), (6, 2, 3, 2), (6,)), {"stride": (1, 2), "padding": (2, 1), "groups": 2}),
    "linear": (((3, 5), (4, 5), (4,)), {}),
    "max_pool2d": (((2, 3, 7, 8),), {"kernel_size": (3, 2), "stride": (2, 1), "padding": (1, 0)}),
    "log_softmax": (((3, 4, 5),), {"dim": 1}),
    "mse_loss": (((3, 4), (3, 4)), {"reduction": "sum"}),
}

LAYERS = {
    "Conv2d": ({"in_channels": 4, "out_channels": 6, "kernel_size": (3, 2), "groups": 2}, (2, 4, 7, 8)),
    "ConvTranspose2d": ({"in_channels": 4, "out_channels": 3, "kernel_size": (3, 2), "stride": (1, 2)}, (2, 4, 5, 6)),
    "Embedding": ({"num_embeddings": 5, "embedding_dim": 3}, None),
    "GRU": ({"input_size": 3, "hidden_size": 4, "bias": False}, (5, 2, 3)),
    "GroupNorm": ({"num_channels": 6, "num_groups": 3}, (2, 6, 5)),
    "LSTM": ({"input_size": 3, "hidden_size": 4, "bidirectional": True}, (5, 2, 3)),
    "LSTMCell": ({"input_size": 3, "hidden_size": 4}, (2, 3)),
    "LayerNorm": ({"normalized_shape": (4, 5)}, (2, 3, 4, 5)),
    "Linear": ({"in_features": 5, "out_features": 4}, (3, 5)),
}


def backend_or_skip(name):
    try:
        return load(name)
    except BackendError as error:
        pytest.skip(str(error).splitlines()[0])


def test_one_number_is_one_for_each_dimension():
    assert each(3, 2) == (3, 3)
    assert each((3,), 2) == (3, 3)
    assert each([3, 4], 2) == (3, 4)
    assert both_sides((1, 2), 2) == [(1, 1), (2, 2)]


def test_factors_are_spread_as_lengths_are():
    assert each(1.5, 3) == (1.5, 1.5, 1.5)
    assert each((0.5, 2.0), 2) == (0.5, 2.0)


def test_what_a_framework_lacks_is_named_when_it_is_asked_for():
    lacking("dilation", when=False)
    with pytest.raises(Unsupported, match=r"^dilation$"):
        lacking("dilation", when=True)


def test_options_are_renamed_and_what_is_lacking_is_named():
    assert renamed("optim.SGD", {"lr": 0.1}, {"lr": "learning_rate"}) == {"learning_rate": 0.1}
    with pytest.raises(Unsupported, match=r"^optim\.SGD: dampening=, maximize=$"):
        renamed("optim.SGD", {"dampening": 0.5, "lr": 0.1, "maximize": True}, {"lr": "learning_rate"})


@pytest.mark.parametrize("operator", sorted(OPERATORS))
@pytest.mark.parametrize("name", NAMES)
def test_layouts_and_gradients_are_those_of_the_reference(name, operator):
    backend, reference = backend_or_skip(name), load("ref")
    shapes, options = OPERATORS[operator]
    draw = np.random.default_rng(7)
    inputs = [draw.standard_normal(shape).astype("float32") for shape in shapes]

    def both(subject):
        """Return the output and, of a framework that has gradients, the products."""
        with subject.session():
            natives = [subject.from_numpy(array) for array in inputs]
            function = subject.operator(operator)
            output = subject.to_numpy(function(*natives, **options))
            cotangent = subject.from_numpy(np.random.default_rng(8).standard_normal(output.shape).astype("float32"))
            try:
                _, products = subject.vjp(lambda *varied: function(*varied, **options), natives, cotangent)
            except Unsupported:
                products = []
            return [output, *map(subject.to_numpy, products)]

    try:
        found = both(backend)
    except Unsupported as reason:
        pytest.skip(f"unsupported: {reason}")
    assert len(found) in {1, 1 + len(inputs)}
    for actual, expected in zip(found, both(reference)[: len(found)], strict=True):
        np.testing.assert_allclose(actual, expected, rtol=1e-4, atol=1e-5)


def leaves(output):
    return [leaf for part in output for leaf in leaves(part)] if isinstance(output, tuple) else [output]


@pytest.mark.parametrize("layer", sorted(LAYERS))
@pytest.mark.parametrize("name", NAMES)
def test_layers_take_their_state_and_give_it_back(name, layer):
    backend, reference = backend_or_skip(name), load("ref")
    if (name, LAYERS[layer][0].get("bias")) == ("paddle", False):
        pytest.skip("a recurrence of Paddle's without biases ends the process")
    options, shape = LAYERS[layer]
    draw = np.random.default_rng(7)
    array = np.array([[4, 0, 2]]) if shape is None else draw.standard_normal(shape).astype("float32")
    state = {
        key: draw.standard_normal(one.shape).astype("float32")
        for key, one in reference.initial_state(layer, options, 0).items()
    }

    def both(subject):
        with subject.session():
            made = subject.layer(layer, options, state, "float32")
            outputs = [subject.to_numpy(one) for one in leaves(made(subject.from_numpy(array)))]
            try:
                return outputs, subject.layer_state(made)
            except Unsupported:
                return outputs, None

    try:
        outputs, kept = both(backend)
    except Unsupported as reason:
        pytest.skip(f"unsupported: {reason}")
    for actual, expected in zip(outputs, both(reference)[0], strict=True):
        np.testing.assert_allclose(actual, expected, rtol=1e-4, atol=1e-5)
    for key in () if kept is None else state:
        np.testing.assert_array_equal(kept[key], state[key])


@pytest.mark.parametrize("variable", ["JAX_COMPILATION_CACHE_DIR", "XDG_CACHE_HOME"])
def test_what_jax_compiled_is_kept_for_the_next_run_where_the_user_says(variable, tmp_path):
    backend_or_skip("jax")
    if variable.startswith("XDG") and sys.platform != "linux":
        pytest.skip("other systems have other variables for the folder of what can be made again")
    program = (
        "from adapters.jax.adapter import JaxBackend; import numpy; backend = JaxBackend()\n"
        "with backend.session(): backend.relu(backend.from_numpy(numpy.ones(3)))"
    )
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("JAX_", "XDG_"))}
    if variable.startswith("JAX_"):
        settings["JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"] = "0"
    command = [sys.executable, "-c", program]
    subprocess.run(command, check=True, cwd=ROOT, env={**settings, variable: str(tmp_path)})
    assert [path.name for path in tmp_path.rglob("*-cache")]
    own = tmp_path / "nn-conformance" / "jax"
    assert own.exists() is variable.startswith("XDG")


@pytest.mark.parametrize("script", FINDINGS, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_finding_is_reproduced_in_the_frameworks_own_words(script):
    framework = script.parent.parent.name
    if importlib.util.find_spec(framework) is None:
        pytest.skip(
            f"{framework} is not installed here; make report BACKEND={framework} makes an environment that has it"
        )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, cwd=script.parent)
    assert done.returncode == 0, done.stderr
    said = dict(line.split(None, 1) for line in done.stdout.splitlines())
    assert set(said) == {"expected", "actual"}
    assert said["expected"] != said["actual"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_deviations_and_findings_belong_together(folder):
    entries = tomllib.loads((ADAPTERS / folder / "deviations.toml").read_text(encoding="utf-8")).get("deviation", [])
    named = set(re.findall(r"findings/\w+\.py", " ".join(entry["reason"] for entry in entries)))
    there = {f"findings/{path.name}" for path in FINDINGS if path.parent.parent.name == folder}
    assert named == there


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_adapter_is_an_extra_and_short(folder):
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert folder in extras
    for path in (ADAPTERS / folder).glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 300, path


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (["BACKEND=jax"], [".venv-jax/bin/python -m pytest --backend=jax", "'.[jax]'", "adapters/jax/constraints.txt"]),
        (
            ["BACKEND=jax", "VERSION=0.9.0"],
            [".venv-jax-0.9.0/bin/python -m pytest", "'jax==0.9.0'", "--report out/jax-0.9.0.html"],
        ),
        (
            ["BACKEND=keras-tensorflow", "VERSION=3.10.0"],
            [".venv-keras-3.10.0/bin/python -m pytest --backend=keras-tensorflow", "'keras==3.10.0'"],
        ),
        (
            ["BACKEND=onnxruntime", "VERSION=1.20.1"],
            [".venv-onnxruntime-1.20.1/bin/python -m pytest", "'.[onnx]'", "'onnxruntime==1.20.1'"],
        ),
        (["BACKEND=paddle", "VERSION=3.0.0"], ["'.[paddle]'", "'paddlepaddle==3.0.0'"]),
        (["BACKEND=ref"], [" .venv/bin/python -m pytest --backend=ref"]),
        (["BACKEND=mylib.adapter:backend"], [" .venv/bin/python -m pytest --backend=mylib.adapter:backend"]),
    ],
    ids=["own", "version", "two-in-a-folder", "named-as-backend", "named-otherwise", "reference", "anybody"],
)
def test_make_runs_a_backend_in_its_own_environment(settings, expected):
    told = subprocess.run(
        ["make", "--dry-run", "--always-make", "report", *settings],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout
    for part in expected:
        assert part in told.replace("status=0; ", " ")
