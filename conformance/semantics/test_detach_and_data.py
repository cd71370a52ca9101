"""The tape: detach() and data, two ways to the values without the history."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import MIGRATION, NEURAL_NETWORKS

DETACH = documented("generated/torch.Tensor.detach.html")


@clause(
    "detach.requires-no-grad",
    "detach() returns a tensor with the same values that does not require gradients.",
    DETACH,
    profile=Profile.TAPE,
)
def test_detach_requires_no_grad(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    for tensor, values in ((x, [2.0, 3.0]), (x * 2.0, [4.0, 6.0])):
        detached = tensor.detach()
        assert detached.tolist() == values
        assert (detached.requires_grad, detached.is_leaf, detached.grad_fn) == (False, True, None)


@clause(
    "detach.leaves-the-tensor-alone",
    "detach() leaves the tensor that it is called on in the graph.",
    DETACH,
    profile=Profile.TAPE,
)
def test_detach_leaves_the_tensor_alone(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * x
    y.detach()
    assert y.requires_grad is True
    y.sum().backward()
    assert x.grad.tolist() == [4.0, 6.0]


@clause(
    "detach.stops-gradients",
    "A detached tensor counts as a constant: no gradient passes through it.",
    DETACH,
    profile=Profile.TAPE,
)
def test_detach_stops_gradients(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * 5.0
    (x * y.detach()).sum().backward()
    assert x.grad.tolist() == [10.0, 15.0]  # y, not 10 x


@clause(
    "detach.shares-memory",
    "A detached tensor shares its memory with the original: a change of the one is seen in the other.",
    DETACH,
    profile=Profile.TAPE,
)
def test_detach_shares_memory(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    detached = x.detach()
    detached.sub_(torch.tensor([1.0, 5.0]))
    assert x.tolist() == [1.0, -2.0]


@clause(
    "detach.change-is-noticed",
    "backward() is refused if a value that it needs was changed through detach().",
    MIGRATION,
    profile=Profile.TAPE,
    follows_from=("detach.shares-memory",),
)
def test_detach_change_is_noticed(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    loss = (x * x).sum()
    x.detach().sub_(1.0)
    with refused("backward() after a value that it needs was changed through detach()"):
        loss.backward()


@clause(
    "tape.change-in-place-is-noticed",
    "backward() is refused if a value that it needs was changed in place.",
    documented("autograd.html#in-place-correctness-checks"),
    profile=Profile.TAPE,
)
def test_tape_change_in_place_is_noticed(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * 5.0
    loss = (y * y).sum()
    y.sub_(1.0)
    with refused("backward() after a value that it needs was changed in place"):
        loss.backward()


@clause(
    "data.is-untracked",
    "data has the values of the tensor, and does not require gradients.",
    MIGRATION,
    profile=Profile.TAPE,
)
def test_data_is_untracked(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    assert x.data.tolist() == [2.0, 3.0]
    assert (x.data.requires_grad, x.data.grad_fn) == (False, None)
    assert (x * 2.0).data.requires_grad is False


@clause(
    "data.update-in-place",
    "A parameter can be updated in place through data: it has the new values and stays a leaf that requires gradients.",
    NEURAL_NETWORKS,
    profile=Profile.TAPE,
    follows_from=("data.is-untracked",),
)
def test_data_update_in_place(torch, nn):
    parameter = nn.Parameter(torch.tensor([2.0, 3.0]))
    (parameter * parameter).sum().backward()
    parameter.data.sub_(parameter.grad.data * 0.25)
    assert parameter.tolist() == [1.0, 1.5]  # p - 2 p / 4
    assert (parameter.is_leaf, parameter.requires_grad, parameter.grad_fn) == (True, True, None)
    assert parameter.grad.tolist() == [4.0, 6.0]


@clause(
    "data.update-is-not-noticed",
    "A change through data is not reported to the tape: backward() goes on, with the old values or the new ones.",
    MIGRATION,
    profile=Profile.TAPE,
    follows_from=("data.update-in-place",),
    dialects={
        "old": "the gradient is that of the values at the time of the operation",
        "new": "the gradient is computed with the changed values, as the documentation warns",
    },
)
def test_data_update_is_not_noticed(torch, dialect):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    loss = (x * x).sum()
    x.data.sub_(1.0)
    loss.backward()
    if x.grad.tolist() == [4.0, 6.0]:
        dialect("old")
    else:
        assert x.grad.tolist() == [2.0, 4.0]
        dialect("new")
