"""Resizing, sampling and rearranging of images of the reference backend against torch."""

import itertools

import numpy as np
import pytest
from against_torch import NAMESPACES, agree, both_refuse, graph, outcome, quietly, seeded

IMAGES = {1: (1, 2, 7), 2: (2, 1, 5, 7), 3: (1, 1, 3, 4, 5)}
MODES = {
    "nearest": (1, 2, 3),
    "nearest-exact": (1, 2, 3),
    "area": (1, 2, 3),
    "linear": (1,),
    "bilinear": (2,),
    "bicubic": (2,),
    "trilinear": (3,),
}
CORNERED = ("linear", "bilinear", "bicubic", "trilinear")
TARGETS = [
    {"size": 9},
    {"size": 3},
    {"scale_factor": 1.7},
    {"scale_factor": 0.6, "recompute_scale_factor": True},
    {"scale_factor": 2.0},
]


def same_node(run, *arrays):
    """Assert that both namespaces call the node of the result alike."""
    names = [graph(outcome(space, run, arrays)[0][0])[0] for space in NAMESPACES]
    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("mode", "dimensions"), [(mode, n) for mode, several in MODES.items() for n in several], ids=str
)
@pytest.mark.parametrize("corners", [None, False, True])
def test_interpolate(mode, dimensions, corners):
    array = seeded(IMAGES[dimensions])
    for target in TARGETS:

        def run(space, x, target=target):
            return space.nn.functional.interpolate(x, mode=mode, align_corners=corners, **target)

        if corners is not None and mode not in CORNERED:
            both_refuse(run, array)
        else:
            agree(run, array)
            if (mode, dimensions) != ("area", 1):  # torch squeezes an image here
                same_node(run, array)


@pytest.mark.parametrize("mode", ["bilinear", "bicubic", "lanczos"])
@pytest.mark.parametrize("corners", [None, False])
def test_interpolate_with_a_filter(mode, corners):
    for target in TARGETS:
        agree(
            lambda space, x, target=target: space.nn.functional.interpolate(
                x, mode=mode, align_corners=corners, antialias=True, **target
            ),
            seeded(IMAGES[2]),
        )


@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_interpolate_in_other_types(dtype):
    agree(lambda space, x: space.nn.functional.interpolate(x, size=(3, 9), mode="bilinear"), seeded(IMAGES[2], dtype))


def test_older_names():
    array = seeded((1, 2, 2, 3))
    for name, options in (
        ("upsample", {"scale_factor": 2, "mode": "bilinear"}),
        ("upsample_nearest", {"size": (4, 6)}),
        ("upsample_bilinear", {"scale_factor": 3}),
    ):
        agree(quietly(lambda space, x, name=name, o=options: getattr(space.nn.functional, name)(x, **o)), array)
        for space in NAMESPACES:
            with pytest.warns(UserWarning, match="deprecated"):
                getattr(space.nn.functional, name)(space.from_numpy(array), **options)


@pytest.mark.parametrize("mode", ["nearest", "bilinear", "bicubic"])
@pytest.mark.parametrize("padding", ["zeros", "border", "reflection"])
@pytest.mark.parametrize("corners", [None, False, True])
def test_grid_sample(mode, padding, corners):
    for image, outputs in (((2, 3, 4, 5), (3, 6)), ((2, 2, 3, 4, 5), (2, 3, 2)), ((1, 1, 1, 4), (3, 3))):
        grid = 1.5 * seeded((image[0], *outputs, len(outputs)), seed=2)

        def sample(space, x, places):
            return space.nn.functional.grid_sample(x, places, mode, padding, corners)

        run = quietly(sample)

        if mode == "bicubic" and len(outputs) == 3:
            both_refuse(run, seeded(image), grid)
        else:
            agree(run, seeded(image), grid)
            same_node(run, seeded(image), grid)


@pytest.mark.parametrize("size", [(2, 3, 4, 5), (2, 1, 3, 1, 4), (1, 1, 1, 6)], ids=str)
@pytest.mark.parametrize("corners", [None, False, True])
def test_affine_grid(size, corners):
    n = len(size) - 2
    agree(quietly(lambda space, x: space.nn.functional.affine_grid(x, size, corners)), seeded((size[0], n, n + 1)))


@pytest.mark.parametrize("kernel", [2, (2, 3)], ids=str)
@pytest.mark.parametrize("dilation", [1, (2, 1)], ids=str)
@pytest.mark.parametrize("padding", [0, (1, 2)], ids=str)
@pytest.mark.parametrize("stride", [1, (2, 3)], ids=str)
def test_unfold_and_fold(kernel, dilation, padding, stride):
    for image in ((2, 3, 6, 7), (3, 6, 7)):
        agree(lambda space, x: space.nn.functional.unfold(x, kernel, dilation, padding, stride), seeded(image))
        unfolded = NAMESPACES[0].nn.functional.unfold(
            NAMESPACES[0].from_numpy(seeded(image)), kernel, dilation, padding, stride
        )
        agree(
            lambda space, x: space.nn.functional.fold(x, (6, 7), kernel, dilation, padding, stride),
            seeded(tuple(unfolded.shape)),
        )


def test_pixels_and_channels():
    for factor, shape in itertools.product((1, 2, 3), ((2, 36, 6, 12), (36, 6, 6), (1, 2, 36, 6, 6))):
        agree(lambda space, x, r=factor: space.nn.functional.pixel_shuffle(x, r), seeded(shape))
        agree(lambda space, x, r=factor: space.nn.functional.pixel_unshuffle(x, r), seeded(shape))
    for groups in (1, 2, 3, 12):
        agree(lambda space, x, g=groups: space.nn.functional.channel_shuffle(x, g), seeded((2, 12, 3, 2)))


REFUSED = {
    "pixel_shuffle of two dimensions": (lambda f, x: f.pixel_shuffle(x[0, 0], 2)),
    "pixel_shuffle by nothing": (lambda f, x: f.pixel_shuffle(x, 0)),
    "pixel_unshuffle that leaves pixels": (lambda f, x: f.pixel_unshuffle(x, 4)),
    "channel_shuffle by five": (lambda f, x: f.channel_shuffle(x, 5)),
    "unfold with a kernel too large": (lambda f, x: f.unfold(x, 9)),
    "unfold with stride 0": (lambda f, x: f.unfold(x, 2, stride=0)),
    "fold of four dimensions": (lambda f, x: f.fold(x, 6, 2)),
    "interpolate to nothing": (lambda f, x: f.interpolate(x, size=0)),
    "interpolate in an unknown mode": (lambda f, x: f.interpolate(x, size=3, mode="sinc")),
    "grid_sample in an unknown mode": (lambda f, x: f.grid_sample(x, x[:, 0, :, :2, None], mode="sinc")),
    "affine_grid of nothing": (lambda f, x: f.affine_grid(x[:, 0, :2, :3], (1, 1, 0, 3))),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case):
    both_refuse(quietly(lambda space, x: REFUSED[case](space.nn.functional, x)), seeded((1, 4, 6, 6)))


MODULES = {
    "PixelShuffle": [(2,)],
    "PixelUnshuffle": [(3,)],
    "ChannelShuffle": [(2,)],
    "Unfold": [(2,), ((2, 3), 1, (1, 2), 2)],
    "Fold": [((4, 5), 2)],
    "Upsample": [(3,), (None, 2), (None, (2, 3.5), "bilinear", True)],
    "UpsamplingNearest2d": [(3,), (None, 2)],
    "UpsamplingBilinear2d": [((3, 4),), (None, (2, 3))],
    "Unflatten": [(1, (2, 3)), (-1, [3, -1])],
    "Bilinear": [(2, 3, 4), (2, 3, 4, False)],
    "CosineSimilarity": [(), (0, 0.5)],
    "PairwiseDistance": [(), (3.0, 0.5, True)],
}


@pytest.mark.parametrize("name", MODULES)
def test_modules_have_the_same_text_and_state(name):
    for arguments in MODULES[name]:
        ours, theirs = (getattr(space.nn, name)(*arguments) for space in NAMESPACES)
        assert repr(ours) == repr(theirs)
        shapes = [{key: tuple(value.shape) for key, value in one.state_dict().items()} for one in (ours, theirs)]
        assert shapes[0] == shapes[1]
        public = [{k: v for k, v in vars(one).items() if not k.startswith("_")} for one in (ours, theirs)]
        assert public[0] == public[1]


def test_distances():
    x, y = seeded((4, 5)), seeded((4, 5), seed=1)
    for p, keep in itertools.product((1.0, 2.0, 3.0, -1.0), (False, True)):
        agree(lambda space, a, b, p=p, k=keep: space.nn.functional.pairwise_distance(a, b, p, 0.25, k), x, y)
    for p in (0.0, 0.5, 1.0, 2.0, 3.0, np.inf):
        agree(lambda space, a, p=p: space.nn.functional.pdist(a, p), x)
    for shapes, dim in ((((4, 5), (4, 5)), 1), (((3, 1, 4), (2, 4)), -1), (((5,), (2, 5)), 0)):
        pair = (seeded(shapes[0]), seeded(shapes[1], seed=1))
        agree(lambda space, a, b, dim=dim: space.nn.functional.cosine_similarity(a, b, dim), *pair)
    both_refuse(lambda space, a: space.nn.functional.pdist(a, -1.0), x)
    both_refuse(lambda space, a: space.nn.functional.pdist(a[0]), x)
    both_refuse(lambda space, a, b: space.nn.functional.cosine_similarity(a, b[:, :3]), x, y)


@pytest.mark.parametrize("leading", [(3,), (2, 3)], ids=str)
@pytest.mark.parametrize("bias", [False, True])
def test_bilinear(leading, bias):
    arrays = [seeded((*leading, 3)), seeded((*leading, 2), seed=1), seeded((4, 3, 2), seed=2)]
    agree(
        lambda space, *given: space.nn.functional.bilinear(*given), *arrays, *([seeded((4,), seed=3)] if bias else [])
    )


def test_unflatten():
    for dim, sizes in ((1, (2, 3, 2)), (1, (-1, 4)), (-2, (3, -1)), (0, (2, 1))):
        agree(lambda space, x, d=dim, s=sizes: space.unflatten(x, d, s), seeded((2, 12, 3)))
    both_refuse(lambda space, x: space.unflatten(x, 1, (5, 2)), seeded((2, 12)))
    both_refuse(lambda space, x: space.unflatten(x, 1, ()), seeded((2, 12)))
