"""Modules: going through the tree of a module and its submodules."""

from __future__ import annotations

from conformance.clause import clause
from conformance.profile import Profile
from conformance.semantics._pages import MODULE_NOTES, module_method

REGISTERS = ("module.submodule-assignment-registers",)


def _nested(nn):
    """The tree of the module notes: l1, and net with l0 and l1 of its own."""

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.l0 = nn.Linear(4, 3)
            self.l1 = nn.Linear(3, 1)

    class BigNet(nn.Module):
        def __init__(self):
            super().__init__()
            self.l1 = nn.Linear(5, 4)
            self.net = Net()

    return BigNet()


@clause(
    "module.named-modules",
    "modules() and named_modules() go through the module itself, named '', and all below it, named by the path to it.",
    MODULE_NOTES,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_named_modules(nn):
    model = _nested(nn)
    names = [name for name, _ in model.named_modules()]
    modules = [module for _, module in model.named_modules()]
    assert names == ["", "l1", "net", "net.l0", "net.l1"]
    assert modules == [model, model.l1, model.net, model.net.l0, model.net.l1]
    assert list(model.modules()) == modules


@clause(
    "module.shared-module-visited-once",
    "A module that stands in two places is returned by named_modules() once, under its first name.",
    module_method("named_modules"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_shared_module_visited_once(nn):
    layer = nn.Linear(2, 2)
    net = nn.Sequential(layer, layer)
    assert list(net.named_modules()) == [("", net), ("0", layer)]


@clause(
    "module.children-are-immediate",
    "children() and named_children() go through the submodules of the module itself and no deeper.",
    module_method("named_children"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_children_are_immediate(nn):
    model = _nested(nn)
    assert list(model.named_children()) == [("l1", model.l1), ("net", model.net)]
    assert list(model.children()) == [model.l1, model.net]


@clause(
    "module.apply-children-first",
    "apply(function) calls the function on every submodule, then on the module itself, and returns the module.",
    module_method("apply"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_apply_children_first(nn):
    first, inner = nn.Linear(2, 2), nn.Linear(2, 2)
    nest = nn.Sequential(inner)
    net = nn.Sequential(first, nest)
    visited: list[object] = []

    assert net.apply(visited.append) is net
    assert visited == [first, inner, nest, net]
