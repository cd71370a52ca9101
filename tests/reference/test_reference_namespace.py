"""How the namespace is put together, and what the adapter says."""

import sys
import types

import numpy as np
import pytest

from adapters.reference import operators
from adapters.reference.adapter import backend
from adapters.reference.namespace import build, collected, torch
from adapters.reference.tensor import install


def test_operators_are_found_by_walking():
    names = collected(operators)
    assert {
        "conv2d",
        "Conv2d",
        "max_pool2d",
        "MaxPool2d",
        "relu",
        "ReLU",
        "linear",
        "Linear",
        "mse_loss",
        "MSELoss",
    } <= set(names)
    assert torch.nn.functional.conv2d is names["conv2d"]
    assert torch.nn.Conv2d is names["Conv2d"]
    assert build().nn.Module is torch.nn.Module


def test_a_name_defined_twice_is_refused_and_both_files_named(monkeypatch, tmp_path):
    (tmp_path / "one.py").write_text("__all__ = ['twice']\ntwice = 1\n")
    (tmp_path / "two.py").write_text("__all__ = ['twice']\ntwice = 2\n")
    package = types.ModuleType("made_up_operators")
    package.__path__ = [str(tmp_path)]
    monkeypatch.setitem(sys.modules, "made_up_operators", package)
    with pytest.raises(RuntimeError, match=r"(?s)twice.*one\.py.*two\.py"):
        collected(package)


def test_a_method_defined_twice_is_refused():
    with pytest.raises(RuntimeError, match="add"):
        install("add", len)


def test_torch_is_not_imported():
    import subprocess

    code = "import sys, adapters.reference.adapter; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_description():
    description = backend.describe()
    assert description.framework == "reference (NumPy)"
    assert description.version
    assert description.declarations["NumPy"] == np.__version__
    assert description.declarations["BLAS"]


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int64", "bool", "uint8"])
@pytest.mark.parametrize("shape", [(), (0,), (2, 0), (2, 3)], ids=str)
def test_arrays_go_in_and_out(dtype, shape):
    array = np.ones(shape, dtype=dtype)
    native = backend.from_numpy(array)
    back = backend.to_numpy(native)
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert not np.shares_memory(back, array)


def test_contract_derives_the_numeric_tier():
    rng = np.random.default_rng(0)
    x, w = backend.from_numpy(rng.standard_normal((2, 3))), backend.from_numpy(rng.standard_normal((4, 3)))
    output, gradients = backend.vjp(backend.operator("linear"), [x, w], backend.from_numpy(np.ones((2, 4))))
    np.testing.assert_allclose(backend.to_numpy(output), x.numpy() @ w.numpy().T)
    np.testing.assert_allclose(backend.to_numpy(gradients[1]), np.ones((4, 2)) @ x.numpy())
    layer = backend.layer(
        "Linear", {"in_features": 3, "out_features": 4, "bias": False}, {"weight": w.numpy()}, "float64"
    )
    np.testing.assert_allclose(backend.to_numpy(layer(x)), backend.to_numpy(output))
    optimizer = backend.optimizer("SGD", [{"params": [np.ones(2)]}], {"lr": 0.5})
    assert optimizer.step([np.ones(2)])[0].tolist() == [0.5, 0.5]
