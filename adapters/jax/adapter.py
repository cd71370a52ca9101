"""The adapter of JAX with optax: arrays, gradients, and what is made of functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from adapters.contract import Array, Description, Native, Optimizer, Scheduler, Unavailable

try:
    import jax
    import optax
    import platformdirs  # noqa: F401 - of compiled.py
except ModuleNotFoundError as error:
    raise Unavailable.not_installed(error.name, backend="jax", extra="jax") from error

from adapters.jax.arrays import placed
from adapters.jax.compiled import Compiled
from adapters.jax.initializers import initialized
from adapters.jax.operators import Operators
from adapters.jax.optimizers import OptaxOptimizer, clipped
from adapters.jax.schedules import scheduled

DEVIATIONS = Path(__file__).with_name("deviations.toml")


class JaxBackend(Compiled, Operators):
    """JAX on its default device: operators one operation at a time, gradients compiled as a whole by ``jax.jit``."""

    name = "jax"
    deviations: Path | tuple[Path, ...] | None = DEVIATIONS

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

    def from_numpy(self, array: Array) -> Native:
        """Return a JAX array."""
        return placed(array)

    def to_numpy(self, native: Native) -> Array:
        """Return the array's values."""
        return np.asarray(native)

    def optimizer(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> Optimizer:
        """Return optax's optimizer of that kind, a transformation for each group."""
        return OptaxOptimizer(name, groups, options)

    def scheduler(self, name: str, rates: Sequence[float], options: Mapping[str, Any]) -> Scheduler:
        """Return optax's schedule of that kind, from each of ``rates``."""
        return scheduled(name, rates, options)

    def clipped(
        self, name: str, gradients: Sequence[Array], options: Mapping[str, Any]
    ) -> tuple[Array | None, Sequence[Array]]:
        """Return what optax's transformation of that kind makes of ``gradients``."""
        return clipped(name, gradients, options)

    def initializer(self, name: str, array: Array, options: Mapping[str, Any], seed: int) -> Array:
        """Return what JAX's initializer of that kind draws for an array of that shape."""
        return np.asarray(initialized(name, array.shape, array.dtype, options, jax.random.key(seed)))


backend = JaxBackend
