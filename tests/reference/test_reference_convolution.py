"""conv2d and Conv2d of the reference backend against torch."""

import itertools

import numpy as np
import pytest
from against_torch import NAMESPACES, agree, assert_same, both_refuse, quietly, reference, seeded, torch

OPTIONS = [
    (kernel, stride, padding, dilation, groups, bias)
    for kernel, stride, padding, dilation, groups, bias in itertools.product(
        [(1, 1), (3, 2), (2, 4)], [1, (2, 3)], [0, (2, 1)], [1, (2, 1)], [1, 2], [True, False]
    )
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_values_and_gradients(options):
    (height, width), stride, padding, dilation, groups, bias = options
    x, w, b = seeded((2, 4, 9, 10)), seeded((6, 4 // groups, height, width), seed=1), seeded((6,), seed=2)
    agree(
        lambda space, x, w, b: space.nn.functional.conv2d(x, w, b if bias else None, stride, padding, dilation, groups),
        x,
        w,
        b,
    )


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize(("kernel", "dilation"), [((3, 3), 1), ((2, 4), 1), ((2, 3), (3, 2)), ((1, 5), (1, 2))])
def test_padding_by_word(padding, kernel, dilation):
    x, w, b = seeded((2, 2, 9, 10)), seeded((3, 2, *kernel), seed=1), seeded((3,), seed=2)
    agree(quietly(lambda space, *t: space.nn.functional.conv2d(*t, padding=padding, dilation=dilation)), x, w, b)


@pytest.mark.parametrize("shape", [(4, 7, 8), (0, 4, 7, 8), (1, 4, 3, 2)])
def test_unbatched_empty_and_smallest_inputs(shape):
    agree(
        lambda space, *t: space.nn.functional.conv2d(*t),
        seeded(shape),
        seeded((3, 4, 3, 2), seed=1),
        seeded((3,), seed=2),
    )


@pytest.mark.parametrize("dtype", ["float32", "float16", "int64"])
def test_other_types(dtype):
    x, w = (seeded((2, 3, 6, 6)) * 3).astype(dtype), (seeded((4, 3, 3, 3), seed=1) * 3).astype(dtype)
    agree(
        lambda space, x, w: space.nn.functional.conv2d(x, w, padding=1),
        x,
        w,
        tolerance=5e-2 if dtype == "float16" else None,
    )


def test_inputs_that_are_not_contiguous():
    x, w = seeded((8, 2, 9, 6)).transpose(1, 3, 2, 0), seeded((3, 3, 4, 2), seed=1).transpose(1, 0, 3, 2)
    agree(
        lambda space, x, w: space.nn.functional.conv2d(x.transpose(1, 3)[:, ::4], w[:, :, ::2].transpose(0, 1)[:, :2]),
        x,
        w,
    )


def test_images_expanded_over_the_batch():
    agree(
        lambda space, x, w: space.nn.functional.conv2d(x.expand(3, 2, 5, 5), w),
        seeded((1, 2, 5, 5)),
        seeded((3, 2, 2, 2)),
    )


def test_a_weight_used_twice():
    agree(
        lambda space, x, w: space.nn.functional.conv2d(space.nn.functional.conv2d(x, w, padding=1), w),
        seeded((2, 3, 6, 6)),
        seeded((3, 3, 3, 3), seed=1),
    )


def test_weight_gradients_of_many_images_are_summed_in_blocks(monkeypatch):
    monkeypatch.setattr("adapters.reference.operators.convolution.conv2d._BLOCK", 200)
    agree(lambda space, x, w: space.nn.functional.conv2d(x, w), seeded((7, 4, 5, 5)), seeded((6, 4, 2, 2), seed=1))


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
@pytest.mark.parametrize("padding", [(2, 1), "same", 0])
def test_module_with_every_padding_mode(mode, padding):
    x = seeded((2, 2, 6, 7))
    results = []
    state = {"weight": seeded((4, 1, 2, 3), seed=1), "bias": seeded((4,), seed=2)}
    for namespace in NAMESPACES:
        layer = namespace.nn.Conv2d(2, 4, (2, 3), padding=padding, dilation=(1, 2), groups=2, padding_mode=mode)
        layer = layer.to(namespace.float64)
        layer.load_state_dict({name: namespace.from_numpy(array.copy()) for name, array in state.items()})
        leaf = namespace.from_numpy(x.copy()).requires_grad_()
        output = quietly(lambda _, leaf, layer=layer: layer(leaf))(namespace, leaf)
        output.backward(namespace.from_numpy(seeded(tuple(output.shape), seed=3)))
        results.append((output, leaf.grad, layer.weight.grad, layer.bias.grad))
    for ours, theirs in zip(*results, strict=True):
        assert_same(ours, theirs)


TEXTS = [
    ((1, 6, 3), {}),
    ((2, 4, (3, 2)), {"stride": 2, "padding": 1, "dilation": 3, "groups": 2, "padding_mode": "circular"}),
    ((1, 2, 3), {"padding": "same", "bias": False}),
    ((1, 2, (1, 5)), {"padding": (0, 2), "stride": (1, 3)}),
]


@pytest.mark.parametrize(("sizes", "options"), TEXTS, ids=str)
def test_module_text_and_state(sizes, options):
    ours, theirs = (namespace.nn.Conv2d(*sizes, **options) for namespace in NAMESPACES)
    assert repr(ours) == repr(theirs)
    assert {key: tuple(value.shape) for key, value in ours.state_dict().items()} == {
        key: tuple(value.shape) for key, value in theirs.state_dict().items()
    }
    for name in ("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups"):
        assert getattr(ours, name) == getattr(theirs, name)


def test_initial_values_fill_the_documented_range():
    reference.manual_seed(0)
    layer = reference.nn.Conv2d(8, 200, (3, 5), groups=2)
    bound = 1 / np.sqrt(8 / 2 * 15)
    for parameter in (layer.weight, layer.bias):
        values = parameter.detach().numpy()
        assert np.abs(values).max() <= bound * (1 + 1e-6)
        assert np.abs(values).max() > 0.95 * bound
        assert abs(values.mean()) < 0.1 * bound


X, W = (2, 4, 5, 6), (6, 4, 3, 3)
REFUSED = {
    "channels": ((2, 3, 5, 6), W, {}),
    "two dimensions": ((5, 6), W, {}),
    "five dimensions": ((1, *X), W, {}),
    "weight of three dimensions": (X, (6, 4, 3), {}),
    "kernel too large": ((2, 4, 2, 6), W, {}),
    "dilated kernel too large": (X, W, {"dilation": 3}),
    "no height": ((2, 4, 0, 6), W, {}),
    "stride 0": (X, W, {"stride": 0}),
    "stride below 0": (X, W, {"stride": (1, -1)}),
    "three strides": (X, W, {"stride": (1, 1, 1)}),
    "stride no int": (X, W, {"stride": 1.5}),
    "stride bool": (X, W, {"stride": True}),
    "padding below 0": (X, W, {"padding": -1}),
    "padding word": (X, W, {"padding": "full"}),
    "three paddings": (X, W, {"padding": (1, 1, 1)}),
    "same with stride": (X, W, {"padding": "same", "stride": 2}),
    "dilation 0": (X, W, {"dilation": 0}),
    "groups 0": (X, W, {"groups": 0}),
    "groups below 0": (X, W, {"groups": -1}),
    "groups no int": (X, W, {"groups": 1.0}),
    "groups and input channels": (X, W, {"groups": 2}),
    "groups and output channels": (X, (5, 2, 3, 3), {"groups": 2}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_options(case):
    x, w, options = REFUSED[case]
    both_refuse(lambda space, x, w: space.nn.functional.conv2d(x, w, **options), seeded(x), seeded(w))


@pytest.mark.parametrize("shape", [(5,), (6, 1), (), (1,)], ids=str)
def test_refused_biases(shape):
    both_refuse(
        lambda space, *t: space.nn.functional.conv2d(*t), seeded(X), seeded(W), seeded(shape), error=RuntimeError
    )


def test_refused_types():
    both_refuse(lambda space, *t: space.nn.functional.conv2d(*t), seeded(X, "float32"), seeded(W), error=RuntimeError)
    both_refuse(
        lambda space, *t: space.nn.functional.conv2d(*t),
        seeded(X),
        seeded(W),
        seeded((6,), "float32"),
        error=RuntimeError,
    )
    both_refuse(lambda space, w: space.nn.functional.conv2d([[1.0]], w), seeded(W), error=TypeError)


@pytest.mark.parametrize(
    ("sizes", "options"),
    [
        ((3, 4, 3), {"groups": 2}),
        ((4, 3, 3), {"groups": 2}),
        ((4, 4, 3), {"groups": 0}),
        ((1, 1, 3), {"padding": "full"}),
        ((1, 1, 3), {"padding": "same", "stride": 2}),
        ((1, 1, 3), {"padding_mode": "mirror"}),
    ],
    ids=str,
)
def test_refused_modules(sizes, options):
    both_refuse(lambda space: space.nn.Conv2d(*sizes, **options), error=ValueError)


def test_a_changed_input_is_noticed():
    def run(space, x, w):
        inner = x * 1
        result = space.nn.functional.conv2d(inner, w)
        inner.add_(1)
        result.sum().backward()

    both_refuse(run, seeded(X), seeded(W), error=RuntimeError)


def test_frozen_inputs_receive_nothing():
    x, w = reference.from_numpy(seeded(X)), reference.from_numpy(seeded(W)).requires_grad_()
    result = reference.nn.functional.conv2d(x, w)
    assert result.grad_fn.next_functions[0] == (None, 0)
    result.sum().backward()
    assert x.grad is None
    assert torch.nn.functional.conv2d(
        torch.from_numpy(seeded(X)), torch.from_numpy(seeded(W)).requires_grad_()
    ).grad_fn.next_functions[0] == (None, 0)
