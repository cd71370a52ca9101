"""The reference backend's recorded backward passes: second derivatives, against torch, and what is refused."""

from __future__ import annotations

import pytest

from tests.reference.against_torch import NAMESPACES, assert_same, leaves, reference, seeded

IMAGE, KERNELS, BIAS = seeded((2, 4, 7, 6)), seeded((6, 2, 3, 2), seed=1), seeded((6,), seed=2)
AT_ZERO = (0.0, -0.0, 1.5, -2.0)
MATRIX, OTHER, VECTOR = seeded((3, 4)), seeded((4, 5), seed=3), seeded((4,), seed=4)

FUNCTIONS = {
    "products": (lambda _, x, w: (x * x * w) / (1 + w * w), (MATRIX, VECTOR)),
    "differences": (lambda _, x, w: (x - 2 * w) * (3 - x), (MATRIX, VECTOR)),
    "powers": (lambda _, x: (x * x + 1) ** 2.5 + (x * x) ** (x * x), (MATRIX,)),
    "logarithms": (lambda t, x: t.log(1 + t.exp(x)) * t.sqrt(1 + x * x) * abs(x), (MATRIX,)),
    "matmul": (lambda _, x, w: x @ w, (MATRIX, OTHER)),
    "vectors": (lambda _, x, w: (x @ w) * (w @ w), (MATRIX, VECTOR)),
    "linear": (lambda t, x, w, b: t.nn.functional.linear(x, w, b), (MATRIX, seeded((6, 4), seed=5), BIAS)),
    "reductions": (lambda _, x: x.mean(0) * x.sum(1, keepdim=True) * x.amax(), (MATRIX,)),
    "moves": (lambda _, x: (x.T[1:, ::2] * x.reshape(4, 3)[:3, 1:]).unsqueeze(0).expand(2, 3, 2) ** 2, (MATRIX,)),
    "indexing": (lambda t, x: x[[0, 2, 2]] * x[1] * t.cat([x, x * x])[1:4] * t.stack([x, x * x])[1], (MATRIX,)),
    "where": (lambda t, x: t.where(x > 0, x * x, x * x * x), (MATRIX,)),
    "one operand twice": (lambda _, x: x.detach() * x * x, (MATRIX,)),
    "conv2d": (
        lambda t, x, w, b: t.nn.functional.conv2d(x, w, b, stride=(2, 1), padding=1, dilation=(1, 2), groups=2),
        (IMAGE, KERNELS, BIAS),
    ),
    "conv2d squared": (lambda t, x, w: t.nn.functional.conv2d(x, w, groups=2) ** 2, (IMAGE, KERNELS)),
    "conv_transpose2d": (
        lambda t, x, w, b: t.nn.functional.conv_transpose2d(x, w, b, stride=2, padding=1) ** 2,
        (IMAGE, seeded((4, 3, 3, 2), seed=6), seeded((3,), seed=7)),
    ),
    "pad": (lambda t, x: t.nn.functional.pad(x, (1, 2), value=3.0) ** 2, (MATRIX,)),
    "layer_norm": (lambda t, x, w: t.nn.functional.layer_norm(x, (4,), w), (MATRIX, VECTOR)),
    "cross_entropy": (lambda t, x: t.nn.functional.cross_entropy(x, t.tensor([1, 3, 0])), (MATRIX,)),
    "in place": (lambda _, x: (x * 2).mul_(x).exp_() * x, (MATRIX,)),
    **{
        name: (lambda t, x, name=name: getattr(t.nn.functional, name)(x), (MATRIX,))
        for name in ("tanh", "sigmoid", "silu", "gelu", "softplus", "elu", "mish", "logsigmoid")
    },
}


def _second(space, function, arrays):
    """Return the gradients of every input, taken on the tape, and the gradients of those."""
    inputs = leaves(space, arrays)
    result = function(space, *inputs)
    start = space.from_numpy(seeded(tuple(result.shape), seed=8)).requires_grad_()
    first = space.autograd.grad(result, inputs, start, create_graph=True)
    weights = [space.from_numpy(seeded(tuple(gradient.shape), seed=9)) for gradient in first]
    return [*first, *space.autograd.grad(first, [start, *inputs], weights, allow_unused=True)]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_second_derivatives_are_those_of_torch(name):
    function, arrays = FUNCTIONS[name]
    ours, theirs = (_second(space, function, arrays) for space in NAMESPACES)
    for position, (one, two) in enumerate(zip(ours, theirs, strict=True)):
        assert_same(one, two, tolerance=1e-10, what=f"{name}: {position}")


def test_third_derivatives():
    for space in NAMESPACES:
        x = space.tensor(2.0, requires_grad=True)
        once = space.autograd.grad(x**5, x, create_graph=True)[0]
        twice = space.autograd.grad(once, x, create_graph=True)[0]
        assert space.autograd.grad(twice, x)[0].item() == 240.0


def test_what_cannot_be_recorded_says_so():
    x = reference.randn(1, 2, 6).requires_grad_()
    output = reference.nn.functional.lp_pool1d(x, 2.0, 3)
    with pytest.raises(NotImplementedError, match="create_graph=True: LPPool1DBackward0"):
        output.sum().backward(create_graph=True)


def test_sixteen_bit_types_are_not_recorded():
    x = reference.ones(2, dtype=reference.float16, requires_grad=True)
    with pytest.raises(NotImplementedError, match="sixteen-bit"):
        (x * x).sum().backward(create_graph=True)


def test_an_input_that_was_changed_is_noticed():
    x = reference.ones(2, 3).requires_grad_()
    between = x * 2
    output = reference.nn.functional.layer_norm(between, (3,))
    between.add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace"):
        output.sum().backward(create_graph=True)


@pytest.mark.parametrize("name", ["sigmoid", "silu", "softplus", "mish", "logsigmoid", "gelu", "tanh"])
def test_a_magnitude_in_a_formula_makes_no_kink_at_zero(name):
    def second(space):
        x = space.tensor(AT_ZERO, dtype=space.float64, requires_grad=True)
        first = space.autograd.grad(getattr(space.nn.functional, name)(x).sum(), x, create_graph=True)[0]
        return space.autograd.grad(first.sum(), x)[0]

    assert_same(*(second(space) for space in NAMESPACES))
