"""Keras on JAX."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from adapters.contract import Native
from adapters.keras.chosen import choose

choose("jax", "jax", "platformdirs")

import jax  # noqa: E402 - not before it is chosen

from adapters.jax.compiled import Compiled  # noqa: E402
from adapters.keras.adapter import KerasBackend  # noqa: E402


class KerasOnJax(KerasBackend, Compiled):
    """Operators, layers and gradients compiled by ``jax.jit``, each as a whole, as Keras compiles models."""

    name = "keras-jax"
    dtypes = ("float32",)  # Keras's rules of promotion make float32 of float64 on JAX, even where JAX has it

    def session(self) -> AbstractContextManager[Any]:
        """Return a context that changes nothing: float64 is off, as Keras expects of JAX."""
        return nullcontext()

    def declared(self) -> Mapping[str, str]:
        """Say which JAX."""
        return {"jax": jax.__version__}

    def run(self, function: Callable[..., Native], *arguments: Any, **options: Any) -> Native:
        """Compile ``function`` of those of its arguments that are arrays, unless something is compiled already."""
        leaves, tree = jax.tree.flatten((arguments, options))
        places = [place for place, leaf in enumerate(leaves) if isinstance(leaf, jax.Array)]
        if any(isinstance(leaves[place], jax.core.Tracer) for place in places):
            return function(*arguments, **options)

        def of_arrays(arrays: Sequence[Native]) -> Native:
            given = list(leaves)
            for place, array in zip(places, arrays, strict=True):
                given[place] = array
            positional, named = jax.tree.unflatten(tree, given)
            return function(*positional, **named)

        return jax.jit(of_arrays)([leaves[place] for place in places])


backend = KerasOnJax
