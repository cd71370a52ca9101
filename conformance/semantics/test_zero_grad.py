"""Module.zero_grad: None or zeros, and for which parameters."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._pages import NEURAL_NETWORKS, module_method

ZERO_GRAD = module_method("zero_grad")
OPTIONS = documented("generated/torch.optim.Optimizer.zero_grad.html")
CLEARS = ("module.zero-grad",)


def _with_gradients(torch, nn):
    """An affine layer with two inputs whose parameters have gradients."""
    model = nn.Linear(2, 1)
    model(torch.tensor([[2.0, 3.0]])).sum().backward()
    assert model.weight.grad.tolist() == [[2.0, 3.0]]
    assert model.bias.grad.tolist() == [1.0]
    return model


@clause(
    "module.zero-grad",
    "zero_grad() clears the gradients of the module's parameters.",
    ZERO_GRAD,
    profile=Profile.MODULE,
    dialects={
        "none": "the gradients are None afterwards: set_to_none is True by default, as since torch 2.0",
        "zeros": "the gradients are filled with zeros: set_to_none is False by default, as before torch 2.0",
    },
)
def test_module_zero_grad(torch, nn, dialect):
    model = _with_gradients(torch, nn)
    model.zero_grad()
    if model.weight.grad is None:
        assert model.bias.grad is None
        dialect("none")
    else:
        assert model.weight.grad.tolist() == [[0.0, 0.0]]
        assert model.bias.grad.tolist() == [0.0]
        dialect("zeros")


@clause(
    "module.zero-grad-set-to-none",
    "zero_grad(set_to_none=True) makes the gradients None.",
    OPTIONS,
    profile=Profile.MODULE,
)
def test_module_zero_grad_set_to_none(torch, nn):
    model = _with_gradients(torch, nn)
    model.zero_grad(set_to_none=True)
    assert (model.weight.grad, model.bias.grad) == (None, None)


@clause(
    "module.zero-grad-to-zeros",
    "zero_grad(set_to_none=False) fills the gradients with zeros.",
    OPTIONS,
    profile=Profile.MODULE,
)
def test_module_zero_grad_to_zeros(torch, nn):
    model = _with_gradients(torch, nn)
    model.zero_grad(set_to_none=False)
    assert model.weight.grad.tolist() == [[0.0, 0.0]]
    assert model.bias.grad.tolist() == [0.0]


@clause(
    "module.zero-grad-leaves-absent-gradients",
    "zero_grad(set_to_none=False) leaves a gradient that is None as it is.",
    OPTIONS,
    profile=Profile.MODULE,
)
def test_module_zero_grad_leaves_absent_gradients(nn):
    model = nn.Linear(2, 1)
    model.zero_grad(set_to_none=False)
    assert (model.weight.grad, model.bias.grad) == (None, None)


@clause(
    "module.zero-grad-of-all",
    "zero_grad() reaches the parameters of all submodules.",
    ZERO_GRAD,
    profile=Profile.MODULE,
    follows_from=CLEARS,
)
def test_module_zero_grad_of_all(torch, nn):
    model = nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 1)))
    model(torch.tensor([[2.0, 3.0]])).sum().backward()
    assert all(parameter.grad is not None for parameter in model.parameters())
    model.zero_grad(set_to_none=True)
    assert [parameter.grad for parameter in model.parameters()] == [None] * 4


@clause(
    "module.zero-grad-then-backward",
    "After zero_grad(), backward() leaves the new gradient alone in grad, not its sum with the old one.",
    NEURAL_NETWORKS,
    profile=Profile.MODULE,
    follows_from=CLEARS,
)
def test_module_zero_grad_then_backward(torch, nn):
    model = _with_gradients(torch, nn)
    model.zero_grad()
    model(torch.tensor([[5.0, 7.0]])).sum().backward()
    assert model.weight.grad.tolist() == [[5.0, 7.0]]
    assert model.bias.grad.tolist() == [1.0]
