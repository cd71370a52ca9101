"""Modules: the options of state_dict() and load_state_dict(), and what their errors say."""

from __future__ import annotations

from collections import OrderedDict

from conformance.clause import clause
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import module_method

STATE = module_method("state_dict")
LOAD = module_method("load_state_dict")
ASSIGNS = ("module.load-assign",)


def _factor(torch, nn, value, *, trained=True):
    model = nn.Module()
    model.factor = nn.Parameter(torch.tensor([value]), requires_grad=trained)
    return model


@clause(
    "module.state-dict-prefix",
    "state_dict(prefix=...) puts the prefix before every key.",
    STATE,
    profile=Profile.MODULE,
    follows_from=("module.state-dict-keys",),
)
def test_module_state_dict_prefix(torch, nn):
    model = _factor(torch, nn, 2.0)
    model.part = _factor(torch, nn, 3.0)
    assert list(model.state_dict(prefix="net.")) == ["net.factor", "net.part.factor"]


@clause(
    "module.state-dict-destination",
    "state_dict(destination=...) adds the state to the dictionary that is given, and returns it.",
    STATE,
    profile=Profile.MODULE,
    follows_from=("module.state-dict-keys",),
)
def test_module_state_dict_destination(torch, nn):
    model, destination = _factor(torch, nn, 2.0), OrderedDict([("there", 1)])
    assert model.state_dict(destination=destination) is destination
    assert list(destination) == ["there", "factor"]


@clause(
    "module.load-assign",
    "With assign=True, load_state_dict() keeps the properties of the tensors in the state, its dtype for one.",
    LOAD,
    profile=Profile.MODULE,
    follows_from=("module.state-dict-round-trip",),
)
def test_module_load_assign(torch, nn):
    copied, assigned = _factor(torch, nn, 2.0), _factor(torch, nn, 2.0)
    given = {"factor": torch.tensor([3.0], dtype=torch.float64)}
    copied.load_state_dict(given)
    assigned.load_state_dict(given, assign=True)
    assert (copied.factor.dtype, copied.factor.tolist()) == (torch.float32, [3.0])
    assert (assigned.factor.dtype, assigned.factor.tolist()) == (torch.float64, [3.0])
    assert [name for name, _ in assigned.named_parameters()] == ["factor"]


@clause(
    "module.load-assign-keeps-requires-grad",
    "With assign=True, requires_grad of each parameter is still that of the module.",
    LOAD,
    profile=Profile.MODULE,
    follows_from=ASSIGNS,
)
def test_module_load_assign_keeps_requires_grad(torch, nn):
    frozen, trained = _factor(torch, nn, 2.0, trained=False), _factor(torch, nn, 2.0)
    frozen.load_state_dict({"factor": nn.Parameter(torch.tensor([3.0]))}, assign=True)
    trained.load_state_dict({"factor": torch.tensor([5.0])}, assign=True)
    assert (frozen.factor.requires_grad, frozen.factor.tolist()) == (False, [3.0])
    assert (trained.factor.requires_grad, trained.factor.tolist()) == (True, [5.0])


@clause(
    "module.load-registered-none",
    "load_state_dict() raises RuntimeError if it is given values for what the module registered as None.",
    LOAD,
    profile=Profile.MODULE,
)
def test_module_load_registered_none(torch, nn):
    parameter, buffer = nn.Module(), nn.Module()
    parameter.register_parameter("bias", None)
    buffer.register_buffer("bias", None)
    for model in (parameter, buffer):
        with refused("values for what is registered as None", RuntimeError):
            model.load_state_dict({"bias": torch.tensor([2.0])})


@clause(
    "module.load-returns-keys",
    "load_state_dict() returns a named tuple of missing_keys and unexpected_keys, both lists, empty if all keys match.",
    LOAD,
    profile=Profile.MODULE,
)
def test_module_load_returns_keys(torch, nn):
    model = _factor(torch, nn, 2.0)
    model.part = _factor(torch, nn, 3.0)
    result = model.load_state_dict(model.state_dict())
    assert (result.missing_keys, result.unexpected_keys) == ([], [])
    assert isinstance(result, tuple)
    missing, unexpected = model.load_state_dict(
        {"part.factor": torch.tensor([5.0]), "other": torch.tensor([7.0])}, strict=False
    )
    assert (missing, unexpected) == (["factor"], ["other"])
