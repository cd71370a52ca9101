"""Faults of optimizer arguments."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, namespace, together

FAULTS = (
    Fault(
        "torch-optim-optimizer-is-another-class",
        "optimizer.is-the-base-class",
        namespace("optim.Optimizer", lambda _: type("Optimizer", (), {})),
    ),
    Fault(
        "step-of-the-base-class-does-nothing",
        "optimizer.step-is-abstract",
        edited(
            "optim.optimizer:Optimizer.step",
            ('raise NotImplementedError(f"{type(self).__name__} defines no step()")', "return None"),
        ),
    ),
    Fault(
        "an-empty-list-is-taken",
        "optimizer.no-parameters",
        edited(
            "optim.optimizer:Optimizer.__init__",
            ('raise ValueError("params: expected at least one parameter, not an empty list")', "return"),
        ),
    ),
    Fault(
        "one-tensor-is-taken-as-a-list-of-one",
        "optimizer.one-tensor",
        edited(
            "optim.optimizer:Optimizer.__init__",
            (
                'raise TypeError(f"params: expected an iterable of tensors or groups, not one tensor {params!r}")',
                "params = [params]",
            ),
        ),
    ),
    Fault(
        "what-is-no-tensor-is-passed-over",
        "optimizer.not-a-tensor",
        edited(
            "optim.optimizer:_check_parameter",
            ('raise TypeError(f"params: an optimizer can change Tensors only, not {parameter!r}")', "return"),
        ),
    ),
    Fault(
        "results-are-taken-as-parameters",
        "optimizer.not-a-leaf",
        edited(
            "optim.optimizer:_check_parameter",
            ("if not (parameter.is_leaf or parameter.retains):", "if parameter is None:"),
        ),
    ),
    Fault(
        "a-set-is-taken",
        "optimizer.set-of-parameters",
        edited("optim.optimizer:Optimizer.add_param_group", ("    _refuse_set(given)\n", "")),
    ),
    Fault(
        "groups-are-compared-in-add-param-group-after-construction-only",
        "optimizer.parameter-in-two-groups",
        together(
            edited(
                "optim.optimizer:Optimizer.__init__",
                ("self.add_param_group(group)", "self.add_param_group(group)\n    self._ready = True"),
            ),
            edited(
                "optim.optimizer:Optimizer.add_param_group",
                ("if not {id(held) for held", "if hasattr(self, '_ready') and not {id(held) for held"),
            ),
        ),
    ),
    Fault(
        "groups-are-compared-at-construction-only",
        "optimizer.parameter-added-twice",
        together(
            edited(
                "optim.optimizer:Optimizer.__init__",
                ("self.add_param_group(group)", "self.add_param_group(group)\n    self._ready = True"),
            ),
            edited(
                "optim.optimizer:Optimizer.add_param_group",
                ("if not {id(held) for held", "if not hasattr(self, '_ready') and not {id(held) for held"),
            ),
        ),
    ),
    Fault(
        "a-group-without-params-is-empty",
        "optimizer.group-without-params",
        edited(
            "optim.optimizer:Optimizer.add_param_group",
            ('given = param_group["params"]', 'given = param_group.get("params", [])'),
        ),
    ),
    Fault(
        "a-list-is-taken-as-a-group",
        "optimizer.group-not-a-dict",
        edited(
            "optim.optimizer:Optimizer.add_param_group",
            (
                'raise TypeError(f"param_group: expected a dict, not {param_group!r}")',
                'param_group = {"params": param_group}',
            ),
        ),
    ),
)
