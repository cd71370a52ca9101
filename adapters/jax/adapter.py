"""The adapter of JAX with optax: arrays, gradients, and what is made of functions."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np

from adapters.contract import Array, Description, Native, Optimizer, Scheduler, Unavailable, Unsupported

try:
    import jax
    import optax
    import platformdirs
except ModuleNotFoundError as error:
    raise Unavailable(
        f"{error.name} is not installed; `make report BACKEND=jax` makes an environment for it, "
        "and so does pip install 'nn-conformance[jax]'."
    ) from error

from adapters.jax.initializers import initialized
from adapters.jax.operators import Operators
from adapters.jax.optimizers import OptaxOptimizer, clipped
from adapters.jax.schedules import scheduled


def keep_compiled() -> None:
    """Let JAX keep what it compiles for the next run and the other processes, unless the user says where or not to.

    Most of a run's time is compilation. What is kept is what XLA made, its options unchanged; each machine has a folder
    of its own, since code for one processor need not be for another.
    """
    if jax.config.jax_compilation_cache_dir is None:
        folder = platformdirs.user_cache_path("nn-conformance") / "jax" / (platform.node() or "here")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:  # no place to keep anything
            return
        jax.config.update("jax_compilation_cache_dir", str(folder))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)


class JaxBackend(Operators):
    """JAX on its default device: operators one operation at a time, gradients compiled as a whole by ``jax.jit``."""

    name = "jax"
    deviations = Path(__file__).with_name("deviations.toml")

    def __init__(self) -> None:
        keep_compiled()

    def describe(self) -> Description:
        """Say which JAX, where, and how exact its products are asked to be."""
        device = jax.devices()[0]
        return Description(
            framework="jax",
            version=jax.__version__,
            device="cpu" if device.platform == "cpu" else device.device_kind,
            declarations={
                "optax": optax.__version__,
                "matmul precision": str(jax.config.jax_default_matmul_precision),
                "compiled by jax.jit": "gradients",
            },
        )

    def session(self) -> AbstractContextManager[Any]:
        """Return a context in which float64 is float64; JAX makes it float32 otherwise."""
        return jax.enable_x64(new_val=True)

    def from_numpy(self, array: Array) -> Native:
        """Return a JAX array over a copy of NumPy's own; ``jax.numpy.array`` would compile one copy for each shape."""
        return jax.device_put(np.array(array))

    def to_numpy(self, native: Native) -> Array:
        """Return the array's values."""
        return np.asarray(native)

    def vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native | tuple[Native, ...]
    ) -> tuple[Native, Sequence[Native]]:
        """Return ``jax.vjp``'s output and its products, compiled together, which is far quicker than one by one."""

        def both(inputs: Sequence[Native], cotangent: Native) -> tuple[Native, Sequence[Native]]:
            output, pull = jax.vjp(function, *inputs)
            return output, pull(jax.tree.map(lambda one, of: one.astype(of.dtype), cotangent, output))

        try:
            return jax.jit(both)(tuple(inputs), cotangent)
        except NotImplementedError as error:  # as of max pooling with dilation: JAX itself says what it does not offer
            raise Unsupported(str(error)) from error

    def second_vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native, weights: Sequence[Native]
    ) -> Sequence[Native]:
        """Return the products of the products, all of one compilation."""
        return self.vjp(lambda *varied: self.vjp(function, varied, cotangent)[1], inputs, tuple(weights))[1]

    def optimizer(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> Optimizer:
        """Return optax's optimizer of that kind, a transformation for each group."""
        return OptaxOptimizer(name, groups, options)

    def scheduler(self, name: str, rates: Sequence[float], options: Mapping[str, Any]) -> Scheduler:
        """Return optax's schedule of that kind, from each of ``rates``."""
        return scheduled(name, rates, options)  # type: ignore[return-value]  # it saves no state

    def clipped(
        self, name: str, gradients: Sequence[Array], options: Mapping[str, Any]
    ) -> tuple[Array | None, Sequence[Array]]:
        """Return what optax's transformation of that kind makes of ``gradients``."""
        return clipped(name, gradients, options)

    def initializer(self, name: str, array: Array, options: Mapping[str, Any], seed: int) -> Array:
        """Return what JAX's initializer of that kind draws for an array of that shape."""
        return np.asarray(initialized(name, array.shape, array.dtype, options, jax.random.key(seed)))


backend = JaxBackend
