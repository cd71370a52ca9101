"""backward, autograd.grad and hooks of the reference backend; every test runs on torch too."""

import gc
import weakref

import pytest
from against_torch import NAMESPACES, agree, seeded

on_both = pytest.mark.parametrize("space", NAMESPACES, ids=["reference", "torch"])


@on_both
def test_backward_needs_a_gradient_unless_scalar(space):
    x = space.ones(2, requires_grad=True)
    with pytest.raises(RuntimeError, match="scalar"):
        (x * 2).backward()
    with pytest.raises(RuntimeError, match="does not require grad"):
        space.ones(1).backward()
    with pytest.raises(RuntimeError, match=r"(?i)mismatch"):
        (x * 2).backward(space.ones(3))
    (x * 2).sum().unsqueeze(0).backward()
    assert x.grad.tolist() == [2.0, 2.0]


@on_both
def test_backward_frees_what_was_saved(space):
    x = space.ones(2, requires_grad=True)
    y = (x * x).sum()
    y.backward()
    with pytest.raises(RuntimeError, match="second time"):
        y.backward()
    z = (x * x).sum()
    z.backward(retain_graph=True)
    z.backward()
    assert x.grad.tolist() == [6.0, 6.0]
    w = (x + 1).sum()  # nothing saved, nothing freed
    w.backward()
    w.backward()


@on_both
def test_backward_frees_memory(space):
    x = space.ones(2, requires_grad=True)
    inner = x * 2
    alive = weakref.ref(inner)
    y = (inner * inner).sum()
    del inner
    y.backward()
    del y
    gc.collect()
    assert alive() is None


@on_both
def test_grad_of_intermediates(space):
    x = space.ones(2, requires_grad=True)
    y = x * 2
    kept = y * 3
    kept.retain_grad()
    kept.retain_grad()
    assert (y.retains_grad, kept.retains_grad) == (False, True)
    kept.sum().backward(retain_graph=True)
    with pytest.warns(UserWarning, match="leaf"):
        assert y.grad is None
    assert kept.grad.tolist() == [1.0, 1.0]
    kept.sum().backward()
    assert kept.grad.tolist() == [2.0, 2.0]
    x.retain_grad()
    with pytest.raises(RuntimeError):
        space.ones(1).retain_grad()


@on_both
def test_backward_into_chosen_inputs(space):
    x, y = space.ones(2, requires_grad=True), space.ones(2, requires_grad=True)
    z = x * y
    (z * z).sum().backward(inputs=[y])
    assert x.grad is None
    assert y.grad.tolist() == [2.0, 2.0]
    w = x * y
    (w * 3).sum().backward(inputs=w)
    assert w.grad.tolist() == [3.0, 3.0]
    with pytest.raises(RuntimeError):
        (x * y).sum().backward(inputs=[])


@on_both
def test_autograd_grad(space):
    x, y = space.ones(2, requires_grad=True), space.ones(2, requires_grad=True)
    z = x * 3
    out = (z * y).sum()
    dz, dx = space.autograd.grad(out, [z, x], retain_graph=True)
    assert (dz.tolist(), dx.tolist()) == ([1.0, 1.0], [3.0, 3.0])
    assert x.grad is None
    assert y.grad is None
    (dx,) = space.autograd.grad(x * 2, x, grad_outputs=space.tensor([1.0, 5.0]))
    assert dx.tolist() == [2.0, 10.0]
    with pytest.raises(RuntimeError, match="allow_unused"):
        space.autograd.grad((x * 1).sum(), [x, y])
    assert space.autograd.grad((x * 1).sum(), [y], allow_unused=True) == (None,)
    (zero,) = space.autograd.grad((x * 1).sum(), [y], materialize_grads=True)
    assert zero.tolist() == [0.0, 0.0]
    with pytest.raises(RuntimeError):
        space.autograd.grad((x * 1).sum(), [space.ones(2)])
    (dx,) = space.autograd.grad([x.sum(), (x * 2).sum()], x)
    assert dx.tolist() == [3.0, 3.0]


@on_both
def test_backward_of_several(space):
    x = space.ones(2, requires_grad=True)
    space.autograd.backward([x.sum(), x * 2], [None, space.tensor([1.0, 10.0])])
    assert x.grad.tolist() == [3.0, 21.0]
    with pytest.raises(RuntimeError):
        space.autograd.backward([x * 2, x * 2], [space.ones(2)])


@on_both
def test_hooks(space):
    x = space.ones(2, requires_grad=True)
    handle = x.register_hook(lambda g: g * 2)
    y = x * 3
    y.register_hook(lambda g: g + 1)
    y.sum().backward()
    assert x.grad.tolist() == [12.0, 12.0]
    handle.remove()
    x.grad = None
    (x * 3).sum().backward()
    assert x.grad.tolist() == [3.0, 3.0]
    seen = []
    with x.register_hook(lambda g: seen.append(g.tolist())):
        (x * 3).sum().backward()
    (x * 3).sum().backward()
    assert seen == [[3.0, 3.0]]
    with pytest.raises(RuntimeError):
        space.ones(1).register_hook(print)


@on_both
def test_accumulate_grad(space):
    x = space.ones(2, requires_grad=True)
    y = x + x * 2
    (first, _), (second, _) = y.grad_fn.next_functions
    assert type(first).__name__ == "AccumulateGrad"
    assert first.variable is x
    assert second.next_functions[0][0] is first
    assert second.next_functions[1] == (None, 0)
    assert first.next_functions == ()
    assert x.grad_fn is None
    assert repr(second).startswith("<MulBackward0 object at 0x")
    assert second.name() == "MulBackward0"


def test_a_gradient_of_another_type_is_converted():
    def run(space, x):
        (x * 1).sum().backward(space.tensor(3))
        return x.grad

    agree(run, seeded((2,)))
