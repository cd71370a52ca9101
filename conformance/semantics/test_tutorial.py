"""The tutorial up to the gradients: the network, its parameters, its output, the loss and backward()."""

from __future__ import annotations

from conformance.clause import clause
from conformance.profile import Profile
from conformance.semantics._pages import NEURAL_NETWORKS
from conformance.semantics._tutorial import (
    PARAMETER_SIZES,
    PATH_WEIGHTS,
    convolutional_network,
    image,
    one_path_loss,
    with_one_path,
)

OUTPUT = ("tutorial.output",)


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
    _, loss = one_path_loss(torch, nn)
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
    model, loss = one_path_loss(torch, nn)
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
