"""Modules: training and evaluation mode."""

from __future__ import annotations

from conformance.clause import clause
from conformance.profile import Profile
from conformance.semantics._pages import AUTOGRAD_NOTES, MODULE_NOTES, module_method

DEFAULT = ("module.training-by-default",)


def _modes(model):
    return [module.training for module in model.modules()]


@clause(
    "module.training-by-default",
    "A module is in training mode when it is made.",
    MODULE_NOTES,
    profile=Profile.MODULE,
)
def test_module_training_by_default(nn):
    assert nn.Linear(2, 3).training is True
    assert _modes(nn.Sequential(nn.Linear(2, 3), nn.ReLU())) == [True, True, True]


@clause(
    "module.eval-mode",
    "eval() puts the module and everything below it into evaluation mode, and returns the module.",
    module_method("eval"),
    profile=Profile.MODULE,
    follows_from=DEFAULT,
)
def test_module_eval_mode(nn):
    model = nn.Sequential(nn.Linear(2, 3), nn.Sequential(nn.ReLU()))
    assert model.eval() is model
    assert _modes(model) == [False, False, False, False]


@clause(
    "module.train-mode",
    "train() puts the module and everything below it back into training mode, and returns the module.",
    module_method("train"),
    profile=Profile.MODULE,
    follows_from=("module.eval-mode",),
)
def test_module_train_mode(nn):
    model = nn.Sequential(nn.Linear(2, 3), nn.Sequential(nn.ReLU())).eval()
    assert model.train() is model
    assert _modes(model) == [True, True, True, True]


@clause(
    "module.train-false",
    "train(False) is the same as eval().",
    module_method("eval"),
    profile=Profile.MODULE,
    follows_from=("module.eval-mode",),
)
def test_module_train_false(nn):
    model = nn.Sequential(nn.Linear(2, 3))
    assert model.train(mode=False) is model
    assert _modes(model) == [False, False]


@clause(
    "module.eval-of-a-part",
    "eval() of a submodule leaves the module above it, and its neighbours, in training mode.",
    module_method("eval"),
    profile=Profile.MODULE,
    follows_from=("module.eval-mode",),
)
def test_module_eval_of_a_part(nn):
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU())
    model[0].eval()
    assert _modes(model) == [True, False, True]


@clause(
    "module.forward-sees-the-mode",
    "forward() can read self.training, and so behave differently in the two modes.",
    MODULE_NOTES,
    profile=Profile.MODULE,
    follows_from=("module.eval-mode",),
)
def test_module_forward_sees_the_mode(torch, nn):
    class ModalModule(nn.Module):
        def forward(self, x):
            return x + 1.0 if self.training else x

    model = nn.Sequential(ModalModule())
    x = torch.tensor([2.0, 3.0])
    assert model(x).tolist() == [3.0, 4.0]
    model.eval()
    assert model(x).tolist() == [2.0, 3.0]


@clause(
    "module.eval-keeps-gradients",
    "Evaluation mode does not turn gradients off: parameters require them, and backward() computes them.",
    AUTOGRAD_NOTES,
    profile=Profile.MODULE,
    follows_from=("module.eval-mode",),
)
def test_module_eval_keeps_gradients(torch, nn):
    model = nn.Linear(2, 1).eval()
    model(torch.tensor([[2.0, 3.0]])).sum().backward()
    assert [parameter.requires_grad for parameter in model.parameters()] == [True, True]
    assert model.weight.grad.tolist() == [[2.0, 3.0]]
