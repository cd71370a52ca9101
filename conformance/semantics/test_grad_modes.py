"""The tape: modes other than no_grad() in which operations are recorded, or not."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import AUTOGRAD_NOTES

SWITCH = documented("generated/torch.autograd.grad_mode.set_grad_enabled.html")
INFERENCE = documented("generated/torch.autograd.grad_mode.inference_mode.html")
ENABLE = documented("generated/torch.autograd.grad_mode.enable_grad.html")


@clause(
    "set_grad_enabled.context",
    "with set_grad_enabled(mode): operations are recorded or not as mode says, and as before when it ends.",
    SWITCH,
    profile=Profile.TAPE,
)
def test_set_grad_enabled_context(torch):
    x = torch.tensor([2.0], requires_grad=True)
    with torch.set_grad_enabled(False):
        assert (x * 2.0).requires_grad is False
        with torch.set_grad_enabled(True):
            assert (x * 2.0).requires_grad is True
        assert (x * 2.0).requires_grad is False
    assert (x * 2.0).requires_grad is True


@clause(
    "set_grad_enabled.function",
    "set_grad_enabled(mode), called as a function, changes the mode from there on.",
    SWITCH,
    profile=Profile.TAPE,
)
def test_set_grad_enabled_function(torch):
    x = torch.tensor([2.0], requires_grad=True)
    with torch.enable_grad():  # puts the mode back at its end
        torch.set_grad_enabled(False)
        without = x * 2.0
        torch.set_grad_enabled(True)
        assert without.requires_grad is False
        assert (x * 2.0).requires_grad is True


@clause(
    "enable_grad.decorator",
    "enable_grad() can decorate a function, which then records also where it is called within no_grad().",
    ENABLE,
    profile=Profile.TAPE,
)
def test_enable_grad_decorator(torch):
    x = torch.tensor([2.0], requires_grad=True)

    @torch.enable_grad()
    def doubled(tensor):
        return tensor * 2.0

    with torch.no_grad():
        assert doubled(x).requires_grad is True
        assert (x * 2.0).requires_grad is False


@clause(
    "inference_mode.result",
    "Within inference_mode() results do not require gradients, though their inputs do; after it they do again.",
    INFERENCE,
    profile=Profile.TAPE,
)
def test_inference_mode_result(torch):
    x = torch.tensor([2.0], requires_grad=True)
    with torch.inference_mode():
        y = x * x
        assert y.requires_grad is False
    assert y.tolist() == [4.0]
    assert (x * x).requires_grad is True


@clause(
    "inference_mode.decorator",
    "inference_mode can decorate a function, with parentheses and without.",
    INFERENCE,
    profile=Profile.TAPE,
    follows_from=("inference_mode.result",),
)
def test_inference_mode_decorator(torch):
    x = torch.tensor([2.0], requires_grad=True)

    @torch.inference_mode()
    def squared(tensor):
        return tensor * tensor

    @torch.inference_mode
    def doubled(tensor):
        return tensor * 2.0

    assert squared(x).requires_grad is False
    assert doubled(x).requires_grad is False
    assert doubled(x).tolist() == [4.0]
    assert (x * 2.0).requires_grad is True


@clause(
    "inference_mode.false",
    "inference_mode(False) does not turn recording off.",
    INFERENCE,
    profile=Profile.TAPE,
    follows_from=("inference_mode.result",),
)
def test_inference_mode_false(torch):
    x = torch.tensor([2.0], requires_grad=True)
    with torch.inference_mode(False):  # noqa: FBT003
        assert (x * 2.0).requires_grad is True


@clause(
    "inference_mode.not-saved-for-backward",
    "A tensor that was made in inference mode cannot be used where a recorded operation saves it for backward.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
    follows_from=("inference_mode.result",),
)
def test_inference_mode_not_saved_for_backward(torch):
    x = torch.tensor([2.0], requires_grad=True)
    with torch.inference_mode():
        made = torch.tensor([3.0]) * 2.0
    with refused("a product with a tensor of inference mode, recorded"):
        x * made
    assert (torch.tensor([5.0]) * made).tolist() == [30.0]


@clause(
    "inference_mode.clone",
    "A clone, made outside of inference mode, of a tensor that was made in it is a normal tensor.",
    AUTOGRAD_NOTES,
    profile=Profile.TAPE,
    follows_from=("inference_mode.not-saved-for-backward",),
)
def test_inference_mode_clone(torch):
    x = torch.tensor([2.0], requires_grad=True)
    with torch.inference_mode():
        made = torch.tensor([3.0]) * 2.0
    (x * made.clone()).backward()
    assert x.grad.tolist() == [6.0]
