"""New tensors, their sizes and random numbers, against torch."""

import numpy as np
import pytest
from against_torch import NAMESPACES, assert_same, both_refuse, reference


def test_size():
    for namespace in NAMESPACES:
        size = namespace.zeros(2, 3, 4).size()
        assert isinstance(size, namespace.Size)
        assert (repr(size), repr(size[1:]), size[0], size.numel()) == (
            "torch.Size([2, 3, 4])",
            "torch.Size([3, 4])",
            2,
            24,
        )
        assert (repr(namespace.Size((2,))), repr(namespace.Size([]))) == ("torch.Size([2])", "torch.Size([])")
        assert size == (2, 3, 4)
        assert repr(size + size[:1]) == "torch.Size([2, 3, 4, 2])"
        assert list(size[-1:]) == [4]


CREATIONS = {
    "floats": lambda space: space.tensor([1.0, 2.5]),
    "ints": lambda space: space.tensor([[1, 2], [3, 4]]),
    "bools": lambda space: space.tensor([True, False]),
    "mixed": lambda space: space.tensor([1, 2.5, True]),
    "scalar": lambda space: space.tensor(3),
    "nothing": lambda space: space.tensor([]),
    "nothing in nothing": lambda space: space.tensor([[], []]),
    "dtype": lambda space: space.tensor([1, 2], dtype=space.float64),
    "cut off": lambda space: space.tensor([1.9, -1.9], dtype=space.int64),
    "of numpy": lambda space: space.tensor(np.arange(3.0)),
    "of a numpy scalar": lambda space: space.tensor(np.float64(2)),
    "of numpy scalars": lambda space: space.tensor([np.int32(1), np.int32(2)]),
    "of tensors": lambda space: space.tensor([space.tensor(1.0), space.tensor(2.0)]),
    "as_tensor": lambda space: space.as_tensor([1, 2], dtype=space.float32),
    "zeros": lambda space: space.zeros(2, 3),
    "zeros of a tuple": lambda space: space.zeros((2, 3), dtype=space.int64),
    "ones": lambda space: space.ones(space.Size([2])),
    "full": lambda space: space.full((2, 2), 3),
    "full of floats": lambda space: space.full((2,), 3.5),
    "full of bools": lambda space: space.full((), True),
    "arange": lambda space: space.arange(5),
    "arange from": lambda space: space.arange(1, 2, 0.25),
    "arange down": lambda space: space.arange(5, 0, -2),
    "linspace": lambda space: space.linspace(0, 1, 5),
    "eye": lambda space: space.eye(2, 3),
    "zeros_like": lambda space: space.zeros_like(space.ones(2, dtype=space.float64)),
    "ones_like": lambda space: space.ones_like(space.arange(3), dtype=space.float32),
    "full_like": lambda space: space.full_like(space.ones(2), 7),
    "float16": lambda space: space.tensor([1.0, 1e6], dtype=space.float16),
    "overflow": lambda space: space.tensor([1e39]),
    "half as a name": lambda space: space.ones(1, dtype=space.half),
}


@pytest.mark.parametrize("name", CREATIONS)
def test_creation(name):
    assert_same(*(CREATIONS[name](namespace) for namespace in NAMESPACES))


@pytest.mark.parametrize(
    ("run", "error"),
    [
        (lambda space: space.tensor([[1], [1, 2]]), ValueError),
        (lambda space: space.tensor(["a"]), Exception),
        (lambda space: space.from_numpy([1]), TypeError),
        (lambda space: space.from_numpy(np.array(["a"])), TypeError),
        (lambda space: space.from_numpy(np.arange(3)[::-1]), ValueError),
        (lambda space: space.zeros(-1), RuntimeError),
        (lambda space: space.tensor([1], requires_grad=True), RuntimeError),
        (lambda space: space.arange(0, 5, -1), RuntimeError),
        (lambda space: space.zeros(2, colour=1), TypeError),
    ],
    ids=[
        "ragged",
        "text",
        "list",
        "array-of-text",
        "backwards",
        "negative-size",
        "integers-with-gradient",
        "wrong-way",
        "unknown-option",
    ],
)
def test_creation_refused(run, error):
    both_refuse(run, error=error)


def test_memory_of_created_tensors():
    for namespace in NAMESPACES:
        array = np.zeros(3)
        shared, copied = namespace.from_numpy(array), namespace.tensor(array)
        array[0] = 1
        assert shared.tolist() == [1, 0, 0]
        assert copied.tolist() == [0, 0, 0]
        x = namespace.ones(2)
        assert namespace.as_tensor(x) is x
        with pytest.warns(UserWarning, match="clone"):
            assert namespace.tensor(x) is not x


def test_random_numbers():
    for namespace in NAMESPACES:
        namespace.manual_seed(3)
        first = (
            namespace.randn(1000),
            namespace.rand(1000),
            namespace.randn((2, 3)),
            namespace.rand_like(namespace.zeros(4)),
        )
        namespace.manual_seed(3)
        again = (
            namespace.randn(1000),
            namespace.rand(1000),
            namespace.randn((2, 3)),
            namespace.rand_like(namespace.zeros(4)),
        )
        assert all(map(namespace.equal, first, again))
        assert abs(first[0].mean().item()) < 0.2
        assert 0 <= first[1].min().item() < 0.05
        assert 0.95 < first[1].max().item() < 1
        assert first[2].shape == (2, 3)
        assert first[0].dtype is namespace.float32
        assert sorted(namespace.randperm(5).tolist()) == [0, 1, 2, 3, 4]
        assert set(namespace.randint(2, 5, (100,)).tolist()) == {2, 3, 4}
        uniform = namespace.empty(1000).uniform_(2, 3)
        assert 2 <= uniform.min() < uniform.max() < 3
        assert abs(namespace.empty(1000).normal_(5, 0.1).mean().item() - 5) < 0.05


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_uniform_numbers_never_reach_one(dtype):
    pytest.importorskip("ml_dtypes")
    reference.manual_seed(0)
    drawn = reference.rand(20000, dtype=getattr(reference, dtype))
    assert (drawn < 1).all()


def test_texts_of_types():
    for namespace in NAMESPACES:
        assert str(namespace.float32) == "torch.float32"
        assert namespace.float is namespace.float32
        assert namespace.long is namespace.int64
        assert namespace.ones(1, dtype=namespace.bool).dtype is namespace.bool
        assert str(namespace.ones(1).device) == "cpu"
    with pytest.raises(RuntimeError, match="cpu"):
        reference.zeros(2, device="cuda")
