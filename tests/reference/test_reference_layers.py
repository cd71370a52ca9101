"""relu, linear, flatten, mse_loss and pad of the reference backend against torch."""

import itertools
import warnings

import numpy as np
import pytest
from against_torch import NAMESPACES, agree, assert_same, both_refuse, graph, reference, seeded, torch

SPECIAL = np.array([-2.0, -0.0, 0.0, 3.0, np.nan, np.inf, -np.inf, 5e-324])


def test_relu_at_special_values():
    agree(lambda space, x: space.nn.functional.relu(x), SPECIAL)
    agree(lambda space, x: space.nn.ReLU()(x), seeded((2, 3)))
    agree(lambda _, x: x.relu(), seeded((0, 3)))
    agree(lambda space, x: space.relu(x), np.array(-1.5))


@pytest.mark.parametrize("dtype", ["float32", "float16", "int64", "uint8"])
def test_relu_of_other_types(dtype):
    agree(lambda space, x: space.nn.functional.relu(x), np.array([3, 0, 250]).astype(dtype))


def test_relu_in_place():
    def run(space, x):
        inner = x * 2
        result = space.nn.functional.relu(inner, True)
        assert result is inner
        return inner

    agree(run, SPECIAL)
    agree(lambda space, x: space.nn.ReLU(True)(x * 1), seeded((2, 3)))
    both_refuse(lambda space, x: space.nn.functional.relu(x, inplace=True), SPECIAL, error=RuntimeError)
    both_refuse(lambda space: space.nn.functional.relu(space.tensor([True])), error=RuntimeError)


@pytest.mark.parametrize("leading", [(), (2,), (0,), (2, 3), (2, 0, 3), (1, 1, 1, 2)], ids=str)
@pytest.mark.parametrize("bias", [True, False])
def test_linear_with_any_leading_dimensions(leading, bias):
    def run(space, x, w, b):
        return space.nn.functional.linear(x, w, b if bias else None)

    agree(run, seeded((*leading, 3)), seeded((4, 3), seed=1), seeded((4,), seed=2))


def test_linear_with_a_vector_as_weight():
    agree(lambda space, *t: space.nn.functional.linear(*t), seeded((2, 3)), seeded((3,), seed=1))
    agree(lambda space, *t: space.nn.functional.linear(*t), seeded((3,)), seeded((3,), seed=1))


def test_linear_of_views():
    agree(lambda space, x, w: space.nn.functional.linear(x.transpose(0, 2), w.t()), seeded((3, 4, 2)), seeded((3, 5)))


@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_linear_in_other_types(dtype):
    arrays = seeded((5, 7), dtype), seeded((3, 7), dtype), seeded((3,), dtype)
    agree(lambda space, *t: space.nn.functional.linear(*t), *arrays, tolerance=1e-2 if dtype == "float16" else None)


@pytest.mark.parametrize(
    "shapes",
    [((2, 4), (4, 3)), ((), (4, 3)), ((2, 3), (4, 3), (3,)), ((2, 3), (1, 4, 3))],
    ids=str,
)
def test_linear_refuses(shapes):
    both_refuse(lambda space, *t: space.nn.functional.linear(*t), *map(seeded, shapes), error=RuntimeError)


def test_linear_refuses_other_types():
    both_refuse(
        lambda space, *t: space.nn.functional.linear(*t), seeded((2, 3), "float32"), seeded((4, 3)), error=RuntimeError
    )


@pytest.mark.parametrize("bias", [True, False])
def test_linear_module(bias):
    ours, theirs = (namespace.nn.Linear(30, 200, bias) for namespace in NAMESPACES)
    assert repr(ours) == repr(theirs)
    assert list(ours.state_dict()) == list(theirs.state_dict())
    values = ours.weight.detach().numpy()
    assert 0.95 / np.sqrt(30) < np.abs(values).max() <= 1.000001 / np.sqrt(30)
    assert (ours.bias is None) is not bias


@pytest.mark.parametrize(("start", "end"), [(0, -1), (1, -1), (1, 2), (2, 2), (-2, -1), (0, 1)])
def test_flatten(start, end):
    for run in (lambda space, x: space.flatten(x, start, end), lambda space, x: space.nn.Flatten(start, end)(x)):
        agree(run, seeded((2, 3, 4, 5)))
        agree(run, seeded((2, 3, 0, 5)))
    assert repr(reference.nn.Flatten(start, end)) == repr(torch.nn.Flatten(start, end))


def test_flatten_of_few_dimensions_and_of_views():
    agree(lambda space, x: space.flatten(x), np.array(2.0))
    agree(lambda _, x: x.transpose(0, 1).flatten(1), seeded((2, 3, 4)))
    both_refuse(lambda space, x: space.nn.Flatten()(x), seeded((3,)), error=IndexError)
    both_refuse(lambda space, x: space.flatten(x, 2, 1), seeded((2, 3, 4)), error=RuntimeError)
    x = reference.ones(2, 3)
    assert x.flatten(1) is x


def test_identity():
    for namespace in NAMESPACES:
        layer = namespace.nn.Identity(54, unused=True)
        x = namespace.ones(2)
        assert layer(x) is x
        assert repr(layer) == "Identity()"


REDUCTIONS = ["none", "mean", "sum"]


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shape", [(2, 3), (), (1,), (0, 3), (2, 1, 3)], ids=str)
@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_mse_loss(reduction, shape, dtype):
    arrays = seeded(shape, dtype), seeded(shape, dtype, seed=1)
    agree(lambda space, *t: space.nn.functional.mse_loss(*t, reduction=reduction), *arrays)
    agree(lambda space, *t: space.nn.MSELoss(reduction=reduction)(*t), *arrays)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize(
    "shapes", [((2, 3), (3,)), ((3, 1), (1, 4)), ((4,), (4, 1)), ((2, 3), ()), ((0, 3), (1, 3))], ids=str
)
def test_mse_loss_of_other_shapes_warns_and_broadcasts(reduction, shapes):
    def run(space, x, y):
        with pytest.warns(UserWarning, match="different to the input size"):
            return space.nn.functional.mse_loss(x, y, reduction=reduction)

    agree(run, seeded(shapes[0]), seeded(shapes[1], seed=1))


def test_mse_loss_of_equal_shapes_does_not_warn():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reference.nn.functional.mse_loss(reference.ones(2, 1), reference.zeros(2, 1))


def test_mse_loss_of_different_types_is_that_of_the_wider():
    agree(lambda space, *t: space.nn.functional.mse_loss(*t), seeded((2, 3), "float32"), seeded((2, 3)), tolerance=1e-6)


def test_mse_loss_of_one_tensor_with_itself():
    agree(lambda space, x: space.nn.functional.mse_loss(x, x), seeded((2, 3)))
    agree(lambda space, x: space.nn.functional.mse_loss(x, x.detach() * 2), seeded((2, 3)))


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_mse_loss_with_weights(reduction):
    arrays = seeded((2, 3)), seeded((2, 3), seed=1), np.abs(seeded((2, 3), seed=2))
    agree(lambda space, x, y, w: space.nn.functional.mse_loss(x, y, weight=w, reduction=reduction), *arrays)


@pytest.mark.parametrize(("size_average", "reduce"), list(itertools.product([None, True, False], repeat=2)))
def test_mse_loss_with_the_deprecated_flags(size_average, reduce):
    def run(space, *t):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return space.nn.functional.mse_loss(*t, size_average, reduce)

    agree(run, seeded((2, 3)), seeded((2, 3), seed=1))


def test_mse_loss_refuses():
    x, y = seeded((2, 3)), seeded((2, 4))
    both_refuse(lambda space, x: space.nn.functional.mse_loss(x, x, reduction="average"), x, error=ValueError)
    both_refuse(lambda space, x: space.nn.MSELoss(reduction="average")(x, x), x, error=ValueError)
    both_refuse(lambda space, x: space.nn.functional.mse_loss(x, 3.0), x, error=TypeError)
    with pytest.warns(UserWarning, match="different"):
        both_refuse(lambda space, x, y: space.nn.functional.mse_loss(x, y), x, y, error=RuntimeError)
    integers = np.ones(3, dtype=np.int64)
    both_refuse(lambda space, x: space.nn.functional.mse_loss(x, x), integers, error=RuntimeError)


def test_mse_loss_node():
    for shapes in [((2, 3), (2, 3))]:
        ours, theirs = (
            graph(
                namespace.nn.functional.mse_loss(
                    namespace.ones(shapes[0], requires_grad=True), namespace.ones(shapes[1])
                )
            )
            for namespace in NAMESPACES
        )
        assert ours == theirs


@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "circular"])
@pytest.mark.parametrize("widths", [(1, 2), (2, 0, 1, 3), (0, 0, 3, 3), (0, 0, 0, 0)], ids=str)
def test_pad(mode, widths):
    shapes = [(2, 3, 5, 4), (3, 5, 4)] if len(widths) == 4 else [(2, 3, 4), (3, 4)]
    for shape in shapes:
        agree(lambda space, x: space.nn.functional.pad(x, widths, mode), seeded(shape))


@pytest.mark.parametrize("widths", [(-1, 2), (1, -2, -1, 0), (1, 1, 1, 1, 1, 1, 1, 1)], ids=str)
def test_pad_with_a_constant(widths):
    agree(lambda space, x: space.nn.functional.pad(x, widths, value=2.5), seeded((2, 3, 5, 4)))
    agree(lambda space, x: space.nn.functional.pad(x, widths), np.arange(120).reshape(2, 3, 5, 4))


@pytest.mark.parametrize(
    ("widths", "mode"),
    [((4, 0), "reflect"), ((5, 0), "circular"), ((1,), "constant"), ((1, 1), "mirror"), ((-3, -3), "constant")],
)
def test_pad_refuses(widths, mode):
    both_refuse(lambda space, x: space.nn.functional.pad(x, widths, mode), seeded((2, 3, 4)))


def test_same_result_of_module_and_function():
    x, y = reference.randn(2, 3), reference.randn(2, 3)
    assert_same(
        reference.nn.MSELoss()(x, y), torch.nn.functional.mse_loss(*(torch.from_numpy(t.numpy()) for t in (x, y)))
    )
