"""The tutorial from its first cell to its last."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._pages import MODULE_NOTES, NEURAL_NETWORKS
from conformance.semantics._tutorial import (
    PARAMETER_SIZES,
    PATH_WEIGHTS,
    convolutional_network,
    image,
    target,
    with_one_path,
    with_whole_numbers,
)

OUTPUT = ("tutorial.output",)
GRADIENTS = ("tutorial.first-bias-gradient",)


def _one_path_loss(torch, nn):
    """The network whose only path gives 9, and its loss: (9 - 4)^2 / 10 = 2.5."""
    model = with_one_path(torch, convolutional_network(nn))
    aim = torch.tensor([[4.0] + [0.0] * 9])
    return model, nn.MSELoss()(model(image(torch)), aim)


@clause(
    "tutorial.feature-sizes",
    "An image of 32 x 32 is 6 x 15 x 15 after the first pooling, 16 x 6 x 6 after the second, and 576 flattened.",
    NEURAL_NETWORKS,
    profile=Profile.TRAINING,
)
def test_tutorial_feature_sizes(torch, nn, F):
    x = nn.Conv2d(1, 6, 3)(image(torch))
    assert tuple(x.size()) == (1, 6, 30, 30)
    x = F.max_pool2d(F.relu(x), (2, 2))
    assert tuple(x.size()) == (1, 6, 15, 15)
    x = nn.Conv2d(6, 16, 3)(x)
    assert tuple(x.size()) == (1, 16, 13, 13)
    x = F.max_pool2d(F.relu(x), 2)
    assert tuple(x.size()) == (1, 16, 6, 6)
    assert tuple(x.view(-1, 16 * 6 * 6).size()) == (1, 576)


@clause(
    "tutorial.parameter-sizes",
    "The network has ten learnable parameters, a weight and a bias for each of its layers, of the sizes shown.",
    NEURAL_NETWORKS,
    profile=Profile.TRAINING,
)
def test_tutorial_parameter_sizes(nn):
    parameters = list(convolutional_network(nn).parameters())
    assert [tuple(parameter.size()) for parameter in parameters] == PARAMETER_SIZES
    assert all(parameter.requires_grad for parameter in parameters)


@clause(
    "tutorial.output",
    "The network gives ten numbers for each image of a batch.",
    NEURAL_NETWORKS,
    profile=Profile.TRAINING,
)
def test_tutorial_output(torch, nn):
    model = with_one_path(torch, convolutional_network(nn))
    out = model(image(torch))
    assert out.tolist() == [[9.0] + [0.0] * 9]
    assert out.requires_grad is True


@clause(
    "tutorial.single-sample",
    "unsqueeze(0) wraps a single sample in a batch of one.",
    NEURAL_NETWORKS,
    profile=Profile.TRAINING,
    follows_from=OUTPUT,
)
def test_tutorial_single_sample(torch, nn):
    sample = image(torch)[0]
    batch = sample.unsqueeze(0)
    assert tuple(sample.size()) == (1, 32, 32)
    assert tuple(batch.size()) == (1, 1, 32, 32)
    assert tuple(convolutional_network(nn)(batch).size()) == (1, 10)


@clause(
    "tutorial.backward-with-gradient",
    "After backward() of the output with a gradient of its shape, every parameter has a gradient of its own shape.",
    NEURAL_NETWORKS,
    profile=Profile.TRAINING,
    follows_from=OUTPUT,
)
def test_tutorial_backward_with_gradient(torch, nn):
    model = with_one_path(torch, convolutional_network(nn))
    model.zero_grad()
    model(image(torch)).backward(torch.tensor([[2.0, 3.0, 5.0, 7.0, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0]]))
    assert [tuple(parameter.grad.size()) for parameter in model.parameters()] == PARAMETER_SIZES
    assert model.classifier.bias.grad.tolist() == [2.0, 3.0, 5.0, 7.0, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0]
    assert model.convolution_1.bias.grad.tolist() == [2.0 * weight for weight in PATH_WEIGHTS]


@clause(
    "tutorial.loss",
    "The loss of output and target is one number, the mean of the squared differences, and it requires gradients.",
    NEURAL_NETWORKS,
    profile=Profile.TRAINING,
    follows_from=OUTPUT,
)
def test_tutorial_loss(torch, nn):
    _, loss = _one_path_loss(torch, nn)
    assert loss.item() == 2.5
    assert tuple(loss.size()) == ()
    assert loss.requires_grad is True


@clause(
    "tutorial.first-bias-gradient",
    "zero_grad() clears the gradient of the first layer's bias, and backward() of the loss fills it.",
    NEURAL_NETWORKS,
    profile=Profile.TRAINING,
    follows_from=("tutorial.loss", "tutorial.backward-with-gradient", "module.zero-grad"),
    dialects={
        "none": "after zero_grad() the gradient is None",
        "zeros": "after zero_grad() the gradient is six zeros, as the tutorial prints",
    },
)
def test_tutorial_first_bias_gradient(torch, nn, dialect):
    model, loss = _one_path_loss(torch, nn)
    model.convolution_1.bias.grad = torch.tensor([100.0] * 6)
    model.zero_grad()
    if model.convolution_1.bias.grad is None:
        dialect("none")
    else:
        assert model.convolution_1.bias.grad.tolist() == [0.0] * 6
        dialect("zeros")

    loss.backward()
    # The loss changes by 2 (9 - 4) / 10 = 1 per unit of the first output.
    assert model.convolution_1.bias.grad.tolist() == list(PATH_WEIGHTS)


@clause(
    "tutorial.manual-update",
    "The update written by hand subtracts the learning rate times the gradient from every parameter, in place.",
    NEURAL_NETWORKS,
    profile=Profile.TRAINING,
    follows_from=GRADIENTS,
)
def test_tutorial_manual_update(torch, nn):
    model, loss = _one_path_loss(torch, nn)
    loss.backward()
    bias = model.convolution_1.bias
    for parameter in model.parameters():
        parameter.data.sub_(parameter.grad.data * 0.5)

    assert model.convolution_1.bias is bias
    # 1 - 1/2, 2 + 1/2, 3 - 2/2, 1 - 1/2, 2 - 0, 3 - 1/2
    assert bias.tolist() == [0.5, 2.5, 2.0, 0.5, 2.0, 2.5]
    assert model.classifier.bias.tolist() == [-0.5] + [0.0] * 9


@clause(
    "tutorial.sgd-equals-manual-update",
    "A step of SGD gives every parameter the value that the update written by hand gives it.",
    NEURAL_NETWORKS,
    profile=Profile.TRAINING,
    follows_from=("tutorial.manual-update", "sgd_object.update"),
)
def test_tutorial_sgd_equals_manual_update(torch, nn, optim):
    by_hand = with_whole_numbers(torch, convolutional_network(nn))
    by_optimizer = with_whole_numbers(torch, convolutional_network(nn))
    for model in (by_hand, by_optimizer):
        # The sum, because the mean's division by ten is not exact.
        nn.MSELoss(reduction="sum")(model(image(torch)), target(torch)).backward()

    before = [parameter.tolist() for parameter in by_hand.parameters()]
    for parameter in by_hand.parameters():
        parameter.data.sub_(parameter.grad.data * 0.5)
    optim.SGD(params=by_optimizer.parameters(), lr=0.5).step()

    for (name, parameter), same, old in zip(by_hand.named_parameters(), by_optimizer.parameters(), before, strict=True):
        assert same.tolist() == parameter.tolist(), name
        assert same.tolist() != old, f"{name} took no step"


@clause(
    "tutorial.training-loop",
    "With zero_grad() at the start of each round, every step follows the gradient of its own round.",
    documented("optim.html#taking-an-optimization-step"),
    profile=Profile.TRAINING,
    follows_from=("sgd_object.update", "optimizer.zero-grad"),
)
def test_tutorial_training_loop(torch, nn, optim):
    model = nn.Linear(1, 1)
    model.weight = nn.Parameter(torch.tensor([[4.0]]))
    model.bias = nn.Parameter(torch.tensor([0.0]))
    optimizer = optim.SGD(model.parameters(), lr=0.125)
    losses = []
    for _ in range(4):
        optimizer.zero_grad()
        loss = nn.MSELoss()(model(torch.tensor([[1.0]])), torch.tensor([[0.0]]))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())

    # The output e = weight + bias has the gradient 2 e, and each of the two parameters moves by e/4: e is halved.
    assert losses == [16.0, 4.0, 1.0, 0.25]
    assert (model.weight.item(), model.bias.item()) == (2.125, -1.875)


@clause(
    "tutorial.without-zero-grad",
    "Without zero_grad() gradients accumulate: every step follows the sum of all gradients so far.",
    NEURAL_NETWORKS,
    profile=Profile.TRAINING,
    follows_from=("tape.accumulates", "sgd_object.update"),
)
def test_tutorial_without_zero_grad(torch, nn, optim):
    weight = nn.Parameter(torch.tensor([8.0]))
    optimizer = optim.SGD([weight], lr=0.25)
    values = []
    for _ in range(3):
        (weight * weight).sum().backward()
        optimizer.step()
        values.append(weight.item())
    # Gradients 16, 8, -4, so that grad is 16, 24, 20.
    assert values == [4.0, -2.0, -7.0]


@clause(
    "tutorial.loss-falls",
    "Training steps lower the loss of the tutorial's network.",
    MODULE_NOTES,
    profile=Profile.TRAINING,
    follows_from=("tutorial.sgd-equals-manual-update", "tutorial.training-loop"),
)
def test_tutorial_loss_falls(torch, nn, optim):
    model = with_whole_numbers(torch, convolutional_network(nn))
    optimizer = optim.SGD(model.parameters(), lr=2.0**-19)
    losses = []
    for _ in range(6):
        optimizer.zero_grad()
        loss = nn.MSELoss()(model(image(torch)), target(torch))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    # At this learning rate each step takes a sixth or more of the loss away; a quarter of the rate would still do.
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0] / 2
