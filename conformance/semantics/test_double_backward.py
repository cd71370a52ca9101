"""The tape: gradients that are recorded themselves, with create_graph=True."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile

GRAD = documented("generated/torch.autograd.grad.html")
BACKWARD = documented("generated/torch.Tensor.backward.html")
TWICE = ("create_graph.second-derivative",)


@clause(
    "create_graph.second-derivative",
    "With create_graph=True the gradient is on the tape: it requires gradients, and they are second derivatives.",
    GRAD,
    profile=Profile.TAPE,
)
def test_create_graph_second_derivative(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    (first,) = torch.autograd.grad((x * x * x).sum(), x, create_graph=True)
    assert first.tolist() == [12.0, 27.0]
    assert first.requires_grad is True
    (second,) = torch.autograd.grad(first.sum(), x)
    assert second.tolist() == [12.0, 18.0]


@clause(
    "create_graph.mixed-derivative",
    "The gradient of a gradient reaches every leaf that the first one depends on.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=TWICE,
)
def test_create_graph_mixed_derivative(torch):
    x, y = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0, requires_grad=True)
    (of_x,) = torch.autograd.grad(x * x * y * y, x, create_graph=True)  # 2 x y^2
    twice, mixed = torch.autograd.grad(of_x, [x, y])
    assert (twice.item(), mixed.item()) == (18.0, 24.0)


@clause(
    "create_graph.third-derivative",
    "Gradients can be taken of gradients as often as each is recorded.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=TWICE,
)
def test_create_graph_third_derivative(torch):
    x = torch.tensor(2.0, requires_grad=True)
    (first,) = torch.autograd.grad(x * x * x * x, x, create_graph=True)
    (second,) = torch.autograd.grad(first, x, create_graph=True)
    (third,) = torch.autograd.grad(second, x)
    assert (first.item(), second.item(), third.item()) == (32.0, 48.0, 48.0)


@clause(
    "create_graph.of-grad-outputs",
    "A gradient that was recorded depends on grad_outputs too, and has its gradient with respect to them.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=TWICE,
)
def test_create_graph_of_grad_outputs(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    weights = torch.tensor([5.0, 7.0], requires_grad=True)
    (first,) = torch.autograd.grad(x * x, x, grad_outputs=weights, create_graph=True)
    assert first.tolist() == [20.0, 42.0]
    (of_weights,) = torch.autograd.grad(first.sum(), weights)
    assert of_weights.tolist() == [4.0, 6.0]  # 2 x: the directional derivative


@clause(
    "create_graph.retains-the-graph",
    "create_graph=True keeps the graph unless retain_graph says otherwise.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=TWICE,
)
def test_create_graph_retains_the_graph(torch):
    x = torch.tensor(2.0, requires_grad=True)
    output = x * x * x
    (first,) = torch.autograd.grad(output, x, create_graph=True)
    (again,) = torch.autograd.grad(output, x)
    assert (first.item(), again.item()) == (12.0, 12.0)


@clause(
    "create_graph.backward",
    "backward(create_graph=True) leaves in grad a tensor that is on the tape.",
    BACKWARD,
    profile=Profile.TAPE,
    follows_from=TWICE,
)
def test_create_graph_backward(torch):
    x = torch.tensor(2.0, requires_grad=True)
    (x * x * x).backward(create_graph=True)
    first = x.grad
    assert first.item() == 12.0
    assert first.requires_grad is True
    (second,) = torch.autograd.grad(first, x)
    assert second.item() == 12.0
    x.grad = None


@clause(
    "create_graph.in-the-incoming-gradient",
    "A recorded gradient can be differentiated in the gradients of the outputs that it was taken with, too.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=TWICE,
)
def test_create_graph_in_the_incoming_gradient(torch, nn):
    x = torch.tensor([[1.0, -2.0]], requires_grad=True)
    weight = torch.tensor([[3.0, 5.0]], requires_grad=True)
    for function, given, expected in (
        (lambda: x * weight, [[1.0, 1.0]], [[3.0, 5.0]]),
        (lambda: x - weight, [[1.0, 1.0]], [[1.0, 1.0]]),
        (lambda: nn.functional.relu(x), [[1.0, 1.0]], [[1.0, 0.0]]),
        (x.sum, 4.0, 2.0),
        (lambda: nn.functional.linear(x, weight), [[2.0]], [[8.0]]),
    ):
        incoming = torch.tensor(given, requires_grad=True)
        (recorded,) = torch.autograd.grad(function(), x, incoming, create_graph=True)
        (found,) = torch.autograd.grad(recorded.sum(), incoming)  # each row of the Jacobian, summed
        assert found.tolist() == expected


@clause(
    "create_graph.gradient-penalty",
    "A penalty on the gradient of the input can be part of a loss, and reaches the parameters through the layers.",
    GRAD,
    profile=Profile.TAPE,
    follows_from=TWICE,
)
def test_create_graph_gradient_penalty(torch, nn):
    layer = nn.Linear(2, 1)
    layer.weight = nn.Parameter(torch.tensor([[2.0, 3.0]]))
    layer.bias = nn.Parameter(torch.tensor([1.0]))
    x = torch.tensor([[1.0, 2.0]], requires_grad=True)
    output = layer(x)  # 2 + 6 + 1 = 9
    (of_input,) = torch.autograd.grad((output * output).sum(), x, create_graph=True)
    assert of_input.tolist() == [[36.0, 54.0]]  # 2 o w
    of_input.sum().backward()
    # The penalty 2 o (w0 + w1): in w_i, 2 o + 2 x_i (w0 + w1); in b, 2 (w0 + w1).
    assert layer.weight.grad.tolist() == [[28.0, 38.0]]
    assert layer.bias.grad.tolist() == [10.0]


@clause(
    "create_graph.of-a-linear-function",
    "The gradient of the gradient of a linear function is zero, or there is none.",
    GRAD,
    profile=Profile.TAPE,
    dialects={"none": "the second gradient is None, or the first does not require gradients", "zeros": "it is zero"},
)
def test_create_graph_of_a_linear_function(torch, dialect):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    (first,) = torch.autograd.grad((x * 5.0).sum(), x, create_graph=True)
    assert first.tolist() == [5.0, 5.0]
    second = torch.autograd.grad(first.sum(), x, allow_unused=True)[0] if first.requires_grad else None
    if second is None:
        dialect("none")
    else:
        assert second.tolist() == [0.0, 0.0]
        dialect("zeros")
