"""The adapter of MLX: arrays, gradients, and what is made of functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from adapters.contract import Array, Description, Native, Optimizer, Scheduler, Unavailable, Unsupported

try:
    import mlx.core as mx
except ImportError as error:
    raise Unavailable.not_installed(error.name, backend="mlx", extra="mlx") from error

from adapters.mlx.composed import layer_of
from adapters.mlx.initializers import initialized
from adapters.mlx.layers import Layer
from adapters.mlx.losses import Losses
from adapters.mlx.operators import Operators
from adapters.mlx.optimizers import MlxOptimizer, clipped
from adapters.mlx.schedules import schedule
from adapters.translation import CountedSchedules


class MlxBackend(Operators, Losses):
    """MLX on the CPU, one operation at a time: what ``mx.compile`` fuses there takes a compiler on the machine."""

    name = "mlx"
    deviations = Path(__file__).with_name("deviations.toml")

    def describe(self) -> Description:
        """Say which MLX, and that nothing is compiled."""
        return Description(framework="mlx", version=mx.__version__, declarations={"mx.compile": "disabled"})

    def session(self) -> AbstractContextManager[Any]:
        """Return a context of the CPU, without compilation."""
        return _on_the_cpu()

    def from_numpy(self, array: Array) -> Native:
        """Return an array of MLX's; without its dtype it makes float32 of float64."""
        return mx.array(array, dtype=getattr(mx, "bool_" if array.dtype == bool else str(array.dtype)))

    def to_numpy(self, native: Native) -> Array:
        """Return the array's values, which MLX computes only now."""
        with _lacking():
            mx.eval(native)  # within NumPy, what MLX raises ends the process in releases before 0.31
            return np.array(native)

    def operator(self, name: str) -> Callable[..., Native]:
        """Return the method called ``name``; what MLX itself says that it does not offer is unsupported."""
        method = super().operator(name)

        def call(*arguments: Any, **options: Any) -> Native:
            with _lacking():
                return method(*arguments, **options)

        return call

    def seed(self, seed: int) -> None:
        """Seed MLX's own generator."""
        mx.random.seed(seed)

    def vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native | tuple[Native, ...]
    ) -> tuple[Native, Sequence[Native]]:
        """Return ``mx.vjp``'s output and its products."""
        single = not isinstance(cotangent, tuple)
        outputs, products = mx.vjp(function, list(inputs), [cotangent] if single else list(cotangent))
        return outputs[0] if single else tuple(outputs), products

    def layer(
        self,
        name: str,
        options: Mapping[str, Any],
        state: Mapping[str, Array],
        dtype: str,
        *,
        training: bool = True,
    ) -> Callable[..., Native]:
        """Return MLX's layer of ``dtype`` with ``state`` as its parameters."""
        layer = layer_of(name, options)
        layer.module.set_dtype(getattr(mx, dtype))
        layer.load({key: self.from_numpy(array) for key, array in state.items()})
        layer.module.train(training)
        return layer

    def layer_state(self, layer: Callable[..., Native]) -> Mapping[str, Array]:
        """Return what the module keeps, by torch's names."""
        assert isinstance(layer, Layer)
        return {key: self.to_numpy(array) for key, array in layer.kept().items()}

    def layer_vjp(
        self,
        layer: Callable[..., Native],
        function: Callable[..., Native],
        inputs: Sequence[Native],
        cotangent: Native | tuple[Native, ...],
    ) -> tuple[Native, Sequence[Native], Mapping[str, Array]]:
        """Return ``mx.vjp``'s products for the inputs and for the module's parameters."""
        assert isinstance(layer, Layer)
        own = layer.trainable()

        def varied(*arrays: Native) -> Native:
            layer.update(dict(zip(own, arrays[len(inputs) :], strict=True)))
            return function(*arrays[: len(inputs)])

        output, products = self.vjp(varied, [*inputs, *own.values()], cotangent)
        layer.update(own)
        found = layer.outward(dict(zip(own, products[len(inputs) :], strict=True)))
        return output, products[: len(inputs)], {name: self.to_numpy(array) for name, array in found.items()}

    def optimizer(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> Optimizer:
        """Return MLX's optimizer of that kind for each group."""
        return MlxOptimizer(name, groups, options)

    def scheduler(self, name: str, rates: Sequence[float], options: Mapping[str, Any]) -> Scheduler:
        """Return MLX's schedule of that kind, from each of ``rates``."""
        return CountedSchedules(
            [schedule(name, rate, options) for rate in rates],
            mx.array(0, mx.uint64),  # as MLX's optimizers count
        )

    def clipped(
        self, name: str, gradients: Sequence[Array], options: Mapping[str, Any]
    ) -> tuple[Array | None, Sequence[Array]]:
        """Return what MLX's function makes of ``gradients``."""
        return clipped(name, gradients, options)

    def initializer(self, name: str, array: Array, options: Mapping[str, Any], seed: int) -> Array:
        """Return what MLX's initializer of that kind makes of ``array``."""
        self.seed(seed)
        return self.to_numpy(initialized(name, self.from_numpy(array), options))

    def initial_state(self, name: str, options: Mapping[str, Any], seed: int) -> Mapping[str, Array]:
        """Return the state of a new layer of MLX's, by torch's names."""
        self.seed(seed)
        return {key: self.to_numpy(array) for key, array in layer_of(name, options).kept().items()}


@contextmanager
def _on_the_cpu() -> Iterator[None]:
    mx.disable_compile()
    try:
        with mx.stream(mx.cpu):
            yield
    finally:
        mx.enable_compile()


@contextmanager
def _lacking() -> Iterator[None]:
    """Take MLX's own words for what it does not offer, such as groups of a float64 convolution."""
    try:
        yield
    except ValueError as error:
        if re.search("unsupported data type|Can only handle groups", str(error)):
            raise Unsupported(str(error)) from error
        raise


backend = MlxBackend
