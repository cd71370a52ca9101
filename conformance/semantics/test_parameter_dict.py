"""ParameterDict: parameters in a dictionary that registers them."""

from __future__ import annotations

from collections import OrderedDict

from conformance.clause import clause, documented
from conformance.profile import Profile

PARAMETER_DICT = documented("generated/torch.nn.ParameterDict.html")
REGISTERS = ("parameter_dict.registers",)


def _method(name):
    return documented(f"generated/torch.nn.ParameterDict.html#torch.nn.ParameterDict.{name}")


def _parameter(torch, nn, value):
    return nn.Parameter(torch.tensor([value]))


def _three(torch, nn):
    """A dictionary whose keys are not in the order of the alphabet."""
    return nn.ParameterDict(
        [(key, _parameter(torch, nn, value)) for key, value in (("l", 2.0), ("r", 3.0), ("c", 5.0))]
    )


@clause(
    "parameter_dict.registers",
    "The parameters of a ParameterDict are registered under their keys, the very objects that were given.",
    PARAMETER_DICT,
    profile=Profile.MODULE,
)
def test_parameter_dict_registers(torch, nn):
    left, right = _parameter(torch, nn, 2.0), _parameter(torch, nn, 3.0)
    model = nn.Module()
    model.sides = nn.ParameterDict({"left": left, "right": right})
    named = list(model.named_parameters())
    assert [name for name, _ in named] == ["sides.left", "sides.right"]
    assert named[0][1] is left
    assert named[1][1] is right


@clause(
    "parameter_dict.converts-tensors",
    "The constructor, an assignment to a key and update() make parameters of plain tensors.",
    PARAMETER_DICT,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_dict_converts_tensors(torch, nn):
    made = nn.ParameterDict({"left": torch.tensor([2.0])})
    made["right"] = torch.tensor([3.0])
    made.update({"up": torch.tensor([5.0])})
    assert [isinstance(value, nn.Parameter) for value in made.values()] == [True] * 3
    assert [parameter.tolist() for parameter in made.parameters()] == [[2.0], [3.0], [5.0]]


@clause(
    "parameter_dict.dict-access",
    "A ParameterDict is indexed, deleted from, searched and counted by its keys like an ordered dictionary.",
    PARAMETER_DICT,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_dict_dict_access(torch, nn):
    made = _three(torch, nn)
    assert made["r"].tolist() == [3.0]
    assert len(made) == 3
    assert ("r" in made, "q" in made) == (True, False)
    assert list(made) == list(made.keys()) == ["l", "r", "c"]
    assert [value.tolist() for value in made.values()] == [[2.0], [3.0], [5.0]]
    assert [(key, value.tolist()) for key, value in made.items()] == [("l", [2.0]), ("r", [3.0]), ("c", [5.0])]
    del made["r"]
    assert [name for name, _ in made.named_parameters()] == ["l", "c"]


@clause(
    "parameter_dict.other-objects",
    "What is no tensor is kept like in a dictionary, and is not listed by parameters().",
    PARAMETER_DICT,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_dict_other_objects(torch, nn):
    made = nn.ParameterDict({"name": "scale", "factor": _parameter(torch, nn, 2.0)})
    assert made["name"] == "scale"
    assert len(made) == 2
    assert [name for name, _ in made.named_parameters()] == ["factor"]


@clause(
    "parameter_dict.update-order",
    "update() adds in the order of an OrderedDict, of another ParameterDict or of pairs, and overwrites what is there.",
    _method("update"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_dict_update_order(torch, nn):
    made = nn.ParameterDict([("m", _parameter(torch, nn, 2.0))])
    made.update(OrderedDict([("z", _parameter(torch, nn, 3.0)), ("a", _parameter(torch, nn, 5.0))]))
    made.update(nn.ParameterDict([("y", _parameter(torch, nn, 7.0)), ("b", _parameter(torch, nn, 11.0))]))
    made.update([("x", _parameter(torch, nn, 13.0)), ("c", _parameter(torch, nn, 17.0)), ("m", torch.tensor([19.0]))])
    assert list(made.keys()) == ["m", "z", "a", "y", "b", "x", "c"]
    assert made["m"].tolist() == [19.0]


@clause(
    "parameter_dict.get",
    "get(key) returns the parameter of the key; the default that is given, None without one, where there is none.",
    _method("get"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_dict_get(torch, nn):
    made, default = _three(torch, nn), _parameter(torch, nn, 7.0)
    assert made.get("r", default) is made["r"]
    assert made.get("q", default) is default
    assert made.get("q") is None
    assert len(made) == 3


@clause(
    "parameter_dict.setdefault",
    "setdefault(key, default) returns the value of the key, inserting the default first where there is none.",
    _method("setdefault"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_dict_setdefault(torch, nn):
    made, default = _three(torch, nn), _parameter(torch, nn, 7.0)
    assert made.setdefault("r", default).tolist() == [3.0]
    assert made.setdefault("q", default) is default
    assert [name for name, _ in made.named_parameters()] == ["l", "r", "c", "q"]


@clause(
    "parameter_dict.pop",
    "pop(key) removes the parameter of the key and returns it.",
    _method("pop"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_dict_pop(torch, nn):
    made = _three(torch, nn)
    right = made["r"]
    assert made.pop("r") is right
    assert list(made.keys()) == ["l", "c"]
    assert [parameter.tolist() for parameter in made.parameters()] == [[2.0], [5.0]]


@clause(
    "parameter_dict.popitem",
    "popitem() removes what was inserted last, and returns its key and parameter.",
    _method("popitem"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_dict_popitem(torch, nn):
    made = _three(torch, nn)
    last = made["c"]
    key, parameter = made.popitem()
    assert key == "c"
    assert parameter is last
    assert [name for name, _ in made.named_parameters()] == ["l", "r"]


@clause(
    "parameter_dict.clear",
    "clear() removes every parameter.",
    _method("clear"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_dict_clear(torch, nn):
    made = _three(torch, nn)
    made.clear()
    assert len(made) == 0
    assert list(made.parameters()) == []


@clause(
    "parameter_dict.copy",
    "copy() gives another ParameterDict of the same parameters, and a change of the one does not change the other.",
    _method("copy"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_dict_copy(torch, nn):
    made = _three(torch, nn)
    other = made.copy()
    assert isinstance(other, nn.ParameterDict)
    assert list(other.keys()) == ["l", "r", "c"]
    assert other["r"] is made["r"]
    del other["r"]
    assert list(made.keys()) == ["l", "r", "c"]


@clause(
    "parameter_dict.fromkeys",
    "fromkeys(keys, default) returns a new ParameterDict that has the default under each of the keys.",
    _method("fromkeys"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_dict_fromkeys(torch, nn):
    made, default = _three(torch, nn), _parameter(torch, nn, 7.0)
    other = made.fromkeys(["z", "a"], default)
    assert list(other.keys()) == ["z", "a"]
    assert [other["z"] is default, other["a"] is default] == [True, True]
    assert list(made.keys()) == ["l", "r", "c"]
