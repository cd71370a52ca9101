"""Modules: what is registered when something is assigned to an attribute, and how a module is called."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import AUTOGRAD_NOTES, MODULE, MODULE_NOTES, module_method


@clause(
    "module.parameter-assignment-registers",
    "A Parameter that is assigned to an attribute of a module is listed by parameters(), frozen or not.",
    documented("generated/torch.nn.parameter.Parameter.html"),
    profile=Profile.MODULE,
)
def test_module_parameter_assignment_registers(torch, nn):
    class Scale(nn.Module):
        def __init__(self):
            super().__init__()
            self.factor = nn.Parameter(torch.tensor([2.0, 3.0]))
            self.frozen = nn.Parameter(torch.tensor([5.0]), requires_grad=False)

    model = Scale()
    factor, frozen = model.parameters()
    assert factor is model.factor
    assert frozen is model.frozen


@clause(
    "module.tensor-assignment-does-not-register",
    "A plain tensor that is assigned to an attribute is not listed by parameters(), even if it requires gradients.",
    documented("generated/torch.nn.parameter.Parameter.html"),
    profile=Profile.MODULE,
)
def test_module_tensor_assignment_does_not_register(torch, nn):
    class Memory(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden_state = torch.tensor([2.0, 3.0], requires_grad=True)

    model = Memory()
    assert list(model.parameters()) == []
    assert model.hidden_state.tolist() == [2.0, 3.0]


@clause(
    "module.submodule-assignment-registers",
    "A module that is assigned to an attribute becomes a child, under the attribute's name and in order of assignment.",
    MODULE,
    profile=Profile.MODULE,
)
def test_module_submodule_assignment_registers(nn):
    class Pair(nn.Module):
        def __init__(self):
            super().__init__()
            self.second = nn.Linear(3, 1)
            self.first = nn.Linear(2, 3)

    model = Pair()
    assert [name for name, _ in model.named_children()] == ["second", "first"]
    assert [child for _, child in model.named_children()] == [model.second, model.first]


@clause(
    "module.parameter-before-initialisation",
    "Assigning a parameter before Module.__init__() was called is refused.",
    MODULE,
    profile=Profile.MODULE,
)
def test_module_parameter_before_initialisation(torch, nn):
    class Forgetful(nn.Module):
        def __init__(self):
            self.factor = nn.Parameter(torch.tensor([2.0]))

    # Exception, because the page demands the call and leaves open with which error its absence is answered.
    with refused("a parameter assigned before super().__init__()", Exception):
        Forgetful()


@clause(
    "module.submodule-before-initialisation",
    "Assigning a submodule before Module.__init__() was called is refused.",
    MODULE,
    profile=Profile.MODULE,
)
def test_module_submodule_before_initialisation(nn):
    class Forgetful(nn.Module):
        def __init__(self):
            self.layer = nn.Linear(2, 3)

    with refused("a submodule assigned before super().__init__()", Exception):
        Forgetful()


@clause(
    "module.assignment-replaces",
    "A submodule that is assigned to a name already in use takes the place of what was there before: of a submodule, "
    "or of a plain attribute such as None.",
    AUTOGRAD_NOTES,
    profile=Profile.MODULE,
    follows_from=("module.submodule-assignment-registers",),
)
def test_module_assignment_replaces(nn):
    model = nn.Sequential()
    model.body = nn.Linear(2, 3)
    model.classifier = nn.Linear(3, 5)
    replacement = nn.Linear(3, 7)
    model.classifier = replacement

    assert list(model.children()) == [model.body, replacement]
    assert [tuple(parameter.size()) for parameter in model.parameters()] == [(3, 2), (3,), (7, 3), (7,)]

    model.head = None
    head = nn.Linear(7, 1)
    model.head = head
    assert model.head is head
    assert list(model.children()) == [model.body, replacement, head]


@clause(
    "module.register-parameter",
    "register_parameter(name, parameter) adds the parameter, which is then an attribute of that name.",
    module_method("register_parameter"),
    profile=Profile.MODULE,
)
def test_module_register_parameter(torch, nn):
    model = nn.Module()
    weight = nn.Parameter(torch.tensor([2.0]))
    model.register_parameter("weight", weight)

    assert model.weight is weight
    assert [name for name, _ in model.named_parameters()] == ["weight"]


@clause(
    "module.register-parameter-none",
    "A parameter registered as None is an attribute that is None; parameters() and state_dict() leave it out.",
    module_method("register_parameter"),
    profile=Profile.MODULE,
)
def test_module_register_parameter_none(nn):
    model = nn.Module()
    model.register_parameter("bias", None)

    assert model.bias is None
    assert list(model.parameters()) == []
    assert list(model.state_dict()) == []


@clause(
    "module.parameter-name-is-reserved",
    "A name that is registered for a parameter cannot be set to a plain tensor.",
    MODULE_NOTES,
    profile=Profile.MODULE,
)
def test_module_parameter_name_is_reserved(torch, nn):
    model = nn.Linear(2, 1)
    with refused("a plain tensor in the place of the parameter 'weight'"):
        model.weight = torch.tensor([[2.0, 3.0]])


@clause(
    "module.add-module",
    "add_module(name, module) adds the module as a child, which is then an attribute of that name.",
    module_method("add_module"),
    profile=Profile.MODULE,
)
def test_module_add_module(nn):
    model = nn.Module()
    layer = nn.Linear(2, 3)
    model.add_module("layer", layer)

    assert model.layer is layer
    assert list(model.named_children()) == [("layer", layer)]


@clause(
    "module.call-runs-forward",
    "Calling a module runs its forward() with the same positional and keyword arguments, and returns what it returns.",
    MODULE_NOTES,
    profile=Profile.MODULE,
)
def test_module_call_runs_forward(torch, nn):
    class Difference(nn.Module):
        def forward(self, left, right, factor=1.0):
            return (left - right) * factor

    model = Difference()
    assert model(torch.tensor(7.0), torch.tensor(5.0)).item() == 2.0
    assert model(torch.tensor(7.0), right=torch.tensor(5.0), factor=4.0).item() == 8.0


@clause(
    "module.forward-is-required",
    "Calling a module whose class does not define forward() is refused.",
    module_method("forward"),
    profile=Profile.MODULE,
)
def test_module_forward_is_required(torch, nn):
    class Empty(nn.Module):
        pass

    with refused("a call of a module without forward()"):
        Empty()(torch.tensor(1.0))
