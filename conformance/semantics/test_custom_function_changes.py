"""The tape: functions of the user's own that change their inputs in place."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused

MARK_DIRTY = documented("generated/torch.autograd.function.FunctionCtx.mark_dirty.html")


def _tripled(torch):
    """A product by 3 in place, behind the tape's back, whose backward pass is not its derivative."""

    class Tripled(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            x.data.mul_(3.0)
            ctx.mark_dirty(x)
            return x

        @staticmethod
        def backward(_ctx, gradient):
            return gradient * 5.0

    return Tripled


@clause(
    "custom_function.mark-dirty",
    "Where forward() changes an input in place and says so by ctx.mark_dirty(), a gradient that needs the input as it "
    "was is refused.",
    MARK_DIRTY,
    profile=Profile.TAPE,
    follows_from=("custom_function.apply",),
)
def test_custom_function_mark_dirty(torch):
    x = torch.tensor(2.0, requires_grad=True).clone()
    squared = x * x
    _tripled(torch).apply(x)
    with refused("a backward pass that needs what a function named to mark_dirty"):
        squared.backward()


@clause(
    "custom_function.dirty-output",
    "An input that forward() changed in place, named to ctx.mark_dirty() and returned is a result of the function: it "
    "has the changed numbers, and its gradient is what backward() returns.",
    MARK_DIRTY,
    profile=Profile.TAPE,
    follows_from=("custom_function.apply",),
)
def test_custom_function_dirty_output(torch):
    leaf = torch.tensor([2.0, 7.0], requires_grad=True)
    x = leaf * 2.0
    output = _tripled(torch).apply(x)
    assert output.tolist() == [12.0, 42.0]
    assert x.tolist() == [12.0, 42.0]
    output.sum().backward()
    assert leaf.grad.tolist() == [10.0, 10.0]
