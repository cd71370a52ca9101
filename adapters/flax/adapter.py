"""The adapter of flax: the layers of ``flax.nnx``, and JAX with optax for all else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from adapters.contract import Array, Description, Native, Optimizer, Unavailable

try:
    import flax
    from flax import nnx
except ModuleNotFoundError as error:
    raise Unavailable.not_installed(error.name, backend="flax", extra="flax") from error

from adapters.flax.functions import FUNCTIONS
from adapters.flax.layers import made
from adapters.flax.modules import Layer, Making
from adapters.flax.optimizers import FlaxOptimizer
from adapters.flax.pooling import Pooling
from adapters.jax.adapter import DEVIATIONS, JaxBackend


class FlaxBackend(Pooling, JaxBackend):
    """flax on JAX's default device: layers of nnx, operators, schedules and initializers of JAX and optax."""

    name = "flax"
    deviations = (Path(__file__).with_name("deviations.toml"), DEVIATIONS)
    _seed = 0

    def describe(self) -> Description:
        """Say which flax, on which JAX, and what that says of itself."""
        below = super().describe()
        declarations = {"jax": below.version, **below.declarations, "compiled by jax.jit": "layers, gradients"}
        return Description("flax", flax.__version__, below.device, declarations)

    def seed(self, seed: int) -> None:
        """Start the random numbers of the layers that are made from now on."""
        super().seed(seed)
        self._seed = seed

    def layer(
        self,
        name: str,
        options: Mapping[str, Any],
        state: Mapping[str, Array],
        dtype: str,
        *,
        training: bool = True,
    ) -> Callable[..., Native]:
        """Return nnx's module with ``state`` loaded, or its function where the layer has none."""
        if name in FUNCTIONS:
            return partial(self.operator(FUNCTIONS[name]), **options)
        return Layer(name, partial(made, name, options), Making(nnx.Rngs(self._seed), dtype, training), state)

    def layer_state(self, layer: Callable[..., Native]) -> Mapping[str, Array]:
        """Return the state of the module's variables."""
        return layer.state() if isinstance(layer, Layer) else {}

    def layer_vjp(
        self,
        layer: Callable[..., Native],
        function: Callable[..., Native],
        inputs: Sequence[Native],
        cotangent: Native | tuple[Native, ...],
    ) -> tuple[Native, Sequence[Native], Mapping[str, Array]]:
        """Return :meth:`vjp` of ``function`` with the module's parameters for further inputs."""
        if not isinstance(layer, Layer):
            return (*self.vjp(function, inputs, cotangent), {})
        names = list(layer.parameters)
        held = [self.from_numpy(array) for array in layer.parameters.values()]

        def of_all(*varied: Native) -> Native:
            with layer.holding(dict(zip(names, varied[len(inputs) :], strict=True))):
                return function(*varied[: len(inputs)])

        output, products = self.vjp(of_all, [*inputs, *held], cotangent)
        kept = {name: self.to_numpy(one) for name, one in zip(names, products[len(inputs) :], strict=True)}
        return output, products[: len(inputs)], kept

    def initial_state(self, name: str, options: Mapping[str, Any], seed: int) -> Mapping[str, Array]:
        """Return what the variables of a new module hold."""
        return made(name, options, Making(nnx.Rngs(seed), "float32")).initial()

    def optimizer(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> Optimizer:
        """Return ``nnx.Optimizer`` with optax's transformation for each group."""
        return FlaxOptimizer(name, groups, options)


backend = FlaxBackend
