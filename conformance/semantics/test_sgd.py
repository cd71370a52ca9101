"""SGD: the numbers after each step. A parameter of 8 gets the gradients 4, 2 and -8, and the learning rate is 1/2."""

from __future__ import annotations

from conformance.clause import clause
from conformance.profile import Profile
from conformance.semantics._pages import SGD
from conformance.semantics._steps import values_after_steps

GRADIENTS = (4.0, 2.0, -8.0)
BASIC = ("sgd_object.update",)
MOMENTUM = (*BASIC, "sgd_object.momentum")


def _values(torch, nn, optim, **options: object):
    parameter = nn.Parameter(torch.tensor([8.0]))
    return values_after_steps(torch, optim.SGD([parameter], lr=0.5, **options), parameter, GRADIENTS)


@clause(
    "sgd_object.update",
    "A step subtracts the learning rate times the gradient from each parameter.",
    SGD,
    profile=Profile.OPTIMIZER,
)
def test_sgd_object_update(torch, nn, optim):
    # 8 - 4/2 = 6, 6 - 2/2 = 5, 5 + 8/2 = 9
    assert _values(torch, nn, optim) == [6.0, 5.0, 9.0]


@clause(
    "sgd_object.several-parameters",
    "A step updates every parameter with its own gradient and its own momentum.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=MOMENTUM,
)
def test_sgd_object_several_parameters(torch, nn, optim):
    first = nn.Parameter(torch.tensor([8.0]))
    second = nn.Parameter(torch.tensor([1.0]))
    optimizer = optim.SGD([first, second], lr=0.5, momentum=0.5)
    for gradient, other_gradient in ((4.0, -2.0), (2.0, 8.0)):
        first.grad = torch.tensor([gradient])
        second.grad = torch.tensor([other_gradient])
        optimizer.step()
    # The buffers are 4, 2 + 2 = 4 and -2, -1 + 8 = 7.
    assert first.tolist() == [4.0]
    assert second.tolist() == [-1.5]


@clause(
    "sgd_object.momentum",
    "With momentum the step follows a buffer that starts as the first gradient, then decays and adds each gradient.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=BASIC,
)
def test_sgd_object_momentum(torch, nn, optim):
    # The buffer is 4, 4/2 + 2 = 4, 4/2 - 8 = -6.
    assert _values(torch, nn, optim, momentum=0.5) == [6.0, 4.0, 7.0]


@clause(
    "sgd_object.momentum-before-learning-rate",
    "The buffer holds gradients, not steps: a change of the learning rate acts on the whole of it at once.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=MOMENTUM,
)
def test_sgd_object_momentum_before_learning_rate(torch, nn, optim):
    parameter = nn.Parameter(torch.tensor([8.0]))
    optimizer = optim.SGD([parameter], lr=0.5, momentum=0.5)
    assert values_after_steps(torch, optimizer, parameter, [4.0]) == [6.0]
    optimizer.param_groups[0]["lr"] = 2.0
    # The buffer is 4/2 + 2 = 4, so that the step is 8. A buffer of steps would be 2/2 + 2 * 2 = 5.
    assert values_after_steps(torch, optimizer, parameter, [2.0]) == [-2.0]


@clause(
    "sgd_object.dampening",
    "Dampening scales each gradient that is added to the momentum buffer, from the second step on.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=MOMENTUM,
)
def test_sgd_object_dampening(torch, nn, optim):
    # The buffer is 4, 4/2 + 3/4 * 2 = 3.5, 3.5/2 - 3/4 * 8 = -4.25.
    assert _values(torch, nn, optim, momentum=0.5, dampening=0.25) == [6.0, 4.25, 6.375]


@clause(
    "sgd_object.nesterov",
    "With nesterov the step follows the gradient plus momentum times the buffer.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=MOMENTUM,
)
def test_sgd_object_nesterov(torch, nn, optim):
    # The buffer is 4, 4, -6 as with momentum; the step follows 4 + 2 = 6, 2 + 2 = 4, -8 - 3 = -11.
    assert _values(torch, nn, optim, momentum=0.5, nesterov=True) == [5.0, 3.0, 8.5]


@clause(
    "sgd_object.weight-decay",
    "Weight decay adds that multiple of the parameter to its gradient.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=BASIC,
)
def test_sgd_object_weight_decay(torch, nn, optim):
    # The gradients are 4 + 8/4 = 6, 2 + 5/4 = 3.25, -8 + 3.375/4 = -7.15625.
    assert _values(torch, nn, optim, weight_decay=0.25) == [5.0, 3.375, 6.953125]


@clause(
    "sgd_object.weight-decay-with-momentum",
    "Weight decay is added before momentum: it is in the buffer.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=(*MOMENTUM, "sgd_object.weight-decay"),
)
def test_sgd_object_weight_decay_with_momentum(torch, nn, optim):
    # Gradient 4 + 8/4 = 6, buffer 6, parameter 5. Gradient 2 + 5/4 = 3.25, buffer 3 + 3.25 = 6.25, parameter 1.875.
    # Gradient -8 + 1.875/4 = -7.53125, buffer 3.125 - 7.53125 = -4.40625.
    assert _values(torch, nn, optim, momentum=0.5, weight_decay=0.25) == [5.0, 1.875, 4.078125]


@clause(
    "sgd_object.maximize",
    "With maximize a step adds the learning rate times the gradient.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=BASIC,
)
def test_sgd_object_maximize(torch, nn, optim):
    assert _values(torch, nn, optim, maximize=True) == [10.0, 11.0, 7.0]


@clause(
    "sgd_object.maximize-with-weight-decay",
    "With maximize only the gradient changes its sign: weight decay still draws the parameter towards zero.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=("sgd_object.maximize", "sgd_object.weight-decay"),
)
def test_sgd_object_maximize_with_weight_decay(torch, nn, optim):
    # The gradients are -4 + 8/4 = -2, -2 + 9/4 = 0.25, 8 + 8.875/4 = 10.21875.
    assert _values(torch, nn, optim, maximize=True, weight_decay=0.25) == [9.0, 8.875, 3.765625]


@clause(
    "sgd_object.all-together",
    "The options act in one order: maximize, weight decay, momentum, nesterov, learning rate.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=("sgd_object.nesterov", "sgd_object.weight-decay-with-momentum", "sgd_object.maximize"),
)
def test_sgd_object_all_together(torch, nn, optim):
    # Gradient -4 + 2 = -2, buffer -2, direction -2 - 1 = -3, parameter 9.5.
    # Gradient -2 + 2.375 = 0.375, buffer -1 + 0.375 = -0.625, direction 0.375 - 0.3125 = 0.0625, parameter 9.46875.
    # Gradient 8 + 2.3671875, buffer -0.3125 + 10.3671875, direction 10.3671875 + 5.02734375 = 15.39453125.
    values = _values(torch, nn, optim, momentum=0.5, weight_decay=0.25, nesterov=True, maximize=True)
    assert values == [9.5, 9.46875, 1.771484375]
