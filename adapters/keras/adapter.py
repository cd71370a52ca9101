"""The adapter of Keras, but for what depends on its backend."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import ops

from adapters.contract import Array, Description, Native, Optimizer, Scheduler, Unsupported
from adapters.keras.activations import Activations
from adapters.keras.initializers import initialized
from adapters.keras.layers import KerasLayer, Plan
from adapters.keras.losses import Losses
from adapters.keras.operators import Operators
from adapters.keras.optimizers import KerasOptimizer
from adapters.keras.plans import planned
from adapters.keras.schedules import schedule
from adapters.translation import CountedSchedules

_OF_OPERATORS: Mapping[str, str] = {
    **{
        name: name.lower()
        for name in (
            *("CELU", "GELU", "GLU", "Hardshrink", "Hardsigmoid", "Hardswish", "Hardtanh", "LogSigmoid", "Mish"),
            *("ReLU6", "SELU", "Sigmoid", "SiLU", "Softplus", "Softshrink", "Softsign", "Tanh", "Tanhshrink"),
        )
    },
    "LogSoftmax": "log_softmax",
    "Threshold": "threshold",
}
"""The activations that have no class of their own in Keras, which are given to its Activation."""

_LOSSES: Mapping[str, str] = {
    "MSELoss": "mse_loss",
    "L1Loss": "l1_loss",
    "HuberLoss": "huber_loss",
    "BCELoss": "binary_cross_entropy",
    "BCEWithLogitsLoss": "binary_cross_entropy_with_logits",
    "CrossEntropyLoss": "cross_entropy",
}
"""Losses, which are objects in Keras anyway."""


class KerasBackend(Activations, Operators, Losses):
    """Keras, whichever it computes with; a class beside it gives ``vjp``."""

    deviations = Path(__file__).with_name("deviations.toml")

    def describe(self) -> Description:
        """Say which Keras, and on what."""
        return Description(
            framework="keras",
            version=keras.version(),
            declarations=self.declared(),
        )

    def declared(self) -> Mapping[str, str]:
        """Say what Keras computes with, and how."""
        return {"backend": keras.config.backend()}

    def run(self, function: Callable[..., Native], *arguments: Any, **options: Any) -> Native:
        """Call a function of tensors as the library does best, its own words for what it lacks being Unsupported."""
        return function(*arguments, **options)

    def from_numpy(self, array: Array) -> Native:
        """Return a tensor of Keras's backend."""
        return ops.convert_to_tensor(np.array(array))

    def to_numpy(self, native: Native) -> Array:
        """Return the tensor's values."""
        return np.asarray(ops.convert_to_numpy(native))

    def operator(self, name: str) -> Callable[..., Native]:
        """Return the method called ``name``."""
        return partial(self.run, super().operator(name))

    def layer(
        self,
        name: str,
        options: Mapping[str, Any],
        state: Mapping[str, Array],
        dtype: str,
        *,
        training: bool = True,
    ) -> Callable[..., Native]:
        """Return Keras's layer of that kind, its state laid out as Keras's; a loss as its operator."""
        if name in _LOSSES:
            loss = self.operator(_LOSSES[name])
            return lambda input, target: loss(input, target, **options)
        given = {key: self.from_numpy(array) for key, array in state.items()}
        return KerasLayer(self._plan(name, options, dtype), given, self.run, training=training)

    def _plan(self, name: str, options: Mapping[str, Any], dtype: str) -> Plan:
        if name not in _OF_OPERATORS:
            return planned(name, options, dtype)
        operator = super().operator(_OF_OPERATORS[name])
        return Plan(keras.layers.Activation(lambda input: operator(input, **options), dtype=dtype))

    def layer_state(self, layer: Callable[..., Native]) -> Mapping[str, Array]:
        """Return the variables of the layer, laid out as torch's."""
        return _own(layer).kept()

    def vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native | tuple[Native, ...]
    ) -> tuple[Native, Sequence[Native]]:
        """Return the products of the library's own ``vjp``; a layer is built before, not while it is differentiated."""
        if isinstance(function, KerasLayer):
            function.ready(tuple(inputs[0].shape))
        return super().vjp(function, inputs, cotangent)

    def layer_vjp(
        self,
        layer: Callable[..., Native],
        function: Callable[..., Native],
        inputs: Sequence[Native],
        cotangent: Native | tuple[Native, ...],
    ) -> tuple[Native, Sequence[Native], Mapping[str, Array]]:
        """Return products of the layer's inputs and of its state, which lies in ``keras.StatelessScope`` for them."""
        own = _own(layer)
        own.ready(tuple(inputs[0].shape))
        number, names = len(inputs), list(own.state)

        def of_all(*varied: Native) -> Native:
            state = dict(zip(names, varied[number:], strict=True))
            with keras.StatelessScope(state_mapping=own.assigned(state)):
                return function(*varied[:number])

        output, products = self.vjp(of_all, [*inputs, *own.state.values()], cotangent)
        kept = {name: self.to_numpy(one) for name, one in zip(names, products[number:], strict=True)}
        return output, products[:number], kept

    def optimizer(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> Optimizer:
        """Return Keras's optimizer of that kind, one for each group."""
        return KerasOptimizer(name, groups, options, self.to_numpy)

    def scheduler(self, name: str, rates: Sequence[float], options: Mapping[str, Any]) -> Scheduler:
        """Return Keras's schedule of that kind, from each of ``rates``."""
        return CountedSchedules([schedule(name, rate, options) for rate in rates])

    def initializer(self, name: str, array: Array, options: Mapping[str, Any], seed: int) -> Array:
        """Return what Keras's initializer of that kind draws for an array of that shape."""
        return initialized(name, array, options, seed)

    def initial_state(self, name: str, options: Mapping[str, Any], seed: int) -> Mapping[str, Array]:
        """Return the state of a new layer of Keras's."""
        keras.utils.set_random_seed(seed)
        return KerasLayer(self._plan(name, options, "float32"), {}, self.run, training=True).kept()


def _own(layer: Callable[..., Native]) -> KerasLayer:
    if not isinstance(layer, KerasLayer):
        raise Unsupported("the state of losses")
    return layer
