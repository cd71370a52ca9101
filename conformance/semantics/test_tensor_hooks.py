"""The tape: functions that are called with the gradient of a tensor, or after it was accumulated."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import AUTOGRAD_NOTES

HOOK = documented("generated/torch.Tensor.register_hook.html")
AFTER = documented("generated/torch.Tensor.register_post_accumulate_grad_hook.html")
ORDER = AUTOGRAD_NOTES + "#backward-hooks-execution"
CALLED = ("tensor_hook.called",)
AFTER_CALLED = ("post_accumulate_hook.called",)


@clause(
    "tensor_hook.called",
    "A hook of a tensor is called with the gradient of the tensor every time that it is computed.",
    HOOK,
    profile=Profile.TAPE,
)
def test_tensor_hook_called(torch):
    x, seen = torch.tensor([2.0, 3.0], requires_grad=True), []
    middle = x * 5.0
    middle.register_hook(lambda gradient: seen.append(gradient.tolist()))
    (middle * torch.tensor([4.0, 8.0])).sum().backward(retain_graph=True)
    (middle * 16.0).sum().backward()
    assert seen == [[4.0, 8.0], [16.0, 16.0]]
    assert x.grad.tolist() == [100.0, 120.0]


@clause(
    "tensor_hook.replaces",
    "What a hook of a tensor returns is used in place of the gradient; None leaves it as it is.",
    HOOK,
    profile=Profile.TAPE,
    follows_from=CALLED,
)
def test_tensor_hook_replaces(torch):
    leaf = torch.tensor([0.0, 0.0, 0.0], requires_grad=True)
    leaf.register_hook(lambda gradient: gradient * 2.0)
    leaf.backward(torch.tensor([1.0, 2.0, 3.0]))
    assert leaf.grad.tolist() == [2.0, 4.0, 6.0]

    x = torch.tensor(3.0, requires_grad=True)
    middle = x * 5.0
    middle.register_hook(lambda gradient: gradient + 1.0)
    (middle * 4.0).backward()
    assert x.grad.item() == 25.0


@clause(
    "tensor_hook.whole-gradient",
    "A hook of a tensor that is used several times is called once, with the sum of what comes from all uses.",
    HOOK,
    profile=Profile.TAPE,
    follows_from=CALLED,
)
def test_tensor_hook_whole_gradient(torch):
    x, seen = torch.tensor(3.0, requires_grad=True), []
    middle = x * 5.0
    middle.register_hook(lambda gradient: seen.append(gradient.item()))
    (middle * 4.0 + middle * 8.0).backward()
    assert seen == [12.0]


@clause(
    "tensor_hook.order",
    "Hooks of one tensor run in order of registration, and each sees what the ones before made of the gradient.",
    ORDER,
    profile=Profile.TAPE,
    follows_from=("tensor_hook.replaces",),
)
def test_tensor_hook_order(torch):
    x = torch.tensor(3.0, requires_grad=True)
    x.register_hook(lambda gradient: gradient + 1.0)
    x.register_hook(lambda gradient: gradient * 3.0)
    (x * 4.0).backward()
    assert x.grad.item() == 15.0


@clause(
    "tensor_hook.before-retained-gradient",
    "retain_grad() keeps the gradient as all hooks of the tensor left it, those that were registered later too.",
    ORDER,
    profile=Profile.TAPE,
    follows_from=("tensor_hook.replaces",),
)
def test_tensor_hook_before_retained_gradient(torch):
    x = torch.tensor(3.0, requires_grad=True)
    middle = x * 5.0
    middle.register_hook(lambda gradient: gradient + 1.0)
    middle.retain_grad()
    middle.register_hook(lambda gradient: gradient * 3.0)
    (middle * 4.0).backward()
    assert middle.grad.item() == 15.0
    assert x.grad.item() == 75.0


@clause(
    "tensor_hook.removed",
    "handle.remove() takes away the hook that it was returned for, and no other.",
    HOOK,
    profile=Profile.TAPE,
    follows_from=CALLED,
)
def test_tensor_hook_removed(torch):
    x = torch.tensor(3.0, requires_grad=True)
    handle = x.register_hook(lambda gradient: gradient + 1.0)
    x.register_hook(lambda gradient: gradient * 3.0)
    handle.remove()
    (x * 4.0).backward()
    assert x.grad.item() == 12.0


@clause(
    "tensor_hook.of-grad",
    "A hook of a tensor that autograd.grad() is asked about is called, and what it returns is what grad() returns.",
    ORDER,
    profile=Profile.TAPE,
    follows_from=("tensor_hook.replaces",),
)
def test_tensor_hook_of_grad(torch):
    x = torch.tensor(3.0, requires_grad=True)
    middle = x * 5.0
    middle.register_hook(lambda gradient: gradient + 1.0)
    (gradient,) = torch.autograd.grad(middle * 4.0, middle)
    assert gradient.item() == 5.0


@clause(
    "post_accumulate_hook.called",
    "A post-accumulate-grad hook is called with the leaf, after its grad was updated.",
    AFTER,
    profile=Profile.TAPE,
)
def test_post_accumulate_hook_called(torch):
    x, seen = torch.tensor(3.0, requires_grad=True), []
    x.register_post_accumulate_grad_hook(lambda leaf: seen.append((leaf is x, leaf.grad.item())))
    (x * 4.0).backward()
    (x * 5.0 + x * 8.0).backward()
    assert seen == [(True, 4.0), (True, 17.0)]


@clause(
    "post_accumulate_hook.updates-in-place",
    "A post-accumulate-grad hook may change the leaf and its grad in place: nothing is recorded while it runs.",
    AFTER,
    profile=Profile.TAPE,
    follows_from=AFTER_CALLED,
)
def test_post_accumulate_hook_updates_in_place(torch):
    leaf = torch.tensor([0.0, 8.0], requires_grad=True)

    def step(parameter):
        parameter.sub_(parameter.grad * 0.5)
        parameter.grad = None

    leaf.register_post_accumulate_grad_hook(step)
    leaf.backward(torch.tensor([2.0, 4.0]))
    assert leaf.tolist() == [-1.0, 6.0]
    assert leaf.grad is None
    assert leaf.is_leaf
    assert leaf.requires_grad


@clause(
    "post_accumulate_hook.after-tensor-hooks",
    "A post-accumulate-grad hook runs after the hooks of the tensor, and sees the gradient that they made.",
    ORDER,
    profile=Profile.TAPE,
    follows_from=(*AFTER_CALLED, "tensor_hook.replaces"),
)
def test_post_accumulate_hook_after_tensor_hooks(torch):
    x, seen = torch.tensor(3.0, requires_grad=True), []
    x.register_post_accumulate_grad_hook(lambda leaf: seen.append(leaf.grad.item()))
    x.register_hook(lambda gradient: gradient * 10.0)
    (x * 4.0).backward()
    assert seen == [40.0]


@clause(
    "post_accumulate_hook.of-a-result",
    "Registering a post-accumulate-grad hook on a tensor that is no leaf is refused.",
    AFTER,
    profile=Profile.TAPE,
)
def test_post_accumulate_hook_of_a_result(torch):
    result = torch.tensor(3.0, requires_grad=True) * 2.0
    with refused("a post-accumulate-grad hook of a result"):
        result.register_post_accumulate_grad_hook(lambda _: None)


@clause(
    "post_accumulate_hook.removed",
    "handle.remove() takes away the post-accumulate-grad hook that it was returned for, and no other.",
    AFTER,
    profile=Profile.TAPE,
    follows_from=AFTER_CALLED,
)
def test_post_accumulate_hook_removed(torch):
    x, seen = torch.tensor(3.0, requires_grad=True), []
    handle = x.register_post_accumulate_grad_hook(lambda _: seen.append("first"))
    x.register_post_accumulate_grad_hook(lambda _: seen.append("second"))
    handle.remove()
    (x * 4.0).backward()
    assert seen == ["second"]
