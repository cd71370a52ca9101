"""SGD: its defaults, what it refuses, and what a step leaves alone."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import SGD, published_source
from conformance.semantics._steps import values_after_steps

BASIC = ("sgd_object.update",)
STEP = documented("generated/torch.optim.SGD.html#torch.optim.SGD.step")


@clause(
    "sgd_object.default-options",
    "By default momentum, dampening and weight decay are 0, and nesterov and maximize are off.",
    SGD,
    profile=Profile.OPTIMIZER,
)
def test_sgd_object_default_options(torch, nn, optim):
    (group,) = optim.SGD([nn.Parameter(torch.tensor([8.0]))], lr=0.5).param_groups
    assert (group["momentum"], group["dampening"], group["weight_decay"]) == (0, 0, 0)
    assert (group["nesterov"], group["maximize"]) == (False, False)


@clause(
    "sgd_object.default-learning-rate",
    "The learning rate is 0.001 by default; older versions want it given.",
    SGD,
    profile=Profile.OPTIMIZER,
    dialects={
        "0.001": "without lr the learning rate is 0.001",
        "required": "lr must be given, as in older versions",
    },
)
def test_sgd_object_default_learning_rate(torch, nn, optim, dialect):
    parameter = nn.Parameter(torch.tensor([8.0]))
    try:
        optimizer = optim.SGD([parameter])
    except (TypeError, ValueError):
        dialect("required")
    else:
        assert optimizer.param_groups[0]["lr"] == 0.001
        dialect("0.001")


@clause(
    "sgd_object.nesterov-without-momentum",
    "nesterov without momentum is refused.",
    SGD,
    profile=Profile.OPTIMIZER,
)
def test_sgd_object_nesterov_without_momentum(torch, nn, optim):
    with refused("SGD with nesterov and without momentum"):
        optim.SGD([nn.Parameter(torch.tensor([8.0]))], lr=0.5, nesterov=True)


@clause(
    "sgd_object.nesterov-with-dampening",
    "nesterov with dampening is refused.",
    published_source("torch/optim/sgd.py"),
    profile=Profile.OPTIMIZER,
)
def test_sgd_object_nesterov_with_dampening(torch, nn, optim):
    with refused("SGD with nesterov and dampening"):
        optim.SGD([nn.Parameter(torch.tensor([8.0]))], lr=0.5, momentum=0.5, dampening=0.25, nesterov=True)


@clause(
    "sgd_object.step-leaves-gradients",
    "A step leaves the gradients as they are, whatever the options.",
    STEP,
    profile=Profile.OPTIMIZER,
    follows_from=BASIC,
)
def test_sgd_object_step_leaves_gradients(torch, nn, optim):
    for options in ({}, {"momentum": 0.5, "nesterov": True}, {"weight_decay": 0.25}, {"maximize": True}):
        parameter = nn.Parameter(torch.tensor([8.0]))
        optimizer = optim.SGD([parameter], lr=0.5, **options)
        for _ in range(2):
            parameter.grad = torch.tensor([4.0])
            optimizer.step()
            assert parameter.grad.tolist() == [4.0], options


@clause(
    "sgd_object.buffer-is-its-own",
    "The momentum buffer keeps the first gradient's value when the gradient itself is changed in place afterwards.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=("sgd_object.momentum",),
)
def test_sgd_object_buffer_is_its_own(torch, nn, optim):
    parameter = nn.Parameter(torch.tensor([8.0]))
    optimizer = optim.SGD([parameter], lr=0.5, momentum=0.5)
    parameter.grad = torch.tensor([4.0])
    optimizer.step()
    parameter.grad.sub_(2.0)
    optimizer.step()
    assert parameter.tolist() == [4.0]  # buffers 4 and 4/2 + 2 = 4: 8 - 2 - 2


@clause(
    "sgd_object.step-is-not-recorded",
    "A step is not recorded: the parameter stays a leaf that requires gradients.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=BASIC,
)
def test_sgd_object_step_is_not_recorded(torch, nn, optim):
    parameter = nn.Parameter(torch.tensor([8.0]))
    optimizer = optim.SGD([parameter], lr=0.5, momentum=0.5, weight_decay=0.25)
    values_after_steps(torch, optimizer, parameter, [4.0, 2.0])
    assert (parameter.is_leaf, parameter.requires_grad, parameter.grad_fn) == (True, True, None)


@clause(
    "sgd_object.closure",
    "step(closure) calls the closure, which computes the loss and the gradients anew, and returns its loss.",
    documented("optim.html#optimizer-step-closure"),
    profile=Profile.OPTIMIZER,
    follows_from=BASIC,
)
def test_sgd_object_closure(torch, nn, optim):
    parameter = nn.Parameter(torch.tensor([8.0]))
    optimizer = optim.SGD([parameter], lr=0.25)

    def closure():
        optimizer.zero_grad()
        loss = (parameter * parameter).sum()
        loss.backward()
        return loss

    assert optimizer.step(closure).item() == 64.0
    assert parameter.tolist() == [4.0]  # 8 - 16/4


@clause(
    "sgd_object.no-gradient-no-step",
    "A parameter whose gradient is None is skipped altogether: no weight decay, no momentum, no state.",
    documented("generated/torch.optim.Optimizer.zero_grad.html"),
    profile=Profile.OPTIMIZER,
    follows_from=BASIC,
)
def test_sgd_object_no_gradient_no_step(torch, nn, optim):
    parameter = nn.Parameter(torch.tensor([8.0]))
    other = nn.Parameter(torch.tensor([8.0]))
    optimizer = optim.SGD([parameter, other], lr=0.5, momentum=0.5, weight_decay=0.25)
    assert values_after_steps(torch, optimizer, other, [4.0]) == [5.0]
    assert parameter.tolist() == [8.0]

    # The first gradient comes at the second step, and starts the buffer: 4 + 8/4 = 6.
    assert values_after_steps(torch, optimizer, parameter, [4.0]) == [5.0]
    parameter.grad = None
    optimizer.step()
    assert parameter.tolist() == [5.0]


@clause(
    "sgd_object.zero-gradient-steps",
    "A parameter whose gradient is zero takes its step: weight decay and momentum act.",
    documented("generated/torch.optim.Optimizer.zero_grad.html"),
    profile=Profile.OPTIMIZER,
    follows_from=("sgd_object.momentum", "sgd_object.weight-decay"),
)
def test_sgd_object_zero_gradient_steps(torch, nn, optim):
    decayed = nn.Parameter(torch.tensor([8.0]))
    optimizer = optim.SGD([decayed], lr=0.5, weight_decay=0.25)
    assert values_after_steps(torch, optimizer, decayed, [0.0]) == [7.0]  # 8 - 8/4/2

    moved = nn.Parameter(torch.tensor([8.0]))
    optimizer = optim.SGD([moved], lr=0.5, momentum=0.5)
    assert values_after_steps(torch, optimizer, moved, [4.0, 0.0]) == [6.0, 5.0]  # buffers 4 and 2
