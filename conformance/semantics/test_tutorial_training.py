"""The tutorial from the gradients on: the update by hand, the same with an optimizer, and the training loop."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._pages import MODULE_NOTES, NEURAL_NETWORKS
from conformance.semantics._tutorial import convolutional_network, image, one_path_loss, target, with_whole_numbers


@clause(
    "tutorial.manual-update",
    "The update written by hand subtracts the learning rate times the gradient from every parameter, in place.",
    NEURAL_NETWORKS,
    profile=Profile.TRAINING,
    follows_from=("tutorial.first-bias-gradient",),
)
def test_tutorial_manual_update(torch, nn):
    model, loss = one_path_loss(torch, nn)
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
