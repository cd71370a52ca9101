"""Modules: functions that are called when gradients pass through a module."""

from __future__ import annotations

from conformance.clause import clause
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import module_method

HOOK = module_method("register_full_backward_hook")
PRE_HOOK = module_method("register_full_backward_pre_hook")
CALLED = ("backward_hook.called",)
PRE_CALLED = ("backward_pre_hook.called",)


def _weighted(torch, nn):
    """A module with two inputs whose gradients differ: x times weight plus 3 times y."""

    class Weighted(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = nn.Parameter(torch.tensor(2.0))

        def forward(self, x, y):
            return x * self.weight + y * 3.0

    return Weighted()


def _pair(torch):
    return torch.tensor(5.0, requires_grad=True), torch.tensor(7.0, requires_grad=True)


def _items(gradients):
    return tuple(None if gradient is None else gradient.item() for gradient in gradients)


@clause(
    "backward_hook.called",
    "A full backward hook is called with the module and tuples of the gradients of its inputs and of its outputs.",
    HOOK,
    profile=Profile.MODULE,
)
def test_backward_hook_called(torch, nn):
    model, seen = _weighted(torch, nn), []
    model.register_full_backward_hook(lambda *given: seen.append(given))
    x, y = _pair(torch)
    output = model(x, y)
    assert seen == []
    (output * 4.0).backward()
    ((module, inputs, outputs),) = seen
    assert module is model
    assert isinstance(inputs, tuple)
    assert isinstance(outputs, tuple)
    assert (_items(inputs), _items(outputs)) == ((8.0, 12.0), (4.0,))
    assert (x.grad.item(), y.grad.item(), model.weight.grad.item()) == (8.0, 12.0, 20.0)


@clause(
    "backward_hook.every-time",
    "A full backward hook is called every time that gradients of the module are computed.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=CALLED,
)
def test_backward_hook_every_time(torch, nn):
    model, seen = _weighted(torch, nn), []
    model.register_full_backward_hook(lambda _module, _inputs, outputs: seen.append(_items(outputs)))
    x, y = _pair(torch)
    output = model(x, y)
    (output * 4.0).backward(retain_graph=True)
    (output * 5.0).backward()
    (model(x, y) * 8.0).backward()
    assert seen == [(4.0,), (5.0,), (8.0,)]


@clause(
    "backward_hook.replaces-gradients",
    "The tuple that a full backward hook returns takes the place of the gradients of the inputs from there on.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=CALLED,
)
def test_backward_hook_replaces_gradients(torch, nn):
    model = _weighted(torch, nn)
    model.register_full_backward_hook(lambda _module, inputs, _outputs: (inputs[0] + 1.0, inputs[1] * 10.0))
    x, y = _pair(torch)
    model(x * 2.0, y).backward()
    assert (x.grad.item(), y.grad.item()) == (6.0, 30.0)  # (2 + 1) 2, 3 * 10
    assert model.weight.grad.item() == 10.0  # a parameter is no input


@clause(
    "backward_hook.inputs-without-gradients",
    "Among the gradients of the inputs, None stands for what is no tensor; keyword arguments are left out.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=CALLED,
)
def test_backward_hook_inputs_without_gradients(torch, nn):
    class Power(nn.Module):
        def forward(self, exponent, x, *, factor):
            return x**exponent * factor

    model, seen = Power(), []
    model.register_full_backward_hook(lambda _module, inputs, _outputs: seen.append(_items(inputs)))
    x, factor = _pair(torch)
    model(2, x, factor=factor).backward()
    assert seen == [(None, 70.0)]  # 2 x factor
    assert factor.grad.item() == 25.0


@clause(
    "backward_hook.no-input-requires-gradients",
    "If no input requires gradients, a full backward hook is called when those of the outputs are computed.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=CALLED,
)
def test_backward_hook_no_input_requires_gradients(torch, nn):
    model, seen = _weighted(torch, nn), []
    model.register_full_backward_hook(lambda _module, _inputs, outputs: seen.append(_items(outputs)))
    (model(torch.tensor(5.0), torch.tensor(7.0)) * 4.0).backward()
    assert seen == [(4.0,)]
    assert model.weight.grad.item() == 20.0


@clause(
    "backward_hook.no-output-requires-gradients",
    "If no output of the module requires gradients, a full backward hook is not called.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=CALLED,
)
def test_backward_hook_no_output_requires_gradients(torch, nn):
    class Detached(nn.Module):
        def forward(self, x):
            return x.detach() * 2.0

    model, seen = Detached(), []
    model.register_full_backward_hook(lambda *given: seen.append(given))
    x, y = _pair(torch)
    (model(x) * x * y).backward()
    assert seen == []
    assert x.grad.item() == 70.0


@clause(
    "backward_hook.order",
    "Full backward hooks run in order of registration, each with what the last one made; prepend=True puts one first.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=("backward_hook.replaces-gradients",),
)
def test_backward_hook_order(torch, nn):
    model = nn.ReLU()
    model.register_full_backward_hook(lambda _module, inputs, _outputs: (inputs[0] + 1.0,))
    model.register_full_backward_hook(lambda _module, inputs, _outputs: (inputs[0] * 3.0,))
    x, y = _pair(torch)
    model(x).backward()
    assert x.grad.item() == 6.0  # (1 + 1) 3
    model.register_full_backward_hook(lambda _module, inputs, _outputs: (inputs[0] * 5.0,), prepend=True)
    model(y).backward()
    assert y.grad.item() == 18.0  # (5 + 1) 3


@clause(
    "backward_hook.removed",
    "handle.remove() takes away the full backward hook that it was returned for, and no other.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=CALLED,
)
def test_backward_hook_removed(torch, nn):
    model, seen = nn.ReLU(), []
    handle = model.register_full_backward_hook(lambda *_: seen.append("first"))
    model.register_full_backward_hook(lambda *_: seen.append("second"))
    handle.remove()
    x, _ = _pair(torch)
    model(x).backward()
    assert seen == ["second"]


@clause(
    "backward_hook.in-place",
    "A module with a full backward hook must not modify its inputs in place: that is refused.",
    HOOK,
    profile=Profile.MODULE,
    follows_from=CALLED,
)
def test_backward_hook_in_place(torch, nn):
    model = nn.ReLU(inplace=True)
    model.register_full_backward_hook(lambda *_: None)
    x, _ = _pair(torch)
    with refused("an input that is changed in place by a module with a backward hook"):
        model(x * 2.0).backward()


@clause(
    "backward_pre_hook.called",
    "A full backward pre-hook is called with the module and a tuple of the gradients of its outputs.",
    PRE_HOOK,
    profile=Profile.MODULE,
)
def test_backward_pre_hook_called(torch, nn):
    class Both(nn.Module):
        def forward(self, x, y):
            return x * 2.0, y * 3.0

    model, seen = Both(), []
    model.register_full_backward_pre_hook(lambda *given: seen.append(given))
    x, y = _pair(torch)
    first, second = model(x, y)
    (first * 4.0 + second * 8.0).backward()
    ((module, outputs),) = seen
    assert module is model
    assert isinstance(outputs, tuple)
    assert _items(outputs) == (4.0, 8.0)
    assert (x.grad.item(), y.grad.item()) == (8.0, 24.0)


@clause(
    "backward_pre_hook.replaces-gradients",
    "What a full backward pre-hook returns replaces the gradients of the outputs, for full backward hooks too.",
    PRE_HOOK,
    profile=Profile.MODULE,
    follows_from=PRE_CALLED,
)
def test_backward_pre_hook_replaces_gradients(torch, nn):
    model, seen = _weighted(torch, nn), []
    model.register_full_backward_pre_hook(lambda _module, outputs: (outputs[0] * 10.0,))
    model.register_full_backward_hook(lambda _module, inputs, outputs: seen.append((_items(inputs), _items(outputs))))
    x, y = _pair(torch)
    (model(x, y) * 4.0).backward()
    assert seen == [((80.0, 120.0), (40.0,))]
    assert (x.grad.item(), y.grad.item(), model.weight.grad.item()) == (80.0, 120.0, 200.0)


@clause(
    "backward_pre_hook.order",
    "Full backward pre-hooks run in order of registration; prepend=True puts one before the others.",
    PRE_HOOK,
    profile=Profile.MODULE,
    follows_from=("backward_pre_hook.replaces-gradients",),
)
def test_backward_pre_hook_order(torch, nn):
    model = nn.ReLU()
    model.register_full_backward_pre_hook(lambda _module, outputs: (outputs[0] + 1.0,))
    model.register_full_backward_pre_hook(lambda _module, outputs: (outputs[0] * 3.0,))
    x, y = _pair(torch)
    model(x).backward()
    assert x.grad.item() == 6.0
    model.register_full_backward_pre_hook(lambda _module, outputs: (outputs[0] * 5.0,), prepend=True)
    model(y).backward()
    assert y.grad.item() == 18.0


@clause(
    "backward_pre_hook.removed",
    "handle.remove() takes away the full backward pre-hook that it was returned for, and no other.",
    PRE_HOOK,
    profile=Profile.MODULE,
    follows_from=PRE_CALLED,
)
def test_backward_pre_hook_removed(torch, nn):
    model, seen = nn.ReLU(), []
    handle = model.register_full_backward_pre_hook(lambda *_: seen.append("first"))
    model.register_full_backward_pre_hook(lambda *_: seen.append("second"))
    handle.remove()
    x, _ = _pair(torch)
    model(x).backward()
    assert seen == ["second"]
