"""Optimizers: parameter groups, each with options of its own."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._pages import AUTOGRAD_NOTES, OPTIMIZERS

GROUPS = documented("optim.html#per-parameter-options")
ADD = documented("generated/torch.optim.Optimizer.add_param_group.html")
OWN = ("optimizer.group-options",)
ADDS = ("optimizer.add-param-group",)


def _parameter(torch, nn, value=8.0):
    return nn.Parameter(torch.tensor([value]))


def _step(torch, optimizer, parameters):
    """Take a step with the gradient 4 for each of the parameters and return their values."""
    for parameter in parameters:
        parameter.grad = torch.tensor([4.0])
    optimizer.step()
    return [parameter.item() for parameter in parameters]


@clause(
    "optimizer.one-group",
    "An iterable of parameters makes one group, which holds these parameters in their order, and the options.",
    OPTIMIZERS,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_one_group(nn, optim):
    model = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))
    (group,) = optim.SGD(params=model.parameters(), lr=0.5, momentum=0.25).param_groups
    pairs = zip(group["params"], model.parameters(), strict=True)
    assert [held is own for held, own in pairs] == [True] * 4
    assert (group["lr"], group["momentum"]) == (0.5, 0.25)


@clause(
    "optimizer.group-options",
    "A group is updated with its own options; those that it does not give are the optimizer's.",
    GROUPS,
    profile=Profile.OPTIMIZER,
    follows_from=("sgd_object.momentum",),
)
def test_optimizer_group_options(torch, nn, optim):
    base, classifier = _parameter(torch, nn), _parameter(torch, nn)
    optimizer = optim.SGD([{"params": [base], "lr": 0.25}, {"params": [classifier]}], lr=0.5, momentum=0.5)
    assert _step(torch, optimizer, (base, classifier)) == [7.0, 6.0]
    assert _step(torch, optimizer, (base, classifier)) == [5.5, 3.0]  # both buffers are 4/2 + 4 = 6


@clause(
    "optimizer.group-option-of-zero",
    "An option that a group sets to 0 or False is that group's: it is not replaced by the optimizer's.",
    GROUPS,
    profile=Profile.OPTIMIZER,
    follows_from=OWN,
)
def test_optimizer_group_option_of_zero(torch, nn, optim):
    plain, other = _parameter(torch, nn), _parameter(torch, nn)
    options = {"lr": 0, "momentum": 0, "weight_decay": 0, "maximize": False}
    groups = [{"params": [plain], **options}, {"params": [other]}]
    optimizer = optim.SGD(groups, lr=0.5, momentum=0.5, weight_decay=0.25, maximize=True)
    assert [optimizer.param_groups[0][name] for name in options] == [0, 0, 0, False]
    assert _step(torch, optimizer, (plain, other)) == [8.0, 9.0]  # the other: -4 + 8/4 = -2


@clause(
    "optimizer.group-params-of-any-iterable",
    "A group's parameters may come from an iterator such as model.parameters().",
    GROUPS,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_group_params_of_any_iterable(nn, optim):
    model = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))
    optimizer = optim.SGD([{"params": model[0].parameters()}, {"params": model[1].parameters()}], lr=0.5)
    for _ in range(2):  # an iterator would be used up
        sizes = [[tuple(parameter.size()) for parameter in group["params"]] for group in optimizer.param_groups]
        assert sizes == [[(3, 2), (3,)], [(1, 3), (1,)]]


@clause(
    "optimizer.group-option-changed",
    "An option that is changed in one of param_groups holds from the next step on, for that group alone.",
    documented("generated/torch.optim.Optimizer.state_dict.html"),
    profile=Profile.OPTIMIZER,
    follows_from=OWN,
)
def test_optimizer_group_option_changed(torch, nn, optim):
    first, second = _parameter(torch, nn), _parameter(torch, nn)
    optimizer = optim.SGD([{"params": [first]}, {"params": [second]}], lr=0.5)
    assert _step(torch, optimizer, (first, second)) == [6.0, 6.0]
    optimizer.param_groups[1]["lr"] = 0.25
    assert _step(torch, optimizer, (first, second)) == [4.0, 5.0]


@clause(
    "optimizer.only-its-parameters",
    "A step changes the parameters that the optimizer was given and no others.",
    OPTIMIZERS,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_only_its_parameters(torch, nn, optim):
    model = nn.Module()
    model.base, model.classifier = _parameter(torch, nn), _parameter(torch, nn)
    optimizer = optim.SGD([model.classifier], lr=0.5)
    assert _step(torch, optimizer, (model.base, model.classifier)) == [8.0, 6.0]


@clause(
    "optimizer.frozen-parameter",
    "A frozen parameter is left as it is, though the optimizer has it.",
    AUTOGRAD_NOTES,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_frozen_parameter(torch, nn, optim):
    frozen, trained = _parameter(torch, nn, 3.0), _parameter(torch, nn, 8.0)
    frozen.requires_grad = False
    optimizer = optim.SGD([frozen, trained], lr=0.5, momentum=0.5, weight_decay=0.25)
    (frozen * trained).sum().backward()
    optimizer.step()
    assert frozen.tolist() == [3.0]
    assert trained.tolist() == [5.5]  # 8 - (3 + 8/4)/2


@clause(
    "optimizer.add-param-group",
    "add_param_group(group) adds a group at the end, with its own options and the optimizer's for the rest.",
    ADD,
    profile=Profile.OPTIMIZER,
)
def test_optimizer_add_param_group(torch, nn, optim):
    first, added = _parameter(torch, nn), _parameter(torch, nn)
    optimizer = optim.SGD([first], lr=0.5, momentum=0.5)
    optimizer.add_param_group({"params": [added], "lr": 0.25})

    assert [group["lr"] for group in optimizer.param_groups] == [0.5, 0.25]
    assert [group["momentum"] for group in optimizer.param_groups] == [0.5, 0.5]
    (held,) = optimizer.param_groups[1]["params"]
    assert held is added
    assert _step(torch, optimizer, (first, added)) == [6.0, 7.0]


@clause(
    "optimizer.add-param-group-defaults",
    "What an added group does not set is the optimizer's default, also after the first group was changed.",
    ADD,
    profile=Profile.OPTIMIZER,
    follows_from=ADDS,
)
def test_optimizer_add_param_group_defaults(torch, nn, optim):
    first, added = _parameter(torch, nn), _parameter(torch, nn)
    optimizer = optim.SGD([{"params": [first], "lr": 2.0}], lr=0.5)
    optimizer.param_groups[0]["lr"] = 4.0
    optimizer.add_param_group({"params": [added]})
    assert [group["lr"] for group in optimizer.param_groups] == [4.0, 0.5]


@clause(
    "optimizer.unfreezing",
    "A frozen layer can be made trainable and added later: it is trained from then on, and the others go on.",
    ADD,
    profile=Profile.OPTIMIZER,
    follows_from=(*ADDS, "sgd_object.momentum"),
)
def test_optimizer_unfreezing(torch, nn, optim):
    base, head = _parameter(torch, nn, 2.0), _parameter(torch, nn, 8.0)
    base.requires_grad = False
    optimizer = optim.SGD([head], lr=0.5, momentum=0.5)

    def train():
        optimizer.zero_grad()
        (base * head).sum().backward()
        optimizer.step()
        return base.item(), head.item()

    assert train() == (2.0, 7.0)  # head: gradient 2, buffer 2
    base.requires_grad = True
    optimizer.add_param_group({"params": [base]})
    assert train() == (-1.5, 5.5)  # base: gradient 7, buffer 7; head: gradient 2, buffer 1 + 2 = 3
