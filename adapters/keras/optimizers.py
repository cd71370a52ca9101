"""torch's optimizers as those of ``keras.optimizers``, one for each parameter group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np

from adapters.contract import Array, Unsupported
from adapters.translation import options_of, renamed

_ADAM = {"lr": "learning_rate", "eps": "epsilon", "beta_1": "beta_1", "beta_2": "beta_2"}

_OPTIONS: Mapping[str, Mapping[str, str]] = {
    "SGD": {"lr": "learning_rate", "momentum": "momentum", "nesterov": "nesterov"},
    "Adam": {**_ADAM, "amsgrad": "amsgrad"},
    "AdamW": {**_ADAM, "amsgrad": "amsgrad", "weight_decay": "weight_decay"},
    "Adamax": _ADAM,
    "NAdam": _ADAM,
    "RMSprop": {
        "lr": "learning_rate",
        "eps": "epsilon",
        "alpha": "rho",
        "momentum": "momentum",
        "centered": "centered",
    },
    "Adagrad": {
        "lr": "learning_rate",
        "eps": "epsilon",
        "initial_accumulator_value": "initial_accumulator_value",
    },
    "Adadelta": {"lr": "learning_rate", "eps": "epsilon", "rho": "rho"},
}
"""Keras's name of every option that it has one of, by torch's. ``weight_decay`` is AdamW's everywhere in Keras.
Adafactor is not here, whose first epsilon Keras adds to squares and torch has for a bound of their root."""

_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "SGD": {"lr": 1e-3},
    "Adam": {"lr": 1e-3, "betas": (0.9, 0.999), "eps": 1e-8},
    "AdamW": {"lr": 1e-3, "betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 1e-2},
    "Adamax": {"lr": 2e-3, "betas": (0.9, 0.999), "eps": 1e-8},
    "NAdam": {"lr": 2e-3, "betas": (0.9, 0.999), "eps": 1e-8, "momentum_decay": 4e-3},
    "RMSprop": {"lr": 1e-2, "alpha": 0.99, "eps": 1e-8},
    "Adagrad": {"lr": 1e-2, "initial_accumulator_value": 0.0, "eps": 1e-10},
    "Adadelta": {"lr": 1.0, "rho": 0.9, "eps": 1e-6},
}
"""The documented defaults of torch."""


def made(name: str, options: Mapping[str, Any]) -> Any:
    """Return Keras's optimizer for ``torch.optim.<name>(**options)``."""
    if name not in _OPTIONS:
        raise Unsupported(f"optim.{name}")
    given = {**_DEFAULTS[name], **options}
    if "betas" in given:
        given["beta_1"], given["beta_2"] = given.pop("betas")
    if name == "NAdam" and given.pop("momentum_decay") != 1:
        raise Unsupported("optim.NAdam: a momentum_decay other than 1, which Keras has")
    return getattr(keras.optimizers, {"NAdam": "Nadam"}.get(name, name))(
        **renamed(f"optim.{name}", given, _OPTIONS[name])
    )


@contextmanager
def numbers_of(dtype: Any) -> Iterator[None]:
    """Have Keras keep numbers such as the learning rate in ``dtype``."""
    before = keras.config.floatx()
    keras.config.set_floatx(str(dtype))
    try:
        yield
    finally:
        keras.config.set_floatx(before)


class KerasOptimizer:
    """Optimizers at work, one for each group.

    Args:
        name: The optimizer's name in torch.
        groups: One mapping for each group, as torch takes them.
        options: The options of the optimizer itself.
        numpy: Takes a tensor to an array.
    """

    def __init__(
        self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any], numpy: Callable[[Any], Array]
    ) -> None:
        self._made_of = (name, groups, options, numpy)
        self._numpy = numpy
        self._dtype = groups[0]["params"][0].dtype
        self._parts: list[tuple[Any, list[Any]]] = []
        with numbers_of(self._dtype):
            for group in groups:
                variables = [keras.Variable(np.array(array), dtype=str(self._dtype)) for array in group["params"]]
                optimizer = made(name, options_of(group, options))
                optimizer.build(variables)
                self._parts.append((optimizer, variables))

    def step(self, gradients: Sequence[Array | None]) -> Sequence[Array]:
        """Take one step."""
        left = iter(gradients)
        with numbers_of(self._dtype):
            for optimizer, variables in self._parts:
                own = [next(left) for _ in variables]
                if all(gradient is None for gradient in own):
                    raise Unsupported("a step without any gradient")
                natives = [None if one is None else keras.ops.convert_to_tensor(np.array(one)) for one in own]
                optimizer.apply(natives, variables)
        return [self._numpy(variable.value) for _, variables in self._parts for variable in variables]

    def resumed(self) -> KerasOptimizer:
        """Return new optimizers over copies of the parameters, what these save loaded."""
        name, groups, options, numpy = self._made_of
        copies = [
            {**group, "params": [self._numpy(variable.value) for variable in variables]}
            for group, (_, variables) in zip(groups, self._parts, strict=True)
        ]
        other = KerasOptimizer(name, copies, options, numpy)
        for (mine, _), (its, _) in zip(self._parts, other._parts, strict=True):
            kept: dict[str, Any] = {}
            mine.save_own_variables(kept)
            its.load_own_variables(kept)
        return other
