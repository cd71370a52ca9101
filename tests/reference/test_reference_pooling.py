"""max_pool2d and MaxPool2d of the reference backend against torch."""

import itertools

import numpy as np
import pytest
from against_torch import NAMESPACES, agree, assert_same, both_refuse, reference, seeded, torch

KERNELS = [2, 3, (2, 3), (1, 4)]
STRIDES = [None, 1, (3, 2)]
DILATIONS = [1, (2, 1)]
ODD = float("nan"), float("inf"), float("-inf"), 0.0


def paddings(kernel):
    height, width = (kernel, kernel) if isinstance(kernel, int) else kernel
    return [0, (height // 2, width // 2)]


OPTIONS = [
    (kernel, stride, padding, dilation, ceil_mode)
    for kernel, stride, dilation, ceil_mode in itertools.product(KERNELS, STRIDES, DILATIONS, [False, True])
    for padding in paddings(kernel)
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_values_indices_and_gradients(options):
    for array in (seeded((2, 3, 8, 9)), np.random.default_rng(1).integers(0, 3, (2, 3, 8, 9)).astype("float64")):
        agree(lambda space, x: space.nn.functional.max_pool2d(x, *options, return_indices=True), array)


@pytest.mark.parametrize("options", OPTIONS[::5], ids=str)
@pytest.mark.parametrize("share", [0.05, 0.5, 1.0])
def test_special_values(options, share):
    rng = np.random.default_rng(2)
    array = rng.integers(-1, 2, (2, 3, 8, 9)).astype("float64")
    array = np.where(rng.random(array.shape) < share, rng.choice(ODD, array.shape), array)
    agree(lambda space, x: space.nn.functional.max_pool2d(x, *options, return_indices=True), array)


@pytest.mark.parametrize("kernel", [2, 3])
def test_only_minus_infinity_under_padding(kernel):
    array = np.full((1, 2, 5, 5), -np.inf)
    agree(lambda space, x: space.nn.functional.max_pool2d(x, kernel, padding=1, return_indices=True), array)
    agree(lambda space, x: space.nn.functional.max_pool2d(x, kernel, return_indices=True), array)


@pytest.mark.parametrize("shape", [(3, 6, 7), (0, 3, 6, 7), (1, 1, 2, 2)], ids=str)
def test_unbatched_empty_and_smallest_inputs(shape):
    agree(lambda space, x: space.nn.functional.max_pool2d(x, 2, return_indices=True), seeded(shape))


@pytest.mark.parametrize("dtype", ["float32", "float16", "int64", "uint8"])
def test_other_types(dtype):
    array = (np.abs(seeded((2, 3, 7, 7))) * 9).astype(dtype)
    agree(lambda space, x: space.nn.functional.max_pool2d(x, 3, 2, 1, return_indices=True), array)


def test_inputs_that_are_not_contiguous():
    agree(lambda space, x: space.nn.functional.max_pool2d(x.transpose(1, 3)[:, :, 1:], 2, 1), seeded((2, 6, 7, 3)))


def test_windows_that_reach_beyond_the_end():
    for size, options in itertools.product(range(2, 9), [(2, 2, 0), (2, 2, 1), (3, 2, 1), (2, 3, 1), (3, 5, 1)]):
        agree(
            lambda space, x, options=options: space.nn.functional.max_pool2d(x, *options, ceil_mode=True),
            seeded((1, 1, size, size)),
        )


@pytest.mark.parametrize("stride", [None, (), []], ids=str)
def test_stride_defaults_to_the_window(stride):
    agree(lambda space, x: space.nn.functional.max_pool2d(x, (2, 3), stride), seeded((1, 2, 7, 7)))


def test_a_window_wholly_in_the_padding_gets_no_gradient():
    x = reference.from_numpy(seeded((1, 1, 2, 2))).requires_grad_()
    pooled = reference.nn.functional.max_pool2d(x, 2, stride=1, padding=1, dilation=3)
    assert pooled.tolist() == [[[[-np.inf]]]]
    pooled.sum().backward()
    assert x.grad.tolist() == [[[[0.0, 0.0], [0.0, 0.0]]]]


REFUSED = {
    "two dimensions": ((7, 7), {"kernel_size": 2}),
    "five dimensions": ((1, 1, 1, 7, 7), {"kernel_size": 2}),
    "no channels": ((1, 0, 7, 7), {"kernel_size": 2}),
    "no height": ((1, 2, 0, 7), {"kernel_size": 2}),
    "no channels, unbatched": ((0, 7, 7), {"kernel_size": 2}),
    "kernel 0": ((1, 2, 7, 7), {"kernel_size": 0}),
    "kernel below 0": ((1, 2, 7, 7), {"kernel_size": -2}),
    "kernel too large": ((1, 2, 7, 7), {"kernel_size": 9}),
    "three kernels": ((1, 2, 7, 7), {"kernel_size": (2, 3, 4)}),
    "kernel no int": ((1, 2, 7, 7), {"kernel_size": 2.5}),
    "stride 0": ((1, 2, 7, 7), {"kernel_size": 3, "stride": 0}),
    "stride below 0": ((1, 2, 7, 7), {"kernel_size": 3, "stride": -1}),
    "padding above half": ((1, 2, 7, 7), {"kernel_size": 3, "padding": 2}),
    "padding above half of a dilated window": ((1, 2, 7, 7), {"kernel_size": 3, "padding": 2, "dilation": 2}),
    "padding below 0": ((1, 2, 7, 7), {"kernel_size": 3, "padding": -1}),
    "dilation 0": ((1, 2, 7, 7), {"kernel_size": 3, "dilation": 0}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case):
    shape, options = REFUSED[case]
    both_refuse(lambda space, x: space.nn.functional.max_pool2d(x, **options), seeded(shape))


def test_module():
    array = seeded((2, 2, 7, 8))
    for arguments, options in [((2,), {}), (((2, 3), (1, 2)), {"ceil_mode": True}), ((3, 2, 1), {"dilation": 2})]:
        ours, theirs = (namespace.nn.MaxPool2d(*arguments, **options) for namespace in NAMESPACES)
        assert repr(ours) == repr(theirs)
        assert_same(ours(reference.from_numpy(array)), theirs(torch.from_numpy(array)))
    pooled, indices = reference.nn.MaxPool2d(2, return_indices=True)(reference.from_numpy(array))
    assert pooled.shape == indices.shape
    assert indices.dtype is reference.int64
