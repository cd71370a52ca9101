"""Modules, containers, state and initial values of the reference backend; every test runs on torch too."""

import pytest
from against_torch import NAMESPACES, nested

on_both = pytest.mark.parametrize("space", NAMESPACES, ids=["reference", "torch"])


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
