"""The state of modules, its loading, copies and conversion; every test runs on torch too."""

import copy
import pickle

import pytest
from against_torch import NAMESPACES, nested

on_both = pytest.mark.parametrize("space", NAMESPACES, ids=["reference", "torch"])


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
