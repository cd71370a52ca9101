"""The adapter of tinygrad: tensors, gradients, and what is made of functions.

It judges the CPU device, which compiles every kernel with clang: ``clang`` has to be on the PATH, or where ``CC`` says.
The variable ``DEV`` chooses another device, as tinygrad documents it; ``DEV=PYTHON``, tinygrad's own interpreter of
kernels, needs no compiler.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from adapters.contract import Array, Description, Native, Optimizer, Unavailable

try:
    from tinygrad import Context, Device, Tensor
    from tinygrad.helpers import DEV
except ModuleNotFoundError as error:
    raise Unavailable.not_installed(error.name, backend="tinygrad", extra="tinygrad") from error

from adapters.tinygrad.initializers import initialized
from adapters.tinygrad.layers import Layer, layer_of
from adapters.tinygrad.losses import Losses
from adapters.tinygrad.operators import Operators
from adapters.tinygrad.optimizers import TinygradOptimizer
from adapters.translation import flat

_DEVICE = repr(DEV) or "CPU"

_QUICK = {"SPEC": 0, "PARALLEL": 0}
"""What makes a check cheaper and changes no kernel: tinygrad does not verify its own graphs, nor compile in a process
apart. The optimizations of kernels are those that tinygrad makes by default."""

if _DEVICE.startswith("CPU") and shutil.which(os.environ.get("CC", "clang")) is None:
    raise Unavailable(
        "tinygrad's CPU device compiles with clang, which is not on the PATH. Install it (apt install clang, or what "
        "your system calls it), say where it is with CC=..., or set DEV=PYTHON, which interprets kernels instead."
    )


class TinygradBackend(Operators, Losses):
    """tinygrad, every result realized by itself: nothing is captured for its JIT."""

    name = "tinygrad"
    deviations = Path(__file__).with_name("deviations.toml")

    def describe(self) -> Description:
        """Say which tinygrad, and where it computes."""
        with self.session():
            renderer = type(Device.default.renderer).__name__
            return Description(
                framework="tinygrad",
                version=version("tinygrad"),
                device=Device.DEFAULT.lower(),
                declarations={"renderer": renderer},
            )

    def session(self) -> AbstractContextManager[Any]:
        """Return a context of the device, in which nothing is trained and no graph is verified."""
        return Context(DEV=_DEVICE, TRAINING=0, **_QUICK)

    def from_numpy(self, array: Array) -> Native:
        """Return a tensor of the array's values and dtype."""
        return Tensor(np.array(array, order="C"))

    def to_numpy(self, native: Native) -> Array:
        """Return the tensor's values, which tinygrad computes only now."""
        return native.numpy()

    def seed(self, seed: int) -> None:
        """Seed tinygrad's own generator."""
        Tensor.manual_seed(seed)

    def vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native | tuple[Native, ...]
    ) -> tuple[Native, Sequence[Native]]:
        """Return what ``Tensor.gradient`` gives, computed with the output at once."""
        output = function(*inputs)
        found = _gradients(output, inputs, cotangent)
        Tensor.realize(*flat(output), *found)
        return output, found

    def second_vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native, weights: Sequence[Native]
    ) -> Sequence[Native]:
        """Take both passes back before anything is realized: tinygrad forgets where a realized tensor came from."""
        products = _gradients(function(*inputs), inputs, cotangent)
        return _gradients(tuple(products), inputs, tuple(weights))

    def layer(
        self,
        name: str,
        options: Mapping[str, Any],
        state: Mapping[str, Array],
        dtype: str,
        *,
        training: bool = True,
    ) -> Callable[..., Native]:
        """Return tinygrad's layer of ``dtype`` with ``state`` as its parameters."""
        layer = layer_of(name, options, dtype, training=training)
        layer.load({key: self.from_numpy(array) for key, array in state.items()})
        return layer

    def layer_state(self, layer: Callable[..., Native]) -> Mapping[str, Array]:
        """Return what the module keeps, by torch's names, which are tinygrad's."""
        assert isinstance(layer, Layer)
        return {name: self.to_numpy(one) for name, one in layer.kept().items()}

    def layer_vjp(
        self,
        layer: Callable[..., Native],
        function: Callable[..., Native],
        inputs: Sequence[Native],
        cotangent: Native | tuple[Native, ...],
    ) -> tuple[Native, Sequence[Native], Mapping[str, Array]]:
        """Return what ``Tensor.gradient`` gives for the inputs and for the module's parameters."""
        assert isinstance(layer, Layer)
        own = layer.parameters()
        output = function(*inputs)
        found = _gradients(output, [*inputs, *own.values()], cotangent)
        Tensor.realize(*flat(output), *found)
        return output, found[: len(inputs)], dict(zip(own, map(self.to_numpy, found[len(inputs) :]), strict=True))

    def optimizer(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> Optimizer:
        """Return tinygrad's optimizer of that kind for each group."""
        return TinygradOptimizer(name, groups, options)

    def initializer(self, name: str, array: Array, options: Mapping[str, Any], seed: int) -> Array:
        """Return what tinygrad's initializer of that kind makes of the shape and dtype of ``array``."""
        self.seed(seed)
        return self.to_numpy(initialized(name, array.shape, str(array.dtype), options))

    def initial_state(self, name: str, options: Mapping[str, Any], seed: int) -> Mapping[str, Array]:
        """Return the state of a new layer of tinygrad's."""
        self.seed(seed)
        return self.layer_state(layer_of(name, options, "float32"))


def _gradients(outputs: Any, leaves: Sequence[Native], cotangents: Any) -> list[Native]:
    """Return the gradients of the outputs' products with the cotangents, added up as ``Tensor.backward`` adds them."""
    parts = [
        output.gradient(*leaves, gradient=start) for output, start in zip(flat(outputs), flat(cotangents), strict=True)
    ]
    return [sum(every[1:], start=every[0]) for every in zip(*parts, strict=True)]


backend = TinygradBackend
