"""torch's optimizers as optax's transformations: the same update, under other names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import optax

from adapters.contract import Array, Unsupported
from adapters.jax.arrays import placed, restored
from adapters.translation import lacking, options_of, renamed

_ADAM = {"lr": "learning_rate", "eps": "eps"}

_OPTIONS: Mapping[str, Mapping[str, str]] = {
    "SGD": {"lr": "learning_rate", "momentum": "momentum", "nesterov": "nesterov"},
    "Adam": _ADAM,
    "AdamW": {**_ADAM, "weight_decay": "weight_decay"},
    "Adamax": _ADAM,
    "RMSprop": {**_ADAM, "alpha": "decay", "momentum": "momentum", "centered": "centered"},
    "Adadelta": {**_ADAM, "rho": "rho"},
    "Rprop": {"lr": "learning_rate"},
}
"""Optax's name of every option that it has one of, by torch's. Adagrad is not here, because optax adds its ``eps``
under the root, nor are RAdam, whose ``eps`` it adds after the correction of bias and torch before it, NAdam, whose
momentum does not grow there, and Adafactor, whose options are others."""

_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "SGD": {"lr": 1e-3},
    "Adam": {"lr": 1e-3},
    "AdamW": {"lr": 1e-3, "weight_decay": 1e-2},
    "Adamax": {"lr": 2e-3},
    "RMSprop": {"lr": 1e-2, "alpha": 0.99},
    "Adadelta": {"lr": 1.0},
    "Rprop": {"lr": 1e-2},
}
"""The documented defaults of torch that optax has none or another one for."""

_L2 = frozenset({"SGD", "Adam", "Adamax", "RMSprop", "Adadelta"})
"""Whose ``weight_decay`` is added to the gradient, for which optax has a transformation to chain before them."""


def transformation(name: str, options: Mapping[str, Any]) -> optax.GradientTransformation:
    """Return optax's transformation for ``torch.optim.<name>(**options)``."""
    lacking(f"optim.{name}", when=name not in _OPTIONS)
    given = {**_DEFAULTS[name], **options}
    pairs: dict[str, Any] = {}
    if name in {"Adam", "AdamW", "Adamax"} and "betas" in given:
        pairs["b1"], pairs["b2"] = given.pop("betas")
    if name == "Rprop":
        pairs["eta_minus"], pairs["eta_plus"] = given.pop("etas", (0.5, 1.2))
        pairs["min_step_size"], pairs["max_step_size"] = given.pop("step_sizes", (1e-6, 50.0))
    if name == "RMSprop":
        pairs["eps_in_sqrt"] = False
    decay = given.pop("weight_decay", 0.0) if name in _L2 else 0.0
    made = getattr(optax, name.lower())(**renamed(f"optim.{name}", given, _OPTIONS[name]), **pairs)
    return optax.chain(optax.add_decayed_weights(decay), made) if decay else made


def partitions(
    name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]
) -> tuple[dict[int, optax.GradientTransformation], list[int]]:
    """Return a transformation for each group, and of which group each parameter is."""
    of_groups = {index: transformation(name, options_of(group, options)) for index, group in enumerate(groups)}
    return of_groups, [index for index, group in enumerate(groups) for _ in group["params"]]


class OptaxOptimizer:
    """Optax at work: gradients to updates, and updates to parameters.

    Args:
        name: The optimizer's name in torch.
        groups: One mapping for each group, as torch takes them.
        options: The options of the optimizer itself.
    """

    def __init__(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> None:
        self._arguments = name, groups, options
        self._parameters = [placed(array) for group in groups for array in group["params"]]
        self._transformation = optax.partition(*partitions(name, groups, options))
        self._state = self._transformation.init(self._parameters)

    def step(self, gradients: Sequence[Array | None]) -> Sequence[Array]:
        """Take one step."""
        lacking("a step without the gradient of every parameter", when=any(one is None for one in gradients))
        natives = [placed(gradient) for gradient in gradients if gradient is not None]
        updates, self._state = self._transformation.update(natives, self._state, self._parameters)
        self._parameters = optax.apply_updates(self._parameters, updates)
        return [np.asarray(parameter) for parameter in self._parameters]

    def resumed(self) -> OptaxOptimizer:
        """Return an optimizer that starts from copies of this one's parameters and state, which is a tree of arrays."""
        other = OptaxOptimizer(*self._arguments)
        new = other._parameters, other._state
        other._parameters, other._state = restored(new, (self._parameters, self._state))
        return other


def clipped(name: str, gradients: Sequence[Array], options: Mapping[str, Any]) -> tuple[Array | None, Sequence[Array]]:
    """Return what optax makes of ``gradients`` for ``torch.nn.utils.<name>``."""
    natives = [placed(gradient) for gradient in gradients]
    if name == "get_total_norm":
        order = float(renamed(name, options, {"norm_type": "ord"}).get("ord", 2.0))
        lacking(f"get_total_norm: norm_type={order:g}", when=order not in {1.0, 2.0, math.inf})
        if order == 2:
            return np.asarray(optax.global_norm(natives)), gradients
        lacking("get_total_norm: norm_type= of this optax", when=not hasattr(optax.tree_utils, "tree_norm"))
        return np.asarray(optax.tree_utils.tree_norm(natives, order)), gradients
    if name != "clip_grad_value_":  # clip_by_global_norm divides by the norm alone, clip_grad_norm_ by 1e-6 more
        raise Unsupported(f"nn.utils.{name}")
    clip = optax.clip(**renamed(name, options, {"clip_value": "max_delta"}))
    updates, _ = clip.update(natives, clip.init(natives))
    return None, [np.asarray(update) for update in updates]
