"""The tape: gradients that are returned and not accumulated."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused

GRAD = documented("generated/torch.autograd.grad.html")
BASIC = ("autograd_grad.returns",)


def _pair(torch):
    return torch.tensor(3.0, requires_grad=True), torch.tensor(5.0, requires_grad=True)


@clause(
    "autograd_grad.returns",
    "autograd.grad() returns the gradients of the outputs with respect to each input, a tuple in the inputs' order.",
    GRAD,
    profile=Profile.TAPE,
)
def test_autograd_grad_returns(torch):
    x, y = _pair(torch)
    found = torch.autograd.grad(x * x * y, [y, x])
    assert isinstance(found, tuple)
    assert [gradient.item() for gradient in found] == [9.0, 30.0]


@clause(
    "autograd_grad.leaves-grad-alone",
    "autograd.grad() accumulates into no grad.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_autograd_grad_leaves_grad_alone(torch):
    x, y = _pair(torch)
    x.grad = torch.tensor(7.0)
    torch.autograd.grad(x * x * y, x)
    assert x.grad.item() == 7.0
    assert y.grad is None


@clause(
    "autograd_grad.of-results",
    "An input may be a result of operations: its gradient is that of what was computed from it.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_autograd_grad_of_results(torch):
    x, y = _pair(torch)
    middle = x * y
    of_middle, of_x = torch.autograd.grad(middle * middle * x, [middle, x])
    assert (of_middle.item(), of_x.item()) == (90.0, 675.0)  # 2 m x; m^2 + 2 m x y


@clause(
    "autograd_grad.sums-outputs",
    "For several outputs, the gradients of all of them are added, each multiplied by its grad_outputs.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_autograd_grad_sums_outputs(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    outputs = (x * x, x * 10.0)
    weights = (torch.tensor([1.0, 4.0]), torch.tensor([8.0, 16.0]))
    (found,) = torch.autograd.grad(outputs, x, grad_outputs=weights)
    assert found.tolist() == [84.0, 184.0]  # 1 (2 * 2) + 80, 4 (2 * 3) + 160


@clause(
    "autograd_grad.none-among-grad-outputs",
    "Among grad_outputs, None may stand for an output of one element, and counts as 1.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=("autograd_grad.sums-outputs",),
)
def test_autograd_grad_none_among_grad_outputs(torch):
    x, y = _pair(torch)
    (found,) = torch.autograd.grad((x * x, x * y), x, grad_outputs=(None, torch.tensor(2.0)))
    assert found.item() == 16.0


@clause(
    "autograd_grad.unused",
    "An input that the outputs do not depend on is refused.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_autograd_grad_unused(torch):
    x, y = _pair(torch)
    with refused("the gradient of an input that was not used"):
        torch.autograd.grad(x * x, [x, y])


@clause(
    "autograd_grad.allow-unused",
    "With allow_unused=True, the gradient of an input that the outputs do not depend on is None.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_autograd_grad_allow_unused(torch):
    x, y = _pair(torch)
    of_x, of_y = torch.autograd.grad(x * x, [x, y], allow_unused=True)
    assert of_x.item() == 6.0
    assert of_y is None


@clause(
    "autograd_grad.materialize",
    "With materialize_grads=True, the gradient of an unused input is zeros of its shape; it need not be allowed.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_autograd_grad_materialize(torch):
    x, unused = torch.tensor(3.0, requires_grad=True), torch.tensor([5.0, 7.0], requires_grad=True)
    of_x, of_unused = torch.autograd.grad(x * x, [x, unused], materialize_grads=True)
    assert of_x.item() == 6.0
    assert of_unused.tolist() == [0.0, 0.0]


@clause(
    "autograd_grad.materialize-and-not-allowed",
    "materialize_grads=True together with allow_unused=False is refused.",
    GRAD,
    profile=Profile.TAPE,
)
def test_autograd_grad_materialize_and_not_allowed(torch):
    x, y = _pair(torch)
    with refused("materialize_grads=True with allow_unused=False"):
        torch.autograd.grad(x * y, [x, y], materialize_grads=True, allow_unused=False)


@clause(
    "autograd_grad.retain-graph",
    "The graph is freed unless retain_graph=True, which lets gradients be taken again.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_autograd_grad_retain_graph(torch):
    x, _ = _pair(torch)
    output = x * x
    assert torch.autograd.grad(output, x, retain_graph=True)[0].item() == 6.0
    assert torch.autograd.grad(output, x)[0].item() == 6.0
    with refused("the gradient of a graph that was freed"):
        torch.autograd.grad(output, x)


@clause(
    "autograd_grad.is-no-part-of-the-graph",
    "Without create_graph, what grad() returns is not recorded: it does not require gradients.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_autograd_grad_is_no_part_of_the_graph(torch):
    x, _ = _pair(torch)
    (found,) = torch.autograd.grad(x * x * x, x)
    assert found.item() == 27.0
    assert found.requires_grad is False
