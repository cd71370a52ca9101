"""The text of tensors and parameters: exactly torch's."""

import numpy as np
import pytest
from against_torch import NAMESPACES, reference, torch


def same_text(array, change=lambda _, x: x):
    ours, theirs = (repr(change(namespace, namespace.from_numpy(np.array(array)))) for namespace in NAMESPACES)
    assert ours == theirs


SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, 1e-5, 1e5, 12345.678, 1e9, np.inf, -np.inf, np.nan, 3.0, 1e-3, 999.0, 1000.5]


@pytest.mark.parametrize("dtype", ["float32", "float64", "float16"])
@pytest.mark.parametrize("seed", range(15))
def test_floats(dtype, seed):
    rng = np.random.default_rng(seed)
    shape = rng.integers(0 if seed % 5 == 0 else 1, 6, rng.integers(0, 4))
    with np.errstate(over="ignore"):
        for array in (
            rng.standard_normal(shape) * 10.0 ** rng.integers(-6, 7),
            rng.choice(SPECIAL, shape),
            rng.integers(-3, 2000, shape).astype("float64"),
            rng.standard_normal(shape) * 10.0 ** rng.integers(-3, 4, shape),
        ):
            same_text(np.asarray(array).astype(dtype))


@pytest.mark.parametrize("dtype", ["int64", "int32", "uint8", "bool", "int8", "int16"])
@pytest.mark.parametrize("shape", [(), (3,), (0,), (2, 0), (2, 3), (2, 2, 30), (40, 1)], ids=str)
def test_integers(dtype, shape):
    same_text(np.random.default_rng(0).integers(-100, 100, shape).astype(dtype))


@pytest.mark.parametrize(
    "shape", [(1000,), (1001,), (7, 200), (2000, 2), (5, 9, 50), (6, 6, 40), (4, 3, 10, 20)], ids=str
)
def test_long_tensors_are_summarised(shape):
    rng = np.random.default_rng(0)
    same_text(rng.standard_normal(shape).astype("float32"))
    same_text(np.where(rng.random(shape) < 0.5, 1e6, 1e-6))
    same_text(rng.integers(0, 5, shape))


@pytest.mark.parametrize("shape", [(), (2,), (0,), (3, 4), (12,), (0, 2)], ids=str)
def test_what_follows_the_elements(shape):
    for dtype in ("float32", "float64"):
        array = np.random.default_rng(1).standard_normal(shape).astype(dtype)
        same_text(array, lambda _, x: x.requires_grad_())
        same_text(array, lambda _, x: x.requires_grad_() * 2)
        same_text(array, lambda _, x: (x.requires_grad_() + 1).view(-1))
        same_text(array, lambda space, x: space.nn.Parameter(x))
        same_text(array, lambda space, x: space.nn.Parameter(x, requires_grad=False))


def test_bfloat16():
    pytest.importorskip("ml_dtypes")
    values = [1.0, 2.5, -3.1415]
    assert repr(reference.tensor(values, dtype=reference.bfloat16)) == repr(torch.tensor(values, dtype=torch.bfloat16))


def test_formatting():
    for text in ("{}", "{!s}", "{!r}"):
        ours, theirs = (text.format(namespace.tensor([1.0, 2.0])) for namespace in NAMESPACES)
        assert ours == theirs
    ours, theirs = (f"{namespace.tensor(0.1)} {namespace.tensor(3)}" for namespace in NAMESPACES)
    assert ours == theirs
    for name in ("max", "min"):
        assert str(getattr(reference.ones(2), name)(0)) == str(getattr(torch.ones(2), name)(0))
