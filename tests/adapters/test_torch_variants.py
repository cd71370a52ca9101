"""The variants of torch: what is compiled really is, and what is allowed of TF32 is what is declared."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from adapters.contract import Unavailable, Unsupported  # noqa: E402 - after what skips the file
from adapters.torch import adapter  # noqa: E402


@pytest.fixture
def flags():
    cudnn, matmul = torch.backends.cudnn, torch.backends.cuda.matmul
    before = cudnn.allow_tf32, matmul.allow_tf32
    yield
    cudnn.allow_tf32, matmul.allow_tf32 = before


@pytest.mark.parametrize(
    ("make", "name", "declared"),
    [
        (adapter.cuda, "torch-cuda", {"convolution"}),
        (adapter.cuda_in_float32, "torch-cuda-float32", set()),
        (adapter.cuda_in_tensor_float32, "torch-cuda-tf32", {"convolution", "matmul"}),
    ],
)
@pytest.mark.usefixtures("flags")
def test_what_is_allowed_of_tf32_is_what_is_declared(monkeypatch, make, name, declared):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _: "a CUDA device")
    made = make()
    assert made.name == name
    assert made.describe().tensor_float32 == declared


def test_every_function_and_layer_is_compiled_and_recorded_with_its_backward_pass():
    from torch._dynamo.utils import counters

    from adapters.torch import compiled

    try:
        backend = compiled.backend()
    except Unavailable as reason:
        pytest.skip(str(reason))
    x, w = np.arange(6.0).reshape(2, 3), np.ones((4, 3))
    counters.clear()
    with backend.session():
        function, natives = backend.operator("linear"), [backend.from_numpy(x), backend.from_numpy(w)]
        output, (towards, _) = backend.vjp(function, natives, backend.from_numpy(np.ones((2, 4))))
        assert backend.to_numpy(output) == pytest.approx(x @ w.T)
        assert backend.to_numpy(towards) == pytest.approx(np.full((2, 3), 4.0))
        assert counters["stats"]["unique_graphs"] == 1
        layer = backend.layer("Linear", {"in_features": 3, "out_features": 4, "bias": False}, {"weight": w}, "float64")
        assert backend.to_numpy(layer(natives[0])) == pytest.approx(x @ w.T)
        assert counters["stats"]["unique_graphs"] == 2
        assert set(backend.layer_state(layer)) == {"weight"}
    with backend.session(), pytest.raises(Unsupported, match="second derivatives"):
        backend.second_vjp(function, natives, natives[0], natives)


def test_without_a_compiler_it_says_what_to_install(monkeypatch):
    from adapters.torch import compiled

    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(Unavailable, match=r"C\+\+ compiler"):
        compiled.backend()
