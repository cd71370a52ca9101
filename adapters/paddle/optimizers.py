"""torch's optimizers as those of ``paddle.optimizer``, one for each parameter group, and what clips gradients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import paddle

from adapters.contract import Array, Unsupported
from adapters.paddle.functions import in_its_own_words
from adapters.translation import names_of, options_of, renamed

_BETAS = "lr=learning_rate beta1 beta2 eps=epsilon weight_decay"

_OPTIMIZERS: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "Adadelta": ("Adadelta", "lr=learning_rate rho eps=epsilon weight_decay", {"lr": 1.0, "rho": 0.9}),
    "Adagrad": (
        "Adagrad",
        "lr=learning_rate eps=epsilon weight_decay initial_accumulator_value",
        {"lr": 1e-2, "eps": 1e-10},
    ),
    "Adam": ("Adam", f"{_BETAS} amsgrad", {}),
    "AdamW": ("AdamW", f"{_BETAS} amsgrad", {}),
    "Adamax": ("Adamax", _BETAS, {"lr": 2e-3}),
    "Momentum": ("Momentum", "lr=learning_rate momentum nesterov=use_nesterov weight_decay", {}),
    "NAdam": ("NAdam", f"{_BETAS} momentum_decay", {}),
    "RAdam": ("RAdam", _BETAS, {}),
    "RMSprop": (
        "RMSProp",
        "lr=learning_rate alpha=rho eps=epsilon momentum centered weight_decay",
        {"lr": 1e-2, "alpha": 0.99, "eps": 1e-8},
    ),
    "Rprop": ("Rprop", "lr=learning_rate etas step_sizes=learning_rate_range", {"lr": 1e-2, "step_sizes": (1e-6, 50)}),
    "SGD": ("SGD", "lr=learning_rate weight_decay", {}),
}
"""Paddle's class, its names of the options that it offers, and torch's documented defaults where Paddle's differ."""


class PaddleOptimizer:
    """Paddle's optimizers at work.

    Args:
        name: The optimizer's name in torch.
        groups: One mapping for each group, as torch takes them.
        options: The options of the optimizer itself.
    """

    def __init__(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> None:
        self._groups: list[tuple[Any, list[Any]]] = []
        for group in groups:
            parameters = [_parameter(array) for array in group["params"]]
            self._groups.append((_made(name, options_of(group, options), parameters), parameters))

    def step(self, gradients: Sequence[Array | None]) -> Sequence[Array]:
        """Take one step; a parameter without a gradient has none in Paddle either."""
        rest = iter(gradients)
        for optimizer, parameters in self._groups:
            for parameter in parameters:
                gradient = next(rest)
                parameter.grad = None if gradient is None else paddle.to_tensor(gradient)
            optimizer.step()
        return [np.array(one.numpy()) for _, parameters in self._groups for one in parameters]


def _made(name: str, options: Mapping[str, Any], parameters: list[Any]) -> Any:
    given = dict(options)
    if "betas" in given:
        given["beta1"], given["beta2"] = given.pop("betas")
    if name == "SGD" and (given.get("momentum", 0) or given.get("nesterov")):
        name = "Momentum"
    elif name == "SGD":
        given = {option: value for option, value in given.items() if option not in {"momentum", "nesterov"}}
    if name not in _OPTIMIZERS or not hasattr(paddle.optimizer, _OPTIMIZERS[name][0]):
        raise Unsupported(f"optim.{name}")
    made, arguments, defaults = _OPTIMIZERS[name]
    own = renamed(f"optim.{name}", {**defaults, **given}, names_of(arguments))
    return getattr(paddle.optimizer, made)(parameters=parameters, **own)


def _parameter(array: Array) -> Any:
    tensor = paddle.to_tensor(np.array(array))
    parameter = paddle.create_parameter(tensor.shape, str(array.dtype))
    parameter.set_value(tensor)
    return parameter


def clipped(name: str, gradients: Sequence[Array], options: Mapping[str, Any]) -> tuple[Array | None, Sequence[Array]]:
    """Return what Paddle makes of ``gradients`` for ``torch.nn.utils.<name>``."""
    names = {"clip_grad_norm_": "max_norm norm_type error_if_nonfinite", "clip_grad_value_": "clip_value"}
    if name not in names:
        raise Unsupported(f"nn.utils.{name}")
    parameters = [_parameter(np.ones_like(gradient)) for gradient in gradients]
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = paddle.to_tensor(gradient)
    function = getattr(paddle.nn.utils, name)
    with in_its_own_words():
        norm = function(parameters, **renamed(f"nn.utils.{name}", options, names_of(names[name])))
    return None if norm is None else norm.numpy(), [parameter.grad.numpy() for parameter in parameters]
