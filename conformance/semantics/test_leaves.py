"""The tape: leaves and results, and which of them require gradients."""

from __future__ import annotations

import warnings

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import AUTOGRAD_NOTES, LEAVES_AND_RESULTS

IS_LEAF = documented("generated/torch.Tensor.is_leaf.html")


@clause(
    "leaf.requires-grad-by-default",
    "A tensor that is created does not require gradients, unless requires_grad=True is given.",
    LEAVES_AND_RESULTS,
    profile=Profile.TAPE,
)
def test_leaf_requires_grad_by_default(torch):
    assert torch.tensor([2.0]).requires_grad is False
    assert torch.tensor([2.0], requires_grad=True).requires_grad is True


@clause(
    "leaf.created",
    "A tensor that was created is a leaf, whether it requires gradients or not.",
    IS_LEAF,
    profile=Profile.TAPE,
)
def test_leaf_created(torch, nn):
    assert torch.tensor([2.0], requires_grad=True).is_leaf is True
    assert torch.tensor([2.0]).is_leaf is True
    assert nn.Parameter(torch.tensor([2.0])).is_leaf is True


@clause(
    "leaf.result-is-no-leaf",
    "The result of an operation on a tensor that requires gradients is not a leaf.",
    IS_LEAF,
    profile=Profile.TAPE,
)
def test_leaf_result_is_no_leaf(torch):
    x = torch.tensor([2.0], requires_grad=True)
    assert (x + 2.0).is_leaf is False


@clause(
    "leaf.untracked-result",
    "The result of an operation on tensors that do not require gradients is a leaf by convention.",
    IS_LEAF,
    profile=Profile.TAPE,
)
def test_leaf_untracked_result(torch):
    x = torch.tensor([2.0])
    assert (x + 2.0).is_leaf is True


@clause(
    "leaf.only-leaves-get-gradients",
    "backward() leaves the grad of intermediate results None.",
    IS_LEAF,
    profile=Profile.TAPE,
    follows_from=("tape.backward",),
)
def test_leaf_only_leaves_get_gradients(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * x
    loss = y.sum()
    loss.backward()
    assert x.grad.tolist() == [4.0, 6.0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a framework may warn that the question makes little sense
        assert (y.grad, loss.grad) == (None, None)


@clause(
    "leaf.constant-gets-no-gradient",
    "The grad of a leaf that does not require gradients stays None.",
    LEAVES_AND_RESULTS,
    profile=Profile.TAPE,
    follows_from=("tape.backward",),
)
def test_leaf_constant_gets_no_gradient(torch):
    x = torch.tensor([2.0, 3.0])
    w = torch.tensor([5.0, 7.0], requires_grad=True)
    (x * w).sum().backward()
    assert w.grad.tolist() == [2.0, 3.0]
    assert x.grad is None


@clause(
    "tape.requires-grad-propagates",
    "A result requires gradients if at least one input does.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
)
def test_tape_requires_grad_propagates(torch):
    x = torch.tensor([2.0])
    z = torch.tensor([3.0], requires_grad=True)
    assert (x + z).requires_grad is True
    assert (z + x).requires_grad is True
    assert ((x + z) * x).requires_grad is True


@clause(
    "tape.constants-stay-untracked",
    "A result does not require gradients, and has no grad_fn, if no input requires gradients.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
)
def test_tape_constants_stay_untracked(torch):
    x = torch.tensor([2.0])
    y = torch.tensor([3.0])
    result = x + y
    assert result.requires_grad is False
    assert result.grad_fn is None


@clause(
    "leaf.begins-to-require",
    "requires_grad_() makes a tensor require gradients from then on, and returns the tensor itself.",
    documented("generated/torch.Tensor.requires_grad_.html"),
    profile=Profile.TAPE,
)
def test_leaf_begins_to_require(torch):
    weights = torch.tensor([2.0, 3.0])
    assert weights.requires_grad_() is weights
    assert weights.requires_grad is True
    (weights * weights).sum().backward()
    assert weights.grad.tolist() == [4.0, 6.0]


@clause(
    "leaf.frozen",
    "A leaf whose requires_grad was set to False is treated as a constant: backward() leaves its grad alone.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
)
def test_leaf_frozen(torch, nn):
    frozen = nn.Parameter(torch.tensor([2.0, 3.0]))
    trained = nn.Parameter(torch.tensor([5.0, 7.0]))
    frozen.requires_grad = False
    assert (frozen * frozen).requires_grad is False

    (frozen * trained).sum().backward()
    assert frozen.grad is None
    assert trained.grad.tolist() == [2.0, 3.0]


@clause(
    "leaf.result-stays-tracked",
    "A result of a tracked operation always requires gradients: setting its requires_grad to False is refused.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
)
def test_leaf_result_stays_tracked(torch):
    y = torch.tensor([2.0], requires_grad=True) * 3.0
    with refused("requires_grad = False for the result of a tracked operation"):
        y.requires_grad = False


@clause(
    "leaf.changed-in-place",
    "Changing a leaf that requires gradients in place is refused while gradients are recorded.",
    "https://discuss.pytorch.org/t/leaf-variable-was-used-in-an-inplace-operation/308",
    profile=Profile.TAPE,
)
def test_leaf_changed_in_place(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    with refused("a change in place of a leaf that requires gradients"):
        x.sub_(1.0)
