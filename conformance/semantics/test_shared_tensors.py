"""The tape: a tensor that is used more than once, or not at all."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._pages import AUTOGRAD_NOTES, AUTOMATIC_DIFFERENTIATION

BASIC = ("tape.backward",)


@clause(
    "tape.used-twice",
    "The gradients of all uses of a leaf, and of no other leaf, are added, also of two uses in one operation.",
    documented("generated/torch.autograd.backward.html"),
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_used_twice(torch):
    w = torch.tensor([2.0, 3.0], requires_grad=True)
    b = torch.tensor([5.0, 7.0], requires_grad=True)
    factors = torch.tensor([10.0, 20.0])
    # w and twice get one and the same gradient from their sum: adding that of the square must not change the other.
    twice = b * 2.0
    square = w * w
    loss = ((twice + w) * factors).sum() + square.sum()
    loss.backward()
    assert w.grad.tolist() == [14.0, 26.0]  # 2 w + factors
    assert b.grad.tolist() == [20.0, 40.0]


@clause(
    "tape.branches-meet",
    "Where branches meet in an intermediate result, the sum of their gradients is passed on.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_branches_meet(torch):
    x = torch.tensor(3.0, requires_grad=True)
    y = x * x  # 9
    long_way = (y * 2.0 + 1.0) * y  # 2 y^2 + y
    (long_way + y).backward()  # 2 y^2 + 2 y
    assert x.grad.item() == 228.0  # (4 y + 2) 2 x = 38 * 6


@clause(
    "tape.shared-parameter",
    "A parameter that two parts of a model share gets the sum of the gradients of both.",
    documented("generated/torch.autograd.backward.html"),
    profile=Profile.TAPE,
    follows_from=("tape.used-twice",),
)
def test_tape_shared_parameter(torch, nn):
    class Tied(nn.Module):
        def __init__(self):
            super().__init__()
            self.encoder = nn.Parameter(torch.tensor([2.0, 3.0]))
            self.decoder = self.encoder

        def forward(self, x):
            return x * self.encoder + self.decoder

    model = Tied()
    model(torch.tensor([5.0, 7.0])).sum().backward()
    assert model.decoder.grad.tolist() == [6.0, 8.0]  # x + 1


@clause(
    "tape.unused-leaf",
    "The grad of a leaf that the result does not depend on stays None.",
    documented("generated/torch.optim.Optimizer.zero_grad.html"),
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_unused_leaf(torch):
    used = torch.tensor(2.0, requires_grad=True)
    unused = torch.tensor(3.0, requires_grad=True)
    _ = used * unused  # computed, but the loss does not depend on it
    (used * used).backward()
    assert used.grad.item() == 4.0
    assert unused.grad is None


@clause(
    "tape.new-graph-each-time",
    "Every forward pass makes a new graph, with the values of that time.",
    AUTOMATIC_DIFFERENTIATION,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_new_graph_each_time(torch):
    w = torch.tensor(3.0, requires_grad=True)
    gradients = []
    for x in (5.0, 7.0):
        w.grad = None
        (w * w * x).backward()
        gradients.append(w.grad.item())
    assert gradients == [30.0, 42.0]  # 2 w x


@clause(
    "tape.grad-function",
    "torch.autograd.grad(outputs, inputs) returns the gradients, in the order of the inputs, and leaves grad alone.",
    documented("generated/torch.autograd.grad.html"),
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_grad_function(torch):
    x = torch.tensor(3.0, requires_grad=True)
    w = torch.tensor(5.0, requires_grad=True)
    for_w, for_x = torch.autograd.grad(x * x * w, [w, x])
    assert (for_w.item(), for_x.item()) == (9.0, 30.0)  # x^2 and 2 x w
    assert (x.grad, w.grad) == (None, None)
