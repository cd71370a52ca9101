"""Sequential and ModuleList, parameters and initial values; every test runs on torch too."""

import math
from collections import OrderedDict

import numpy as np
import pytest
from against_torch import NAMESPACES, reference

on_both = pytest.mark.parametrize("space", NAMESPACES, ids=["reference", "torch"])


@on_both
def test_sequential(space):
    first, second, third = space.nn.Linear(2, 3), space.nn.ReLU(), space.nn.Linear(3, 1)
    row = space.nn.Sequential(first, second)
    assert row.append(third) is row
    x = space.ones(4, 2)
    assert space.equal(row(x), third(second(first(x))))
    assert (len(row), row[0], row[-1], list(row)) == (3, first, third, [first, second, third])
    assert isinstance(row[1:], space.nn.Sequential)
    assert list(row[1:]) == [second, third]
    with pytest.raises(IndexError):
        _ = row[3]
    row[1] = space.nn.Identity()
    assert "(1): Identity()" in repr(row)
    del row[1]
    assert [name for name, _ in row.named_children()] == ["0", "1"]
    row.insert(1, second)
    assert list(row) == [first, second, third]
    row.extend([space.nn.ReLU()])
    assert len(row) == 4
    named = space.nn.Sequential(OrderedDict([("dense", first), ("positive", second)]))
    assert named.dense is first
    assert list(named.state_dict()) == ["dense.weight", "dense.bias"]
    assert space.equal(named(x), second(first(x)))
    with pytest.raises(TypeError):
        space.nn.Sequential(3)
    assert repr(space.nn.Sequential()) == "Sequential()"


@on_both
def test_module_list(space):
    rows = space.nn.ModuleList([space.nn.Linear(2, 2) for _ in range(3)])
    rows.append(space.nn.ReLU())
    rows += [space.nn.ReLU()]
    assert (len(rows), len(list(rows.parameters()))) == (5, 6)
    assert isinstance(rows[:2], space.nn.ModuleList)
    assert (
        repr(rows)
        == "ModuleList(\n  (0-2): 3 x Linear(in_features=2, out_features=2, bias=True)\n  (3-4): 2 x ReLU()\n)"
    )
    assert repr(space.nn.ModuleList()) == "ModuleList()"
    with pytest.raises(NotImplementedError):
        rows(1)


@on_both
def test_parameters(space):
    data = space.ones(2)
    parameter = space.nn.Parameter(data)
    assert isinstance(parameter, space.Tensor)
    assert parameter.requires_grad
    assert parameter.is_leaf
    assert parameter.data_ptr() == data.data_ptr()
    assert not space.nn.Parameter(data, requires_grad=False).requires_grad
    with pytest.raises(RuntimeError):
        space.nn.Parameter(space.ones(2, dtype=space.int64))
    assert not space.nn.Parameter(space.ones(2, dtype=space.int64), requires_grad=False).requires_grad
    computed = space.ones(2, requires_grad=True) * 2
    assert space.nn.Parameter(computed).is_leaf
    assert type(parameter * 2) is space.Tensor
    assert type(parameter.detach()) is space.Tensor
    assert space.nn.parameter.Parameter is space.nn.Parameter


@on_both
def test_initial_values(space):
    space.manual_seed(0)
    weight = space.empty(300, 200)
    assert space.nn.init.kaiming_uniform_(weight, a=math.sqrt(5)) is weight
    values = weight.numpy()
    bound = math.sqrt(2 / 6) * math.sqrt(3 / 200)
    assert 0.99 * bound < np.abs(values).max() <= bound
    space.nn.init.kaiming_uniform_(weight, mode="fan_out", nonlinearity="relu")
    assert np.abs(weight.numpy()).max() == pytest.approx(math.sqrt(6 / 300), rel=0.01)
    assert space.nn.init.calculate_gain("tanh") == pytest.approx(5 / 3)
    assert space.nn.init.calculate_gain("leaky_relu", 2) == pytest.approx(math.sqrt(2 / 5))
    parameter = space.nn.Parameter(space.empty(50, 40))
    space.nn.init.normal_(parameter, 3, 0.1)
    assert abs(parameter.mean().item() - 3) < 0.05
    assert space.nn.init.constant_(parameter, 2).tolist()[0][0] == 2
    assert space.nn.init.zeros_(parameter).sum().item() == 0
    assert space.nn.init.ones_(parameter).sum().item() == 2000
    assert space.nn.init.uniform_(parameter).min().item() >= 0
    for wrong in (
        lambda: space.nn.init.kaiming_uniform_(space.empty(3)),
        lambda: space.nn.init.calculate_gain("none"),
        lambda: space.nn.init.kaiming_uniform_(weight, mode="fan"),
    ):
        with pytest.raises(ValueError, match=r".{10}"):
            wrong()


def test_two_seeds_give_two_networks():
    reference.manual_seed(0)
    one = reference.nn.Linear(3, 3).weight.tolist()
    assert reference.nn.Linear(3, 3).weight.tolist() != one
    reference.manual_seed(0)
    assert reference.nn.Linear(3, 3).weight.tolist() == one
