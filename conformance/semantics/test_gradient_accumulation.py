"""The tape: backward() adds to grad."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile

BACKWARD = documented("generated/torch.Tensor.backward.html")
GRAD = documented("generated/torch.Tensor.grad.html")
ACCUMULATES = ("tape.accumulates",)


@clause(
    "tape.grad-is-none-at-first",
    "grad is None until backward() computes a gradient.",
    GRAD,
    profile=Profile.TAPE,
)
def test_tape_grad_is_none_at_first(torch, nn):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    parameter = nn.Parameter(torch.tensor([2.0, 3.0]))
    (x * parameter).sum()
    assert (x.grad, parameter.grad) == (None, None)


@clause(
    "tape.accumulates",
    "A further backward() adds its gradient to the one that is already in grad.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=("tape.backward",),
)
def test_tape_accumulates(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    totals = []
    for factors in ([1.0, 10.0], [2.0, -4.0], [4.0, 0.5]):
        (x * torch.tensor(factors)).sum().backward()
        totals.append(x.grad.tolist())
    assert totals == [[1.0, 10.0], [3.0, 6.0], [7.0, 6.5]]


@clause(
    "tape.accumulates-onto-assigned",
    "backward() also adds to a gradient that was assigned, and starts afresh where None was.",
    BACKWARD,
    profile=Profile.TAPE,
    follows_from=ACCUMULATES,
)
def test_tape_accumulates_onto_assigned(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    x.grad = torch.tensor([100.0, 200.0])
    (x * x).sum().backward()
    assert x.grad.tolist() == [104.0, 206.0]

    x.grad = None
    (x * x).sum().backward()
    assert x.grad.tolist() == [4.0, 6.0]


@clause(
    "tape.accumulates-in-its-graph",
    "backward() adds to the leaves of its own graph; the gradients of other leaves stay as they are.",
    BACKWARD,
    profile=Profile.TAPE,
    follows_from=ACCUMULATES,
)
def test_tape_accumulates_in_its_graph(torch):
    # Both leaves get the very gradient that reaches their sum: it must not be one array for both.
    a = torch.tensor([2.0, 3.0], requires_grad=True)
    b = torch.tensor([5.0, 7.0], requires_grad=True)
    ((a + b) * torch.tensor([1.0, 10.0])).sum().backward()
    (a * 4.0).sum().backward()
    assert a.grad.tolist() == [5.0, 14.0]
    assert b.grad.tolist() == [1.0, 10.0]


@clause(
    "tape.accumulates-beside-the-given-gradient",
    "The gradient that backward() is given stays as it is when further gradients are accumulated.",
    BACKWARD,
    profile=Profile.TAPE,
    follows_from=ACCUMULATES,
)
def test_tape_accumulates_beside_the_given_gradient(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    gradient = torch.tensor([1.0, 10.0])
    (x + 1.0).backward(gradient)
    (x + 1.0).backward(gradient)
    assert x.grad.tolist() == [2.0, 20.0]
    assert gradient.tolist() == [1.0, 10.0]
