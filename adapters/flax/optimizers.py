"""``nnx.Optimizer`` at work: optax's transformations on the parameters of a module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

from adapters.contract import Array, Native, Unsupported
from adapters.jax.optimizers import partitions


class FlaxOptimizer:
    """A module of as many parameters as there are arrays, and an optimizer of it.

    Args:
        name: The optimizer's name in torch.
        groups: One mapping for each group, as torch takes them.
        options: The options of the optimizer itself.
    """

    def __init__(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> None:
        self._made_of = (name, groups, options)
        of_groups, labels = partitions(name, groups, options)
        self._model = nnx.List([nnx.Param(jnp.array(array)) for group in groups for array in group["params"]])

        def labelled(parameters: Native) -> Native:
            return jax.tree.unflatten(jax.tree.structure(parameters), labels)

        self._optimizer = nnx.Optimizer(self._model, optax.partition(of_groups, labelled), wrt=nnx.Param)

    def step(self, gradients: Sequence[Array | None]) -> Sequence[Array]:
        """Take one step."""
        if any(gradient is None for gradient in gradients):
            raise Unsupported("a step without the gradient of every parameter")
        self._optimizer.update(self._model, nnx.state(nnx.List([nnx.Param(jnp.array(one)) for one in gradients])))
        return [np.asarray(parameter[...]) for parameter in self._model]

    def resumed(self) -> FlaxOptimizer:
        """Return another one over copies of the parameters, with this one's state."""
        other = FlaxOptimizer(*self._made_of)
        for ours, theirs in ((self._model, other._model), (self._optimizer, other._optimizer)):
            nnx.update(theirs, nnx.state(ours))
        return other
