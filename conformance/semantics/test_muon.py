"""Muon: its parameters have two dimensions, and what is exact of its documented algorithm."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused

MUON = documented("generated/torch.optim.Muon.html")
ORIGINAL = {"adjust_lr_fn": "original"}
MATCHING = {"adjust_lr_fn": "match_rms_adamw"}


def _first_element(torch, nn, optim, rows, columns, adjustment, rate=0.5):
    """The first element of a matrix of zeros after a step along a gradient that has no other element."""
    parameter = nn.Parameter(torch.zeros(rows, columns))
    gradient = torch.zeros(rows, columns)
    gradient[0, 0] = 4.0
    parameter.grad = gradient
    optim.Muon([parameter], lr=rate, weight_decay=0.0, **adjustment).step()
    return parameter[0, 0].item()


@clause(
    "muon.two-dimensions",
    "Parameters that have not two dimensions are refused.",
    MUON,
    profile=Profile.OPTIMIZER,
)
def test_muon_two_dimensions(torch, nn, optim):
    optim.Muon([nn.Parameter(torch.zeros(2, 3))])
    for shape in ((3,), (2, 3, 1)):
        with refused(f"a parameter of {len(shape)} dimensions"):
            optim.Muon([nn.Parameter(torch.zeros(*shape))])


@clause(
    "muon.default-options",
    "lr is 0.001, weight_decay 0.1, momentum 0.95, the coefficients 3.4445, -4.775 and 2.0315, eps 1e-7 and ns_steps 5 "
    "unless they are given.",
    MUON,
    profile=Profile.OPTIMIZER,
)
def test_muon_default_options(torch, nn, optim):
    (group,) = optim.Muon([nn.Parameter(torch.zeros(2, 3))]).param_groups
    assert (group["lr"], group["weight_decay"], group["momentum"]) == (1e-3, 0.1, 0.95)
    assert tuple(group["ns_coefficients"]) == (3.4445, -4.775, 2.0315)
    assert (group["eps"], group["ns_steps"]) == (1e-7, 5)


@clause(
    "muon.weight-decay",
    "Weight decay is decoupled: where there is no gradient to follow, it shrinks the parameter by the learning rate "
    "times itself.",
    MUON,
    profile=Profile.OPTIMIZER,
)
def test_muon_weight_decay(torch, nn, optim):
    parameter = nn.Parameter(torch.tensor([[8.0, -4.0], [16.0, 0.0]]))
    parameter.grad = torch.zeros(2, 2)
    optim.Muon([parameter], lr=0.5, weight_decay=0.25).step()
    assert parameter.tolist() == [[7.0, -3.5], [14.0, 0.0]]


@clause(
    "muon.original-rate",
    "The original adjustment multiplies the rate by the root of A / B, A rows and B columns, but by no less than 1.",
    MUON,
    profile=Profile.OPTIMIZER,
)
def test_muon_original_rate(torch, nn, optim):
    square = _first_element(torch, nn, optim, 1, 1, ORIGINAL)
    assert square < 0
    assert _first_element(torch, nn, optim, 4, 1, ORIGINAL) == 2 * square
    assert _first_element(torch, nn, optim, 1, 4, ORIGINAL) == square


@clause(
    "muon.matching-rate",
    "The adjustment match_rms_adamw multiplies the rate by 0.2 times the root of the larger of the two dimensions.",
    MUON,
    profile=Profile.OPTIMIZER,
)
def test_muon_matching_rate(torch, nn, optim):
    square = _first_element(torch, nn, optim, 1, 1, MATCHING)
    assert square < 0
    for shape in ((4, 1), (1, 4)):
        assert _first_element(torch, nn, optim, *shape, MATCHING) == 2 * square
    fifth, whole = (_first_element(torch, nn, optim, 1, 1, one, rate=5.0) for one in (MATCHING, ORIGINAL))
    assert whole == 5 * fifth


@clause(
    "muon.rate-default",
    "Without adjust_lr_fn the adjustment is the original one.",
    MUON,
    profile=Profile.OPTIMIZER,
)
def test_muon_rate_default(torch, nn, optim):
    for shape in ((4, 1), (1, 4)):
        original = _first_element(torch, nn, optim, *shape, ORIGINAL)
        assert _first_element(torch, nn, optim, *shape, {}) == original


@clause(
    "muon.rate-name",
    "An adjust_lr_fn other than 'original' and 'match_rms_adamw' is refused.",
    MUON,
    profile=Profile.OPTIMIZER,
)
def test_muon_rate_name(torch, nn, optim):
    with refused("the adjustment 'match_rms_adam'"):
        optim.Muon([nn.Parameter(torch.zeros(2, 3))], adjust_lr_fn="match_rms_adam")


def _first_row(torch, nn, optim, gradients, options):
    """The only element of a matrix, at first 0, after each step along the given gradients."""
    parameter = nn.Parameter(torch.zeros(1, 1))
    optimizer = optim.Muon([parameter], lr=1.0, weight_decay=0.0, **options)
    values = []
    for gradient in gradients:
        parameter.grad = torch.tensor([[gradient]])
        optimizer.step()
        values.append(parameter.item())
    return values


@clause(
    "muon.nesterov",
    "With nesterov, as by default, the direction is that of the gradient plus momentum times the buffer; without it, "
    "that of the buffer, which is momentum times the last one plus the gradient.",
    MUON,
    profile=Profile.OPTIMIZER,
)
def test_muon_nesterov(torch, nn, optim):
    # buffer: 1, then 0.5 - 0.375 = 0.125, still upwards; gradient plus half of it: -0.3125, downwards
    gradients = [1.0, -0.375]
    first, second = _first_row(torch, nn, optim, gradients, {"momentum": 0.5, "nesterov": False})
    assert 0 > first > second
    for option in ({"nesterov": True}, {}):
        first, second = _first_row(torch, nn, optim, gradients, {"momentum": 0.5, **option})
        assert first < second
        assert first < 0


@clause(
    "muon.iterations",
    "ns_steps is the number of iterations, whose polynomial has ns_coefficients.",
    MUON,
    profile=Profile.OPTIMIZER,
)
def test_muon_iterations(torch, nn, optim):
    doubling = {"ns_coefficients": (2.0, 0.0, 0.0)}
    ((once,), (thrice,)) = (_first_row(torch, nn, optim, [4.0], {"ns_steps": steps, **doubling}) for steps in (1, 3))
    assert once < 0
    assert thrice == 4 * once
    (same,) = _first_row(torch, nn, optim, [4.0], {"ns_steps": 1, "ns_coefficients": (4.0, 0.0, 0.0)})
    assert same == 2 * once
