"""Modules, containers, state and initial values of the reference backend; every test runs on torch too."""

import copy
import math
import pickle
from collections import OrderedDict

import numpy as np
import pytest
from against_torch import NAMESPACES, reference

on_both = pytest.mark.parametrize("space", NAMESPACES, ids=["reference", "torch"])


def nested(space):
    class Inner(space.nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = space.nn.Parameter(space.ones(2))
            self.register_buffer("count", space.zeros(1))
            self.register_buffer("scratch", space.zeros(1), persistent=False)
            self.register_parameter("absent", None)

        def forward(self, x):
            return x * self.weight

    class Outer(space.nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = space.nn.Parameter(space.full((1,), 2.0))
            self.inner = Inner()
            self.tied = self.inner
            self.again = self.inner.weight
            self.rows = space.nn.Sequential(
                space.nn.Linear(2, 3), space.nn.ReLU(), space.nn.Sequential(space.nn.Linear(3, 1))
            )
            self.none = None

        def forward(self, x):
            return self.rows(self.inner(x) * self.scale)

    return Outer()


@on_both
def test_listing(space):
    model = nested(space)
    names = ["scale", "again", "rows.0.weight", "rows.0.bias", "rows.2.0.weight", "rows.2.0.bias"]
    assert [name for name, _ in model.named_parameters()] == names
    assert [tuple(p.shape) for p in model.parameters()] == [(1,), (2,), (3, 2), (3,), (1, 3), (1,)]
    assert [name for name, _ in model.named_parameters(recurse=False)] == ["scale", "again"]
    assert [name for name, _ in model.named_parameters(prefix="net")] == [f"net.{name}" for name in names]
    every = [name for name, _ in model.named_parameters(remove_duplicate=False)]
    assert every == [*names[:2], "inner.weight", "tied.weight", *names[2:]]
    assert [name for name, _ in model.named_modules()] == [
        "",
        "inner",
        "rows",
        "rows.0",
        "rows.1",
        "rows.2",
        "rows.2.0",
    ]
    assert [name for name, _ in model.named_children()] == ["inner", "rows"]
    assert len(list(model.modules())) == 7
    assert len(list(model.children())) == 2
    assert [name for name, _ in model.named_buffers()] == ["inner.count", "inner.scratch"]
    assert len(list(model.buffers())) == 2
    assert "again" in dir(model)


@on_both
def test_text(space):
    class Described(space.nn.Module):
        def extra_repr(self):
            return "first=1,\nsecond=2"

    class Parent(space.nn.Module):
        def __init__(self):
            super().__init__()
            self.child = Described()

        def extra_repr(self):
            return "of one"

    assert repr(space.nn.Module()) == "Module()"
    assert repr(Described()) == "Described(\n  first=1,\n  second=2\n)"
    assert repr(Parent()) == "Parent(\n  of one\n  (child): Described(\n    first=1,\n    second=2\n  )\n)"
    assert repr(nested(space)) == (
        "Outer(\n  (inner): Inner()\n  (tied): Inner()\n  (rows): Sequential(\n"
        "    (0): Linear(in_features=2, out_features=3, bias=True)\n    (1): ReLU()\n    (2): Sequential(\n"
        "      (0): Linear(in_features=3, out_features=1, bias=True)\n    )\n  )\n)"
    )


@on_both
def test_registration_by_assignment(space):
    module = space.nn.Module()
    module.weight = space.nn.Parameter(space.ones(1))
    module.plain = space.ones(1)
    module.part = space.nn.ReLU()
    assert list(dict(module.named_parameters())) == ["weight"]
    with pytest.raises(TypeError):
        module.weight = space.ones(1)
    with pytest.raises(TypeError):
        module.part = 3
    module.weight = None
    assert module.weight is None
    assert list(module.parameters()) == []
    module.weight = space.nn.Parameter(space.zeros(1))
    with pytest.raises(TypeError):
        module.weight = space.nn.ReLU()
    module.part = space.nn.Parameter(space.zeros(1))  # a parameter takes any name
    assert [name for name, _ in module.named_parameters()] == ["weight", "part"]
    assert list(module.children()) == []
    del module.part
    module.weight = None
    module.plain = space.nn.Parameter(space.ones(1))
    assert list(dict(module.named_parameters())) == ["plain"]
    del module.plain
    assert not hasattr(module, "plain")
    with pytest.raises(AttributeError, match="missing"):
        _ = module.missing
    module.register_buffer("kept", space.ones(1))
    module.kept = space.zeros(1)
    assert [name for name, _ in module.named_buffers()] == ["kept"]
    with pytest.raises(TypeError):
        module.kept = 3
    module.other = space.nn.Buffer(space.ones(2))
    assert "other" in module.state_dict()


@on_both
def test_registration_before_init_is_refused(space):
    class Early(space.nn.Module):
        def __init__(self, value):
            self.note = "allowed"
            self.value = value
            super().__init__()

    for value in (space.nn.Parameter(space.ones(1)), space.nn.ReLU()):
        with pytest.raises(AttributeError, match=r"__init__"):
            Early(value)
    assert Early(3).value == 3


@on_both
def test_registration_by_name(space):
    module = space.nn.Module()
    module.register_parameter("weight", space.nn.Parameter(space.ones(1)))
    module.add_module("part", space.nn.ReLU())
    module.taken = 1
    for name in ("", "a.b", "taken"):
        with pytest.raises(KeyError):
            module.register_parameter(name, space.nn.Parameter(space.ones(1)))
        with pytest.raises(KeyError):
            module.register_buffer(name, space.ones(1))
        with pytest.raises(KeyError):
            module.register_module(name, space.nn.ReLU())
    with pytest.raises(TypeError):
        module.register_parameter("other", space.ones(1))
    with pytest.raises(TypeError):
        module.register_buffer("other", 3)
    with pytest.raises(TypeError):
        module.add_module("other", 3)
    with pytest.raises(TypeError):
        module.register_parameter(3, None)


@on_both
def test_lookup(space):
    model = nested(space)
    assert model.get_submodule("rows.2.0") is model.rows[2][0]
    assert model.get_submodule("") is model
    assert model.get_parameter("rows.0.bias") is model.rows[0].bias
    assert model.get_buffer("inner.count") is model.inner.count
    for wrong in (
        lambda: model.get_submodule("rows.9"),
        lambda: model.get_parameter("rows.weight"),
        lambda: model.get_buffer("scale"),
    ):
        with pytest.raises(AttributeError):
            wrong()


@on_both
def test_modes_and_application(space):
    model = nested(space)
    assert model.training
    assert model.eval() is model
    assert not any(module.training for module in model.modules())
    assert model.train() is model
    assert all(module.training for module in model.modules())
    with pytest.raises(ValueError, match="mode"):
        model.train("yes")
    order = []
    assert model.apply(lambda module: order.append(type(module).__name__)) is model
    assert order == ["Inner", "Linear", "ReLU", "Linear", "Sequential", "Sequential", "Outer"]
    assert model.requires_grad_(False) is model
    assert not any(p.requires_grad for p in model.parameters())


@on_both
def test_zero_grad(space):
    model = nested(space)
    model(space.ones(1, 2)).sum().backward()
    assert all(p.grad is not None for p in model.parameters())
    held = model.scale.grad
    model.zero_grad(set_to_none=False)
    assert model.scale.grad is held
    assert all((p.grad == 0).all() for p in model.parameters())
    model.zero_grad()
    assert all(p.grad is None for p in model.parameters())


@on_both
def test_conversion(space):
    model = nested(space)
    weight = model.inner.weight
    weight.grad = space.ones(2)
    model.inner.register_buffer("number", space.ones(1, dtype=space.int64))
    assert model.double() is model
    assert model.inner.weight is weight
    assert (weight.dtype, weight.grad.dtype, model.inner.count.dtype) == (space.float64, space.float64, space.float64)
    assert model.inner.number.dtype is space.int64
    assert model.to(space.float16).scale.dtype is space.float16
    assert model.half().float().scale.dtype is space.float32
    assert model.to(dtype=space.float64).scale.dtype is space.float64
    with pytest.raises(TypeError):
        model.to(space.int64)
    assert space.nn.Linear(2, 2, dtype=space.float64).weight.dtype is space.float64


@on_both
def test_forward_must_be_defined(space):
    with pytest.raises(NotImplementedError, match="forward"):
        space.nn.Module()(1)


@on_both
def test_forward_hooks(space):
    layer = space.nn.ReLU()
    log = []
    first = layer.register_forward_pre_hook(lambda _module, args: log.append("before") or (args[0] + 1,))
    second = layer.register_forward_hook(lambda _module, _args, output: log.append("after") or output * 10)
    layer.register_forward_hook(lambda _module, _args, _output: log.append("prepended"), prepend=True)
    assert layer(space.tensor([1.0])).tolist() == [20.0]
    assert log == ["before", "prepended", "after"]
    first.remove()
    second.remove()
    assert layer(space.tensor([1.0])).tolist() == [1.0]
    with layer.register_forward_pre_hook(lambda _module, args: args[0] * 3):
        assert layer(space.tensor([1.0])).tolist() == [3.0]
    assert layer(space.tensor([1.0])).tolist() == [1.0]


@on_both
def test_forward_hooks_with_keywords(space):
    class Scale(space.nn.Module):
        def forward(self, x, *, by=1):
            if by == 0:
                raise ValueError("by")
            return x * by

    layer = Scale()
    layer.register_forward_pre_hook(lambda _module, args, kwargs: (args, {"by": kwargs["by"] + 1}), with_kwargs=True)
    layer.register_forward_hook(lambda _module, _args, kwargs, output: output + kwargs["by"], with_kwargs=True)
    assert layer(space.tensor([1.0]), by=2).tolist() == [6.0]
    seen = []
    layer.register_forward_hook(lambda _module, _args, output: seen.append(output), always_call=True)
    with pytest.raises(ValueError, match="by"):
        layer(space.tensor([1.0]), by=-1)
    assert seen == [None]


@on_both
def test_state_round_trip(space):
    one, two = nested(space), nested(space)
    state = one.state_dict()
    assert list(state) == [
        "scale", "again", "inner.weight", "inner.count", "tied.weight", "tied.count",
        "rows.0.weight", "rows.0.bias", "rows.2.0.weight", "rows.2.0.bias",
    ]  # fmt: skip
    assert not any(value.requires_grad for value in state.values())
    assert state["scale"].data_ptr() == one.scale.data_ptr()
    assert one.state_dict(keep_vars=True)["scale"] is one.scale
    assert next(iter(one.state_dict(prefix="net."))) == "net.scale"
    result = two.load_state_dict(state)
    assert (result.missing_keys, result.unexpected_keys) == ([], [])
    assert repr(result) == "<All keys matched successfully>"
    for ours, theirs in zip(one.parameters(), two.parameters(), strict=True):
        assert ours.tolist() == theirs.tolist()
        assert ours is not theirs
    with space.no_grad():
        one.rows[0].weight.fill_(9)
    assert (two.rows[0].weight != 9).all()
    assert two.rows[0].weight.requires_grad


@on_both
def test_state_that_does_not_fit(space):
    model = space.nn.Sequential(space.nn.Linear(2, 3), space.nn.Linear(3, 1))
    state = model.state_dict()
    del state["1.bias"]
    state["2.weight"] = space.ones(1)
    with pytest.raises(RuntimeError, match=r"(?s)(?=.*1\.bias)(?=.*2\.weight)"):
        model.load_state_dict(state)
    result = model.load_state_dict(state, strict=False)
    assert (result.missing_keys, result.unexpected_keys) == (["1.bias"], ["2.weight"])
    with pytest.raises(RuntimeError, match=r"0\.weight"):
        model.load_state_dict({**model.state_dict(), "0.weight": space.ones(3, 3)})
    with pytest.raises(RuntimeError, match=r"0\.weight"):
        model.load_state_dict({"0.weight": space.ones(3, 3)}, strict=False)
    with pytest.raises(RuntimeError, match=r"0\.bias"):
        model.load_state_dict({**model.state_dict(), "0.bias": [1.0, 2.0, 3.0]})
    with pytest.raises(TypeError):
        model.load_state_dict([1])


@on_both
def test_state_of_another_type_is_converted_and_can_be_assigned(space):
    layer = space.nn.Linear(2, 1)
    weight = layer.weight
    layer.load_state_dict({"weight": space.ones(1, 2, dtype=space.float64), "bias": space.zeros(1)})
    assert layer.weight is weight
    assert (layer.weight.dtype, layer.weight.tolist()) == (space.float32, [[1.0, 1.0]])
    layer.load_state_dict({"weight": space.ones(1, 2, dtype=space.float64), "bias": space.zeros(1)}, assign=True)
    assert layer.weight.dtype is space.float64
    assert layer.weight.requires_grad


@on_both
def test_copies(space):
    model = nested(space)
    other = copy.deepcopy(model)
    assert [name for name, _ in other.named_parameters()] == [name for name, _ in model.named_parameters()]
    assert other.inner is other.tied
    with space.no_grad():
        other.scale.fill_(7)
    assert model.scale.item() == 2.0
    layer = pickle.loads(pickle.dumps(space.nn.Sequential(space.nn.Linear(2, 3), space.nn.ReLU())))
    assert [tuple(p.shape) for p in layer.parameters()] == [(3, 2), (3,)]


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
