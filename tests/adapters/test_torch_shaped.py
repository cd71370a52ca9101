"""What the base class of torch-shaped backends asks of a framework, and what it does not."""

from types import SimpleNamespace

from adapters.reference.namespace import torch
from adapters.torch_shaped import TorchShapedBackend


class _Plain(torch.optim.Optimizer):
    """An SGD that offers nothing but a rate."""

    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})

    def step(self):
        pass


class _Small(TorchShapedBackend):
    def namespace(self):
        optim = SimpleNamespace(SGD=_Plain, lr_scheduler=torch.optim.lr_scheduler)
        return SimpleNamespace(nn=torch.nn, optim=optim, from_numpy=torch.from_numpy)


def test_schedules_need_no_momentum_of_the_framework():
    scheduler = _Small().scheduler("StepLR", [1.0, 4.0], {"step_size": 1, "gamma": 0.5})
    scheduler.step()
    assert scheduler.rates() == [0.5, 2.0]
