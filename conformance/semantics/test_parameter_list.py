"""ParameterList: parameters in a list that registers them."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile

PARAMETER_LIST = documented("generated/torch.nn.ParameterList.html")
REGISTERS = ("parameter_list.registers",)


def _numbers(values):
    return [value.tolist() for value in values]


@clause(
    "parameter_list.registers",
    "The parameters of a ParameterList are registered under '0', '1' and so on, the very objects that were given.",
    PARAMETER_LIST,
    profile=Profile.MODULE,
)
def test_parameter_list_registers(torch, nn):
    first, second = nn.Parameter(torch.tensor([2.0])), nn.Parameter(torch.tensor([3.0, 5.0]))
    model = nn.Module()
    model.factors = nn.ParameterList([first, second])
    named = list(model.named_parameters())
    assert [name for name, _ in named] == ["factors.0", "factors.1"]
    assert [parameter is given for (_, parameter), given in zip(named, [first, second], strict=True)] == [True, True]


@clause(
    "parameter_list.converts-tensors",
    "The constructor, an assignment to an index, append() and extend() make parameters of plain tensors.",
    PARAMETER_LIST,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_list_converts_tensors(torch, nn):
    made = nn.ParameterList([torch.tensor([2.0])])
    made.append(torch.tensor([3.0]))
    made.extend([torch.tensor([5.0]), torch.tensor([7.0])])
    made[1] = torch.tensor([11.0])
    assert [isinstance(value, nn.Parameter) for value in made] == [True] * 4
    assert [parameter.requires_grad for parameter in made.parameters()] == [True] * 4
    assert _numbers(made.parameters()) == [[2.0], [11.0], [5.0], [7.0]]


@clause(
    "parameter_list.list-access",
    "A ParameterList is indexed, from its end too, sliced, iterated over and counted like a list.",
    PARAMETER_LIST,
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_list_list_access(torch, nn):
    given = [nn.Parameter(torch.tensor([value])) for value in (2.0, 3.0, 5.0, 7.0)]
    made = nn.ParameterList(given)
    assert len(made) == 4
    assert made[1] is given[1]
    assert made[-1] is given[3]
    assert _numbers(made) == [[2.0], [3.0], [5.0], [7.0]]
    assert _numbers(made[1:3]) == [[3.0], [5.0]]
    assert _numbers(made[::-2]) == [[7.0], [3.0]]


@clause(
    "parameter_list.append",
    "append(value) adds a value at the end.",
    documented("generated/torch.nn.ParameterList.html#torch.nn.ParameterList.append"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_list_append(torch, nn):
    made = nn.ParameterList([nn.Parameter(torch.tensor([2.0])), nn.Parameter(torch.tensor([3.0]))])
    added = nn.Parameter(torch.tensor([5.0]))
    made.append(added)
    assert _numbers(made) == [[2.0], [3.0], [5.0]]
    assert made[2] is added
    assert [name for name, _ in made.named_parameters()] == ["0", "1", "2"]


@clause(
    "parameter_list.extend",
    "extend(values) adds the values of an iterable at the end, in its order.",
    documented("generated/torch.nn.ParameterList.html#torch.nn.ParameterList.extend"),
    profile=Profile.MODULE,
    follows_from=REGISTERS,
)
def test_parameter_list_extend(torch, nn):
    made = nn.ParameterList([nn.Parameter(torch.tensor([2.0]))])
    made.extend(nn.Parameter(torch.tensor([value])) for value in (5.0, 3.0))
    assert _numbers(made.parameters()) == [[2.0], [5.0], [3.0]]
