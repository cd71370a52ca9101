"""torch's optimizers as those of ``mlx.optimizers``, one for each parameter group, and what clips gradients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import mlx.core as mx
import mlx.optimizers as optim
import numpy as np
from mlx.utils import tree_flatten, tree_unflatten

from adapters.contract import Array, Unsupported
from adapters.translation import options_of, renamed

_RATE = {"lr": "learning_rate"}
_ADAM = {**_RATE, "betas": "betas", "eps": "eps"}

_OPTIONS: Mapping[str, tuple[str, Mapping[str, str], Mapping[str, Any]]] = {
    "SGD": (
        "SGD",
        {**_RATE, **{name: name for name in ("momentum", "weight_decay", "dampening", "nesterov")}},
        {"lr": 1e-3},
    ),
    "Adam": ("Adam", {**_ADAM, "bias_correction": "bias_correction"}, {"lr": 1e-3, "bias_correction": True}),
    "AdamW": (
        "AdamW",
        {**_ADAM, "weight_decay": "weight_decay", "bias_correction": "bias_correction"},
        {"lr": 1e-3, "weight_decay": 1e-2, "bias_correction": True},
    ),
    "RMSprop": ("RMSprop", {**_RATE, "alpha": "alpha", "eps": "eps"}, {"lr": 1e-2}),
    "Adagrad": ("Adagrad", {**_RATE, "eps": "eps"}, {"lr": 1e-2, "eps": 1e-10}),
    "Adadelta": ("AdaDelta", {**_RATE, "rho": "rho", "eps": "eps"}, {"lr": 1.0}),
}
"""MLX's class, its name of every option that it has one of by torch's, and the documented defaults of torch that it has
none or another one for. Adamax is not here, because MLX's corrects no bias; nor is Adafactor, whose options are
others."""


class MlxOptimizer:
    """MLX's optimizers at work.

    Args:
        name: The optimizer's name in torch.
        groups: One mapping for each group, as torch takes them.
        options: The options of the optimizer itself.
    """

    def __init__(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> None:
        self._made_of = (name, groups, options)
        self._groups: list[tuple[Any, dict[str, Any]]] = []
        for group in groups:
            arrays = group["params"]
            parameters = {f"p{place}": mx.array(array, _dtype(array)) for place, array in enumerate(arrays)}
            optimizer = _made(name, options_of(group, options))
            optimizer.init(parameters)
            self._groups.append((optimizer, parameters))

    def step(self, gradients: Sequence[Array | None]) -> Sequence[Array]:
        """Take one step; a parameter without a gradient is left out of the tree."""
        rest = iter(gradients)
        for optimizer, parameters in self._groups:
            given = {name: gradient for name in parameters if (gradient := next(rest)) is not None}
            natives = {name: mx.array(gradient, _dtype(gradient)) for name, gradient in given.items()}
            parameters.update(optimizer.apply_gradients(natives, parameters))
        return [np.array(array) for _, parameters in self._groups for array in parameters.values()]

    def resumed(self) -> MlxOptimizer:
        """Make the optimizers anew over copies of the parameters, and set their states."""
        name, groups, options = self._made_of
        now = [[np.array(array) for array in parameters.values()] for _, parameters in self._groups]
        copies = [{**group, "params": arrays} for group, arrays in zip(groups, now, strict=True)]
        other = MlxOptimizer(name, copies, options)
        for (new, _), (old, _) in zip(other._groups, self._groups, strict=True):
            new.state = tree_unflatten(tree_flatten(old.state))
        return other


def _made(name: str, options: Mapping[str, Any]) -> Any:
    if name not in _OPTIONS or not hasattr(optim, _OPTIONS[name][0]):
        raise Unsupported(f"optim.{name}")
    made, names, defaults = _OPTIONS[name]
    return getattr(optim, made)(**renamed(f"optim.{name}", {**defaults, **options}, names))


def _dtype(array: Array) -> Any:
    return getattr(mx, str(array.dtype))


def clipped(name: str, gradients: Sequence[Array], options: Mapping[str, Any]) -> tuple[Array | None, Sequence[Array]]:
    """Return what MLX makes of ``gradients`` for ``torch.nn.utils.<name>``."""
    if name != "clip_grad_norm_":
        raise Unsupported(f"nn.utils.{name}")
    given = renamed(name, options, {"max_norm": "max_norm"})
    found, norm = optim.clip_grad_norm([mx.array(gradient, _dtype(gradient)) for gradient in gradients], **given)
    return np.array(norm), [np.array(array) for array in found]
