"""Optimizer.zero_grad: None or zeros, and for which parameters."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile

ZERO_GRAD = documented("generated/torch.optim.Optimizer.zero_grad.html")


def _with_gradient(torch, nn, value, gradient):
    parameter = nn.Parameter(torch.tensor([value]))
    parameter.grad = torch.tensor([gradient])
    return parameter


@clause(
    "optimizer.zero-grad",
    "zero_grad() of an optimizer clears the gradients of its parameters.",
    ZERO_GRAD,
    profile=Profile.OPTIMIZER,
    dialects={
        "none": "the gradients are None afterwards: set_to_none is True by default, as since torch 2.0",
        "zeros": "the gradients are filled with zeros: set_to_none is False by default, as before torch 2.0",
    },
)
def test_optimizer_zero_grad(torch, nn, optim, dialect):
    parameter = _with_gradient(torch, nn, 8.0, 4.0)
    optim.SGD([parameter], lr=0.5).zero_grad()
    if parameter.grad is None:
        dialect("none")
    else:
        assert parameter.grad.tolist() == [0.0]
        dialect("zeros")
    assert parameter.tolist() == [8.0]


@clause(
    "optimizer.zero-grad-set-to-none",
    "zero_grad(set_to_none=True) of an optimizer makes the gradients None.",
    ZERO_GRAD,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_zero_grad_set_to_none(torch, nn, optim):
    parameter = _with_gradient(torch, nn, 8.0, 4.0)
    optim.SGD([parameter], lr=0.5).zero_grad(set_to_none=True)
    assert parameter.grad is None


@clause(
    "optimizer.zero-grad-to-zeros",
    "zero_grad(set_to_none=False) of an optimizer fills the gradients with zeros and leaves those that are None.",
    ZERO_GRAD,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_zero_grad_to_zeros(torch, nn, optim):
    parameter = _with_gradient(torch, nn, 8.0, 4.0)
    unused = nn.Parameter(torch.tensor([2.0]))
    optim.SGD([parameter, unused], lr=0.5).zero_grad(set_to_none=False)
    assert parameter.grad.tolist() == [0.0]
    assert unused.grad is None


@clause(
    "optimizer.zero-grad-of-every-group",
    "zero_grad() clears the gradients in every parameter group, and of no parameter outside of them.",
    ZERO_GRAD,
    profile=Profile.OPTIMIZER,
    follows_from=("optimizer.zero-grad",),
)
def test_optimizer_zero_grad_of_every_group(torch, nn, optim):
    first = _with_gradient(torch, nn, 8.0, 4.0)
    second = _with_gradient(torch, nn, 8.0, 4.0)
    other = _with_gradient(torch, nn, 8.0, 4.0)
    optim.SGD([{"params": [first]}, {"params": [second]}], lr=0.5).zero_grad(set_to_none=True)
    assert (first.grad, second.grad) == (None, None)
    assert other.grad.tolist() == [4.0]
