"""The tape: views, integer results, and tensors that stop requiring gradients."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import AUTOGRAD_NOTES

VIEWS = documented("tensor_view.html")


@clause(
    "tensor_view.gradient",
    "The gradient of a view goes to those elements of its base that the view shows.",
    VIEWS,
    profile=Profile.TAPE,
)
def test_tensor_view_gradient(torch):
    x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
    column = x.t()[1]
    (column * torch.tensor([10.0, 20.0])).sum().backward()
    assert x.grad.tolist() == [[0.0, 10.0, 0.0], [0.0, 20.0, 0.0]]


@clause(
    "tensor_view.shares-memory",
    "A view shares memory with its base: a change of one is seen in the other.",
    VIEWS,
    profile=Profile.TAPE,
)
def test_tensor_view_shares_memory(torch):
    base = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    flat = base.view(4)
    base[1, 0] = 7.0
    flat[0] = 5.0
    assert flat.tolist() == [5.0, 2.0, 7.0, 4.0]
    assert base.tolist() == [[5.0, 2.0], [7.0, 4.0]]


@clause(
    "tensor_view.changed-in-place",
    "A change in place of a view changes the base, and gradients flow through the change.",
    VIEWS,
    profile=Profile.TAPE,
    follows_from=("tensor_view.shares-memory",),
)
def test_tensor_view_changed_in_place(torch):
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    base = x * 1.0
    base[1:].mul_(5.0)
    assert base.tolist() == [1.0, 10.0, 15.0]
    (base * torch.tensor([2.0, 4.0, 8.0])).sum().backward()
    assert x.grad.tolist() == [2.0, 20.0, 40.0]


@clause(
    "tensor_view.base-changed-in-place",
    "A change in place of the base is part of the history of a view that was made before.",
    VIEWS,
    profile=Profile.TAPE,
    follows_from=("tensor_view.shares-memory",),
)
def test_tensor_view_base_changed_in_place(torch):
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    base = x * 1.0
    part = base[1:]
    base.mul_(5.0)
    assert part.tolist() == [10.0, 15.0]
    part.sum().backward()
    assert x.grad.tolist() == [0.0, 5.0, 5.0]


@clause(
    "tensor_view.saved-part-changed",
    "A change in place through a view is noticed where the base was saved for the backward pass.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
    follows_from=("tensor_view.shares-memory",),
)
def test_tensor_view_saved_part_changed(torch):
    base = torch.tensor([1.0, 2.0, 3.0], requires_grad=True) * 1.0
    squares = base * base
    base[:1].mul_(5.0)
    with refused("a backward pass whose saved tensor was changed through a view"):
        squares.sum().backward()


@clause(
    "leaf.integers",
    "A tensor of integers cannot require gradients.",
    documented("generated/torch.Tensor.requires_grad.html"),
    profile=Profile.TAPE,
)
def test_leaf_integers(torch):
    counts = torch.tensor([2, 3])
    with refused("requires_grad of integers"):
        counts.requires_grad_()
    assert counts.requires_grad is False


@clause(
    "leaf.integer-result",
    "A result of integers does not require gradients, though what it was computed from does.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
)
def test_leaf_integer_result(torch):
    x = torch.tensor([2.0, 5.0, 3.0], requires_grad=True)
    position = x.argmax()
    assert position.item() == 1
    assert position.requires_grad is False
    assert (x > 2.5).requires_grad is False
    assert x.to(torch.int64).requires_grad is False


@clause(
    "leaf.frozen-after-use",
    "requires_grad_(False) of a leaf does not change the graphs that were recorded before it.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
)
def test_leaf_frozen_after_use(torch):
    x, y = torch.tensor(3.0, requires_grad=True), torch.tensor(5.0, requires_grad=True)
    before = x * y
    x.requires_grad_(requires_grad=False)
    after = x * y
    before.backward()
    assert y.grad.item() == 3.0
    after.backward()
    assert y.grad.item() == 6.0
    assert (x * 2.0).requires_grad is False
