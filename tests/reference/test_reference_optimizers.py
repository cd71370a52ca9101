"""SGD and Optimizer of the reference backend against torch."""

import pytest
from against_torch import NAMESPACES, both_refuse, reference

on_both = pytest.mark.parametrize("space", NAMESPACES, ids=["reference", "torch"])


def test_no_group_at_all_equals_one_group():
    def run(space, wrapped):
        p = space.nn.Parameter(space.ones(2))
        optimizer = space.optim.SGD([{"params": p}] if wrapped else [p], lr=0.1)
        p.grad = space.ones(2)
        optimizer.step()
        return p.tolist()

    assert run(reference, True) == run(reference, False) == [pytest.approx(0.9)] * 2


@on_both
def test_defaults_and_groups(space):
    p, q = space.nn.Parameter(space.ones(1)), space.nn.Parameter(space.ones(2))
    optimizer = space.optim.SGD([{"params": [p]}, {"params": q, "lr": 3}])
    assert set(optimizer.param_groups[0]) == {
        "params", "lr", "momentum", "dampening", "weight_decay", "nesterov", "maximize",
        "foreach", "differentiable", "fused",
    }  # fmt: skip
    assert optimizer.defaults["lr"] == 1e-3
    assert [group["lr"] for group in optimizer.param_groups] == [1e-3, 3]
    assert optimizer.param_groups[1]["params"][0] is q
    optimizer.add_param_group({"params": [space.nn.Parameter(space.ones(1))], "momentum": 0.5})
    assert len(optimizer.param_groups) == 3
    assert optimizer.param_groups[2]["momentum"] == 0.5
    assert optimizer.state_dict() == {
        "state": {},
        "param_groups": [
            {**{k: v for k, v in group.items() if k != "params"}, "params": [index]}
            for index, group in enumerate(optimizer.param_groups)
        ],
    }


@on_both
def test_named_parameters(space):
    model = space.nn.Linear(2, 1)
    optimizer = space.optim.SGD(model.named_parameters(), lr=0.1)
    assert optimizer.param_groups[0]["params"][0] is model.weight
    assert optimizer.param_groups[0]["param_names"] == ["weight", "bias"]
    assert optimizer.state_dict()["param_groups"][0]["param_names"] == ["weight", "bias"]


@on_both
def test_zero_grad(space):
    p = space.nn.Parameter(space.ones(2))
    optimizer = space.optim.SGD([p], lr=0.1)
    p.grad = space.ones(2)
    held = p.grad
    optimizer.zero_grad(set_to_none=False)
    assert p.grad is held
    assert held.tolist() == [0.0, 0.0]
    optimizer.zero_grad()
    assert p.grad is None
    optimizer.step()
    assert p.tolist() == [1.0, 1.0]


@on_both
def test_closure(space):
    p = space.nn.Parameter(space.tensor([2.0]))
    optimizer = space.optim.SGD([p], lr=0.5)

    def closure():
        optimizer.zero_grad()
        loss = (p * p).sum()
        loss.backward()
        return loss

    with space.no_grad():
        assert optimizer.step(closure).item() == 4.0
    assert p.tolist() == [0.0]
    assert p.requires_grad
    assert p.is_leaf


@on_both
def test_steps_are_in_place_and_noticed(space):
    p = space.nn.Parameter(space.ones(2))
    address = p.data_ptr()
    optimizer = space.optim.SGD([p], lr=0.1)
    loss = (p * p).sum()
    loss.backward(retain_graph=True)
    optimizer.step()
    assert p.data_ptr() == address
    with pytest.raises(RuntimeError, match="inplace"):
        loss.backward()


@on_both
def test_the_gradient_is_not_changed(space):
    p = space.nn.Parameter(space.ones(2))
    optimizer = space.optim.SGD([p], lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.5, maximize=True)
    for _ in range(3):
        p.grad = space.ones(2)
        optimizer.step()
        assert p.grad.tolist() == [1.0, 1.0]
    buffer = optimizer.state[p]["momentum_buffer"]
    assert buffer.data_ptr() != p.grad.data_ptr()
    plain = space.optim.SGD([p], lr=0.1, momentum=0.9)
    plain.step()
    p.grad.mul_(100)
    assert plain.state[p]["momentum_buffer"].tolist() == [1.0, 1.0]


@on_both
def test_loaded_state_is_a_copy(space):
    p = space.nn.Parameter(space.ones(2))
    optimizer = space.optim.SGD([p], lr=0.1, momentum=0.9)
    p.grad = space.ones(2)
    optimizer.step()
    state = optimizer.state_dict()
    assert list(state["state"]) == [0]
    fresh = space.optim.SGD([p], lr=0.7)
    fresh.load_state_dict(state)
    assert fresh.param_groups[0]["lr"] == 0.1
    assert fresh.param_groups[0]["params"][0] is p
    fresh.param_groups[0]["lr"] = 9
    assert optimizer.param_groups[0]["lr"] == 0.1
    assert fresh.state[p]["momentum_buffer"].tolist() == [1.0, 1.0]
    with pytest.raises(ValueError, match="group"):
        space.optim.SGD([{"params": [p]}, {"params": [space.nn.Parameter(space.ones(1))]}]).load_state_dict(state)
    with pytest.raises(ValueError, match="group"):
        space.optim.SGD([p, space.nn.Parameter(space.ones(1))]).load_state_dict(state)


def parameter(space):
    return space.nn.Parameter(space.ones(2))


REFUSED = {
    "a tensor": (lambda space: space.optim.SGD(parameter(space)), TypeError),
    "nothing": (lambda space: space.optim.SGD([]), ValueError),
    "nothing from a generator": (lambda space: space.optim.SGD(p for p in []), ValueError),
    "no tensor": (lambda space: space.optim.SGD([3]), TypeError),
    "not a leaf": (lambda space: space.optim.SGD([parameter(space) * 2]), ValueError),
    "a set in a group": (lambda space: space.optim.SGD([{"params": {parameter(space)}}]), TypeError),
    "in two groups": (
        lambda space: space.optim.SGD([{"params": [p := parameter(space)]}, {"params": [p]}]),
        ValueError,
    ),
    "a group that is no mapping": (
        lambda space: space.optim.SGD([parameter(space)]).add_param_group([parameter(space)]),
        TypeError,
    ),
    "added twice": (
        lambda space: space.optim.SGD([p := parameter(space)]).add_param_group({"params": [p]}),
        ValueError,
    ),
    "lr below 0": (lambda space: space.optim.SGD([parameter(space)], lr=-1), ValueError),
    "momentum below 0": (lambda space: space.optim.SGD([parameter(space)], momentum=-1), ValueError),
    "weight decay below 0": (lambda space: space.optim.SGD([parameter(space)], weight_decay=-1), ValueError),
    "nesterov alone": (lambda space: space.optim.SGD([parameter(space)], nesterov=True), ValueError),
    "nesterov and dampening": (
        lambda space: space.optim.SGD([parameter(space)], momentum=0.9, dampening=0.1, nesterov=True),
        ValueError,
    ),
    "fused and foreach": (lambda space: space.optim.SGD([parameter(space)], fused=True, foreach=True), RuntimeError),
    "maximize by position": (lambda space: space.optim.SGD([parameter(space)], 0.1, 0, 0, 0, False, True), TypeError),
    "step of the base class": (lambda space: space.optim.Optimizer([parameter(space)], {}).step(), NotImplementedError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    run, error = REFUSED[name]
    both_refuse(run, error=error)


@on_both
def test_accepted(space):
    for options in (
        {"lr": 0},
        {"lr": 5},
        {"foreach": True},
        {"foreach": False},
        {"fused": False},
        {"lr": space.tensor(0.5), "foreach": False},
    ):
        p = parameter(space)
        p.grad = space.ones(2)
        space.optim.SGD([p], **options).step()
        assert p.tolist() == [pytest.approx(1 - float(options.get("lr", 1e-3)))] * 2
    with pytest.warns(UserWarning, match="duplicate parameters"):
        space.optim.SGD([p, p])


@on_both
def test_subclasses(space):
    class Plain(space.optim.Optimizer):
        def __init__(self, params, rate):
            super().__init__(params, {"rate": rate})

        def step(self):
            with space.no_grad():
                for group in self.param_groups:
                    for p in group["params"]:
                        p.sub_(p.grad * group["rate"])
                        self.state[p]["steps"] = self.state[p].get("steps", 0) + 1

    p = parameter(space)
    optimizer = Plain([p], 0.25)
    p.grad = space.ones(2)
    optimizer.step()
    optimizer.step()
    assert p.tolist() == [0.5, 0.5]
    assert optimizer.state_dict()["state"] == {0: {"steps": 2}}


def test_a_set_is_refused_though_torch_takes_one():
    with pytest.raises(TypeError, match="ordered"):
        reference.optim.SGD({parameter(reference)})


def test_text():
    ours, theirs = (
        repr(space.optim.SGD([{"params": [parameter(space)]}, {"params": [parameter(space)], "lr": 2}]))
        for space in NAMESPACES
    )
    assert ours == theirs
