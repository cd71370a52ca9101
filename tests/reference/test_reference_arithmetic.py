"""Arithmetic, reductions, products, comparisons and conversions of the reference backend against torch."""

import numpy as np
import pytest
from against_torch import NAMESPACES, agree, assert_same, both_refuse, leaves, reference, seeded, torch

SHAPES = [((2, 3), (2, 3)), ((2, 3), (3,)), ((2, 1), (1, 3)), ((), (2, 3)), ((2, 3), ()), ((), ()), ((0, 3), (1, 3))]
BINARY = {
    "add": lambda _, a, b: a + b,
    "add scaled": lambda space, a, b: space.add(a, b, alpha=3),
    "sub": lambda _, a, b: a - b,
    "sub scaled": lambda _, a, b: a.sub(b, alpha=2),
    "mul": lambda _, a, b: a * b,
    "div": lambda _, a, b: a / b,
    "pow": lambda _, a, b: (a * a + 1) ** b,
}


@pytest.mark.parametrize("name", BINARY)
@pytest.mark.parametrize("shapes", SHAPES, ids=str)
def test_binary(name, shapes):
    agree(BINARY[name], seeded(shapes[0]), seeded(shapes[1], seed=1))


@pytest.mark.parametrize("dtype", ["float16", "float32", "int64", "int32", "uint8", "bool"])
@pytest.mark.parametrize("other", ["float32", "float64", "int64", "int8"])
@pytest.mark.parametrize("shapes", [((3,), (3,)), ((3,), ()), ((), (3,))], ids=str)
def test_types_that_meet(dtype, other, shapes):
    arrays = [
        np.abs(seeded(shape, seed=seed) * 4).astype(kind)
        for seed, (shape, kind) in enumerate(zip(shapes, (dtype, other), strict=True))
    ]
    for run in (lambda _, a, b: a + b, lambda _, a, b: a * b, lambda _, a, b: a / (b + 1)):
        agree(run, *arrays, tolerance=1e-2 if dtype == "float16" else None)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int64", "uint8", "bool"])
@pytest.mark.parametrize("number", [2, 2.5, True, -1, 0], ids=str)
def test_numbers(dtype, number):
    array = np.array([0, 1, 2]).astype(dtype)
    runs = [lambda _, a: a + number, lambda _, a: number + a, lambda _, a: a * number, lambda _, a: number * a]
    runs += [lambda _, a: a / 0.5, lambda _, a: number / (a + 1.0)]
    if dtype != "bool" and number is not True:
        runs += [lambda _, a: a - number, lambda _, a: number - a]
    if dtype.startswith("float"):
        runs += [lambda _, a: a**number, lambda _, a: 2.0**a]
    for run in runs:
        agree(run, array, tolerance=2e-3 if dtype == "float16" else None)


def test_one_tensor_on_both_sides():
    agree(lambda _, a: a * a + a / a - a, seeded((2, 3)))


UNARY = {
    "neg": lambda _, a: -a,
    "abs": lambda _, a: abs(a),
    "exp": lambda _, a: a.exp(),
    "log": lambda space, a: space.log(a),
    "sqrt": lambda _, a: a.sqrt(),
    "square": lambda _, a: a**2,
    "cube": lambda _, a: a.pow(3),
    "power 0": lambda _, a: a**0,
    "root": lambda _, a: (a * a + 1) ** 0.5,
    "clone": lambda _, a: a.clone(),
    "double": lambda _, a: a.double(),
    "float": lambda _, a: a.float() * 2,
    "contiguous": lambda _, a: a.t().contiguous() if a.dim() == 2 else a.contiguous(),
}


@pytest.mark.parametrize("name", UNARY)
@pytest.mark.parametrize(
    "array",
    [seeded((2, 3)), np.array([0.0, -0.0, -1.0, np.inf, np.nan]), np.array(1.5)],
    ids=["matrix", "special", "scalar"],
)
def test_unary(name, array):
    agree(UNARY[name], array)


@pytest.mark.parametrize("dim", [None, 0, -1, (0, 2), (1, 2)], ids=str)
@pytest.mark.parametrize("keepdim", [True, False])
def test_sum_mean_and_extremes(dim, keepdim):
    array = np.random.default_rng(0).integers(0, 3, (2, 3, 4)).astype("float64")
    for name in ("sum", "mean", "amax", "amin"):
        for data in (seeded((2, 3, 4)), array):
            if dim is None:
                agree(lambda _, a, name=name: getattr(a, name)(), data)
            else:
                agree(lambda _, a, name=name: getattr(a, name)(dim, keepdim), data)
                agree(lambda space, a, name=name: getattr(space, name)(a, dim=dim, keepdim=keepdim), data)


@pytest.mark.parametrize("name", ["max", "min"])
def test_extremes_with_positions(name):
    for data in (seeded((3, 4)), np.array([[1.0, 1.0], [np.nan, 0.0]]), np.array(2.0)):
        agree(lambda _, a: tuple(getattr(a, name)(0)), data)
        agree(lambda space, a: tuple(getattr(space, name)(a, -1, keepdim=True)), data)
        agree(lambda _, a: getattr(a, name)(), data)
        agree(lambda _, a: (getattr(a, "arg" + name)(), getattr(a, "arg" + name)(0)), data)
    assert getattr(reference.ones(2, 2), name)(0).values.tolist() == [1.0, 1.0]


def test_reductions_of_nothing_and_of_integers():
    agree(lambda _, a: (a.sum(), a.sum(0), a.mean(), a.sum(1)), np.zeros((0, 3)))
    agree(lambda _, a: (a.sum(), a.sum(0)), np.array([[True, False], [True, True]]))
    agree(lambda space, a: (a.sum(dtype=space.float64), a.mean(dtype=space.float32)), np.arange(6).reshape(2, 3))
    agree(lambda space, a: (a.all(), a.any(), a.any(0), space.all(a, 1)), np.array([[True, False], [True, True]]))
    both_refuse(lambda _, a: a.mean(), np.arange(3), error=RuntimeError)
    both_refuse(lambda _, a: a.max(), np.zeros((0, 3)))
    both_refuse(lambda _, a: a.sum(3), seeded((2, 3)), error=IndexError)
    both_refuse(lambda _, a: a.sum((0, 0)), seeded((2, 3)), error=RuntimeError)


def test_sums_of_float16_are_rounded_once():
    agree(lambda _, a: (a.sum(), a.mean(), a.sum(0)), np.full((40, 100), 0.1, dtype="float16"))


PRODUCTS = [((2, 3), (3, 4)), ((2, 3), (3,)), ((3,), (3, 4)), ((3,), (3,)), ((5, 2, 3), (5, 3, 4)), ((5, 2, 3), (3, 4))]
PRODUCTS += [
    ((2, 3), (5, 3, 4)),
    ((5, 1, 2, 3), (6, 3, 4)),
    ((3,), (5, 3, 4)),
    ((5, 2, 3), (3,)),
    ((2, 0), (0, 3)),
    ((0, 3), (3, 2)),
]


@pytest.mark.parametrize("shapes", PRODUCTS, ids=str)
def test_matmul(shapes):
    agree(lambda space, a, b: space.matmul(a, b), seeded(shapes[0]), seeded(shapes[1], seed=1))
    agree(lambda _, a, b: a @ b, seeded(shapes[0], "float32"), seeded(shapes[1], "float32", seed=1))


def test_products_by_name():
    a, b, v = seeded((2, 3)), seeded((3, 4), seed=1), seeded((3,), seed=2)
    agree(
        lambda space, a, b, v: (
            space.mm(a, b),
            space.mv(a, v),
            space.dot(v, v * 2),
            space.bmm(a.unsqueeze(0), b.unsqueeze(0)),
        ),
        a,
        b,
        v,
    )
    agree(lambda space, a, b, c: space.addmm(c, a, b, beta=0.5, alpha=-2), a, b, seeded((4,)))
    agree(lambda space, a, b, c: space.addmm(c, a, b), a, b, seeded((2, 1)))
    both_refuse(lambda _, a, v: a.mm(v), a, v, error=RuntimeError)
    both_refuse(lambda _, a, b: b @ a, a, b, error=RuntimeError)
    both_refuse(lambda _, a, b: a @ b, a, b.astype("float32"), error=RuntimeError)
    both_refuse(lambda space, a: a @ space.tensor(1.0).double(), a, error=RuntimeError)
    both_refuse(lambda space, a, b, c: space.addmm(c, a, b), a, b, seeded((3,)), error=RuntimeError)


def test_comparisons_and_logic():
    a, b = np.array([1.0, 2.0, np.nan, 0.0]), np.array([1.0, 3.0, np.nan, -0.0])
    agree(lambda _, a, b: (a == b, a != b, a < b, a <= b, a > b, a >= b, a == 1, a > 0.5), a, b)
    agree(
        lambda space, a, b: (
            space.isnan(a),
            space.isinf(a),
            space.isfinite(a),
            ~(a == b),
            (a == 1) & (b == 1),
            (a == 1) | (b == 3),
        ),
        a,
        b,
    )
    agree(lambda space, a, b: (space.isclose(a, b, equal_nan=True), a.logical_not(), space.logical_xor(a, b)), a, b)
    for namespace in NAMESPACES:
        x = namespace.tensor([1.0, 2.0])
        assert namespace.equal(x, x.clone())
        assert not namespace.equal(x, x.unsqueeze(0))
        assert namespace.allclose(x, x + 1e-7)
        assert (x == None) is False  # noqa: E711 - what is compared
        assert (x != "a") is True
        assert 2.0 in x
        assert 3.0 not in x
        assert len({x, x}) == 1


def test_refusals():
    both_refuse(lambda _, a, b: a + b, seeded((3,)), seeded((2,)), error=RuntimeError)
    both_refuse(lambda _, a: a + None, seeded((3,)), error=TypeError)
    both_refuse(lambda _, a: a + "1", seeded((3,)), error=TypeError)
    both_refuse(lambda space: space.tensor([True]) - space.tensor([True]), error=RuntimeError)
    both_refuse(lambda space: -space.tensor([True]), error=RuntimeError)
    both_refuse(lambda _, a: bool(a), seeded((2,)), error=RuntimeError)
    both_refuse(lambda _, a: a.item(), seeded((2,)), error=RuntimeError)
    both_refuse(lambda _, a: a.numpy(), seeded((2,)), error=RuntimeError)
    both_refuse(lambda _, a: f"{a:.2f}", seeded((2,)), error=TypeError)


def test_ways_out():
    for namespace in NAMESPACES:
        x = namespace.tensor(2.5)
        assert (x.item(), float(x), int(x), bool(x), f"{x:.3f}", f"{x}") == (2.5, 2.5, 2, True, "2.500", "2.5")
        assert namespace.tensor([[1, 2], [3, 4]]).tolist() == [[1, 2], [3, 4]]
        assert [10, 20, 30][namespace.tensor(1)] == 20
        assert np.asarray(namespace.ones(2, 3)).shape == (2, 3)
        shared = namespace.zeros(2)
        shared.numpy()[0] = 5
        assert shared.tolist() == [5.0, 0.0]


def test_conversions():
    array = np.array([1.5, -2.5, 0.0])
    for name in ("float", "double", "half", "int", "long", "short", "bool"):
        ours, theirs = (getattr(namespace.from_numpy(array), name)() for namespace in NAMESPACES)
        assert_same(ours, theirs)
    x = reference.ones(2)
    assert x.to(reference.float32) is x
    assert x.float() is x
    assert x.to("cpu") is x
    assert x.to(reference.float64).dtype is reference.float64
    assert x.to(reference.ones(1, dtype=reference.int64)).dtype is reference.int64
    with pytest.raises(RuntimeError, match="cpu"):
        x.to("cuda")


def test_gradients_go_back_to_each_inputs_own_type():
    ours, theirs = (leaves(namespace, [seeded((2, 3), "float32"), seeded((2, 3))]) for namespace in NAMESPACES)
    for single, double in (ours, theirs):
        (single * double).sum().backward()
    for pair in zip(ours, theirs, strict=True):
        assert_same(pair[0].grad, pair[1].grad, 1e-6)


def test_infinite_gradients_do_not_spread():
    x = reference.from_numpy(seeded((1, 1, 4, 4))).requires_grad_()
    pooled = reference.nn.functional.max_pool2d(reference.nn.functional.relu(x), 2)
    pooled.backward(reference.full(pooled.shape, np.inf, dtype=reference.float64))
    assert not reference.isnan(x.grad).any()
    assert torch.equal(
        torch.from_numpy(x.grad.numpy()).isinf().sum(dim=(-1, -2)),
        (torch.from_numpy(pooled.detach().numpy()) > 0).sum((-1, -2)),
    )
