"""The adapter of PaddlePaddle: tensors, gradients, and what is made of functions."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from adapters.contract import Array, Description, Native, Optimizer, Scheduler, Unavailable, Unsupported

try:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "No ccache found")  # said of extensions that nobody compiles here
        import paddle
except ImportError as error:
    raise Unavailable.not_installed(error.name, backend="paddle", extra="paddle") from error

from adapters.paddle.functions import in_its_own_words
from adapters.paddle.layers import Layer, gradients, layer_of
from adapters.paddle.operators import Operators
from adapters.paddle.optimizers import PaddleOptimizer, clipped
from adapters.paddle.schedules import PaddleSchedules


class PaddleBackend(Operators):
    """PaddlePaddle on the CPU, one operation at a time."""

    name = "paddle"
    deviations = Path(__file__).with_name("deviations.toml")

    def describe(self) -> Description:
        """Say which PaddlePaddle."""
        return Description(framework="paddle", version=paddle.__version__)

    def from_numpy(self, array: Array) -> Native:
        """Return a tensor of the array's values and dtype."""
        return paddle.to_tensor(np.array(array, order="C"), place=paddle.CPUPlace())

    def to_numpy(self, native: Native) -> Array:
        """Return the tensor's values."""
        return native.numpy()

    def seed(self, seed: int) -> None:
        """Seed Paddle's own generator."""
        paddle.seed(seed)

    def vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native | tuple[Native, ...]
    ) -> tuple[Native, Sequence[Native]]:
        """Record ``function`` on the tape and return what ``paddle.grad`` gives; no gradient counts as zero."""
        leaves = [_leaf(native) for native in inputs]
        output = function(*leaves)
        return output, gradients(output, leaves, cotangent)

    def second_vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native, weights: Sequence[Native]
    ) -> Sequence[Native]:
        """Record ``function`` and its backward pass, and take both back."""
        leaves = [_leaf(native) for native in inputs]
        with in_its_own_words():
            products = gradients(function(*leaves), leaves, cotangent, create_graph=True)
            return gradients(tuple(products), leaves, tuple(weights))

    def layer(
        self,
        name: str,
        options: Mapping[str, Any],
        state: Mapping[str, Array],
        dtype: str,
        *,
        training: bool = True,
    ) -> Callable[..., Native]:
        """Return Paddle's layer of ``dtype`` with ``state`` as its parameters."""
        layer = layer_of(name, options, dtype)
        layer.load({key: self.from_numpy(array) for key, array in state.items()})
        layer.module.train() if training else layer.module.eval()
        return layer

    def layer_state(self, layer: Callable[..., Native]) -> Mapping[str, Array]:
        """Return the module's parameters, by torch's names and in torch's layout."""
        assert isinstance(layer, Layer)
        return {name: self.to_numpy(one) for name, one in layer.outward(layer.parameters()).items()}

    def layer_vjp(
        self,
        layer: Callable[..., Native],
        function: Callable[..., Native],
        inputs: Sequence[Native],
        cotangent: Native | tuple[Native, ...],
    ) -> tuple[Native, Sequence[Native], Mapping[str, Array]]:
        """Return what ``paddle.grad`` gives for the inputs and for the module's parameters."""
        assert isinstance(layer, Layer)
        leaves, own = [_leaf(native) for native in inputs], layer.parameters()
        output = function(*leaves)
        found = gradients(output, [*leaves, *own.values()], cotangent)
        outward = layer.outward(dict(zip(own, found[len(leaves) :], strict=True)))
        return output, found[: len(leaves)], {name: self.to_numpy(one) for name, one in outward.items()}

    def optimizer(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> Optimizer:
        """Return Paddle's optimizer of that kind for each group."""
        return PaddleOptimizer(name, groups, options)

    def scheduler(self, name: str, rates: Sequence[float], options: Mapping[str, Any]) -> Scheduler:
        """Return Paddle's schedule of that kind, from each of ``rates``."""
        return PaddleSchedules(name, rates, options)

    def clipped(
        self, name: str, gradients: Sequence[Array], options: Mapping[str, Any]
    ) -> tuple[Array | None, Sequence[Array]]:
        """Return what Paddle's function makes of ``gradients``."""
        return clipped(name, gradients, options)

    def initializer(self, name: str, array: Array, options: Mapping[str, Any], seed: int) -> Array:
        """Return a tensor that Paddle's function of that name has filled."""
        function = getattr(getattr(paddle.nn, "init", None), name, None)
        if function is None:
            raise Unsupported(f"nn.init.{name}")
        self.seed(seed)
        by_fans = name.startswith("kaiming_")
        turned = by_fans and array.ndim == 2  # Paddle keeps matrices the other way round
        tensor = self.from_numpy(array.T if turned else array)
        function(tensor, **options)
        return self.to_numpy(tensor.T if turned else tensor)

    def gain(self, nonlinearity: str, parameter: float | None = None) -> float:
        """Return Paddle's gain."""
        return float(paddle.nn.initializer.calculate_gain(nonlinearity, parameter))


def _leaf(native: Native) -> Native:
    leaf = native.detach()
    leaf.stop_gradient = False
    return leaf


backend = PaddleBackend
