"""Pools, their inverses and the layers that pad, of the reference backend against torch."""

import ml_dtypes  # noqa: F401 - registers bfloat16 with NumPy
import numpy as np
import pytest
from against_torch import NAMESPACES, agree, both_refuse, reference, seeded, torch

SHAPES = {1: (2, 3, 11), 2: (2, 3, 7, 8), 3: (1, 2, 6, 7, 5)}

POOLS = {
    "max_pool": [{"kernel_size": 3, "stride": 2, "padding": 1, "dilation": 2, "ceil_mode": True}, {"kernel_size": 2}],
    "lp_pool": [{"norm_type": 2, "kernel_size": 3, "stride": 2}, {"norm_type": float("inf"), "kernel_size": 2}],
    "adaptive_avg_pool": [{"output_size": 3}, {"output_size": 12}],
    "adaptive_max_pool": [{"output_size": 4}, {"output_size": 12}],
}
CALLS = [
    pytest.param(f"{name}{n}d", n, options, id=f"{name}{n}d-{index}")
    for name, several in POOLS.items()
    for n in (1, 2, 3)
    for index, options in enumerate(several)
]

LAYERS = [
    *(f"MaxPool{n}d({kernel}, stride=2, return_indices=True)" for n, kernel in ((1, "3"), (2, "(2, 3)"), (3, "2"))),
    *(f"LPPool{n}d(1.5, 3, ceil_mode=True)" for n in (1, 2, 3)),
    *(f"AdaptiveAvgPool{n}d({size})" for n, size in ((1, "3"), (2, "(None, 3)"), (3, "(2, 3, None)"))),
    *(f"AdaptiveMaxPool{n}d({size}, True)" for n, size in ((1, "3"), (2, "(None, 3)"), (3, "2"))),
    *(f"MaxUnpool{n}d(3, stride=2, padding=1)" for n in (1, 2, 3)),
    *(f"{kind}Pad{n}d(1)" for kind in ("Zero", "Reflection", "Replication", "Circular") for n in (1, 2, 3)),
    *(f"ConstantPad{n}d({tuple(range(2 * n))}, 1.5)" for n in (1, 2, 3)),
]


@pytest.mark.parametrize(("name", "n", "options"), CALLS)
def test_values_and_gradients(name, n, options):
    for array in (seeded(SHAPES[n]), seeded(SHAPES[n][1:], seed=1)):
        agree(lambda space, x: getattr(space.nn.functional, name)(x, **options), np.abs(array))


@pytest.mark.parametrize("name", ["max_pool", "adaptive_max_pool"])
@pytest.mark.parametrize("n", [1, 2, 3])
def test_positions(name, n):
    tied = np.random.default_rng(n).integers(0, 3, SHAPES[n]).astype("float64")
    agree(lambda space, x: getattr(space.nn.functional, f"{name}{n}d")(x, 3, return_indices=True), seeded(SHAPES[n]))
    agree(lambda space, x: getattr(space.nn.functional, f"{name}{n}d")(x, 3, return_indices=True), tied)


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("asked", ["lengths", "shape"])
def test_unpooling_what_was_pooled(n, asked):
    def there_and_back(space, x):
        functional = space.nn.functional
        pooled, indices = getattr(functional, f"max_pool{n}d")(x, 3, return_indices=True)
        size = x.shape if asked == "shape" else x.shape[2:]
        return getattr(functional, f"max_unpool{n}d")(pooled, indices, 3, output_size=size)

    agree(there_and_back, seeded(SHAPES[n]))


@pytest.mark.parametrize("n", [1, 2, 3])
def test_output_sizes_that_no_pool_takes_to_the_input(n):
    def wrong(space, x):
        indices = space.zeros(x.shape, dtype=space.int64)
        return getattr(space.nn.functional, f"max_unpool{n}d")(x, indices, 2, output_size=[99] * n)

    both_refuse(wrong, seeded(SHAPES[n]))


@pytest.mark.parametrize("made", LAYERS)
def test_layers_print_alike(made):
    ours, theirs = (repr(eval(f"nn.{made}", {"nn": namespace.nn})) for namespace in NAMESPACES)
    assert ours == theirs


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
@pytest.mark.parametrize("name", ["max_pool2d", "adaptive_max_pool2d"])
def test_positions_of_halves(name, dtype):
    def positions(space):
        x = space.tensor(seeded((1, 2, 6, 6), "float32").tolist()).to(getattr(space, dtype))
        return getattr(space.nn.functional, name)(x, 2, return_indices=True)[1].numpy()

    np.testing.assert_array_equal(positions(reference), positions(torch))
