"""ModuleList: modules in a list that registers them."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile

MODULE_LIST = documented("generated/torch.nn.ModuleList.html")
REGISTERS = ("module_list.registers",)


def _layers(nn, count):
    """Layers that can be told apart by their sizes."""
    return [nn.Linear(2, 3 + position) for position in range(count)]


@clause(
    "module_list.registers",
    "The modules of a ModuleList are registered, as its children '0', '1' and so on, with all their parameters.",
    MODULE_LIST,
    profile=Profile.MODULE,
)
def test_module_list_registers(nn):
    class Model(nn.Module):
        def __init__(self, layers):
            super().__init__()
            self.layers = nn.ModuleList(layers)

    first, second = _layers(nn, 2)
    model = Model(iter([first, second]))
    assert list(model.layers.named_children()) == [("0", first), ("1", second)]
    assert [name for name, _ in model.named_parameters()] == [
        "layers.0.weight",
        "layers.0.bias",
        "layers.1.weight",
        "layers.1.bias",
    ]
    assert list(nn.ModuleList().children()) == []


@clause(
    "module_list.list-access",
    "A ModuleList is indexed, from its end too, iterated over and counted like a list.",
    MODULE_LIST,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_list_list_access(nn):
    layers = _layers(nn, 4)
    made = nn.ModuleList(layers)
    assert len(made) == 4
    assert [made[position] for position in range(4)] == layers
    assert made[-1] is layers[3]
    assert made[-4] is layers[0]
    assert list(made) == layers


@clause(
    "module_list.slices",
    "A slice of a ModuleList holds those modules that the slice of a list would, in its order.",
    MODULE_LIST,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_list_slices(nn):
    layers = _layers(nn, 5)
    made = nn.ModuleList(layers)
    assert list(made[1:4]) == layers[1:4]
    assert list(made[1:4].children()) == layers[1:4]
    assert list(made[3::-2]) == layers[3::-2]


@clause(
    "module_list.assignment",
    "Assigning to an index replaces the module there, in its place, and the one before is registered no longer.",
    MODULE_LIST,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_list_assignment(nn):
    first, second, third, other = _layers(nn, 4)
    made = nn.ModuleList([first, second, third])
    made[-2] = other
    assert list(made.named_children()) == [("0", first), ("1", other), ("2", third)]


@clause(
    "module_list.deletion",
    "Deleting an index, or a slice, removes the modules there; the others move up, as those of a list do.",
    MODULE_LIST,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_list_deletion(nn):
    first, second, third, fourth = _layers(nn, 4)
    made = nn.ModuleList([first, second, third, fourth])
    del made[1]
    assert list(made.named_children()) == [("0", first), ("1", third), ("2", fourth)]
    assert made[1] is third
    del made[:2]
    assert list(made.named_children()) == [("0", fourth)]


@clause(
    "module_list.append",
    "append(module) adds a module at the end.",
    documented("generated/torch.nn.ModuleList.html#torch.nn.ModuleList.append"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_list_append(nn):
    first, second, third = _layers(nn, 3)
    made = nn.ModuleList([first, second])
    made.append(third)
    assert list(made.named_children()) == [("0", first), ("1", second), ("2", third)]


@clause(
    "module_list.extend",
    "extend(modules) adds the modules of an iterable at the end, in its order.",
    documented("generated/torch.nn.ModuleList.html#torch.nn.ModuleList.extend"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_list_extend(nn):
    layers = _layers(nn, 4)
    made = nn.ModuleList(layers[:2])
    made.extend(layer for layer in layers[2:])
    assert list(made.named_children()) == [(str(position), layer) for position, layer in enumerate(layers)]


@clause(
    "module_list.insert",
    "insert(index, module) puts a module before the one at the index, and what follows moves down.",
    documented("generated/torch.nn.ModuleList.html#torch.nn.ModuleList.insert"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_module_list_insert(nn):
    first, second, third, other = _layers(nn, 4)
    made = nn.ModuleList([first, second, third])
    made.insert(1, other)
    assert list(made.named_children()) == [("0", first), ("1", other), ("2", second), ("3", third)]
