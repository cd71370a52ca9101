"""ModuleDict: modules in a dictionary that registers them."""

from __future__ import annotations

from collections import OrderedDict

from conformance.clause import clause, documented
from conformance.profile import Profile

MODULE_DICT = documented("generated/torch.nn.ModuleDict.html")
REGISTERS = ("module_dict.registers",)


def _method(name):
    return documented(f"generated/torch.nn.ModuleDict.html#torch.nn.ModuleDict.{name}")


@clause(
    "module_dict.registers",
    "The modules of a ModuleDict are registered, as children under their keys, with all their parameters.",
    MODULE_DICT,
    profile=Profile.MODULE,
)
def test_module_dict_registers(nn):
    model = nn.Module()
    model.choices = nn.ModuleDict({"wide": nn.Linear(2, 5), "narrow": nn.Linear(2, 3)})
    assert list(model.choices.named_children()) == [
        ("wide", model.choices["wide"]),
        ("narrow", model.choices["narrow"]),
    ]
    assert [name for name, _ in model.named_parameters()] == [
        "choices.wide.weight",
        "choices.wide.bias",
        "choices.narrow.weight",
        "choices.narrow.bias",
    ]
    assert [tuple(parameter.size()) for parameter in model.parameters()] == [(5, 2), (5,), (3, 2), (3,)]


@clause(
    "module_dict.pairs",
    "A ModuleDict is made of a mapping, or of an iterable of pairs of a key and a module.",
    MODULE_DICT,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_dict_pairs(nn):
    wide, narrow = nn.Linear(2, 5), nn.Linear(2, 3)
    assert list(nn.ModuleDict([["wide", wide], ["narrow", narrow]]).items()) == [("wide", wide), ("narrow", narrow)]
    assert list(nn.ModuleDict().items()) == []


@clause(
    "module_dict.dict-access",
    "A ModuleDict is indexed, assigned to, deleted from, searched and counted by its keys like a dictionary.",
    MODULE_DICT,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_dict_dict_access(nn):
    wide, narrow, other = nn.Linear(2, 5), nn.Linear(2, 3), nn.Linear(2, 7)
    made = nn.ModuleDict({"wide": wide, "narrow": narrow})
    made["other"] = other
    assert made["other"] is other
    assert len(made) == 3
    assert list(made) == ["wide", "narrow", "other"]
    assert ("narrow" in made, "broad" in made) == (True, False)
    del made["wide"]
    assert list(made.children()) == [narrow, other]


@clause(
    "module_dict.views",
    "keys(), values() and items() go through the keys, the modules and the pairs of both, in order of insertion.",
    _method("items"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_dict_views(nn):
    wide, narrow = nn.Linear(2, 5), nn.Linear(2, 3)
    made = nn.ModuleDict([("wide", wide), ("narrow", narrow)])
    assert list(made.keys()) == ["wide", "narrow"]
    assert list(made.values()) == [wide, narrow]
    assert list(made.items()) == [("wide", wide), ("narrow", narrow)]


@clause(
    "module_dict.update-order",
    "update() adds modules in the order of an OrderedDict, of another ModuleDict or of pairs.",
    _method("update"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_dict_update_order(nn):
    made = nn.ModuleDict({"m": nn.Linear(2, 5)})
    made.update(OrderedDict([("z", nn.Linear(2, 3)), ("a", nn.Linear(2, 4))]))
    made.update(nn.ModuleDict([("y", nn.Linear(2, 3)), ("b", nn.Linear(2, 4))]))
    made.update([("x", nn.Linear(2, 3)), ("c", nn.Linear(2, 4))])
    assert list(made.keys()) == ["m", "z", "a", "y", "b", "x", "c"]


@clause(
    "module_dict.update-overwrites",
    "update() puts a module in the place of the one that has its key already.",
    _method("update"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_dict_update_overwrites(nn):
    wide, narrow, other = nn.Linear(2, 5), nn.Linear(2, 3), nn.Linear(2, 7)
    made = nn.ModuleDict([("wide", wide), ("narrow", narrow)])
    made.update({"wide": other})
    assert made["wide"] is other
    assert made["narrow"] is narrow
    assert len(list(made.children())) == 2


@clause(
    "module_dict.pop",
    "pop(key) removes the module of the key and returns it.",
    _method("pop"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_dict_pop(nn):
    wide, narrow = nn.Linear(2, 5), nn.Linear(2, 3)
    made = nn.ModuleDict([("wide", wide), ("narrow", narrow)])
    assert made.pop("wide") is wide
    assert list(made.items()) == [("narrow", narrow)]
    assert list(made.parameters()) == [narrow.weight, narrow.bias]


@clause(
    "module_dict.clear",
    "clear() removes every module.",
    _method("clear"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_dict_clear(nn):
    made = nn.ModuleDict([("wide", nn.Linear(2, 5)), ("narrow", nn.Linear(2, 3))])
    made.clear()
    assert len(made) == 0
    assert list(made.children()) == []
    assert list(made.parameters()) == []
