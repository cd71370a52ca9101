"""LBFGS: a closure that is evaluated several times, its limits, and its single group."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import OPTIMIZERS

LBFGS = documented("generated/torch.optim.LBFGS.html")
CLOSURE = ("lbfgs.closure",)


def _parameter(torch, nn):
    return nn.Parameter(torch.tensor([8.0, -4.0]))


def _closure(optimizer, parameter, losses):
    """Return the closure of a bowl that is twice as steep in one direction, which keeps the losses that it gave."""

    def closure():
        optimizer.zero_grad()
        x, y = parameter[0], parameter[1]
        loss = x * x + 2.0 * y * y
        loss.backward()
        losses.append(loss.item())
        return loss

    return closure


@clause(
    "lbfgs.closure",
    "step() evaluates the closure several times, and the parameters it finds have a lower loss.",
    OPTIMIZERS,
    profile=Profile.OPTIMIZER,
)
def test_lbfgs_closure(torch, nn, optim):
    parameter = _parameter(torch, nn)
    losses: list[float] = []
    optimizer = optim.LBFGS([parameter], lr=0.25)
    closure = _closure(optimizer, parameter, losses)
    optimizer.step(closure)
    assert len(losses) > 1
    assert closure().item() < losses[0] == 96.0


@clause(
    "lbfgs.closure-required",
    "step() without a closure is refused.",
    OPTIMIZERS,
    profile=Profile.OPTIMIZER,
)
def test_lbfgs_closure_required(torch, nn, optim):
    parameter = _parameter(torch, nn)
    parameter.grad = torch.tensor([1.0, 1.0])
    optimizer = optim.LBFGS([parameter])
    with refused("a step of LBFGS without a closure"):
        optimizer.step()


@clause(
    "lbfgs.one-group",
    "Parameter groups are refused: there can be one only.",
    LBFGS,
    profile=Profile.OPTIMIZER,
)
def test_lbfgs_one_group(torch, nn, optim):
    optim.LBFGS([{"params": [_parameter(torch, nn)]}])  # one group is one only
    with refused("two parameter groups of LBFGS"):
        optim.LBFGS([{"params": [_parameter(torch, nn)]}, {"params": [_parameter(torch, nn)]}])


@clause(
    "lbfgs.default-options",
    "lr is 1, max_iter 20, tolerance_grad 1e-7, tolerance_change 1e-9, history_size 100 and line_search_fn None unless "
    "they are given.",
    LBFGS,
    profile=Profile.OPTIMIZER,
)
def test_lbfgs_default_options(torch, nn, optim):
    (group,) = optim.LBFGS([_parameter(torch, nn)]).param_groups
    assert (group["lr"], group["max_iter"], group["history_size"]) == (1, 20, 100)
    assert (group["tolerance_grad"], group["tolerance_change"]) == (1e-7, 1e-9)
    assert group["line_search_fn"] is None


@clause(
    "lbfgs.max-eval-default",
    "max_eval is 1.25 times max_iter unless it is given.",
    LBFGS,
    profile=Profile.OPTIMIZER,
)
def test_lbfgs_max_eval_default(torch, nn, optim):
    (group,) = optim.LBFGS([_parameter(torch, nn)]).param_groups
    assert group["max_eval"] == 25
    (group,) = optim.LBFGS([_parameter(torch, nn)], max_iter=8).param_groups
    assert group["max_eval"] == 10


@clause(
    "lbfgs.max-eval",
    "A step evaluates the closure no more than max_eval times.",
    LBFGS,
    profile=Profile.OPTIMIZER,
    follows_from=CLOSURE,
)
def test_lbfgs_max_eval(torch, nn, optim):
    for limit in (3, 4):
        parameter = _parameter(torch, nn)
        losses: list[float] = []
        optimizer = optim.LBFGS([parameter], lr=2.0**-10, max_eval=limit)
        optimizer.step(_closure(optimizer, parameter, losses))
        assert 1 < len(losses) <= limit


@clause(
    "lbfgs.tolerance-grad",
    "Where the gradient is within tolerance_grad, the parameters stay where they are.",
    LBFGS,
    profile=Profile.OPTIMIZER,
    follows_from=CLOSURE,
)
def test_lbfgs_tolerance_grad(torch, nn, optim):
    parameter = _parameter(torch, nn)
    optimizer = optim.LBFGS([parameter], tolerance_grad=32.0)  # the gradient is 16 and -16
    optimizer.step(_closure(optimizer, parameter, []))
    assert parameter.tolist() == [8.0, -4.0]


@clause(
    "lbfgs.strong-wolfe",
    "With line_search_fn='strong_wolfe' the loss falls whatever the learning rate: the conditions ask for a decrease.",
    LBFGS,
    profile=Profile.OPTIMIZER,
    follows_from=CLOSURE,
)
def test_lbfgs_strong_wolfe(torch, nn, optim):
    for rate in (1.0, 1024.0):
        parameter = _parameter(torch, nn)
        losses: list[float] = []
        optimizer = optim.LBFGS([parameter], lr=rate, line_search_fn="strong_wolfe")
        closure = _closure(optimizer, parameter, losses)
        optimizer.step(closure)
        assert closure().item() < losses[0]


@clause(
    "lbfgs.line-search-name",
    "A line_search_fn other than 'strong_wolfe' is refused, when it is given or when it is needed.",
    LBFGS,
    profile=Profile.OPTIMIZER,
)
def test_lbfgs_line_search_name(torch, nn, optim):
    parameter = _parameter(torch, nn)
    with refused("the line search 'weak_wolfe'"):
        optimizer = optim.LBFGS([parameter], line_search_fn="weak_wolfe")
        optimizer.step(_closure(optimizer, parameter, []))


@clause(
    "lbfgs.state-dict",
    "An LBFGS that loads another one's state dict goes on as that one would.",
    documented("generated/torch.optim.Optimizer.load_state_dict.html"),
    profile=Profile.OPTIMIZER,
    follows_from=CLOSURE,
)
def test_lbfgs_state_dict(torch, nn, optim):
    def started():
        parameter = _parameter(torch, nn)
        optimizer = optim.LBFGS([parameter], lr=0.125, max_iter=3)
        return parameter, optimizer, _closure(optimizer, parameter, [])

    whole, optimizer, closure = started()
    optimizer.step(closure)
    optimizer.step(closure)

    parameter, optimizer, closure = started()
    optimizer.step(closure)
    copy, resumed, closure = started()
    copy.data = parameter.detach().clone()
    resumed.load_state_dict(optimizer.state_dict())
    resumed.step(closure)
    assert copy.tolist() == whole.tolist()


@clause(
    "lbfgs.rate",
    "lr is a learning rate: half of it takes a step that is half as long.",
    LBFGS,
    profile=Profile.OPTIMIZER,
)
def test_lbfgs_rate(torch, nn, optim):
    moved = []
    for rate in (1.0, 0.5):
        parameter = _parameter(torch, nn)
        optimizer = optim.LBFGS([parameter], lr=rate, max_iter=1)
        optimizer.step(_closure(optimizer, parameter, []))
        moved.append([before - after for before, after in zip([8.0, -4.0], parameter.tolist(), strict=True)])
    assert moved[0] == [2 * distance for distance in moved[1]]
    assert moved[0] != [0.0, 0.0]
