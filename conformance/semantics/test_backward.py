"""The tape: backward(), with and without a given gradient, and the gradients that it computes."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import AUTOGRAD_NOTES, AUTOMATIC_DIFFERENTIATION, LEAVES_AND_RESULTS

BACKWARD = documented("generated/torch.Tensor.backward.html")
BASIC = ("tape.backward",)


@clause(
    "tape.backward",
    "backward() of a scalar computes its gradient with respect to the leaves, and leaves it in their grad.",
    BACKWARD,
    profile=Profile.TAPE,
)
def test_tape_backward(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    (x * x).sum().backward()
    assert x.grad.tolist() == [4.0, 6.0]  # 2 x


@clause(
    "tape.backward-of-one-element",
    "A tensor of one element counts as a scalar, whatever its shape: backward() needs no gradient.",
    BACKWARD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_backward_of_one_element(torch):
    x = torch.tensor([[3.0]], requires_grad=True)
    (x * x).backward()
    assert x.grad.tolist() == [[6.0]]


@clause(
    "tape.backward-of-several-elements",
    "backward() of a tensor with more than one element is refused without a gradient.",
    BACKWARD,
    profile=Profile.TAPE,
)
def test_tape_backward_of_several_elements(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * x
    with refused("backward() without a gradient of a tensor with two elements"):
        y.backward()


@clause(
    "tape.backward-with-gradient",
    "backward(gradient) computes the product of the given gradient with the Jacobian.",
    BACKWARD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_backward_with_gradient(torch):
    x = torch.tensor([2.0, 3.0, 5.0], requires_grad=True)
    y = x * x
    y.backward(torch.tensor([1.0, 10.0, -1.0]))
    assert x.grad.tolist() == [4.0, 60.0, -10.0]  # 2 x, each times its gradient


@clause(
    "tape.backward-of-scalar-with-gradient",
    "backward() of a scalar is backward(torch.tensor(1.0)), and another gradient multiplies the result.",
    AUTOMATIC_DIFFERENTIATION,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_backward_of_scalar_with_gradient(torch):
    for gradient, expected in ((1.0, [4.0, 6.0]), (-0.5, [-2.0, -3.0])):
        x = torch.tensor([2.0, 3.0], requires_grad=True)
        (x * x).sum().backward(torch.tensor(gradient))
        assert x.grad.tolist() == expected


@clause(
    "tape.backward-gradient-of-another-shape",
    "backward() refuses a gradient whose shape is not that of the tensor, also one that could be broadcast.",
    BACKWARD,
    profile=Profile.TAPE,
)
def test_tape_backward_gradient_of_another_shape(torch):
    for gradient in ([1.0], [[1.0, 1.0, 1.0]], [1.0, 1.0]):
        x = torch.tensor([2.0, 3.0, 5.0], requires_grad=True)
        y = x * x
        with refused(f"the gradient {gradient} for a tensor of shape (3,)"):
            y.backward(torch.tensor(gradient))


@clause(
    "tape.backward-of-untracked",
    "backward() of a tensor that does not require gradients is refused.",
    LEAVES_AND_RESULTS,
    profile=Profile.TAPE,
)
def test_tape_backward_of_untracked(torch):
    x = torch.tensor([2.0, 3.0])
    loss = (x * x).sum()
    with refused("backward() of a tensor that does not require gradients"):
        loss.backward()


@clause(
    "tape.gradient-shape",
    "A gradient has the shape of its tensor, also where the tensor was broadcast: there the gradients are summed.",
    BACKWARD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_gradient_shape(torch):
    x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
    row = torch.tensor([2.0, 3.0, 5.0], requires_grad=True)
    column = torch.tensor([[1.0], [10.0]], requires_grad=True)
    scalar = torch.tensor(7.0, requires_grad=True)
    (x * row * column + scalar).sum().backward()

    assert x.grad.tolist() == [[2.0, 3.0, 5.0], [20.0, 30.0, 50.0]]
    assert row.grad.tolist() == [41.0, 52.0, 63.0]  # 1 + 40, 2 + 50, 3 + 60
    assert column.grad.tolist() == [[23.0], [53.0]]  # 2 + 6 + 15, 8 + 15 + 30
    assert scalar.grad.tolist() == 6.0


@clause(
    "tape.gradient-dtype",
    "A gradient has the type of its tensor.",
    BACKWARD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_gradient_dtype(torch):
    for dtype in (torch.float32, torch.float64):
        x = torch.tensor([2.0, 3.0], dtype=dtype, requires_grad=True)
        (x * x).sum().backward()
        assert x.grad.dtype == dtype


@clause(
    "tape.chain-rule",
    "Gradients pass through a chain of operations by the chain rule.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_chain_rule(torch):
    x = torch.tensor([2.0, -3.0], requires_grad=True)
    y = x * x - 1.0  # 3, 8
    z = y * y * 0.5
    z.sum().backward()
    assert x.grad.tolist() == [12.0, -48.0]  # y * 2 x


@clause(
    "tape.every-leaf",
    "Every leaf gets the gradient with respect to itself.",
    LEAVES_AND_RESULTS,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_every_leaf(torch):
    x = torch.tensor(3.0, requires_grad=True)
    w = torch.tensor(5.0, requires_grad=True)
    b = torch.tensor(7.0, requires_grad=True)
    (x * w - b).backward()
    assert (x.grad.item(), w.grad.item(), b.grad.item()) == (5.0, 3.0, -1.0)


@clause(
    "tape.control-flow",
    "What was run is what is differentiated: loops and branches in Python leave their operations on the tape.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_tape_control_flow(torch):
    for value, power in ((3.0, 4), (5.0, 3)):
        x = torch.tensor(value, requires_grad=True)
        y = x
        while y.item() < 80.0:  # 3, 9, 27, 81, and 5, 25, 125
            y = y * x
        y.backward()
        assert x.grad.item() == power * value ** (power - 1)
