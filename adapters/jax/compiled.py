"""What every adapter of JAX shares: gradients compiled by ``jax.jit``, in float64 too, and kept for the next run."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import jax
import jax.experimental
import platformdirs

from adapters.contract import Native, Unsupported
from adapters.functional import FunctionalBackend

# Older releases have it in another place.
_enable_x64 = jax.enable_x64 if hasattr(jax, "enable_x64") else jax.experimental.enable_x64


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


class Compiled(FunctionalBackend):
    """Gradients of functions of JAX's arrays, each compiled as a whole."""

    def __init__(self) -> None:
        keep_compiled()

    def session(self) -> AbstractContextManager[Any]:
        """Return a context in which float64 is float64; JAX makes it float32 otherwise."""
        return _enable_x64(new_val=True)

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
