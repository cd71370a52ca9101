"""The tape of the reference backend: leaves, accumulation, freeing, modes, hooks; every test runs on torch too."""

import copy
import pickle

import numpy as np
import pytest
from against_torch import NAMESPACES, agree, reference

on_both = pytest.mark.parametrize("space", NAMESPACES, ids=["reference", "torch"])


@on_both
def test_requires_grad_spreads(space):
    x, c = space.ones(2, requires_grad=True), space.ones(2)
    assert (x + c).requires_grad
    assert not (c + c).requires_grad
    assert (x.is_leaf, c.is_leaf, (x * 2).is_leaf, (c * 2).is_leaf) == (True, True, False, True)
    assert (x > 0).requires_grad is False
    assert x.argmax().requires_grad is False
    assert x.requires_grad_(False) is x
    assert not x.requires_grad
    x.requires_grad = True
    assert x.requires_grad


@on_both
def test_gradients_accumulate_in_the_same_tensor(space):
    x = space.ones(2, requires_grad=True)
    (x * 2).sum().backward()
    first = x.grad
    (x * 3).sum().backward()
    assert x.grad is first
    assert x.grad.tolist() == [5.0, 5.0]


@on_both
def test_grad_has_memory_of_its_own(space):
    x, y = space.ones(2, requires_grad=True), space.ones(2, requires_grad=True)
    seed = space.ones(2)
    (x + y).backward(seed)
    assert x.grad is not y.grad
    x.grad.mul_(10)
    assert y.grad.tolist() == [1.0, 1.0]
    seed.mul_(7)
    assert (x.grad.tolist(), y.grad.tolist()) == ([10.0, 10.0], [1.0, 1.0])


@on_both
def test_a_broadcast_gradient_has_memory_of_its_own(space):
    x = space.ones(3, requires_grad=True)
    x.sum().backward()
    x.grad[0] = 5
    assert x.grad.tolist() == [5.0, 1.0, 1.0]


@on_both
def test_a_given_gradient_is_not_changed_by_accumulation(space):
    x = space.ones(2, requires_grad=True)
    held = space.ones(2)
    x.grad = held
    x.sum().backward()
    assert held.tolist() == [2.0, 2.0]  # torch accumulates in place, also into a gradient that the user set
    x.grad = None
    x.backward(held)
    x.backward(held)
    assert held.tolist() == [2.0, 2.0]
    assert x.grad.tolist() == [4.0, 4.0]


@on_both
def test_a_leaf_used_many_times(space):
    x = space.tensor([2.0], requires_grad=True)
    (x * x + x * 3 + x).backward(space.ones(1))
    assert x.grad.tolist() == [8.0]


@on_both
def test_a_diamond_is_gone_through_once(space):
    x = space.tensor(1.0, requires_grad=True)
    calls = []
    y = x * 2
    y.register_hook(lambda g: calls.append(g.item()))
    (y * 3 + y * 4).backward()
    assert calls == [7.0]
    assert x.grad.item() == 14.0


@on_both
def test_a_long_chain(space):
    x = space.tensor(1.0, requires_grad=True)
    y = x
    for _ in range(5000):
        y = y + 1
    y.backward()
    assert x.grad.item() == 1.0


@on_both
def test_modes(space):
    x = space.ones(2, requires_grad=True)
    with space.no_grad():
        assert not space.is_grad_enabled()
        y = x * 2
        with space.enable_grad():
            z = x * 2
        with space.set_grad_enabled(True):
            w = x * 2
    assert space.is_grad_enabled()
    assert (y.requires_grad, z.requires_grad, w.requires_grad) == (False, True, True)

    @space.no_grad()
    def plain():
        return x * 2

    @space.no_grad
    def bare():
        return x * 2

    @space.enable_grad()
    def recorded():
        return x * 2

    @space.set_grad_enabled(False)
    def decorated():
        return x * 2

    assert space.is_grad_enabled()
    assert [call().requires_grad for call in (plain, bare, recorded, decorated)] == [False, False, True, False]
    with space.no_grad():
        assert recorded().requires_grad
    space.set_grad_enabled(False)
    assert not (x * 2).requires_grad
    space.set_grad_enabled(True)
    with pytest.raises(ValueError, match="inside"), space.no_grad():
        raise ValueError("inside")
    assert space.is_grad_enabled()


@on_both
def test_detach_and_data(space):
    x = space.ones(2, requires_grad=True)
    y = x * 2
    d = y.detach()
    assert not d.requires_grad
    assert d.is_leaf
    d[0] = 7
    assert y.tolist() == [7.0, 2.0]
    x.data.sub_(1)
    assert x.tolist() == [0.0, 0.0]
    assert x.requires_grad
    x.data = space.full((2,), 5.0)
    assert x.tolist() == [5.0, 5.0]
    y = x * x
    x.data.mul_(2)
    y.sum().backward()
    assert x.grad.tolist() == [20.0, 20.0]  # the tape saw the changed elements, unnoticed


@on_both
def test_assigning_grad(space):
    x = space.ones(2, requires_grad=True)
    x.grad = space.ones(2)
    x.grad = None
    with pytest.raises(TypeError):
        x.grad = 3
    with pytest.raises(RuntimeError):
        x.grad = space.ones(3)
    with pytest.raises(RuntimeError):
        x.grad = space.ones(2, dtype=space.float64)


@on_both
def test_what_cannot_require_gradients(space):
    with pytest.raises(RuntimeError):
        space.ones(2, dtype=space.int64).requires_grad_()
    with pytest.raises(RuntimeError):
        space.tensor([1], requires_grad=True)
    x = space.ones(2, requires_grad=True)
    with pytest.raises(RuntimeError):
        (x * 2).requires_grad = False
    with pytest.raises(RuntimeError):
        (x * 2).requires_grad_(False)
    assert (x * 2).requires_grad_().requires_grad


@on_both
def test_copies(space):
    x = space.ones(2, requires_grad=True)
    x.sum().backward()
    y = copy.deepcopy(x)
    assert (y.requires_grad, y.grad.tolist(), y is not x) == (True, [1.0, 1.0], True)
    y.grad.add_(1)
    with space.no_grad():
        y.add_(1)
    assert (x.tolist(), x.grad.tolist()) == ([1.0, 1.0], [1.0, 1.0])
    shared = copy.deepcopy([x, x])
    assert shared[0] is shared[1]
    with pytest.raises(RuntimeError):
        copy.deepcopy(x * 2)
    parameter = pickle.loads(pickle.dumps(space.nn.Parameter(space.arange(3.0))))
    assert isinstance(parameter, space.nn.Parameter)
    assert (parameter.tolist(), parameter.requires_grad) == ([0.0, 1.0, 2.0], True)


def test_threads_have_modes_of_their_own():
    import threading

    seen = []
    with reference.no_grad():
        thread = threading.Thread(target=lambda: seen.append(reference.is_grad_enabled()))
        thread.start()
        thread.join()
    assert seen == [True]


def test_numpy_error_state_is_left_alone():
    before = np.geterr()
    agree(lambda space, x: (space.log(x - x), x / (x - x), space.exp(x * 1e6)), np.array([1.0, 2.0]))
    assert np.geterr() == before
