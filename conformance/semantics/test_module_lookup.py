"""Modules: finding and replacing what is below a module by its dotted name."""

from __future__ import annotations

from conformance.clause import clause
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import module_method

LOOKUP = module_method("get_submodule")
FINDS = ("module.get-submodule",)


def _nested(torch, nn):
    """The tree of the documentation: net_b, in it net_c with conv, and linear."""
    model = nn.Module()
    model.net_b = nn.Module()
    model.net_b.net_c = nn.Module()
    model.net_b.net_c.conv = nn.Linear(2, 3)
    model.net_b.net_c.register_buffer("mean", torch.tensor([2.0]))
    model.net_b.linear = nn.Linear(3, 1)
    model.net_b.note = "no module"
    return model


@clause(
    "module.get-submodule",
    "get_submodule(target) returns the module of a dotted name.",
    LOOKUP,
    profile=Profile.MODULE,
)
def test_module_get_submodule(torch, nn):
    model = _nested(torch, nn)
    assert model.get_submodule("net_b") is model.net_b
    assert model.get_submodule("net_b.linear") is model.net_b.linear
    assert model.get_submodule("net_b.net_c.conv") is model.net_b.net_c.conv


@clause(
    "module.get-submodule-missing",
    "get_submodule() raises AttributeError where the path has a name that is not there or that is no module.",
    LOOKUP,
    profile=Profile.MODULE,
    follows_from=FINDS,
)
def test_module_get_submodule_missing(torch, nn):
    model = _nested(torch, nn)
    for target in ("net_d", "net_b.net_d.conv", "net_b.note", "linear", "net_b.net_c.conv.weight"):
        with refused(f"the target {target!r}", AttributeError):
            model.get_submodule(target)


@clause(
    "module.get-parameter",
    "get_parameter(target) returns the parameter of a dotted name.",
    module_method("get_parameter"),
    profile=Profile.MODULE,
    follows_from=FINDS,
)
def test_module_get_parameter(torch, nn):
    model = _nested(torch, nn)
    assert model.get_parameter("net_b.net_c.conv.weight") is model.net_b.net_c.conv.weight
    assert model.net_b.linear.get_parameter("bias") is model.net_b.linear.bias


@clause(
    "module.get-parameter-missing",
    "get_parameter() raises AttributeError where the path is invalid, or leads to something that is no parameter.",
    module_method("get_parameter"),
    profile=Profile.MODULE,
    follows_from=FINDS,
)
def test_module_get_parameter_missing(torch, nn):
    model = _nested(torch, nn)
    for target in ("net_b.net_c.scale", "net_b.net_d.weight", "net_b.net_c.mean", "net_b.linear"):
        with refused(f"the target {target!r}", AttributeError):
            model.get_parameter(target)


@clause(
    "module.get-buffer",
    "get_buffer(target) returns the buffer of a dotted name.",
    module_method("get_buffer"),
    profile=Profile.MODULE,
    follows_from=FINDS,
)
def test_module_get_buffer(torch, nn):
    model = _nested(torch, nn)
    assert model.get_buffer("net_b.net_c.mean") is model.net_b.net_c.mean
    assert model.net_b.net_c.get_buffer("mean").tolist() == [2.0]


@clause(
    "module.get-buffer-missing",
    "get_buffer() raises AttributeError where the path is invalid, or leads to something that is no buffer.",
    module_method("get_buffer"),
    profile=Profile.MODULE,
    follows_from=FINDS,
)
def test_module_get_buffer_missing(torch, nn):
    model = _nested(torch, nn)
    for target in ("net_b.net_c.variance", "net_b.net_d.mean", "net_b.linear.weight"):
        with refused(f"the target {target!r}", AttributeError):
            model.get_buffer(target)


@clause(
    "module.set-submodule",
    "set_submodule(target, module) puts a module in the place of the one of a dotted name, or under a new name.",
    module_method("set_submodule"),
    profile=Profile.MODULE,
    follows_from=FINDS,
)
def test_module_set_submodule(torch, nn):
    model, other, further = _nested(torch, nn), nn.Linear(2, 5), nn.Linear(2, 7)
    model.set_submodule("net_b.net_c.conv", other)
    model.set_submodule("net_b.conv", further)
    assert model.net_b.net_c.conv is other
    assert model.net_b.conv is further
    assert [name for name, _ in model.named_modules()] == [
        "",
        "net_b",
        "net_b.net_c",
        "net_b.net_c.conv",
        "net_b.linear",
        "net_b.conv",
    ]


@clause(
    "module.set-submodule-strict",
    "With strict=True, set_submodule() raises AttributeError where there is no submodule to replace.",
    module_method("set_submodule"),
    profile=Profile.MODULE,
    follows_from=("module.set-submodule",),
)
def test_module_set_submodule_strict(torch, nn):
    model, other = _nested(torch, nn), nn.Linear(2, 5)
    with refused("a new submodule with strict=True", AttributeError):
        model.set_submodule("net_b.conv", other, strict=True)
    assert "conv" not in dict(model.net_b.named_children())
    model.set_submodule("net_b.net_c.conv", other, strict=True)
    assert model.net_b.net_c.conv is other


@clause(
    "module.set-submodule-refusals",
    "set_submodule() raises ValueError for an empty target and for what is no module, AttributeError without a parent.",
    module_method("set_submodule"),
    profile=Profile.MODULE,
    follows_from=("module.set-submodule",),
)
def test_module_set_submodule_refusals(torch, nn):
    model = _nested(torch, nn)
    with refused("an empty target", ValueError):
        model.set_submodule("", nn.Linear(2, 5))
    with refused("a string as a submodule", ValueError):
        model.set_submodule("net_b.linear", "linear")
    with refused("a target whose parent is not there", AttributeError):
        model.set_submodule("net_d.linear", nn.Linear(2, 5))


@clause(
    "module.register-module",
    "register_module(name, module) is another name of add_module().",
    module_method("register_module"),
    profile=Profile.MODULE,
)
def test_module_register_module(nn):
    model, layer = nn.Module(), nn.Linear(2, 3)
    model.register_module("layer", layer)
    assert model.layer is layer
    assert list(model.named_children()) == [("layer", layer)]
