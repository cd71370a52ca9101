"""Optimizers: parameters with names, and rates that are tensors."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import OPTIMIZERS

STATE_DICT = documented("generated/torch.optim.Optimizer.state_dict.html")
SGD = documented("generated/torch.optim.SGD.html")


@clause(
    "optimizer.named-parameters",
    "An optimizer takes pairs of name and parameter, as named_parameters() gives them, for parameters.",
    OPTIMIZERS,
    profile=Profile.OPTIMIZER,
    follows_from=("sgd_object.update",),
)
def test_optimizer_named_parameters(torch, nn, optim):
    layer = nn.Linear(1, 1)
    optimizer = optim.SGD(layer.named_parameters(), lr=0.5)
    layer.weight.data.fill_(8.0)
    layer.bias.data.fill_(3.0)
    layer.weight.grad, layer.bias.grad = torch.tensor([[4.0]]), torch.tensor([2.0])
    optimizer.step()
    assert (layer.weight.item(), layer.bias.item()) == (6.0, 2.0)


@clause(
    "optimizer.named-throughout",
    "Where parameters have names, those of all groups must have: a group of parameters without names is refused then.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=("optimizer.named-parameters",),
)
def test_optimizer_named_throughout(torch, nn, optim):
    named = [("scale", nn.Parameter(torch.tensor([1.0])))]
    bare = [nn.Parameter(torch.tensor([2.0]))]
    for first, second in ((named, bare), (bare, named)):
        with refused("names in one group and none in another"):
            optim.SGD([{"params": first}, {"params": second}], lr=0.5)
    optim.SGD([{"params": named}, {"params": [("shift", bare[0])]}], lr=0.5)


@clause(
    "optimizer.names-in-the-state",
    "The state of an optimizer that was given names has them, group by group, as param_names; of another it has not.",
    STATE_DICT,
    profile=Profile.OPTIMIZER,
    follows_from=("optimizer.named-parameters",),
)
def test_optimizer_names_in_the_state(torch, nn, optim):
    first, second = nn.Parameter(torch.tensor([1.0])), nn.Parameter(torch.tensor([2.0]))
    groups = [{"params": [("scale", first)]}, {"params": [("shift", second)]}]
    state = optim.SGD(groups, lr=0.5).state_dict()
    assert [group.get("param_names") for group in state["param_groups"]] == [["scale"], ["shift"]]
    (group,) = optim.SGD([first], lr=0.5).state_dict()["param_groups"]
    assert "param_names" not in group


@clause(
    "sgd_object.rate-tensor",
    "lr may be a tensor of one element.",
    SGD,
    profile=Profile.OPTIMIZER,
    follows_from=("sgd_object.update",),
)
def test_sgd_object_rate_tensor(torch, nn, optim):
    parameter = nn.Parameter(torch.tensor([8.0]))
    parameter.grad = torch.tensor([4.0])
    optim.SGD([parameter], lr=torch.tensor(0.5)).step()
    assert parameter.item() == 6.0
