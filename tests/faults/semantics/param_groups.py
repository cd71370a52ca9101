"""Faults of param groups."""

from __future__ import annotations

from typing import Any
from weakref import WeakSet

from conformance.strength import Fault
from tests.faults._planting import edited, method, these, together

_MADE: WeakSet[Any] = WeakSet()


def _noting(right: Any, parameter: Any, *given: Any, **options: Any) -> None:
    right(parameter, *given, **options)
    _MADE.add(parameter)


def _stepping_all(right: Any, optimizer: Any, closure: Any = None) -> Any:
    """A step also updates the parameters that it was not given, with the options of the first group."""
    loss = right(optimizer, closure)
    held = {id(parameter) for group in optimizer.param_groups for parameter in group["params"]}
    for parameter in _MADE:
        if parameter.grad is not None and id(parameter) not in held:
            parameter.array -= parameter.grad.array * parameter.array.dtype.type(optimizer.param_groups[0]["lr"])
    return loss


FAULTS = (
    Fault(
        "each-parameter-gets-a-group-of-its-own",
        "optimizer.one-group",
        edited(
            "optim.optimizer:Optimizer.__init__",
            ('groups = [{"params": groups}]', 'groups = [{"params": [parameter]} for parameter in groups]'),
        ),
        stumbles=True,
    ),
    Fault(
        "the-optimizers-options-win-over-the-group-s",
        "optimizer.group-options",
        edited(
            "optim.optimizer:Optimizer.add_param_group", ("group.setdefault(name, default)", "group[name] = default")
        ),
        also=these(
            "*: group-options last-rates rates state-dict",
            "constant_lr: defaults",
            "cosine_annealing_lr: without-restarts",
            "cosine_annealing_warm_restarts: given-epoch growing-periods",
            "lambda_lr: one-for-each-group",
            "linear_lr: defaults",
            "multi_step_lr: gamma-default",
            "multiplicative_lr: one-for-each-group",
            "optimizer: add-param-group group-option-of-zero load-restores-options state-dict-groups",
            "polynomial_lr: defaults",
            "reduce_lr_on_plateau: *",
            "step_lr: gamma-default",
        ),
    ),
    Fault(
        "a-falsy-option-is-replaced-by-the-default",
        "optimizer.group-option-of-zero",
        edited(
            "optim.optimizer:Optimizer.add_param_group",
            ("group.setdefault(name, default)", "group[name] = group.get(name) or default"),
        ),
        also=these("sgd: group-options state-dict"),
    ),
    Fault(
        "a-groups-iterator-is-kept-as-it-is",
        "optimizer.group-params-of-any-iterable",
        edited(
            "optim.optimizer:Optimizer.add_param_group",
            (
                'group = {**param_group, "params": parameters}',
                'group = {**param_group, "params": parameters if isinstance(given, (list, tuple, '
                "Tensor)) else iter(parameters)}",
            ),
        ),
    ),
    Fault(
        "the-learning-rate-of-the-first-step-is-kept",
        "optimizer.group-option-changed",
        edited("optim.sgd:SGD._update", ('float(group["lr"])', 'float(group.setdefault("initial_lr", group["lr"]))')),
        also=these("sgd_object: momentum-before-learning-rate"),
    ),
    Fault(
        "a-step-updates-every-parameter-there-is",
        "optimizer.only-its-parameters",
        together(method("nn.parameter:Parameter.__init__", _noting), method("optim.sgd:SGD.step", _stepping_all)),
        also=these("tutorial: sgd-equals-manual-update"),
    ),
    Fault(
        "weight-decay-also-acts-on-frozen-parameters",
        "optimizer.frozen-parameter",
        edited(
            "optim.sgd:SGD.step",
            (
                "if parameter.stored_grad is not None:",
                "if parameter.stored_grad is None and not parameter.tracked:\n"
                "                    parameter.stored_grad = wrap(np.zeros_like(parameter.array))\n"
                "                if parameter.stored_grad is not None:",
            ),
        ),
    ),
    Fault(
        "an-added-group-becomes-the-first",
        "optimizer.add-param-group",
        together(
            edited(
                "optim.optimizer:Optimizer.add_param_group",
                (
                    "self.param_groups.append(group)",
                    "self.param_groups.insert(0 if hasattr(self, '_ready') else len(self.param_groups), group)",
                ),
            ),
            edited(
                "optim.optimizer:Optimizer.__init__",
                ("self.add_param_group(group)", "self.add_param_group(group)\n    self._ready = True"),
            ),
        ),
        also=these("optimizer: add-param-group-defaults"),
    ),
    Fault(
        "an-added-group-takes-the-first-groups-options-for-its-defaults",
        "optimizer.add-param-group-defaults",
        edited(
            "optim.optimizer:Optimizer.add_param_group",
            (
                "group.setdefault(name, default)",
                "group.setdefault(name, self.param_groups[0][name] if self.param_groups else default)",
            ),
        ),
        also=these("*: group-options state-dict", "optimizer: group-option-of-zero state-dict-groups"),
    ),
    Fault(
        "adding-a-group-forgets-the-momentum",
        "optimizer.unfreezing",
        edited(
            "optim.optimizer:Optimizer.add_param_group",
            ("self.param_groups.append(group)", "self.param_groups.append(group)\n    self.state.clear()"),
        ),
    ),
)
