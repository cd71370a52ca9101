"""ASGD: what its documentation, which gives no formula, says of its options."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._steps import values_after_steps

ASGD = documented("generated/torch.optim.ASGD.html")
GRADIENTS = (4.0, -2.0, 8.0, 1.0)


def _values(torch, nn, optim, gradients, options):
    parameter = nn.Parameter(torch.tensor([8.0]))
    return values_after_steps(torch, optim.ASGD([parameter], lr=0.5, **options), parameter, gradients)


@clause(
    "asgd.default-options",
    "lr is 0.01, lambd 0.0001, alpha 0.75, t0 1e6, weight_decay 0 and maximize False unless they are given.",
    ASGD,
    profile=Profile.OPTIMIZER,
)
def test_asgd_default_options(torch, nn, optim):
    (group,) = optim.ASGD([nn.Parameter(torch.tensor([8.0]))]).param_groups
    assert (group["lr"], group["lambd"], group["alpha"], group["t0"]) == (1e-2, 1e-4, 0.75, 1e6)
    assert group["weight_decay"] == 0
    assert not group["maximize"]


@clause(
    "asgd.maximize",
    "With maximize the objective is maximized: each step is that of the negated gradient.",
    ASGD,
    profile=Profile.OPTIMIZER,
)
def test_asgd_maximize(torch, nn, optim):
    up = _values(torch, nn, optim, GRADIENTS, {"maximize": True})
    assert up == _values(torch, nn, optim, [-gradient for gradient in GRADIENTS], {})
    assert up != _values(torch, nn, optim, GRADIENTS, {})


@clause(
    "asgd.weight-decay",
    "Weight decay is an L2 penalty: a step is that of the gradient plus its multiple of the parameter.",
    ASGD,
    profile=Profile.OPTIMIZER,
)
def test_asgd_weight_decay(torch, nn, optim):
    decayed = _values(torch, nn, optim, [4.0], {"weight_decay": 0.25})
    assert decayed == _values(torch, nn, optim, [6.0], {})  # 4 and a quarter of 8
    assert decayed != _values(torch, nn, optim, [4.0], {})


@clause(
    "asgd.state-dict",
    "An ASGD that loads another one's state dict goes on as that one would.",
    documented("generated/torch.optim.Optimizer.load_state_dict.html"),
    profile=Profile.OPTIMIZER,
)
def test_asgd_state_dict(torch, nn, optim):
    def started():
        parameter = nn.Parameter(torch.tensor([8.0]))
        return parameter, optim.ASGD([parameter], lr=0.5, lambd=0.25, alpha=0.5, t0=1.0)

    parameter, optimizer = started()
    whole = values_after_steps(torch, optimizer, parameter, GRADIENTS + GRADIENTS)

    parameter, optimizer = started()
    first = values_after_steps(torch, optimizer, parameter, GRADIENTS)
    copy, resumed = started()
    copy.data = parameter.detach().clone()
    resumed.load_state_dict(optimizer.state_dict())
    assert first + values_after_steps(torch, resumed, copy, GRADIENTS) == whole
