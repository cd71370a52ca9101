"""Modules: which parameters a module has, in which order, under which names."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._pages import MODULE_NOTES, NEURAL_NETWORKS, module_method
from conformance.semantics._tutorial import convolutional_network

REGISTERS = ("module.parameter-assignment-registers",)


def _names(model):
    return [name for name, _ in model.named_parameters()]


@clause(
    "module.parameters-in-order",
    "parameters() lists the parameters in the order in which the submodules were assigned, weight before bias.",
    NEURAL_NETWORKS,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_parameters_in_order(nn):
    model = convolutional_network(nn)
    parameters = list(model.parameters())
    assert len(parameters) == 10
    layers = [model.convolution_1, model.convolution_2, model.dense_1, model.dense_2, model.classifier]
    expected = [parameter for layer in layers for parameter in (layer.weight, layer.bias)]
    assert [listed is own for listed, own in zip(parameters, expected, strict=True)] == [True] * 10


@clause(
    "module.parameter-names",
    "named_parameters() gives each parameter under the dotted path of attribute names that leads to it.",
    MODULE_NOTES,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_parameter_names(nn):
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.linears = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 1))

    model = nn.Sequential()
    model.net = Net()
    assert _names(model) == [
        "net.linears.0.weight",
        "net.linears.0.bias",
        "net.linears.2.weight",
        "net.linears.2.bias",
    ]
    assert dict(model.named_parameters())["net.linears.2.bias"] is list(model.parameters())[3]


@clause(
    "module.own-parameters-first",
    "A module's own parameters come before those of its submodules, whichever were assigned first.",
    MODULE_NOTES,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_own_parameters_first(torch, nn):
    class Scaled(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Linear(2, 3)
            self.factor = nn.Parameter(torch.tensor([2.0]))

    assert _names(Scaled()) == ["factor", "layer.weight", "layer.bias"]


@clause(
    "module.shared-parameter-listed-once",
    "A parameter that two attributes share is listed once, under its first name; distinct equal ones are all listed.",
    module_method("named_parameters"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_shared_parameter_listed_once(torch, nn):
    class Tied(nn.Module):
        def __init__(self):
            super().__init__()
            self.encoder = nn.Parameter(torch.tensor([2.0, 3.0]))
            self.offset = nn.Parameter(torch.tensor([2.0, 3.0]))
            self.decoder = self.encoder

    model = Tied()
    assert _names(model) == ["encoder", "offset"]
    assert len(list(model.parameters())) == 2


@clause(
    "module.shared-submodule-listed-once",
    "The parameters of a submodule that two attributes share are listed once.",
    module_method("named_parameters"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_shared_submodule_listed_once(nn):
    class Twice(nn.Module):
        def __init__(self):
            super().__init__()
            self.there = nn.Linear(2, 2)
            self.between = nn.Linear(2, 2)
            self.back = self.there

    assert _names(Twice()) == ["there.weight", "there.bias", "between.weight", "between.bias"]


@clause(
    "module.parameters-without-recursion",
    "With recurse=False, parameters() and named_parameters() list the module's own parameters only.",
    module_method("parameters"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_parameters_without_recursion(torch, nn):
    model = nn.Sequential(nn.Linear(2, 3))
    model.factor = nn.Parameter(torch.tensor([2.0]))
    (own,) = model.parameters(recurse=False)
    assert own is model.factor
    assert [name for name, _ in model.named_parameters(recurse=False)] == ["factor"]


@clause(
    "module.requires-grad-in-place",
    "requires_grad_() sets the flag of every parameter below the module, to True by default, and returns the module.",
    module_method("requires_grad_"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_requires_grad_in_place(nn):
    model = nn.Sequential(nn.Linear(2, 3), nn.Sequential(nn.Linear(3, 1)))
    assert model.requires_grad_(requires_grad=False) is model
    assert [parameter.requires_grad for parameter in model.parameters()] == [False] * 4
    model.requires_grad_()
    assert [parameter.requires_grad for parameter in model.parameters()] == [True] * 4


@clause(
    "parameter.is-a-tensor",
    "A Parameter is a Tensor, with the values that it was given.",
    documented("generated/torch.nn.parameter.Parameter.html"),
    profile=Profile.MODULE,
)
def test_parameter_is_a_tensor(torch, nn):
    parameter = nn.Parameter(torch.tensor([2.0, 3.0]))
    assert isinstance(parameter, torch.Tensor)
    assert isinstance(parameter, nn.Parameter)
    assert not isinstance(torch.tensor([2.0]), nn.Parameter)
    assert parameter.tolist() == [2.0, 3.0]


@clause(
    "parameter.requires-grad",
    "A Parameter requires gradients by default, and does not with requires_grad=False.",
    documented("generated/torch.nn.parameter.Parameter.html"),
    profile=Profile.MODULE,
)
def test_parameter_requires_grad(torch, nn):
    assert nn.Parameter(torch.tensor([2.0])).requires_grad is True
    assert nn.Parameter(torch.tensor([2.0]), requires_grad=False).requires_grad is False
