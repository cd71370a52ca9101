"""Changes in place: values, gradients, versions, views and their bases, refusals; all against torch."""

import numpy as np
import pytest
from against_torch import NAMESPACES, agree, both_refuse, graph, seeded

on_both = pytest.mark.parametrize("space", NAMESPACES, ids=["reference", "torch"])


def with_operator(operator):
    def run(_, x, v):
        y = x * 2
        if operator == "+":
            y += v
        elif operator == "-":
            y -= v
        elif operator == "*":
            y *= v
        else:
            y /= v
        return y

    return run


SAVE_THE_RESULT = ("exp_", "relu_", "abs then sqrt_")
"""What must not be changed again before the backward pass."""

CHANGES = {
    "add_": lambda _, y, v: y.add_(v),
    "add_ scaled": lambda _, y, v: y.add_(v, alpha=-3),
    "sub_": lambda _, y, v: y.sub_(v, alpha=2),
    "mul_": lambda _, y, v: y.mul_(v),
    "div_": lambda _, y, v: y.div_(v),
    "numbers": lambda _, y, _v: y.add_(1).mul_(3).sub_(2).div_(4),
    "pow_": lambda _, y, _v: y.pow_(2),
    "exp_": lambda _, y, _v: y.exp_(),
    "neg_": lambda _, y, _v: y.neg_(),
    "relu_": lambda _, y, _v: y.relu_(),
    "copy_": lambda _, y, v: y.copy_(v),
    "fill_": lambda _, y, _v: y.fill_(2.5),
    "zero_": lambda _, y, _v: y.zero_(),
    "abs then sqrt_": lambda _, y, _v: y.pow_(2).add_(1).sqrt_(),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("shape", [(2, 3), (3,), (1, 3), ()], ids=str)
def test_values_and_gradients(name, shape):
    def run(space, x, v):
        y = x * 2
        assert CHANGES[name](space, y, v) is y
        return y

    agree(run, seeded((2, 3)), seeded(shape, seed=1))


@pytest.mark.parametrize("operator", ["+", "-", "*", "/"])
def test_operators(operator):
    agree(with_operator(operator), seeded((2, 3)), seeded((3,), seed=1))


@pytest.mark.parametrize("name", CHANGES)
def test_of_a_view_reaches_its_base(name):
    def run(space, x, v):
        y = x * 2
        before = y[:, 0]
        CHANGES[name](space, y[:, 1], v)
        CHANGES[name](space, y.view(-1)[2:4], v)
        return y, y[0], before

    arrays = seeded((2, 3)), seeded((2,), seed=1)
    if name in SAVE_THE_RESULT:
        both_refuse(lambda space, *t: run(space, *t)[0].sum().backward(), *arrays, error=RuntimeError)
    else:
        agree(run, *arrays)


@pytest.mark.parametrize("name", CHANGES)
def test_of_a_base_reaches_its_views(name):
    def run(space, x, v):
        y = x * 2
        row, flat, column = y[0], y.view(-1)[1:], y.t()[1].unsqueeze(0)
        CHANGES[name](space, y, v)
        return row, flat, column * 2

    agree(run, seeded((2, 3)), seeded((3,), seed=1))


def test_a_constant_base_joins_the_tape_by_a_view():
    def run(space, x):
        y = space.zeros(2, 3, dtype=space.float64)
        row, flat = y[0], y.view(-1)
        row.copy_(x[1])
        assert y.requires_grad
        assert flat.requires_grad
        flat[3:].add_(x[0])
        return y * 2, flat, row

    agree(run, seeded((2, 3)))


def test_views_of_views_changed_in_turns():
    def run(_, x):
        y = x * 1
        a = y.transpose(0, 1)
        b = a[1:]
        b.mul_(3)
        c = b.view_as(b)[0]
        c.add_(x[:, 0])
        y.mul_(x)
        b.exp_()
        return y, a, b, c

    agree(run, seeded((2, 3)))


@pytest.mark.parametrize("leading", ["add_", "mul_", "exp_"])
def test_graphs(leading):
    def run(space):
        x = space.ones(2, 3, requires_grad=True)
        y = x * 1
        getattr(y, leading)(*([] if leading == "exp_" else [x]))
        whole = graph(y)
        y[0].mul_(2)
        return whole, graph(y)

    assert run(NAMESPACES[0]) == run(NAMESPACES[1])


@on_both
def test_leaves_are_refused_while_recording(space):
    x = space.ones(2, 3, requires_grad=True)
    for change in (
        lambda: x.add_(1),
        x.zero_,
        lambda: x.copy_(space.zeros(2, 3)),
        lambda: x[0].mul_(2),
        lambda: x.view(-1).fill_(2),
        lambda: x.__setitem__(0, 1.0),
        x.uniform_,
        lambda: space.nn.functional.relu(x, inplace=True),
    ):
        with pytest.raises(RuntimeError, match=r"(?i)leaf"):
            change()
    assert x.tolist() == [[1.0] * 3] * 2
    with space.no_grad():
        x.add_(1)
        x[0].mul_(2)
        x -= 1
    assert x.tolist() == [[3.0] * 3, [1.0] * 3]
    assert x.is_leaf
    assert x.requires_grad


@on_both
def test_a_view_made_without_recording_is_refused(space):
    x = space.ones(2, requires_grad=True) * 1
    with space.no_grad():
        view = x.view(-1)
    with pytest.raises(RuntimeError, match="no_grad"):
        view.add_(1)


CHANGED_TOO_EARLY = {
    "factor": lambda _, _x, y: (y * y, lambda: y.add_(1)),
    "divisor": lambda _, x, y: (x / y, lambda: y.mul_(2)),
    "result of exp": lambda _, _x, y: ((e := y.exp()), lambda: e.add_(1)),
    "result of relu": lambda space, _x, y: ((r := space.relu(y)), lambda: r.mul_(2)),
    "through a view": lambda _, _x, y: (y * y, y[0].zero_),
    "through detach": lambda _, _x, y: (y * y, lambda: y.detach().zero_()),
    "weight of linear": lambda space, x, y: (space.nn.functional.linear(x, y), lambda: y.add_(1)),
    "input of mse": lambda space, x, y: (space.nn.functional.mse_loss(y, x), lambda: y.add_(1)),
    "matrix": lambda _, x, y: (x @ y.t(), lambda: y.add_(1)),
    "power": lambda _, _x, y: (y**3, lambda: y.add_(1)),
    "product with itself": lambda _, _x, y: (y.mul_(y), lambda: None),
    "pooled": lambda space, _x, y: (space.nn.functional.max_pool2d(y.unsqueeze(0), 2), lambda: y.add_(1)),
}


@pytest.mark.parametrize("name", CHANGED_TOO_EARLY)
def test_a_changed_saved_tensor_is_noticed(name):
    def run(space, x):
        result, change = CHANGED_TOO_EARLY[name](space, x, x * 2)
        change()
        result.sum().backward()

    both_refuse(run, seeded((2, 3)), error=RuntimeError)


NOT_NEEDED = {
    "sum": lambda _, x, y: (x + y, lambda: y.add_(1)),
    "constant factor's partner": lambda _, _x, y: (y * 2, lambda: y.add_(1)),
    "data": lambda _, _x, y: (y * y, lambda: y.data.add_(1)),
    "input of relu": lambda space, _x, y: (space.relu(y), lambda: y.add_(1)),
    "input of exp": lambda _, _x, y: (y.exp(), lambda: y.add_(1)),
    "weight of linear on constants": lambda space, _x, y: (
        space.nn.functional.linear(space.ones(2, 3).double(), y),
        lambda: y.add_(1),
    ),
    "after backward": lambda _, x, y: ((y * y).sum().backward() or x.sum(), lambda: y.add_(1)),
}


@pytest.mark.parametrize("name", NOT_NEEDED)
def test_changing_what_was_not_saved_is_allowed(name):
    def run(space, x):
        result, change = NOT_NEEDED[name](space, x, x * 2)
        change()
        return result

    agree(run, seeded((2, 3)))


@on_both
def test_versions_count_changes(space):
    x = space.ones(3)
    assert x._version == 0
    x.add_(1)
    x[0] = 5
    x.view(-1).mul_(2)
    x.detach().zero_()
    assert x._version == 4
    x.data.add_(1)
    assert x._version == 4


@on_both
def test_refusals(space):
    x = space.ones(3)
    with pytest.raises(RuntimeError):
        x.add_(space.ones(2, 3))
    with pytest.raises(RuntimeError):
        x.copy_(space.ones(2))
    with pytest.raises(RuntimeError):
        space.ones(3, dtype=space.int64).add_(1.5)
    with pytest.raises(RuntimeError):
        space.ones(3, dtype=space.int64).div_(2)
    with pytest.raises(RuntimeError):
        space.ones(1).expand(3).add_(1)
    assert x._version == 0


@on_both
def test_the_target_keeps_its_type(space):
    x = space.ones(2)
    x += space.ones(2, dtype=space.float64)
    x *= 2
    assert (x.dtype, x.tolist()) == (space.float32, [4.0, 4.0])
    i = space.ones(2, dtype=space.int64)
    i += 2
    i *= True
    i.copy_(space.tensor([1.7, -1.7]))
    assert (i.dtype, i.tolist()) == (space.int64, [1, -1])


def test_overlapping_memory():
    array = np.arange(9.0).reshape(3, 3)
    agree(lambda _, x: (x * 1).add_(x.t()), array)
    for space in NAMESPACES:
        y = space.from_numpy(array.copy())
        y[1:] = y[:-1].clone()
        assert y.tolist() == [[0, 1, 2], [0, 1, 2], [3, 4, 5]]
