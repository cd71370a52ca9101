"""Modules: state_dict(), what it holds, and loading it."""

from __future__ import annotations

from conformance.clause import clause
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import module_method, published_source

STATE = module_method("state_dict")
LOAD = module_method("load_state_dict")
KEYS = ("module.state-dict-keys",)
LOADS = ("module.state-dict-round-trip",)


def _linear(torch, nn, weight, bias):
    """An affine layer with two inputs and one output whose numbers are known."""
    layer = nn.Linear(2, 1)
    layer.weight = nn.Parameter(torch.tensor([weight]))
    layer.bias = nn.Parameter(torch.tensor([bias]))
    return layer


@clause(
    "module.state-dict-keys",
    "state_dict() maps the dotted name of every parameter to its values, in the order of parameters().",
    STATE,
    profile=Profile.MODULE,
)
def test_module_state_dict_keys(torch, nn):
    model = nn.Sequential(_linear(torch, nn, [2.0, 3.0], 5.0), nn.ReLU())
    model.factor = nn.Parameter(torch.tensor([7.0]))
    state = model.state_dict()
    assert list(state) == ["factor", "0.weight", "0.bias"]
    assert [values.tolist() for values in state.values()] == [[7.0], [[2.0, 3.0]], [5.0]]


@clause(
    "module.state-dict-is-detached",
    "The tensors in state_dict() are detached from autograd; with keep_vars=True they are the parameters themselves.",
    STATE,
    profile=Profile.MODULE,
    follows_from=KEYS,
)
def test_module_state_dict_is_detached(torch, nn):
    model = _linear(torch, nn, [2.0, 3.0], 5.0)
    assert [values.requires_grad for values in model.state_dict().values()] == [False, False]
    kept = model.state_dict(keep_vars=True)
    assert [values.requires_grad for values in kept.values()] == [True, True]
    assert kept["weight"] is model.weight
    assert [parameter.requires_grad for parameter in model.parameters()] == [True, True]


@clause(
    "module.state-dict-refers",
    "state_dict() is a shallow copy: it holds references to the values of the module, not copies of them.",
    STATE,
    profile=Profile.MODULE,
    follows_from=KEYS,
)
def test_module_state_dict_refers(torch, nn):
    model = _linear(torch, nn, [2.0, 3.0], 5.0)
    state = model.state_dict()
    model.weight.data.sub_(torch.tensor([[1.0, 5.0]]))
    assert state["weight"].tolist() == [[1.0, -2.0]]

    del state["bias"]
    assert list(model.state_dict()) == ["weight", "bias"]


@clause(
    "module.state-dict-round-trip",
    "After load_state_dict() of another module's state_dict(), a module computes what the other one computes.",
    LOAD,
    profile=Profile.MODULE,
    follows_from=KEYS,
)
def test_module_state_dict_round_trip(torch, nn):
    trained = nn.Sequential(_linear(torch, nn, [2.0, 3.0], 5.0), nn.ReLU())
    fresh = nn.Sequential(_linear(torch, nn, [0.0, 0.0], 0.0), nn.ReLU())
    fresh.load_state_dict(trained.state_dict())

    # 2 * 4 + 3 * 8 + 5 = 37
    assert fresh(torch.tensor([[4.0, 8.0]])).tolist() == [[37.0]]


@clause(
    "module.load-copies",
    "load_state_dict() copies: later changes of the source do not reach the module that was loaded.",
    LOAD,
    profile=Profile.MODULE,
    follows_from=LOADS,
)
def test_module_load_copies(torch, nn):
    source = _linear(torch, nn, [2.0, 3.0], 5.0)
    loaded = _linear(torch, nn, [0.0, 0.0], 0.0)
    loaded.load_state_dict(source.state_dict())
    source.weight.data.sub_(torch.tensor([[1.0, 1.0]]))
    assert source.weight.tolist() == [[1.0, 2.0]]
    assert loaded.weight.tolist() == [[2.0, 3.0]]


@clause(
    "module.load-keeps-parameters",
    "load_state_dict() copies into the parameters that the module has; they stay the same objects.",
    LOAD,
    profile=Profile.MODULE,
    follows_from=LOADS,
)
def test_module_load_keeps_parameters(torch, nn):
    model = _linear(torch, nn, [0.0, 0.0], 0.0)
    weight = model.weight  # an optimizer that was made before holds on to this object
    model.load_state_dict({"weight": torch.tensor([[2.0, 3.0]]), "bias": torch.tensor([5.0])})
    assert model.weight is weight
    assert weight.tolist() == [[2.0, 3.0]]
    assert weight.is_leaf


@clause(
    "module.load-keeps-requires-grad",
    "load_state_dict() leaves requires_grad of the module's parameters as it was.",
    LOAD,
    profile=Profile.MODULE,
    follows_from=LOADS,
)
def test_module_load_keeps_requires_grad(torch, nn):
    model = _linear(torch, nn, [0.0, 0.0], 0.0)
    model.weight.requires_grad_(requires_grad=False)
    model.load_state_dict(_linear(torch, nn, [2.0, 3.0], 5.0).state_dict())
    assert (model.weight.requires_grad, model.bias.requires_grad) == (False, True)


@clause(
    "module.load-missing-key",
    "By default load_state_dict() refuses a state dict that lacks a key of the module.",
    LOAD,
    profile=Profile.MODULE,
    follows_from=LOADS,
)
def test_module_load_missing_key(torch, nn):
    model = _linear(torch, nn, [0.0, 0.0], 0.0)
    with refused("a state dict without 'bias'"):
        model.load_state_dict({"weight": torch.tensor([[2.0, 3.0]])})


@clause(
    "module.load-unexpected-key",
    "By default load_state_dict() refuses a state dict with a key that the module does not have.",
    LOAD,
    profile=Profile.MODULE,
    follows_from=LOADS,
)
def test_module_load_unexpected_key(torch, nn):
    model = _linear(torch, nn, [0.0, 0.0], 0.0)
    state = _linear(torch, nn, [2.0, 3.0], 5.0).state_dict()
    state["scale"] = torch.tensor([1.0])
    with refused("a state dict with the unknown key 'scale'"):
        model.load_state_dict(state)


@clause(
    "module.load-not-strict",
    "With strict=False, load_state_dict() loads what fits and returns the missing and the unexpected keys.",
    LOAD,
    profile=Profile.MODULE,
    follows_from=LOADS,
)
def test_module_load_not_strict(torch, nn):
    model = nn.Sequential(_linear(torch, nn, [0.0, 0.0], 7.0))
    state = {"0.weight": torch.tensor([[2.0, 3.0]]), "1.weight": torch.tensor([1.0])}
    report = model.load_state_dict(state, strict=False)

    assert list(report.missing_keys) == ["0.bias"]
    assert list(report.unexpected_keys) == ["1.weight"]
    assert model[0].weight.tolist() == [[2.0, 3.0]]
    assert model[0].bias.tolist() == [7.0]


@clause(
    "module.load-other-shape",
    "load_state_dict() refuses a tensor of another shape than the parameter's, also one that could be broadcast.",
    published_source("torch/nn/modules/module.py"),
    profile=Profile.MODULE,
    follows_from=LOADS,
)
def test_module_load_other_shape(torch, nn):
    model = _linear(torch, nn, [0.0, 0.0], 0.0)
    with refused("a weight of shape (1, 1) in the place of one of shape (1, 2)"):
        model.load_state_dict({"weight": torch.tensor([[2.0]]), "bias": torch.tensor([5.0])})
