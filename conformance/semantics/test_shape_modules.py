"""Modules that move numbers or keep them: what their arguments are, and which values they keep exactly."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused

IDENTITY = documented("generated/torch.nn.Identity.html")
INTERPOLATE = documented("generated/torch.nn.functional.interpolate.html")
BILINEAR = documented("generated/torch.nn.Bilinear.html")
UNFLATTEN = documented("generated/torch.nn.Unflatten.html")


@clause(
    "identity_module.output",
    "Identity gives its input back, of any shape.",
    IDENTITY,
    profile=Profile.MODULE,
)
def test_identity_module_output(torch, nn):
    for numbers in (3.0, [1.0, -2.0, 0.0], [[[1.0], [2.0]]], []):
        output = nn.Identity()(torch.tensor(numbers))
        assert output.tolist() == numbers


@clause(
    "identity_module.arguments",
    "Identity may be made with any arguments, by position or by name, and ignores them.",
    IDENTITY,
    profile=Profile.MODULE,
    follows_from=("identity_module.output",),
)
def test_identity_module_arguments(torch, nn):
    module = nn.Identity(54, unused_argument1=0.1, unused_argument2=False)
    assert module(torch.tensor([2.0, 3.0])).tolist() == [2.0, 3.0]
    assert list(module.parameters()) == []


@clause(
    "identity_module.gradient",
    "The gradient passes through Identity as it is.",
    IDENTITY,
    profile=Profile.TAPE,
    follows_from=("identity_module.output",),
)
def test_identity_module_gradient(torch, nn):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    nn.Identity()(x).backward(torch.tensor([3.0, -4.0]))
    assert x.grad.tolist() == [3.0, -4.0]


@clause(
    "interpolation.bicubic-corners",
    "With align_corners the corner pixels keep their values in mode bicubic too.",
    INTERPOLATE,
    profile=Profile.MODULE,
    follows_from=("interpolate.align-corners",),
)
def test_interpolation_bicubic_corners(torch, F):
    rows = [[1.0, 2.0, 4.0], [8.0, 16.0, 32.0], [64.0, -128.0, 256.0]]
    output = F.interpolate(torch.tensor([[rows]]), size=(5, 9), mode="bicubic", align_corners=True).tolist()[0][0]
    assert [output[0][0], output[0][-1], output[-1][0], output[-1][-1]] == [1.0, 4.0, 64.0, 256.0]


@clause(
    "bilinear_module.in-features",
    "Bilinear refuses a number of first input features that is not above 0.",
    BILINEAR,
    profile=Profile.MODULE,
)
def test_bilinear_module_in_features(nn):
    for first in (0, -1):
        with refused(f"Bilinear({first}, 2, 3)"):
            nn.Bilinear(first, 2, 3)


@clause(
    "bilinear_module.other-features",
    "Bilinear refuses numbers of second input features and of output features that are not above 0.",
    BILINEAR,
    profile=Profile.MODULE,
)
def test_bilinear_module_other_features(nn):
    for second, out in ((0, 3), (2, 0)):
        with refused(f"Bilinear(1, {second}, {out})"):
            nn.Bilinear(1, second, out)


@clause(
    "unflatten_module.sizes",
    "Unflatten takes its sizes as a tuple, a list or a torch.Size.",
    UNFLATTEN,
    profile=Profile.MODULE,
    follows_from=("unflatten.*",),
)
def test_unflatten_module_sizes(torch, nn):
    x = torch.tensor([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]])
    for sizes in ((2, 3), [2, 3], torch.Size([2, 3])):
        assert nn.Unflatten(1, sizes)(x).tolist() == [[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]
