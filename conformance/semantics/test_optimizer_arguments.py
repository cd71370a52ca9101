"""Optimizers: what can be optimized, and what is refused."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import NEURAL_NETWORKS, published_source

OPTIMIZER = documented("optim.html#torch.optim.Optimizer")
GROUPS = documented("optim.html#per-parameter-options")
ADD = documented("generated/torch.optim.Optimizer.add_param_group.html")
SOURCE = published_source("torch/optim/optimizer.py")


def _parameter(torch, nn):
    return nn.Parameter(torch.tensor([8.0]))


@clause(
    "optimizer.is-the-base-class",
    "SGD inherits from Optimizer.",
    OPTIMIZER,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_is_the_base_class(torch, nn, optim):
    assert issubclass(optim.SGD, optim.Optimizer)
    assert isinstance(optim.SGD([_parameter(torch, nn)], lr=0.5), optim.Optimizer)


@clause(
    "optimizer.step-is-abstract",
    "Optimizer itself has no rule for a step: step() of the base class is refused.",
    NEURAL_NETWORKS,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_step_is_abstract(torch, nn, optim):
    parameter = _parameter(torch, nn)
    parameter.grad = torch.tensor([4.0])
    with refused("a step of Optimizer itself"):
        optim.Optimizer([parameter], {"lr": 0.5}).step()


@clause(
    "optimizer.no-parameters",
    "An empty list of parameters is refused.",
    SOURCE,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_no_parameters(nn, optim):
    with refused("an empty list of parameters"):
        optim.SGD([], lr=0.5)
    with refused("the parameters of a module that has none"):
        optim.SGD(nn.ReLU().parameters(), lr=0.5)


@clause(
    "optimizer.one-tensor",
    "A single tensor in the place of the collection of parameters is refused.",
    OPTIMIZER,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_one_tensor(torch, nn, optim):
    with refused("a tensor in the place of a collection of them"):
        optim.SGD(_parameter(torch, nn), lr=0.5)


@clause(
    "optimizer.not-a-tensor",
    "A parameter that is not a tensor is refused.",
    OPTIMIZER,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_not_a_tensor(torch, nn, optim):
    for wrong in (8.0, None, [8.0]):
        with refused(f"the parameter {wrong!r}"):
            optim.SGD([_parameter(torch, nn), wrong], lr=0.5)


@clause(
    "optimizer.not-a-leaf",
    "A parameter that is the result of an operation is refused.",
    SOURCE,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_not_a_leaf(torch, nn, optim):
    with refused("a parameter that is the result of an operation"):
        optim.SGD([_parameter(torch, nn) * 2.0], lr=0.5)


@clause(
    "optimizer.set-of-parameters",
    "A group whose parameters are a set is refused, since a set has no order.",
    OPTIMIZER,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_set_of_parameters(torch, nn, optim):
    with refused("a group whose parameters are a set"):
        optim.SGD([{"params": {_parameter(torch, nn)}}], lr=0.5)


@clause(
    "optimizer.parameter-in-two-groups",
    "A parameter in two groups is refused.",
    SOURCE,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_parameter_in_two_groups(torch, nn, optim):
    shared, own = _parameter(torch, nn), _parameter(torch, nn)
    optim.SGD([{"params": [shared]}, {"params": [own]}], lr=0.5)  # equal, but not the same
    with refused("a parameter in two groups"):
        optim.SGD([{"params": [shared]}, {"params": [own, shared]}], lr=0.5)


@clause(
    "optimizer.parameter-added-twice",
    "add_param_group() refuses a parameter that is in a group already.",
    SOURCE,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_parameter_added_twice(torch, nn, optim):
    parameter = _parameter(torch, nn)
    optimizer = optim.SGD([parameter], lr=0.5)
    with refused("a parameter that is in a group already"):
        optimizer.add_param_group({"params": [parameter], "lr": 0.25})


@clause(
    "optimizer.group-without-params",
    "A group without the key 'params' is refused.",
    GROUPS,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_group_without_params(torch, nn, optim):
    with refused("a group without 'params'"):
        optim.SGD([{"params": [_parameter(torch, nn)]}, {"lr": 0.25}], lr=0.5)


@clause(
    "optimizer.group-not-a-dict",
    "add_param_group() refuses a group that is not a dict.",
    ADD,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_group_not_a_dict(torch, nn, optim):
    optimizer = optim.SGD([_parameter(torch, nn)], lr=0.5)
    with refused("a list in the place of a group"):
        optimizer.add_param_group([_parameter(torch, nn)])
