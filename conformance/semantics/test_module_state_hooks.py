"""Modules: functions called around state_dict() and load_state_dict(), and state that is no tensor."""

from __future__ import annotations

from conformance.clause import clause
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import module_method

LOADED = ("load_state_dict_post_hook.called",)


def _linear(torch, nn, weight):
    """A layer of known numbers, below another module."""
    layer = nn.Linear(2, 1, bias=False)
    layer.weight = nn.Parameter(torch.tensor([weight]))
    return nn.Sequential(layer)


@clause(
    "state_dict_pre_hook.called",
    "A state_dict() pre-hook is called with the module, the prefix and keep_vars, before the state is gathered.",
    module_method("register_state_dict_pre_hook"),
    profile=Profile.MODULE,
)
def test_state_dict_pre_hook_called(torch, nn):
    model, seen = _linear(torch, nn, [2.0, 3.0]), []

    def prepare(module, prefix, keep_vars):
        seen.append((module, prefix, keep_vars))
        module.weight.data.sub_(torch.tensor([[1.0, 1.0]]))

    model[0].register_state_dict_pre_hook(prepare)
    assert model.state_dict(keep_vars=True)["0.weight"].tolist() == [[1.0, 2.0]]
    assert seen == [(model[0], "0.", True)]


@clause(
    "state_dict_post_hook.called",
    "A state_dict() post-hook is called with the module, the state and the prefix, and may change the state in place.",
    module_method("register_state_dict_post_hook"),
    profile=Profile.MODULE,
)
def test_state_dict_post_hook_called(torch, nn):
    model, seen = _linear(torch, nn, [2.0, 3.0]), []

    def rename(module, state_dict, prefix, local_metadata):
        del local_metadata
        seen.append((module, prefix))
        state_dict[prefix + "kernel"] = state_dict.pop(prefix + "weight")

    model[0].register_state_dict_post_hook(rename)
    state = model.state_dict()
    assert list(state) == ["0.kernel"]
    assert state["0.kernel"].tolist() == [[2.0, 3.0]]
    assert seen == [(model[0], "0.")]


@clause(
    "load_state_dict_pre_hook.called",
    "A load_state_dict() pre-hook is called with module, state, prefix and lists of keys before anything is loaded.",
    module_method("register_load_state_dict_pre_hook"),
    profile=Profile.MODULE,
)
def test_load_state_dict_pre_hook_called(torch, nn):
    model, seen = _linear(torch, nn, [2.0, 3.0]), []

    def rename(module, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs):
        del local_metadata
        seen.append((module, prefix, strict, list(missing_keys), list(unexpected_keys), list(error_msgs)))
        state_dict[prefix + "weight"] = state_dict.pop(prefix + "kernel")

    model[0].register_load_state_dict_pre_hook(rename)
    model.load_state_dict({"0.kernel": torch.tensor([[5.0, 7.0]])})
    assert seen == [(model[0], "0.", True, [], [], [])]
    assert model[0].weight.tolist() == [[5.0, 7.0]]


@clause(
    "load_state_dict_post_hook.called",
    "A load_state_dict() post-hook is called with the module and the missing and unexpected keys, after loading.",
    module_method("register_load_state_dict_post_hook"),
    profile=Profile.MODULE,
)
def test_load_state_dict_post_hook_called(torch, nn):
    model, seen = _linear(torch, nn, [2.0, 3.0]), []

    def look(module, keys):
        seen.append((module, module[0].weight.tolist(), list(keys.missing_keys), list(keys.unexpected_keys)))

    model.register_load_state_dict_post_hook(look)
    model.load_state_dict({"0.weight": torch.tensor([[5.0, 7.0]]), "0.bias": torch.tensor([2.0])}, strict=False)
    model.load_state_dict({}, strict=False)
    assert seen == [(model, [[5.0, 7.0]], [], ["0.bias"]), (model, [[5.0, 7.0]], ["0.weight"], [])]


@clause(
    "load_state_dict_post_hook.changes-keys",
    "What a post-hook leaves in the lists of keys decides whether strict loading is refused.",
    module_method("register_load_state_dict_post_hook"),
    profile=Profile.MODULE,
    follows_from=LOADED,
)
def test_load_state_dict_post_hook_changes_keys(torch, nn):
    model, given = _linear(torch, nn, [2.0, 3.0]), {"0.weight": torch.tensor([[5.0, 7.0]])}
    handle = model.register_load_state_dict_post_hook(lambda _, keys: keys.missing_keys.clear())
    model.load_state_dict({})
    handle.remove()
    model.register_load_state_dict_post_hook(lambda _, keys: keys.missing_keys.append("more"))
    with refused("a key that a post-hook declares missing", RuntimeError):
        model.load_state_dict(given)


@clause(
    "state_dict_hook.removed",
    "handle.remove() takes away the load_state_dict() post-hook that it was returned for, and no other.",
    module_method("register_load_state_dict_post_hook"),
    profile=Profile.MODULE,
    follows_from=LOADED,
)
def test_state_dict_hook_removed(torch, nn):
    model, seen = _linear(torch, nn, [2.0, 3.0]), []
    handle = model.register_load_state_dict_post_hook(lambda *_: seen.append("first"))
    model.register_load_state_dict_post_hook(lambda *_: seen.append("second"))
    handle.remove()
    model.load_state_dict(model.state_dict())
    assert seen == ["second"]


@clause(
    "module.extra-state",
    "What get_extra_state() returns is part of state_dict(), and load_state_dict() hands it to set_extra_state().",
    module_method("get_extra_state"),
    profile=Profile.MODULE,
)
def test_module_extra_state(torch, nn):
    class Counting(nn.Module):
        def __init__(self, count):
            super().__init__()
            self.factor = nn.Parameter(torch.tensor([2.0]))
            self.count = count

        def get_extra_state(self):
            return {"count": self.count}

        def set_extra_state(self, state):
            self.count = state["count"]

    trained, fresh = nn.Sequential(Counting(7)), nn.Sequential(Counting(0))
    state = trained.state_dict()
    assert len(state) == 2
    assert {"count": 7} in [value for value in state.values() if isinstance(value, dict)]
    fresh.load_state_dict(state)
    assert fresh[0].count == 7
