"""Activations as modules: what their arguments and their mode change that no function of arrays shows."""

from __future__ import annotations

import warnings

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused

SOFTMAX2D = documented("generated/torch.nn.Softmax2d.html")
PRELU = documented("generated/torch.nn.PReLU.html")
RRELU = documented("generated/torch.nn.RReLU.html")
FAR = -10_000.0
"""A number whose exponential is exactly 0 beside that of 0, in every floating-point type."""


@clause(
    "softmax2d_module.channels",
    "Softmax2d takes the softmax over the channels, the second dimension of four, at each pixel by itself.",
    SOFTMAX2D,
    profile=Profile.MODULE,
)
def test_softmax2d_module_channels(torch, nn):
    x = torch.tensor([[[[0.0, 0.0], [FAR, 0.0]], [[0.0, FAR], [0.0, 0.0]]], [[[0.0, 0.0]] * 2, [[FAR, FAR]] * 2]])
    first, second = nn.Softmax2d()(x).tolist()
    assert first == [[[0.5, 1.0], [0.0, 0.5]], [[0.5, 0.0], [1.0, 0.5]]]
    assert second == [[[1.0, 1.0]] * 2, [[0.0, 0.0]] * 2]


@clause(
    "softmax2d_module.unbatched",
    "Softmax2d of an image without a batch takes the softmax over the first dimension of three.",
    SOFTMAX2D,
    profile=Profile.MODULE,
    follows_from=("softmax2d_module.channels",),
)
def test_softmax2d_module_unbatched(torch, nn):
    x = torch.tensor([[[0.0, 0.0], [FAR, 0.0]], [[0.0, FAR], [0.0, 0.0]]])
    assert nn.Softmax2d()(x).tolist() == [[[0.5, 1.0], [0.0, 0.5]], [[0.5, 0.0], [1.0, 0.5]]]


@clause(
    "softmax2d_module.dimensions",
    "Softmax2d refuses an input that has neither three nor four dimensions.",
    SOFTMAX2D,
    profile=Profile.MODULE,
)
def test_softmax2d_module_dimensions(torch, nn):
    for x in (torch.tensor([[0.0, 1.0]]), torch.tensor([[[[[0.0, 1.0]]]]])):
        with refused(f"Softmax2d of an input of {x.dim()} dimensions"):
            nn.Softmax2d()(x)


@clause(
    "prelu_module.initial-slope",
    "PReLU() has one slope of 0.25; PReLU(n, init=a) has n slopes of a.",
    PRELU,
    profile=Profile.MODULE,
)
def test_prelu_module_initial_slope(nn):
    assert nn.PReLU().weight.tolist() == [0.25]
    assert nn.PReLU(3).weight.tolist() == [0.25, 0.25, 0.25]
    assert nn.PReLU(num_parameters=2, init=-0.5).weight.tolist() == [-0.5, -0.5]


@clause(
    "prelu_module.learnt",
    "The slopes of PReLU are a parameter called weight, and have a gradient after backward().",
    PRELU,
    profile=Profile.MODULE,
)
def test_prelu_module_learnt(torch, nn):
    module = nn.PReLU(2)
    assert [name for name, _ in module.named_parameters()] == ["weight"]
    module(torch.tensor([[-1.0, 2.0], [-4.0, -8.0]])).sum().backward()
    assert module.weight.grad.tolist() == [-5.0, -8.0]


@clause(
    "rrelu_module.evaluation",
    "In evaluation RReLU multiplies negative elements by the mean of its bounds.",
    RRELU,
    profile=Profile.MODULE,
)
def test_rrelu_module_evaluation(torch, nn):
    module = nn.RReLU(0.25, 0.75)
    module.eval()
    assert module(torch.tensor([-4.0, 3.0, -1.0])).tolist() == [-2.0, 3.0, -0.5]


@clause(
    "rrelu_module.training",
    "In training RReLU multiplies negative elements by slopes within its bounds, drawn for each element.",
    RRELU,
    profile=Profile.MODULE,
)
def test_rrelu_module_training(torch, nn):
    slopes = [-y for y in nn.RReLU(0.25, 0.75)(torch.tensor([-1.0] * 64)).tolist()]
    assert all(0.25 <= slope <= 0.75 for slope in slopes)
    assert len(set(slopes)) > 1  # 64 equal ones of 2^22 and more have a chance below 10^-400


@clause(
    "rrelu_module.training-positive",
    "In training RReLU leaves positive elements as they are.",
    RRELU,
    profile=Profile.MODULE,
)
def test_rrelu_module_training_positive(torch, nn):
    assert nn.RReLU(0.25, 0.75)(torch.tensor([3.0, 0.5, 2.0] * 8)).tolist() == [3.0, 0.5, 2.0] * 8


@clause(
    "activation_module.in-place",
    "An activation with inplace=True writes its result into the memory of its input.",
    documented("generated/torch.nn.ReLU6.html"),
    profile=Profile.MODULE,
)
def test_activation_module_in_place(torch, nn):
    cases = (
        (nn.ReLU6(inplace=True), [-1.0, 8.0], [0.0, 6.0]),
        (nn.LeakyReLU(0.25, inplace=True), [-2.0, 8.0], [-0.5, 8.0]),
        (nn.ELU(0.5, inplace=True), [FAR, 8.0], [-0.5, 8.0]),
        (nn.CELU(0.5, inplace=True), [FAR, 8.0], [-0.5, 8.0]),
        (nn.Hardtanh(-2.0, 3.0, inplace=True), [-4.0, 8.0], [-2.0, 3.0]),
        (nn.Hardsigmoid(inplace=True), [-4.0, 8.0], [0.0, 1.0]),
        (nn.Threshold(1.0, -7.0, inplace=True), [0.5, 8.0], [-7.0, 8.0]),
    )
    for module, before, after in cases:
        x = torch.tensor(before)
        result = module(x)
        assert (x.tolist(), result.tolist()) == (after, after)


@clause(
    "hardtanh_module.deprecated-names",
    "Hardtanh still takes min_value and max_value, the deprecated names of min_val and max_val.",
    documented("generated/torch.nn.Hardtanh.html"),
    profile=Profile.MODULE,
)
def test_hardtanh_module_deprecated_names(torch, nn):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that they are deprecated may be said
        module = nn.Hardtanh(min_value=-0.5, max_value=2.0)
    assert module(torch.tensor([-1.0, 0.25, 3.0])).tolist() == [-0.5, 0.25, 2.0]
