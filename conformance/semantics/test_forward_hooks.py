"""Modules: functions that are called before and after forward()."""

from __future__ import annotations

from conformance.clause import clause
from conformance.profile import Profile
from conformance.semantics._pages import module_method

HOOK = module_method("register_forward_hook")
PRE_HOOK = module_method("register_forward_pre_hook")
CALLED = ("forward_hook.called",)
PRE_CALLED = ("forward_pre_hook.called",)


def _scaled(nn):
    """A module that takes a factor by name and shows the order of what happens to its numbers."""

    class Scaled(nn.Module):
        def forward(self, x, factor=2.0):
            if factor == 0.0:
                raise ZeroDivisionError
            return x * factor

    return Scaled()


@clause(
    "forward_pre_hook.called",
    "A forward pre-hook is called with the module and a tuple of the positional inputs, before every forward().",
    PRE_HOOK,
    profile=Profile.MODULE,
)
def test_forward_pre_hook_called(torch, nn):
    model, seen = _scaled(nn), []
    model.register_forward_pre_hook(lambda module, args: seen.append((module, args)))
    x, y = torch.tensor(5.0), torch.tensor(7.0)
    assert model(x, factor=4.0).item() == 20.0
    model(y)
    assert [module for module, _ in seen] == [model, model]
    assert [len(args) for _, args in seen] == [1, 1]
    assert [isinstance(args, tuple) for _, args in seen] == [True, True]
    assert seen[0][1][0] is x
    assert seen[1][1][0] is y


@clause(
    "forward_pre_hook.replaces-inputs",
    "What a forward pre-hook returns takes the place of the inputs: a tuple as it is, one value as the only input.",
    PRE_HOOK,
    profile=Profile.MODULE,
    follows_from=PRE_CALLED,
)
def test_forward_pre_hook_replaces_inputs(torch, nn):
    one, several = _scaled(nn), _scaled(nn)
    one.register_forward_pre_hook(lambda _, args: args[0] + 1.0)
    several.register_forward_pre_hook(lambda _, args: (args[0] + 1.0, 8.0))
    assert one(torch.tensor(5.0)).item() == 12.0
    assert several(torch.tensor(5.0)).item() == 48.0


@clause(
    "forward_pre_hook.with-kwargs",
    "With with_kwargs=True a forward pre-hook also gets the keyword arguments, and returns both kinds of arguments.",
    PRE_HOOK,
    profile=Profile.MODULE,
    follows_from=PRE_CALLED,
)
def test_forward_pre_hook_with_kwargs(torch, nn):
    model, seen = _scaled(nn), []

    def raise_factor(module, args, kwargs):
        seen.append((module, dict(kwargs)))
        return args, {"factor": kwargs["factor"] + 1.0}

    model.register_forward_pre_hook(raise_factor, with_kwargs=True)
    assert model(torch.tensor(5.0), factor=4.0).item() == 25.0
    assert seen == [(model, {"factor": 4.0})]


@clause(
    "forward_pre_hook.order",
    "Forward pre-hooks run in order of registration, each with what the one before made; prepend=True puts one first.",
    PRE_HOOK,
    profile=Profile.MODULE,
    follows_from=("forward_pre_hook.replaces-inputs",),
)
def test_forward_pre_hook_order(torch, nn):
    model = _scaled(nn)
    model.register_forward_pre_hook(lambda _, args: args[0] + 1.0)
    model.register_forward_pre_hook(lambda _, args: args[0] * 3.0)
    assert model(torch.tensor(5.0)).item() == 36.0  # ((5 + 1) 3) 2
    model.register_forward_pre_hook(lambda _, args: args[0] * args[0], prepend=True)
    assert model(torch.tensor(5.0)).item() == 156.0  # ((25 + 1) 3) 2


@clause(
    "forward_pre_hook.removed",
    "handle.remove() takes away the forward pre-hook that it was returned for, and no other.",
    PRE_HOOK,
    profile=Profile.MODULE,
    follows_from=PRE_CALLED,
)
def test_forward_pre_hook_removed(torch, nn):
    model = _scaled(nn)
    handle = model.register_forward_pre_hook(lambda _, args: args[0] + 1.0)
    model.register_forward_pre_hook(lambda _, args: args[0] * 3.0)
    handle.remove()
    assert model(torch.tensor(5.0)).item() == 30.0


@clause(
    "forward_hook.called",
    "A forward hook is called with the module, a tuple of the positional inputs and the output, after every forward().",
    HOOK,
    profile=Profile.MODULE,
)
def test_forward_hook_called(torch, nn):
    model, seen = _scaled(nn), []
    model.register_forward_hook(lambda module, args, output: seen.append((module, args, output)))
    x = torch.tensor(5.0)
    output = model(x, factor=4.0)
    assert output.item() == 20.0
    ((module, args, given),) = seen
    assert module is model
    assert isinstance(args, tuple)
    assert len(args) == 1
    assert args[0] is x
    assert given is output
    model(x)
    assert len(seen) == 2


@clause(
    "forward_hook.replaces-output",
    "What a forward hook returns, if not None, takes the place of the output.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=CALLED,
)
def test_forward_hook_replaces_output(torch, nn):
    model = _scaled(nn)
    model.register_forward_hook(lambda _, args, output: output + args[0])
    assert model(torch.tensor(5.0)).item() == 15.0
    assert nn.Sequential(model, model)(torch.tensor(5.0)).item() == 45.0


@clause(
    "forward_hook.with-kwargs",
    "With with_kwargs=True a forward hook gets the keyword arguments of forward() too, before the output.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=CALLED,
)
def test_forward_hook_with_kwargs(torch, nn):
    model = _scaled(nn)
    model.register_forward_hook(
        lambda _, args, kwargs, output: output - args[0] * kwargs["factor"] + 3.0, with_kwargs=True
    )
    assert model(torch.tensor(5.0), factor=4.0).item() == 3.0


@clause(
    "forward_hook.order",
    "Forward hooks run in order of registration, each with what the one before made; prepend=True puts one first.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=("forward_hook.replaces-output",),
)
def test_forward_hook_order(torch, nn):
    model = _scaled(nn)
    model.register_forward_hook(lambda _module, _args, output: output + 1.0)
    model.register_forward_hook(lambda _module, _args, output: output * 3.0)
    assert model(torch.tensor(5.0)).item() == 33.0  # (10 + 1) 3
    model.register_forward_hook(lambda _module, _args, output: output * output, prepend=True)
    assert model(torch.tensor(5.0)).item() == 303.0  # (100 + 1) 3


@clause(
    "forward_hook.always-call",
    "With always_call=True a forward hook is run also if forward() raises; other hooks are not, and the error goes on.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=CALLED,
)
def test_forward_hook_always_call(torch, nn):
    model, seen = _scaled(nn), []
    model.register_forward_hook(lambda _module, _args, _output: seen.append("other"))
    model.register_forward_hook(lambda _module, _args, _output: seen.append("always"), always_call=True)
    try:
        model(torch.tensor(5.0), factor=0.0)
    except ZeroDivisionError:
        seen.append("raised")
    assert seen == ["always", "raised"]
    model(torch.tensor(5.0))
    assert seen == ["always", "raised", "other", "always"]


@clause(
    "forward_hook.removed",
    "handle.remove() takes away the forward hook that it was returned for, and no other.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=CALLED,
)
def test_forward_hook_removed(torch, nn):
    model = _scaled(nn)
    handle = model.register_forward_hook(lambda _module, _args, output: output + 1.0)
    model.register_forward_hook(lambda _module, _args, output: output * 3.0)
    handle.remove()
    assert model(torch.tensor(5.0)).item() == 30.0
