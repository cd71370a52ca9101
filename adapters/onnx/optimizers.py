"""torch's optimizers as the operators of ``ai.onnx.preview.training``: one node for each group of parameters.

Learning rates are inputs; every other number is an attribute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from adapters.contract import Array, Unsupported
from adapters.translation import options_of, require_known

Attributes = Mapping[str, Any]
Run = Callable[..., Sequence[Array]]


def _sgd(
    *, momentum: float = 0.0, dampening: float = 0.0, weight_decay: float = 0.0, nesterov: bool = False
) -> tuple[str, Attributes, float]:
    mode = "nesterov" if nesterov else "standard"
    return (
        "Momentum",
        {"alpha": momentum, "beta": 1 - dampening, "norm_coefficient": weight_decay, "mode": mode},
        0.0,
    )


def _adagrad(
    *, lr_decay: float = 0.0, weight_decay: float = 0.0, initial_accumulator_value: float = 0.0, eps: float = 1e-10
) -> tuple[str, Attributes, float]:
    attributes = {"decay_factor": lr_decay, "norm_coefficient": weight_decay, "epsilon": eps}
    return "Adagrad", attributes, initial_accumulator_value


_OPTIMIZERS: Mapping[str, tuple[float, Callable[..., tuple[str, Attributes, float]]]] = {
    "Adagrad": (1e-2, _adagrad),
    "SGD": (1e-3, _sgd),
}
"""By torch's names: the learning rate that torch documents, and what makes an operator and a first state of options.

Adam is not among them: ONNX adds eps before the second moment is corrected, torch afterwards.
"""


class OnnxOptimizer:
    """One optimizer at work: parameters, gradients and states in, parameters and states out.

    Args:
        run: Returns the outputs of an operator, given its name, inputs, the dtypes of outputs, and attributes.
        name: The optimizer's name in torch.
        groups: One mapping for each group, as torch takes them.
        options: The options of the optimizer itself.
    """

    def __init__(self, run: Run, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> None:
        if name not in _OPTIMIZERS:
            raise Unsupported(f"optim.{name}")
        self._run, self._count = run, 0
        self._groups = [_Group(name, group["params"], options_of(group, options)) for group in groups]

    def step(self, gradients: Sequence[Array | None]) -> Sequence[Array]:
        """Take one step."""
        if any(gradient is None for gradient in gradients):
            raise Unsupported("a step without the gradient of every parameter")
        left = iter(gradients)
        for group in self._groups:
            group.step(self._run, self._count, [next(left) for _ in group.parameters])
        self._count += 1
        return [parameter.copy() for group in self._groups for parameter in group.parameters]


class _Group:
    def __init__(self, name: str, parameters: Sequence[Array], options: Mapping[str, Any]) -> None:
        documented, made = _OPTIMIZERS[name]
        given = {**options}
        self._rate = given.pop("lr", documented)
        known = made.__kwdefaults__ or {}
        require_known(f"optim.{name}", given, known)
        self._operator, self._attributes, first = made(**given)
        self.parameters = [np.array(parameter) for parameter in parameters]
        self._states = [np.full_like(parameter, first) for parameter in self.parameters]

    def step(self, run: Run, count: int, gradients: Sequence[Array | None]) -> None:
        """Take the step after ``count`` others."""
        rate = np.asarray(self._rate, self.parameters[0].dtype)
        inputs = [rate, np.array(count), *self.parameters, *gradients, *self._states]
        dtypes = [array.dtype for array in (*self.parameters, *self._states)]
        outputs = run(self._operator, inputs, dtypes, **self._attributes)
        number = len(self.parameters)
        self.parameters, self._states = list(outputs[:number]), list(outputs[number:])
