"""The tape: no_grad, enable_grad, and where they end."""

from __future__ import annotations

import threading

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._pages import AUTOGRAD_NOTES

NO_GRAD = documented("generated/torch.no_grad.html")
ENABLE_GRAD = documented("generated/torch.enable_grad.html")
BASIC = ("no_grad.result",)


@clause(
    "no_grad.result",
    "Inside no_grad() no result requires gradients, though the inputs do and go on to.",
    NO_GRAD,
    profile=Profile.TAPE,
)
def test_no_grad_result(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    with torch.no_grad():
        y = x * 2.0
        assert x.requires_grad is True
    assert y.requires_grad is False
    assert y.grad_fn is None
    assert y.tolist() == [4.0, 6.0]


@clause(
    "no_grad.ends",
    "After the block of no_grad() operations are recorded again, also when an exception ended the block.",
    NO_GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_no_grad_ends(torch):
    x = torch.tensor([2.0], requires_grad=True)
    with torch.no_grad():
        pass
    assert (x * 2.0).requires_grad is True

    try:
        with torch.no_grad():
            raise KeyError
    except KeyError:
        assert (x * 2.0).requires_grad is True


@clause(
    "no_grad.nested",
    "The end of an inner no_grad() restores the mode of the outer one: nothing is recorded yet.",
    NO_GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_no_grad_nested(torch):
    x = torch.tensor([2.0], requires_grad=True)
    with torch.no_grad():
        with torch.no_grad():
            pass
        assert (x * 2.0).requires_grad is False
    assert (x * 2.0).requires_grad is True


@clause(
    "no_grad.enable-grad",
    "enable_grad() records operations inside no_grad(), and its end restores no_grad().",
    ENABLE_GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_no_grad_enable_grad(torch):
    x = torch.tensor([3.0], requires_grad=True)
    with torch.no_grad():
        with torch.enable_grad():
            y = x * 2.0
        z = x * 2.0
    assert (y.requires_grad, z.requires_grad) == (True, False)
    y.backward()
    assert x.grad.tolist() == [2.0]


@clause(
    "no_grad.decorator",
    "no_grad() as a decorator turns recording off inside the function, at every call, and only there.",
    NO_GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_no_grad_decorator(torch):
    @torch.no_grad()
    def doubler(x):
        return x * 2.0

    x = torch.tensor([3.0], requires_grad=True)
    assert (x * 2.0).requires_grad is True
    for _ in range(2):
        y = doubler(x)
        assert y.requires_grad is False
        assert y.tolist() == [6.0]
        assert (x * 2.0).requires_grad is True


@clause(
    "no_grad.creation-is-exempt",
    "Creating a tensor with requires_grad=True, or a Parameter, is not affected by no_grad().",
    NO_GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_no_grad_creation_is_exempt(torch, nn):
    with torch.no_grad():
        x = torch.tensor([2.0], requires_grad=True)
        parameter = nn.Parameter(torch.tensor([3.0]))
    assert (x.requires_grad, parameter.requires_grad) == (True, True)


@clause(
    "no_grad.is-grad-enabled",
    "is_grad_enabled() tells whether operations are recorded now.",
    documented("generated/torch.is_grad_enabled.html"),
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_no_grad_is_grad_enabled(torch):
    assert torch.is_grad_enabled() is True
    with torch.no_grad():
        assert torch.is_grad_enabled() is False
    assert torch.is_grad_enabled() is True


@clause(
    "no_grad.update-in-place",
    "Inside no_grad() a parameter can be changed in place: it stays a leaf that requires gradients.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_no_grad_update_in_place(torch, nn):
    parameter = nn.Parameter(torch.tensor([2.0, 3.0]))
    with torch.no_grad():
        parameter.sub_(torch.tensor([1.0, 5.0]))
    assert parameter.tolist() == [1.0, -2.0]
    assert (parameter.is_leaf, parameter.requires_grad) == (True, True)

    (parameter * parameter).sum().backward()
    assert parameter.grad.tolist() == [2.0, -4.0]


@clause(
    "no_grad.result-is-a-constant-later",
    "What was computed inside no_grad() can be used in recorded operations afterwards, as a constant.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_no_grad_result_is_a_constant_later(torch):
    x = torch.tensor([3.0], requires_grad=True)
    with torch.no_grad():
        constant = x * 5.0
    (x * constant).backward()
    assert x.grad.tolist() == [15.0]  # not 30: constant does not depend on x


@clause(
    "no_grad.of-this-thread",
    "no_grad() has no effect on other threads.",
    NO_GRAD,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_no_grad_of_this_thread(torch):
    x = torch.tensor([2.0], requires_grad=True)
    recorded = []
    with torch.no_grad():
        other = threading.Thread(target=lambda: recorded.append((x * 2.0).requires_grad))
        other.start()
        other.join()
    assert recorded == [True]
