"""Modules: buffers, the state that is not learned."""

from __future__ import annotations

from conformance.clause import clause
from conformance.profile import Profile
from conformance.semantics._pages import MODULE_NOTES, module_method

REGISTER = module_method("register_buffer")
BASIC = ("module.buffer-in-state",)


def _running_mean(torch, nn):
    """A module with the buffer 'mean', that holds 2 and 3."""
    model = nn.Module()
    model.register_buffer("mean", torch.tensor([2.0, 3.0]))
    return model


@clause(
    "module.buffer-in-state",
    "A registered buffer is an attribute of its name, listed by buffers(), not by parameters(), and in state_dict().",
    REGISTER,
    profile=Profile.MODULE,
)
def test_module_buffer_in_state(torch, nn):
    model = _running_mean(torch, nn)
    assert model.mean.tolist() == [2.0, 3.0]
    assert [buffer.tolist() for buffer in model.buffers()] == [[2.0, 3.0]]
    assert [name for name, _ in nn.Sequential(model).named_buffers()] == ["0.mean"]
    assert list(model.parameters()) == []
    assert model.state_dict()["mean"].tolist() == [2.0, 3.0]


@clause(
    "module.buffer-not-persistent",
    "A buffer that is registered with persistent=False is a buffer, but left out of state_dict().",
    REGISTER,
    profile=Profile.MODULE,
    follows_from=BASIC,
)
def test_module_buffer_not_persistent(torch, nn):
    model = nn.Module()
    model.register_buffer("mean", torch.tensor([2.0, 3.0]), persistent=False)
    assert model.mean.tolist() == [2.0, 3.0]
    assert [buffer.tolist() for buffer in model.buffers()] == [[2.0, 3.0]]
    assert list(model.state_dict()) == []
    model.load_state_dict({})


@clause(
    "module.buffer-assigned",
    "A tensor that is assigned to the name of a buffer becomes the buffer, and is what state_dict() holds.",
    MODULE_NOTES,
    profile=Profile.MODULE,
    follows_from=BASIC,
)
def test_module_buffer_assigned(torch, nn):
    model = _running_mean(torch, nn)
    model.mean = model.mean + torch.tensor([4.0, 8.0])
    assert model.state_dict()["mean"].tolist() == [6.0, 11.0]
    assert [buffer.tolist() for buffer in model.buffers()] == [[6.0, 11.0]]


@clause(
    "module.buffer-round-trip",
    "load_state_dict() restores buffers as it restores parameters.",
    module_method("load_state_dict"),
    profile=Profile.MODULE,
    follows_from=(*BASIC, "module.state-dict-round-trip"),
)
def test_module_buffer_round_trip(torch, nn):
    model = _running_mean(torch, nn)
    model.load_state_dict({"mean": torch.tensor([5.0, 7.0])})
    assert model.mean.tolist() == [5.0, 7.0]
