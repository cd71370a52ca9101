"""The tape: retain_graph keeps a graph for another backward(), retain_grad the gradient of a result."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import AUTOMATIC_DIFFERENTIATION, LEAVES_AND_RESULTS

BACKWARD = documented("generated/torch.Tensor.backward.html")
RETAIN_GRAD = documented("generated/torch.Tensor.retain_grad.html")


def _square(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    return x, (x * x).sum()


@clause(
    "retain_graph.second-backward",
    "A second backward() through the same graph is refused.",
    AUTOMATIC_DIFFERENTIATION,
    profile=Profile.TAPE,
)
def test_retain_graph_second_backward(torch):
    _, loss = _square(torch)
    loss.backward()
    with refused("a second backward() through the same graph"):
        loss.backward()


@clause(
    "retain_graph.keeps",
    "After backward(retain_graph=True) the same graph can be gone through again, and the gradients add up.",
    AUTOMATIC_DIFFERENTIATION,
    profile=Profile.TAPE,
)
def test_retain_graph_keeps(torch):
    x, loss = _square(torch)
    loss.backward(retain_graph=True)
    assert x.grad.tolist() == [4.0, 6.0]
    loss.backward(retain_graph=True)
    assert x.grad.tolist() == [8.0, 12.0]
    loss.backward()
    assert x.grad.tolist() == [12.0, 18.0]


@clause(
    "retain_graph.of-each-call",
    "retain_graph holds for its own backward(): one without it frees the graph, also after one with it.",
    BACKWARD,
    profile=Profile.TAPE,
    follows_from=("retain_graph.keeps", "retain_graph.second-backward"),
)
def test_retain_graph_of_each_call(torch):
    _, loss = _square(torch)
    loss.backward(retain_graph=True)
    loss.backward()
    with refused("backward() through a graph that the call before it freed"):
        loss.backward()


@clause(
    "retain_graph.shared-part",
    "backward() frees the part of a graph that another result shares: the backward() of that one is refused.",
    BACKWARD,
    profile=Profile.TAPE,
    follows_from=("retain_graph.second-backward",),
)
def test_retain_graph_shared_part(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    shared = x * x
    first, second = (shared * 2.0).sum(), (shared * 3.0).sum()
    first.backward()
    with refused("backward() through a part of the graph that another backward() freed"):
        second.backward()


@clause(
    "retain_grad.fills",
    "After retain_grad(), backward() fills the grad of a result.",
    RETAIN_GRAD,
    profile=Profile.TAPE,
)
def test_retain_grad_fills(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * 5.0
    y.retain_grad()
    (y * y).sum().backward()
    assert y.grad.tolist() == [20.0, 30.0]  # 2 y
    assert x.grad.tolist() == [100.0, 150.0]


@clause(
    "retain_grad.all-uses",
    "The gradient that retain_grad() keeps is the sum over all uses of the result.",
    RETAIN_GRAD,
    profile=Profile.TAPE,
    follows_from=("retain_grad.fills",),
)
def test_retain_grad_all_uses(torch):
    x = torch.tensor(3.0, requires_grad=True)
    y = x * 2.0
    y.retain_grad()
    loss = y * y + y * 5.0
    loss.retain_grad()
    loss.backward()
    assert y.grad.item() == 17.0  # 2 y + 5
    assert loss.grad.item() == 1.0
    assert x.grad.item() == 34.0


@clause(
    "retain_grad.of-a-leaf",
    "retain_grad() changes nothing for a leaf, which has its gradient anyway.",
    RETAIN_GRAD,
    profile=Profile.TAPE,
)
def test_retain_grad_of_a_leaf(torch):
    x, loss = _square(torch)
    x.retain_grad()
    loss.backward()
    assert x.grad.tolist() == [4.0, 6.0]
    assert x.retains_grad is False


@clause(
    "retain_grad.flag",
    "retains_grad tells whether a result will keep its gradient.",
    documented("generated/torch.Tensor.retains_grad.html"),
    profile=Profile.TAPE,
)
def test_retain_grad_flag(torch):
    y = torch.tensor([2.0], requires_grad=True) * 3.0
    assert y.retains_grad is False
    y.retain_grad()
    assert y.retains_grad is True


@clause(
    "retain_grad.of-untracked",
    "retain_grad() of a tensor that does not require gradients is refused.",
    LEAVES_AND_RESULTS,
    profile=Profile.TAPE,
)
def test_retain_grad_of_untracked(torch):
    with refused("retain_grad() of a tensor that does not require gradients"):
        torch.tensor([2.0]).retain_grad()
