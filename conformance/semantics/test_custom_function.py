"""The tape: functions with a derivative of the user's own."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused

FUNCTION = documented("autograd.html#torch.autograd.Function")
EXTENDING = documented("notes/extending.html")
BASIC = ("custom_function.apply",)


def _context(name):
    return documented(f"generated/torch.autograd.function.FunctionCtx.{name}.html")


def _scaled(torch):
    """A product whose backward pass is not its derivative, so that it can be told which one was used."""

    class Scaled(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, factor):
            ctx.factor = factor
            return x * factor

        @staticmethod
        def backward(ctx, gradient):
            return gradient * ctx.factor * 10.0, None

    return Scaled


@clause(
    "custom_function.apply",
    "apply() runs forward(), and the backward pass uses what backward() returns, None for what is no tensor.",
    FUNCTION,
    profile=Profile.TAPE,
)
def test_custom_function_apply(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    output = _scaled(torch).apply(x, 4.0)
    assert output.tolist() == [8.0, 12.0]
    assert output.requires_grad is True
    output.sum().backward()
    assert x.grad.tolist() == [40.0, 40.0]


@clause(
    "custom_function.forward-is-not-recorded",
    "Operations within forward() are not recorded.",
    EXTENDING,
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_custom_function_forward_is_not_recorded(torch):
    seen = []

    class Watching(torch.autograd.Function):
        @staticmethod
        def forward(_, x):
            doubled = x * 2.0
            seen.append(doubled.requires_grad)
            return doubled

        @staticmethod
        def backward(_, gradient):
            return gradient

    assert Watching.apply(torch.tensor(3.0, requires_grad=True)).requires_grad is True
    assert seen == [False]


@clause(
    "custom_function.saved-tensors",
    "What save_for_backward() was given is in saved_tensors in the backward pass, in order, None too.",
    _context("save_for_backward"),
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_custom_function_saved_tensors(torch):
    class Product(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, y):
            ctx.save_for_backward(x, None, y)
            return x * y

        @staticmethod
        def backward(ctx, gradient):
            x, nothing, y = ctx.saved_tensors
            assert nothing is None
            return gradient * y, gradient * x

    x, y = torch.tensor(3.0, requires_grad=True), torch.tensor(5.0, requires_grad=True)
    (Product.apply(x, y) * 4.0).backward()
    assert (x.grad.item(), y.grad.item()) == (20.0, 12.0)


@clause(
    "custom_function.saved-tensor-changed",
    "Reading saved_tensors is refused where one of them was changed in place since it was saved.",
    _context("save_for_backward"),
    profile=Profile.TAPE,
    follows_from=("custom_function.saved-tensors",),
)
def test_custom_function_saved_tensor_changed(torch):
    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        def backward(ctx, gradient):
            (x,) = ctx.saved_tensors
            return gradient * x * 2.0

    middle = torch.tensor(3.0, requires_grad=True) * 1.0
    output = Square.apply(middle)
    middle.mul_(2.0)
    with refused("a backward pass whose saved tensor was changed in place"):
        output.backward()


@clause(
    "custom_function.needs-input-grad",
    "ctx.needs_input_grad says of every argument of forward() whether it needs a gradient.",
    documented("generated/torch.autograd.Function.backward.html"),
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_custom_function_needs_input_grad(torch):
    seen = []

    class Sum(torch.autograd.Function):
        @staticmethod
        def forward(_ctx, x, y, _number, z):
            return x + y + z

        @staticmethod
        def backward(ctx, gradient):
            seen.append(tuple(ctx.needs_input_grad))
            return gradient, None, None, gradient

    x, z = torch.tensor(3.0, requires_grad=True), torch.tensor(7.0, requires_grad=True)
    Sum.apply(x, torch.tensor(5.0), 2, z).backward()
    assert seen == [(True, False, False, True)]
    assert (x.grad.item(), z.grad.item()) == (1.0, 1.0)


@clause(
    "custom_function.several-outputs",
    "backward() gets a gradient for each output of forward(), zeros for one that nothing was computed from.",
    _context("set_materialize_grads"),
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_custom_function_several_outputs(torch):
    seen = []

    class Both(torch.autograd.Function):
        @staticmethod
        def forward(_, x):
            return x * 2.0, x * 3.0

        @staticmethod
        def backward(_, first, second):
            seen.append((first.tolist(), second.tolist()))
            return first * 2.0 + second * 3.0

    x = torch.tensor([1.0, 2.0], requires_grad=True)
    first, second = Both.apply(x)
    (first * 4.0 + second * 8.0).sum().backward()
    first, second = Both.apply(x)
    (second * 16.0).sum().backward()
    assert seen == [([4.0, 4.0], [8.0, 8.0]), ([0.0, 0.0], [16.0, 16.0])]
    assert x.grad.tolist() == [80.0, 80.0]


@clause(
    "custom_function.no-materialized-gradients",
    "After ctx.set_materialize_grads(False), backward() gets None for an output that nothing was computed from.",
    _context("set_materialize_grads"),
    profile=Profile.TAPE,
    follows_from=("custom_function.several-outputs",),
)
def test_custom_function_no_materialized_gradients(torch):
    seen = []

    class Both(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.set_materialize_grads(False)
            return x * 2.0, x * 3.0

        @staticmethod
        def backward(_, first, second):
            seen.append((first, second.item()))
            return second * 3.0

    x = torch.tensor(1.0, requires_grad=True)
    (Both.apply(x)[1] * 16.0).backward()
    assert seen == [(None, 16.0)]
    assert x.grad.item() == 48.0


@clause(
    "custom_function.non-differentiable-output",
    "An output that ctx.mark_non_differentiable() names requires no gradients; backward() gets zeros for it.",
    _context("mark_non_differentiable"),
    profile=Profile.TAPE,
    follows_from=BASIC,
)
def test_custom_function_non_differentiable_output(torch):
    seen = []

    class Split(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            doubled, copied = x * 2.0, x * 1.0
            ctx.mark_non_differentiable(copied)
            return doubled, copied

        @staticmethod
        def backward(_, first, second):
            seen.append(second.item())
            return first * 2.0

    x = torch.tensor(3.0, requires_grad=True)
    doubled, copied = Split.apply(x)
    assert (doubled.requires_grad, copied.requires_grad) == (True, False)
    (doubled * copied).backward()
    assert x.grad.item() == 6.0
    assert seen == [0.0]


@clause(
    "custom_function.setup-context",
    "With setup_context(), forward() gets no ctx, and setup_context() gets ctx, the inputs as a tuple and the output.",
    EXTENDING,
    profile=Profile.TAPE,
    follows_from=("custom_function.saved-tensors",),
)
def test_custom_function_setup_context(torch):
    class Product(torch.autograd.Function):
        @staticmethod
        def forward(x, y):
            return x * y

        @staticmethod
        def setup_context(ctx, inputs, output):
            x, y = inputs
            ctx.save_for_backward(x, y, output)

        @staticmethod
        def backward(ctx, gradient):
            x, y, output = ctx.saved_tensors
            return gradient * y, gradient * x + output * 0.0

    x, y = torch.tensor(3.0, requires_grad=True), torch.tensor(5.0, requires_grad=True)
    output = Product.apply(x, y)
    assert output.item() == 15.0
    output.backward()
    assert (x.grad.item(), y.grad.item()) == (5.0, 3.0)


@clause(
    "custom_function.double-backward",
    "Where backward() uses operations on saved tensors, create_graph=True records them, and they have gradients.",
    EXTENDING,
    profile=Profile.TAPE,
    follows_from=("custom_function.saved-tensors", "create_graph.second-derivative"),
)
def test_custom_function_double_backward(torch):
    class Cube(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x * x

        @staticmethod
        def backward(ctx, gradient):
            (x,) = ctx.saved_tensors
            return gradient * 3.0 * x * x

    x = torch.tensor(2.0, requires_grad=True)
    (first,) = torch.autograd.grad(Cube.apply(x), x, create_graph=True)
    (second,) = torch.autograd.grad(first, x)
    assert (first.item(), second.item()) == (12.0, 12.0)


@clause(
    "custom_function.once-differentiable",
    "Differentiating twice through a backward() that is marked @once_differentiable is refused.",
    _context("save_for_backward"),
    profile=Profile.TAPE,
    follows_from=("custom_function.saved-tensors",),
)
def test_custom_function_once_differentiable(torch):
    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        @torch.autograd.function.once_differentiable
        def backward(ctx, gradient):
            (x,) = ctx.saved_tensors
            return gradient * x * 2.0

    x = torch.tensor(3.0, requires_grad=True)
    output = Square.apply(x)
    (first,) = torch.autograd.grad(output * output, x, create_graph=True)
    assert first.item() == 108.0  # 4 x^3
    with refused("the second derivative of what is marked once_differentiable", RuntimeError):
        torch.autograd.grad(first, x)
