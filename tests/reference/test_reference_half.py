"""Sixteen-bit types: computed in float32 and rounded once, so as near to torch as two roundings allow."""

import numpy as np
import pytest
from against_torch import reference, seeded, torch

ml_dtypes = pytest.importorskip("ml_dtypes")

RUNS = {
    "conv2d": (lambda space, *t: space.nn.functional.conv2d(*t, padding=1), [(2, 3, 6, 6), (4, 3, 3, 3), (4,)]),
    "max_pool2d": (lambda space, x: space.nn.functional.max_pool2d(x, 3, 2, 1, 1, True, True)[0], [(2, 3, 8, 8)]),
    "max_pool2d without positions": (lambda space, x: space.nn.functional.max_pool2d(x, 3, 2, 1), [(2, 3, 7, 7)]),
    "linear": (lambda space, *t: space.nn.functional.linear(*t), [(5, 30), (4, 30), (4,)]),
    "relu": (lambda space, x: space.nn.functional.relu(x), [(3, 4)]),
    "mse_loss": (lambda space, *t: space.nn.functional.mse_loss(*t), [(3, 4), (3, 4)]),
    "arithmetic": (lambda _, a, b: (a + b) * a / (b * b + 1), [(3, 4), (4,)]),
    "sum": (lambda _, a: a.sum(0).exp(), [(3, 4)]),
    "matmul": (lambda _, a, b: a @ b, [(3, 40), (40, 4)]),
}


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
@pytest.mark.parametrize("name", RUNS)
def test_near_torch(dtype, name):
    run, shapes = RUNS[name]
    unit = {"float16": 2.0**-10, "bfloat16": 2.0**-7}[dtype]
    found = []
    for space in (reference, torch):
        inputs = [
            space.tensor(seeded(shape, "float32", seed).tolist(), dtype=getattr(space, dtype))
            for seed, shape in enumerate(shapes)
        ]
        inputs = [tensor.requires_grad_() for tensor in inputs]
        result = run(space, *inputs)
        result.backward(space.ones_like(result))
        assert result.dtype is getattr(space, dtype)
        assert all(tensor.grad.dtype is getattr(space, dtype) for tensor in inputs)
        found.append([tensor.detach().float().numpy() for tensor in (result, *[tensor.grad for tensor in inputs])])
    for ours, theirs in zip(*found, strict=True):
        scale = max(1.0, float(np.abs(theirs).max()))
        np.testing.assert_allclose(ours, theirs, rtol=4 * unit, atol=6 * unit * scale)


def test_arrays_of_bfloat16_go_in_and_out():
    array = np.arange(6, dtype=ml_dtypes.bfloat16).reshape(2, 3)
    tensor = reference.from_numpy(array)
    assert tensor.dtype is reference.bfloat16
    assert tensor.numpy() is array
    assert (tensor.item() if tensor.numel() == 1 else tensor.tolist()) == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
    assert (tensor * 2).numpy().dtype == array.dtype
    assert (tensor.to(reference.float16) + tensor).dtype is reference.float32


def test_sums_do_not_lose_small_terms():
    tensor = reference.ones(5000, dtype=reference.float16)
    assert tensor.sum().item() == 5000.0
    assert (tensor @ tensor).item() == 5000.0


@pytest.mark.parametrize(
    "repeated",
    [
        lambda x: reference.nn.functional.pad(x.view(1, 1), (4999, 0), mode="replicate"),
        lambda x: x.expand(5000),
        lambda x: x[reference.zeros(5000, dtype=reference.int64)],
    ],
    ids=["pad", "expand", "index"],
)
def test_gradients_of_what_is_repeated_do_not_lose_small_terms(repeated):
    tensor = reference.ones(1, dtype=reference.float16).requires_grad_()
    result = repeated(tensor)
    result.backward(reference.ones_like(result))
    assert tensor.grad.dtype is reference.float16
    assert tensor.grad.item() == 5000.0
