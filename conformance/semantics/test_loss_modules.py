"""Losses as modules: MSELoss is a Module, is called like one, and computes what the function computes."""

from __future__ import annotations

import warnings

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._pages import NEURAL_NETWORKS

MSE_LOSS = documented("generated/torch.nn.MSELoss.html")
MEAN = ("mse_loss_module.mean",)


def _output_and_target(torch):
    """Differences 1, -2, 3 and 4, whose squares are 1, 4, 9 and 16."""
    output = torch.tensor([[2.0, 3.0], [5.0, 7.0]], requires_grad=True)
    target = torch.tensor([[1.0, 5.0], [2.0, 3.0]])
    return output, target


@clause(
    "mse_loss_module.is-a-module",
    "A loss is a Module without parameters, and a child of the module that it is assigned to.",
    NEURAL_NETWORKS,
    profile=Profile.MODULE,
)
def test_mse_loss_module_is_a_module(nn):
    criterion = nn.MSELoss()
    assert isinstance(criterion, nn.Module)
    assert list(criterion.parameters()) == []

    model = nn.Module()
    model.criterion = criterion
    assert list(model.named_children()) == [("criterion", criterion)]


@clause(
    "mse_loss_module.mean",
    "A call of MSELoss() gives the mean of the squared differences over all elements, as a scalar.",
    MSE_LOSS,
    profile=Profile.MODULE,
)
def test_mse_loss_module_mean(torch, nn):
    loss = nn.MSELoss()(*_output_and_target(torch))
    assert tuple(loss.size()) == ()
    assert loss.item() == 7.5  # (1 + 4 + 9 + 16) / 4


@clause(
    "mse_loss_module.reduction",
    "MSELoss passes its reduction on: 'sum' adds the squared differences, 'none' returns them as they are.",
    MSE_LOSS,
    profile=Profile.MODULE,
    follows_from=MEAN,
)
def test_mse_loss_module_reduction(torch, nn):
    output, target = _output_and_target(torch)
    assert nn.MSELoss(reduction="mean")(output, target).item() == 7.5
    assert nn.MSELoss(reduction="sum")(output, target).item() == 30.0
    assert nn.MSELoss(reduction="none")(output, target).tolist() == [[1.0, 4.0], [9.0, 16.0]]


@clause(
    "mse_loss_module.equals-functional",
    "MSELoss gives the same loss and the same gradient as torch.nn.functional.mse_loss.",
    documented("generated/torch.nn.functional.mse_loss.html"),
    profile=Profile.MODULE,
    follows_from=(*MEAN, "mse_loss_module.reduction"),
)
def test_mse_loss_module_equals_functional(torch, nn, F):
    for reduction in ("none", "mean", "sum"):
        output, target = _output_and_target(torch)
        same_output, _ = _output_and_target(torch)
        loss = nn.MSELoss(reduction=reduction)(output, target)
        same_loss = F.mse_loss(same_output, target, reduction=reduction)
        assert loss.tolist() == same_loss.tolist(), reduction

        loss.sum().backward()
        same_loss.sum().backward()
        assert output.grad.tolist() == same_output.grad.tolist(), reduction


@clause(
    "mse_loss_module.backward",
    "backward() of the loss gives the output the gradient 2 (output - target) / n.",
    NEURAL_NETWORKS,
    profile=Profile.MODULE,
    follows_from=MEAN,
)
def test_mse_loss_module_backward(torch, nn):
    output, target = _output_and_target(torch)
    nn.MSELoss()(output, target).backward()
    assert output.grad.tolist() == [[0.5, -1.0], [1.5, 2.0]]
    assert target.grad is None


@clause(
    "mse_loss_module.deprecated-reduction",
    "The deprecated size_average and reduce override reduction: size_average=False sums, reduce=False returns the "
    "losses as they are whatever size_average says, and each is True where only the other is given.",
    MSE_LOSS,
    profile=Profile.MODULE,
    follows_from=(*MEAN, "mse_loss_module.reduction"),
)
def test_mse_loss_module_deprecated_reduction(torch, nn):
    output, target = _output_and_target(torch)
    for options, expected in (
        ({"size_average": False}, 30.0),
        ({"size_average": False, "reduce": True}, 30.0),
        ({"size_average": True, "reduction": "sum"}, 7.5),
        ({"reduce": True, "reduction": "none"}, 7.5),
        ({"reduce": False}, [[1.0, 4.0], [9.0, 16.0]]),
        ({"reduce": False, "size_average": False}, [[1.0, 4.0], [9.0, 16.0]]),
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            loss = nn.MSELoss(**options)
        assert loss(output, target).tolist() == expected, options
