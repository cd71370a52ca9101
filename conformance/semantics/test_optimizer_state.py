"""Optimizers: state_dict(), what it holds, and loading it."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._steps import values_after_steps

STATE = documented("generated/torch.optim.Optimizer.state_dict.html")
LOAD = documented("generated/torch.optim.Optimizer.load_state_dict.html")
ENTRIES = ("optimizer.state-dict",)


def _trained(torch, nn, optim):
    """An optimizer with momentum after the gradients 4 and 2: its buffer holds 4, and the parameter 4."""
    parameter = nn.Parameter(torch.tensor([8.0]))
    optimizer = optim.SGD([parameter], lr=0.5, momentum=0.5)
    assert values_after_steps(torch, optimizer, parameter, [4.0, 2.0]) == [6.0, 4.0]
    return optimizer, parameter


@clause(
    "optimizer.state-dict",
    "state_dict() has two entries, state and param_groups; before the first step state is empty.",
    STATE,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_state_dict(torch, nn, optim):
    optimizer = optim.SGD([nn.Parameter(torch.tensor([8.0]))], lr=0.5, momentum=0.5)
    state = optimizer.state_dict()
    assert sorted(state) == ["param_groups", "state"]
    assert len(state["state"]) == 0


@clause(
    "optimizer.state-dict-groups",
    "Each of the state dict's param_groups has the group's options, and numbers in the place of its parameters.",
    STATE,
    profile=Profile.OPTIMIZER,
    follows_from=ENTRIES,
)
def test_optimizer_state_dict_groups(torch, nn, optim):
    first, second, third = (nn.Parameter(torch.tensor([8.0])) for _ in range(3))
    groups = [{"params": [first], "lr": 0.25}, {"params": [second, third], "weight_decay": 0.5}]
    saved = optim.SGD(groups, lr=0.5).state_dict()["param_groups"]

    assert [group["lr"] for group in saved] == [0.25, 0.5]
    assert [group["weight_decay"] for group in saved] == [0, 0.5]
    assert [len(group["params"]) for group in saved] == [1, 2]
    numbers = [number for group in saved for number in group["params"]]
    assert all(isinstance(number, int) for number in numbers)
    assert len(set(numbers)) == 3


@clause(
    "optimizer.state-dict-buffers",
    "state maps the number of each parameter to what is kept for it: for SGD with momentum, momentum_buffer.",
    STATE,
    profile=Profile.OPTIMIZER,
    follows_from=("optimizer.state-dict-groups", "sgd_object.momentum"),
)
def test_optimizer_state_dict_buffers(torch, nn, optim):
    first, second = nn.Parameter(torch.tensor([8.0])), nn.Parameter(torch.tensor([8.0]))
    optimizer = optim.SGD([{"params": [first]}, {"params": [second]}], lr=0.5, momentum=0.5)
    for gradient in (4.0, 2.0):
        first.grad = torch.tensor([gradient])
        second.grad = torch.tensor([gradient + 6.0])
        optimizer.step()

    saved = optimizer.state_dict()
    numbers = [number for group in saved["param_groups"] for number in group["params"]]
    buffers = [saved["state"][number]["momentum_buffer"].tolist() for number in numbers]
    assert buffers == [[4.0], [13.0]]  # 4/2 + 2 and 10/2 + 8


@clause(
    "optimizer.state-dict-round-trip",
    "An optimizer that loads another one's state dict goes on as that one would.",
    LOAD,
    profile=Profile.OPTIMIZER,
    follows_from=ENTRIES,
)
def test_optimizer_state_dict_round_trip(torch, nn, optim):
    trained, _ = _trained(torch, nn, optim)
    parameter = nn.Parameter(torch.tensor([4.0]))
    resumed = optim.SGD([parameter], lr=0.5, momentum=0.5)
    resumed.load_state_dict(trained.state_dict())
    assert values_after_steps(torch, resumed, parameter, [-8.0]) == [7.0]  # the buffer is 4/2 - 8 = -6


@clause(
    "optimizer.load-restores-options",
    "load_state_dict() restores the options of every group, and leaves the optimizer its own parameters.",
    LOAD,
    profile=Profile.OPTIMIZER,
    follows_from=ENTRIES,
)
def test_optimizer_load_restores_options(torch, nn, optim):
    def optimizer_of_two(lr, momentum):
        groups = [{"params": [nn.Parameter(torch.tensor([8.0]))], "lr": rate} for rate in (lr, 2 * lr)]
        return optim.SGD(groups, lr=1.0, momentum=momentum)

    restored = optimizer_of_two(8.0, 0.25)
    own = [group["params"][0] for group in restored.param_groups]
    restored.load_state_dict(optimizer_of_two(0.5, 0).state_dict())
    assert [group["lr"] for group in restored.param_groups] == [0.5, 1.0]
    assert [group["momentum"] for group in restored.param_groups] == [0, 0]
    assert [group["params"][0] is mine for group, mine in zip(restored.param_groups, own, strict=True)] == [True, True]


@clause(
    "optimizer.load-matches-by-order",
    "load_state_dict() gives each parameter the state of the one in the same place of the same group.",
    STATE,
    profile=Profile.OPTIMIZER,
    follows_from=("optimizer.state-dict-round-trip",),
)
def test_optimizer_load_matches_by_order(torch, nn, optim):
    def two_groups(first, second):
        return optim.SGD([{"params": [second]}, {"params": [first]}], lr=0.5, momentum=0.5)

    first, second = nn.Parameter(torch.tensor([8.0])), nn.Parameter(torch.tensor([8.0]))
    trained = two_groups(first, second)
    first.grad, second.grad = torch.tensor([4.0]), torch.tensor([16.0])
    trained.step()

    first, second = nn.Parameter(torch.tensor([0.0])), nn.Parameter(torch.tensor([0.0]))
    resumed = two_groups(first, second)
    resumed.load_state_dict(trained.state_dict())
    first.grad, second.grad = torch.tensor([0.0]), torch.tensor([0.0])
    resumed.step()
    assert (first.item(), second.item()) == (-1.0, -4.0)  # half of half the buffers 4 and 16
